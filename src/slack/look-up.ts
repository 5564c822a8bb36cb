// Finds a post of ours whose platform id was lost: by the key in its block_id or metadata, or by the echo of our own
// message event. Never guesses; a look-up that Slack does not allow now makes the turn wait.
import type { Clock } from '../core/clock.ts'
import { BotError, type Both } from '../core/error.ts'
import type { Post } from '../core/outbound.ts'
import { Recent } from '../core/recent.ts'
import type { Answer, Args, Dict } from './api.ts'
import type { Caller } from './caller.ts'
import { refusedWith, toBotError } from './failure.ts'

export const METADATA_TYPE = 'answer_post'

export interface Found {
  id: string
  /** False when it is known that nothing is being streamed into it. */
  mayBeStreaming: boolean
}

export interface LookUp {
  /** Throws `platform-busy`, `platform-unreachable` or `platform-ambiguous`: nobody knows then whether it is there. */
  find(post: Post): Promise<Found | null>
  /** Our own message came by as an event. */
  saw(channel: string, message: Dict): void
}

// Apps sold outside Slack's Marketplace may ask once a minute, for 15 messages (facts A2). Our post comes soon after it was
// meant to be made, so that few pages mostly do; where more was said, another look goes on after them.
const PAGE = 15
const MAX_PAGES = 5
const LOOK_AGAIN_MS = 2_000
/** Slack's clock and the database's may differ by so much. */
const SKEW_MS = 60_000

export function createLookUp(caller: Caller, clock: Clock): LookUp {
  const echoes = new Recent<string, string>({ max: 2_000, ttlMs: 10 * 60_000, clock })
  /** Where looks that came to no end have come to. */
  const cursors = new Recent<string, string>({ max: 1_000, ttlMs: 10 * 60_000, clock })

  const ask = async (post: Post, cursor: string): Promise<Answer> => {
    const { workspace, channel, thread } = post.place
    const args: Args = { channel, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) }
    const oldest = oldestOf(post)
    if (oldest) args['oldest'] = oldest
    return thread === null
      ? caller.once(workspace, 'conversations.history', args, 'must')
      : caller.once(workspace, 'conversations.replies', { ...args, ts: thread }, 'must')
  }

  return {
    async find(post) {
      const key = echoKey(post.place.channel, post.key)
      const echo = echoes.get(key)
      if (echo) return { id: echo, mayBeStreaming: true }
      let cursor = cursors.get(key) ?? ''
      for (let page = 0; page < MAX_PAGES; page++) {
        const answer = await ask(post, cursor)
        // Where the bot is no member it cannot have posted either.
        if (refusedWith(answer, 'thread_not_found', 'channel_not_found', 'not_in_channel')) return null
        if (refusedWith(answer, 'invalid_cursor') && cursor !== '') {
          cursors.delete(key)
          throw notYet(post)
        }
        if (answer.outcome === 'refused') throw ambiguous(post, answer.code)
        if (answer.outcome !== 'ok') throw toBotError(answer, `a look-up in channel ${post.place.channel}`)
        const message = messagesOf(answer.value).find((one) => keysIn(one).includes(post.key))
        if (message) {
          return { id: String(message['ts']), mayBeStreaming: message['streaming_state'] === 'in_progress' }
        }
        cursor = String((answer.value['response_metadata'] as Dict | undefined)?.['next_cursor'] ?? '')
        cursors.set(key, cursor)
        if (cursor === '') return null
      }
      throw notYet(post)
    },
    saw(channel, message) {
      for (const key of keysIn(message)) echoes.set(echoKey(channel, key), String(message['ts']))
    },
  }
}

const UNSURE: Both = {
  ko: '답변을 보냈는지 확인하지 못했어요. 보이지 않으면 다시 물어봐 주세요.',
  en: 'I couldn’t check whether my answer went out. If you don’t see it, please ask again.',
}

/** The later of its source and its intent; a Slack ts. */
function oldestOf({ source, intendedAt = 0 }: Post): string | null {
  const answered = Number(/:(\d+\.\d+)$/.exec(source ?? '')?.[1] ?? 0)
  const oldest = Math.max(answered, (intendedAt - SKEW_MS) / 1_000)
  return oldest > 0 ? oldest.toFixed(6) : null
}

/** More was said there than one look takes in. */
function notYet({ place }: Post): BotError {
  return new BotError('platform-busy', {
    retryable: true,
    say: UNSURE,
    hint: `a lost post is still looked for in channel ${place.channel}`,
    retryAfterMs: LOOK_AGAIN_MS,
  })
}

function ambiguous({ place }: Post, code: string): BotError {
  return new BotError('platform-ambiguous', {
    retryable: false,
    say: UNSURE,
    hint: `a lost post could not be looked for in channel ${place.channel} (${code}): compare the bot's scopes with \`npm run manifest\``,
  })
}

function echoKey(channel: string, key: string): string {
  return `${channel}:${key}`
}

function messagesOf(value: Dict): Dict[] {
  return Array.isArray(value['messages']) ? (value['messages'] as Dict[]) : []
}

function keysIn(message: Dict): string[] {
  const blocks = Array.isArray(message['blocks']) ? (message['blocks'] as Dict[]) : []
  const metadata = message['metadata'] as { event_type?: string; event_payload?: Dict } | undefined
  const ofMetadata = metadata?.event_type === METADATA_TYPE ? metadata.event_payload?.['key'] : undefined
  return [...blocks.map((block) => block['block_id']), ofMetadata].filter((key) => typeof key === 'string')
}
