// A turn as a handler gets it, and what the handler says to whom.
import type { Content } from '../../src/core/content.ts'
import type { Place } from '../../src/core/inbound.ts'
import type { Outbound } from '../../src/core/outbound.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings.ts'
import type { Context, Poster, Turn } from '../../src/core/turn.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'

export interface Said {
  slot: string
  text: string
  channel: string
  isPrivate: boolean
}

export interface Scene {
  turn?: Partial<Turn>
  settings?: Partial<Settings>
  fetch?: Outbound['fetch']
  /** Throws to refuse a post. */
  refuse?(slot: string): void
}

/** In a channel on Slack, unless told otherwise. */
export function contextOf(
  scene: Scene,
): Context & { said: Said[]; whispers: { person: string; text: string }[] } {
  const said: Said[] = []
  const whispers: { person: string; text: string }[] = []
  const place: Place = {
    platform: 'slack',
    workspace: 'slack:T1',
    channel: 'C1',
    thread: '1760000000.000100',
  }
  const turn: Turn = {
    id: '7',
    workspace: 'slack:T1',
    audience: 'slack:T1:C1',
    lane: 'C1:1760000000.000100',
    kind: 'answer',
    queue: 'relay',
    place,
    author: { id: 'U1', name: '지수', kind: 'member', lang: 'ko', isAdmin: false },
    messages: [],
    history: [],
    attempt: 1,
    isNotified: true,
    handle: null,
    facts: {},
    settings: { ...DEFAULT_SETTINGS, ...scene.settings },
    ...scene.turn,
  }
  const post: Pick<Poster, 'send' | 'whisper'> & { outbound: Partial<Outbound> } = {
    outbound: scene.fetch ? { fetch: scene.fetch } : {},
    async send(slot: string, { text }: Content, options = {}) {
      scene.refuse?.(slot)
      const channel = (options.place ?? turn.place).channel
      said.push({ slot, text, channel, isPrivate: options.isPrivate ?? false })
    },
    async whisper(person, { text }) {
      whispers.push({ person, text })
    },
  }
  const { signal } = new AbortController()
  const keep = (): void => undefined
  return {
    said,
    whispers,
    turn,
    post: post as Poster,
    signal,
    written: null,
    keep,
    claimNotice: async () => false,
    log: SILENT,
    clock: realClock,
  }
}
