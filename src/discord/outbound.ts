// The way out to Discord, over REST alone: workers open no gateway. Picks how a post goes out and does the small
// things (typing, reactions, private notices); what is shown is render.ts, and the calls are the drivers'.
import { randomUUID } from 'node:crypto'
import type { Budget } from '../core/adapter.ts'
import type { Clock } from '../core/clock.ts'
import type { Content } from '../core/content.ts'
import { DISCORD_DM, type Place } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'
import type { Outbound, Post, WriteOptions } from '../core/outbound.ts'
import { createPacedWriter, type MessageDriver } from '../core/paced-writer.ts'
import { type Answer, createDiscordApi } from './api.ts'
import { fetchAttachment } from './attachment.ts'
import { type Caller, createCaller } from './caller.ts'
import { ChannelDriver, type DriverDeps } from './channel-driver.ts'
import { createDirectDriver } from './direct-driver.ts'
import { createDirectRooms, type DirectRooms } from './direct-room.ts'
import { refusedWith, toBotError, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE } from './failure.ts'
import { createFollowUpDriver } from './follow-up-driver.ts'
import { parseHandle } from './handle.ts'
import { InteractionDriver } from './interaction-driver.ts'
import { createLookUp } from './look-up.ts'
import { createMembership } from './membership.ts'
import { createRead } from './read.ts'
import { createRecent } from './recent.ts'
import { renderContent } from './render.ts'
import { createSolved } from './solved.ts'
import { createThreads, type Threads } from './threads.ts'
import { createTopic } from './topic.ts'
import { keepTyping } from './typing.ts'

export interface DiscordOutboundOptions {
  token: string
  /** Up to `/api`, without the version. */
  apiUrl?: string
  clock: Clock
  log: Logger
  budget: Budget
  /** Time between two edits of a growing message; Discord allows about one a second in a channel. */
  paceMs?: number
  timeoutMs?: number
}

export interface DiscordOutbound extends Outbound {
  /** Opens the thread that an answer at `place` waits for, named after the question. Best effort. */
  openThread(place: Place, title: string): Promise<void>
}

/** Discord allows 2,000; the rest is for the small print. */
const MAX_CHARS = 1_900
const PACE_MS = 1_100
const SMALL_THINGS_MS = 15_000

export function createDiscordOutbound(options: DiscordOutboundOptions): DiscordOutbound {
  const { clock, log } = options
  const api = createDiscordApi(options)
  const caller = createCaller(api, options.budget, clock)
  const threads = createThreads(caller, log)
  const rooms = createDirectRooms(caller)
  const lookUp = createLookUp(caller)
  const deps: DriverDeps = { caller, threads, rooms, lookUp, clock, paceMs: options.paceMs ?? PACE_MS }

  const status: Outbound['status'] = async (place, text) => {
    if (text === null) return
    await inPlace(threads, place, (channel) =>
      caller.call(
        { method: 'POST', path: `/channels/${channel}/typing` },
        { kind: 'other', channel },
        'drop',
      ),
    )
  }

  return {
    maxChars: MAX_CHARS,
    waitNotice: () => 'post',
    write(post, writeOptions) {
      const driver = createDriver(deps, post, writeOptions)
      const typed =
        post.handle === null
          ? keepTyping(driver, clock, () => status(post.place, ''), writeOptions.signal)
          : driver
      return createPacedWriter(typed, clock, writeOptions)
    },
    status,
    async openThread(place, title) {
      if (place.thread !== null) await threads.target(place, { mayOpen: true, title }, 'drop')
    },
    react: (place, source, emoji, isRemoved = false) => react(caller, place, source, { emoji, isRemoved }),
    ...createMembership(caller, clock),
    topicOf: createTopic(caller, clock),
    markSolved: createSolved(caller),
    // Discord shows moments in each reader's own zone and tells nobody which it is.
    zoneOf: async () => null,
    whisper: (_place, person, content) => whisper(caller, rooms, person, content),
    read: createRead(caller),
    recent: createRecent(caller),
    fetch: (_place, attachment, maxBytes) => fetchAttachment(attachment, maxBytes, options.apiUrl),
  }
}

