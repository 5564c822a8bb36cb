// views.*: modals that need a fresh trigger, and the App Home tab.
import { dictArg, isDict, requiredArg, stringArg } from '../arguments.ts'
import { checkBlocks } from '../blocks.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { Block, Dict, ViewRecord } from '../shapes.ts'
import type { World } from '../world.ts'
import type { Methods } from './context.ts'

// docs.slack.dev surfaces/modals: titles and buttons 24 characters, 100 blocks, private_metadata 3,000.
const MAX_TITLE = 24
const MAX_VIEW_BLOCKS = 100
const MAX_PRIVATE_METADATA = 3000

export function checkView(view: Dict | undefined): Dict {
  if (!view || !['modal', 'home'].includes(String(view['type']))) throw new Refusal('invalid_arguments')
  const blocks = view['blocks']
  if (!Array.isArray(blocks) || blocks.length > MAX_VIEW_BLOCKS) throw new Refusal('invalid_arguments')
  for (let i = 0; i < blocks.length; i += 50) checkBlocks(blocks.slice(i, i + 50) as Block[])
  const title = isDict(view['title']) ? String(view['title']['text'] ?? '') : ''
  if (view['type'] === 'modal' && (title === '' || title.length > MAX_TITLE))
    throw new Refusal('invalid_arguments')
  if (String(view['private_metadata'] ?? '').length > MAX_PRIVATE_METADATA)
    throw new Refusal('invalid_arguments')
  return view
}

export function addView(world: World, user: string, view: Dict, parent?: string): ViewRecord {
  const record: ViewRecord = {
    id: world.nextId('V'),
    user,
    view,
    hash: world.nextId('h'),
    kind: view['type'] === 'home' ? 'home' : 'modal',
    open: true,
    ...(parent ? { parent } : {}),
  }
  world.views.push(record)
  world.changed()
  return record
}

export function replaceView(world: World, record: ViewRecord, view: Dict): void {
  record.view = view
  record.hash = world.nextId('h')
  world.changed()
}

export function wireView(world: World, record: ViewRecord, state: Dict = { values: {} }): Dict {
  return {
    private_metadata: '',
    callback_id: '',
    ...record.view,
    id: record.id,
    team_id: world.teamId,
    app_id: world.appId,
    bot_id: world.botId,
    hash: record.hash,
    root_view_id: record.parent ?? record.id,
    previous_view_id: record.parent ?? null,
    state,
  }
}

function open(args: Dict, { world }: Platform): Dict {
  const trigger = world.triggers.get(requiredArg(args, 'trigger_id', 'invalid_trigger_id'))
  if (!trigger) throw new Refusal('invalid_trigger_id')
  // facts A1: a trigger_id lives three seconds and works once.
  if (trigger.expiresAt < world.now()) throw new Refusal('expired_trigger_id')
  const view = checkView(dictArg(args, 'view'))
  world.triggers.delete(String(args['trigger_id']))
  return { view: wireView(world, addView(world, trigger.user, view)) }
}

function update(args: Dict, { world }: Platform): Dict {
  const view = checkView(dictArg(args, 'view'))
  const id = stringArg(args, 'view_id')
  const external = stringArg(args, 'external_id')
  const record = world.views.find(
    (one) => one.id === id || (external && one.view['external_id'] === external),
  )
  if (!record?.open) throw new Refusal('not_found')
  const hash = stringArg(args, 'hash')
  if (hash && hash !== record.hash) throw new Refusal('hash_conflict')
  replaceView(world, record, view)
  return { view: wireView(world, record) }
}

function publish(args: Dict, { world }: Platform): Dict {
  const user = requiredArg(args, 'user_id', 'user_not_found')
  if (!world.users.has(user)) throw new Refusal('user_not_found')
  const view = checkView(dictArg(args, 'view'))
  const known = world.views.find((one) => one.kind === 'home' && one.user === user)
  if (known) replaceView(world, known, view)
  return { view: wireView(world, known ?? addView(world, user, view)) }
}

export const viewMethods: Methods = {
  'views.open': { run: open },
  'views.update': { run: update },
  'views.publish': { run: publish },
}
