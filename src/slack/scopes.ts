// The scopes that the bot needs, and which of them a workspace has not granted.
import type { Clock } from '../core/clock.ts'
import { Recent } from '../core/recent.ts'
import type { Caller } from './caller.ts'
import { dictOf } from './wire.ts'

export const BOT_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'mpim:history',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'users:read',
] as const

/** Empty when Slack does not say: with every answer it names the token's scopes in a header. */
export function createScopes(caller: Caller, clock: Clock): (workspace: string) => Promise<string[]> {
  const known = new Recent<string, string[]>({ max: 1_000, ttlMs: 10 * 60_000, clock })
  return async (workspace) => {
    const before = known.get(workspace)
    if (before) return before
    const answer = await caller.once(workspace, 'auth.test', {}, 'must')
    if (answer.outcome !== 'ok') return []
    const granted = dictOf(answer.value['response_metadata'])['scopes']
    const missing = Array.isArray(granted) ? BOT_SCOPES.filter((scope) => !granted.includes(scope)) : []
    known.set(workspace, missing)
    return missing
  }
}