function createDriver(deps: DriverDeps, post: Post, options: WriteOptions): MessageDriver {
  const isHidden = options.isPrivate && post.place.workspace !== DISCORD_DM
  if (post.handle === null)
    return isHidden ? createDirectDriver(deps, post, options) : new ChannelDriver(deps, post, options)
  // A pressed button was acknowledged without an answer of its own, and a command has only one: what goes beyond is
  // an ordinary message, or a follow-up that only the asker sees.
  const isFurther = /\.[1-9]\d*$/.test(post.slot)
  if (!parseHandle(post.handle).isComponent && !isFurther) return new InteractionDriver(deps, post, options)
  return isHidden ? createFollowUpDriver(deps, post, options) : new ChannelDriver(deps, post, options)
}

/** Carries `send` out at the place's thread, or where that turns out to be. */
async function inPlace(
  threads: Threads,
  place: Place,
  send: (channel: string) => Promise<Answer<unknown>>,
): Promise<void> {
  const opening = { mayOpen: true, title: null }
  const target = await threads.target(place, { ...opening, mayOpen: false }, 'drop')
  if (target.outcome !== 'ok') return
  const answer = await send(target.value)
  if (!refusedWith(answer, UNKNOWN_CHANNEL)) return
  const next = await threads.missing(place, opening, 'drop')
  if (next.outcome === 'ok' && next.value !== null) await send(next.value)
}

async function react(
  caller: Caller,
  place: Place,
  source: string,
  { emoji, isRemoved }: { emoji: string; isRemoved: boolean },
): Promise<void> {
  // The starter of a thread is in the thread's parent, that of a forum post in the thread itself.
  const inParent = place.thread === null || place.thread === source
  const homes = inParent ? [place.channel, place.thread] : [place.thread]
  for (const channel of homes) {
    if (channel === null) continue
    const path = `/channels/${channel}/messages/${source}/reactions/${encodeURIComponent(emoji)}/@me` as const
    const call = { method: isRemoved ? 'DELETE' : 'PUT', path } as const
    const answer = await bestEffort(() =>
      caller.call(call, { kind: 'other', channel }, 'insist', AbortSignal.timeout(SMALL_THINGS_MS)),
    )
    if (!answer || !refusedWith(answer, UNKNOWN_MESSAGE, UNKNOWN_CHANNEL)) return
  }
}

/**
 * A direct message, since nothing in a channel is private without an interaction. A person who refuses them gets none.
 * Throws `platform-busy` or `platform-unreachable` when Discord could not be asked to.
 */
async function whisper(caller: Caller, rooms: DirectRooms, person: string, content: Content): Promise<void> {
  const signal = AbortSignal.timeout(SMALL_THINGS_MS)
  const room = await inTimeOrBusy(signal, () => rooms.with(person, 'insist', signal))
  if (room.outcome !== 'ok') return
  const nonce = randomUUID().replaceAll('-', '').slice(0, 25)
  const path = `/channels/${room.value}/messages` as const
  const body = { ...renderContent(content, null), nonce, enforce_nonce: true }
  const spend = { kind: 'create', channel: room.value } as const
  await inTimeOrBusy(signal, () => caller.call({ method: 'POST', path, body }, spend, 'insist', signal))
}

async function inTimeOrBusy<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!signal.aborted) throw error
    throw toBotError({ outcome: 'limited', retryAfterMs: SMALL_THINGS_MS, isGlobal: false }, 'a notice')
  }
}

/** null when waiting out a limit for a while was not enough: nobody waits for it, and what matters goes out as a post. */
async function bestEffort<T>(call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
  try {
    return await call()
  } catch {
    return null
  }
}
