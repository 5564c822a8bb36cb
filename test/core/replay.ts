// Turns a conversation of threads.ts into events, and models the conditions that the store decides.
import type { Decision, Enqueue } from '../../src/core/decision.ts'
import type { Attachment, MessageInbound, Place } from '../../src/core/inbound.ts'
import type { Conversation, Expected } from './conversation.ts'
import { PEOPLE } from './conversation.ts'
import { authorOf, discordPlace, messageOf, slackPlace } from './support.ts'

const PICTURE: Attachment = {
  id: 'F1',
  name: 'error.png',
  mime: 'image/png',
  bytes: 1000,
  url: 'https://files.example/F1',
}

/** Message `index` as an event. `botPost`: the platform id of the bot's latest message, for Discord replies. */
export function toInbound(conversation: Conversation, index: number, botPost: string | null): MessageInbound {
  const turn = conversation.turns[index]!
  const isSlack = conversation.platform === 'slack'
  const idOf = (n: number): string =>
    isSlack ? `1760000000.${String(n + 1).padStart(6, '0')}` : String(9001 + n)
  const isDm = turn.in === 'dm'
  const channel = isSlack ? (isDm ? `D-${turn.by}` : 'C1') : isDm ? `600-${turn.by}` : '500'
  const thread = turn.in === 'thread' || turn.in === 'post' ? idOf(0) : null
  const base = isSlack ? slackPlace() : discordPlace()
  const place: Place = { ...base, channel, thread, ...(isDm && !isSlack ? { workspace: 'discord:dm' } : {}) }
  return messageOf({
    workspace: place.workspace,
    place,
    room: turn.in,
    author: authorOf({
      id: turn.by,
      name: turn.by,
      ...PEOPLE[turn.by],
      locale: conversation.lang === 'ko' ? 'ko' : 'en-US',
    }),
    sharedExternally: conversation.shared === true,
    source: isSlack ? `${channel}:${idOf(index)}` : idOf(index),
    text: turn.text,
    mentionsBot: turn.mentions?.includes('bot') ?? false,
    mentionsOthers: turn.mentions?.includes('others') ?? false,
    attachments: turn.picture ? [PICTURE] : [],
    replyTo: turn.replyTo === 'bot' ? botPost : turn.replyTo === 'others' ? 'someone-else' : null,
  })
}

interface Lane {
  asker: string
  isInterrupted: boolean
}

/** What the database remembers, as far as it decides whether something is for us. */
export interface Memory {
  /** Carries a decision out and says what people would see. */
  apply(decision: Decision, inbound: MessageInbound): Expected
  /** All that waits is answered. */
  settle(): void
  readonly botPost: string | null
}

export function createMemory(): Memory {
  const lanes = new Map<string, Lane>()
  const posts = new Map<string, string>()
  let waiting: { lane: string; author: string; kind: string; burst: string | undefined }[] = []
  let botPost: string | null = null

  const isOurs = (lane: string, author: string): boolean => {
    const found = lanes.get(lane)
    return found?.asker === author && !found.isInterrupted
  }

  const enqueue = (what: Enqueue, author: string): Expected => {
    // No person has any of these conversations.
    if (what.onlyIf === 'with-staff') return 'silent'
    let lane = what.lane
    const open = waiting.findLast(
      (one) =>
        what.burst !== undefined &&
        one.burst === what.burst &&
        one.author === author &&
        one.kind === what.kind,
    )
    if (open) lane = open.lane
    else if (what.onlyIf === 'burst-is-open') return 'silent'
    if (what.replyTo !== undefined) {
      const found = posts.get(what.replyTo)
      if (found) lane = found
      else if (what.onlyIf === 'thread-is-ours') return 'silent'
    }
    if (what.onlyIf === 'thread-is-ours') {
      const known = lanes.get(lane)
      if (!known) return 'silent'
      if (what.isNote || !isOurs(lane, author)) {
        if (known.asker !== author) known.isInterrupted = true
        return 'silent'
      }
    }
    lanes.set(lane, { asker: author, isInterrupted: false })
    if (what.queue === 'relay') return 'notice'
    const isJoined = waiting.some(
      (one) => one.lane === lane && one.author === author && one.kind === what.kind,
    )
    waiting.push({ lane, author, kind: what.kind, burst: what.burst })
    return isJoined ? 'joins' : 'answer'
  }

  return {
    apply(decision, inbound) {
      const author = inbound.author.id
      if (decision.type === 'enqueue') return enqueue(decision, author)
      if (decision.type !== 'react') return 'silent'
      const lane = (decision.replyTo !== undefined && posts.get(decision.replyTo)) || decision.lane
      return decision.onlyIf === undefined || isOurs(lane, author) ? 'react' : 'silent'
    },
    settle() {
      for (const { lane } of waiting) {
        botPost = `post-${posts.size}`
        posts.set(botPost, lane)
      }
      waiting = []
    },
    get botPost() {
      return botPost
    },
  }
}
