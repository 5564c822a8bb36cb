// The form of a conversation in threads.ts: who says what where, and what should follow.
import type { AuthorKind, Platform } from '../../src/core/inbound.ts'
import type { Settings } from '../../src/core/settings.ts'

export type Name = 'jisu' | 'minho' | 'boss' | 'guest' | 'partner' | 'deploybot'

/** Who they are: `boss` may change settings, `partner` belongs to another organisation. */
export const PEOPLE: Readonly<Record<Name, { kind: AuthorKind; isAdmin: boolean }>> = {
  jisu: { kind: 'member', isAdmin: false },
  minho: { kind: 'member', isAdmin: false },
  boss: { kind: 'member', isAdmin: true },
  guest: { kind: 'guest', isAdmin: false },
  partner: { kind: 'external', isAdmin: false },
  deploybot: { kind: 'bot', isAdmin: false },
}

/**
 * `answer`: the model's answer will come. `joins`: answered together with what is already waiting. `notice`: a fixed
 * sentence (help, a refusal, a confirmation). `react`: an emoji. `silent`: nothing that anybody sees.
 */
export type Expected = 'answer' | 'joins' | 'notice' | 'react' | 'silent'

export interface Said {
  by: Name
  /** Without the mention of the bot, as the adapter hands it in. */
  text: string
  mentions?: readonly ('bot' | 'others')[]
  /** `thread`: under the conversation's first message. `post`: a Discord forum post; the first one starts it. */
  in: 'channel' | 'thread' | 'dm' | 'post'
  /** Comes before anything of the last answer is visible, within seconds. Otherwise all that waits is answered first. */
  soon?: true
  /** Discord's reply: to the bot's latest message, or to somebody else's. */
  replyTo?: 'bot' | 'others'
  /** A picture comes with it. */
  picture?: true
  expect: Expected
}

export interface Conversation {
  name: string
  lang: 'ko' | 'en'
  platform: Platform
  settings?: Partial<Settings>
  /** A Slack channel shared with another organisation. */
  shared?: true
  turns: readonly Said[]
}

type Rest = Partial<Omit<Said, 'by' | 'text' | 'in' | 'expect'>>

function said(where: Said['in']) {
  return (by: Name, text: string, expect: Expected, rest: Rest = {}): Said => ({
    by,
    text,
    in: where,
    expect,
    ...rest,
  })
}

export const channel = said('channel')
export const thread = said('thread')
export const dm = said('dm')
export const post = said('post')
export const bot = { mentions: ['bot'] } as const
export const others = { mentions: ['others'] } as const
export const soon = { soon: true } as const
