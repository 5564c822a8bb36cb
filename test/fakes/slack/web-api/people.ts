// auth.*, users.*, bots.*, usergroups.*, files.info, apps.*: who and what exists.
// docs.slack.dev reference/methods/<method>: results, scopes and errors of each; users.info gives `locale` only when asked.
import { boolArg, dictArg, requiredArg, stringArg } from '../arguments.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { Dict } from '../shapes.ts'
import { wireFile, wireUser } from '../wire.ts'
import type { Methods } from './context.ts'
import { processFiles } from './uploads.ts'

function authTest(_args: Dict, { world }: Platform): Dict {
  return {
    url: `${world.baseUrl}/`,
    team: world.teamName,
    user: world.botName,
    team_id: world.teamId,
    user_id: world.botUserId,
    bot_id: world.botId,
    ...(world.enterpriseId ? { enterprise_id: world.enterpriseId } : {}),
    is_enterprise_install: world.enterpriseId !== undefined,
  }
}

function usersInfo(args: Dict, { world }: Platform): Dict {
  const user = world.users.get(stringArg(args, 'user') ?? '')
  if (!user) throw new Refusal('user_not_found')
  return { user: wireUser(world, user, boolArg(args, 'include_locale', false)) }
}

function botsInfo(args: Dict, { world }: Platform): Dict {
  if ((stringArg(args, 'bot') ?? world.botId) !== world.botId) throw new Refusal('bot_not_found')
  const bot = {
    id: world.botId,
    app_id: world.appId,
    user_id: world.botUserId,
    name: world.botName,
    deleted: false,
  }
  return { bot }
}

function filesInfo(args: Dict, { world }: Platform): Dict {
  processFiles(world)
  const file = world.files.get(stringArg(args, 'file') ?? '')
  if (!file) throw new Refusal('file_not_found')
  return { file: wireFile(world, file) }
}

function usergroupUsers(args: Dict, { world }: Platform): Dict {
  const users = world.usergroups.get(requiredArg(args, 'usergroup'))
  if (!users) throw new Refusal('no_such_subteam')
  return { users }
}

function validateManifest(args: Dict): Dict {
  const manifest = dictArg(args, 'manifest')
  const info = manifest?.['display_information']
  if (!manifest || typeof info !== 'object' || info === null || !('name' in info)) {
    const errors = [{ message: 'Missing display_information.name', pointer: '/display_information/name' }]
    throw new Refusal('invalid_manifest', { errors })
  }
  return { errors: [] }
}

export const peopleMethods: Methods = {
  'auth.test': { run: authTest, token: 'any' },
  'users.info': { run: usersInfo, scopes: ['users:read'] },
  'bots.info': { run: botsInfo, scopes: ['users:read'] },
  'files.info': { run: filesInfo, scopes: ['files:read'] },
  'usergroups.users.list': { run: usergroupUsers, scopes: ['usergroups:read'] },
  'apps.manifest.validate': { run: validateManifest, token: 'any' },
}
