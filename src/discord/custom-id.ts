// What a button carries: the action, its value, and the key of the post it stands under. The key is how a post whose
// answer was lost is found again in the channel's history, where Discord shows no nonce.
import type { ActionName } from '../core/inbound.ts'

const ACTIONS: readonly string[] = [
  'feedback',
  'reason',
  'person',
  'stop',
  'settings',
  'suggest',
  'share',
  'draft',
  'answer',
  'proposal',
  'relay',
  'original',
  'ticket',
  'rating',
  'reply',
] satisfies ActionName[]
const KEY_MARK = '##'
const MAX_CHARS = 100

export function toCustomId(action: ActionName, value: string, key: string | null): string {
  const id = `${action}:${value}`
  const marked = `${id}${KEY_MARK}${key}`
  return key !== null && marked.length <= MAX_CHARS ? marked : id.slice(0, MAX_CHARS)
}

export interface ParsedCustomId {
  action: ActionName
  value: string
  key: string | null
}

/** null for a button that is not ours, or no longer is. */
export function parseCustomId(customId: string): ParsedCustomId | null {
  const mark = customId.lastIndexOf(KEY_MARK)
  const id = mark < 0 ? customId : customId.slice(0, mark)
  const key = mark < 0 ? null : customId.slice(mark + KEY_MARK.length)
  const colon = id.indexOf(':')
  const action = colon < 0 ? id : id.slice(0, colon)
  if (!isActionName(action)) return null
  return { action, value: colon < 0 ? '' : id.slice(colon + 1), key }
}

function isActionName(name: string): name is ActionName {
  return ACTIONS.includes(name)
}
