// Where a post for a place really goes. An answer to a channel message lives in a thread on that message, and the
// thread's id is the message's id, so it can be named before it exists; it is made on the first write.
// Source: discord-api-docs resources/channel, "Start Thread from Message".
import type { Place } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'
import { Recent } from '../core/recent.ts'
import type { Answer } from './api.ts'
import type { Caller, Resolve } from './caller.ts'
import {
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  refusedWith,
  THREAD_EXISTS,
  UNKNOWN_MESSAGE,
} from './failure.ts'
import { neutralLine } from './markdown.ts'

/** `unsure`: it could not be made, but may be there all the same (a forum post). */
type ThreadState = 'there' | 'unsure' | 'gone' | 'in-place'

export interface Opening {
  /** False where the thread must have existed: somebody deleted it, and it is not forced upon them again. */
  mayOpen: boolean
  title: string | null
}

export interface Threads {
  /** The channel id to write to; makes the thread when `place` waits for one. */
  target(place: Place, opening: Opening, resolve: Resolve, signal?: AbortSignal): Promise<Answer<string>>
  /** Discord does not know the thread: what to write to instead, or null when the place is gone. */
  missing(
    place: Place,
    opening: Opening,
    resolve: Resolve,
    signal?: AbortSignal,
  ): Promise<Answer<string | null>>
}

const MAX_TITLE_CHARS = 100
const REMEMBERED = 5_000

export function createThreads(caller: Caller, log: Logger): Threads {
  const states = new Recent<string, ThreadState>({ max: REMEMBERED })
  const warned = new Recent<string, true>({ max: 1_000 })
  const opening = new Map<string, Promise<Answer<ThreadState>>>()

  const open = async (
    place: Place,
    title: string | null,
    resolve: Resolve,
    signal?: AbortSignal,
  ): Promise<Answer<ThreadState>> => {
    const answer = await startThread(caller, place, title, resolve, signal)
    if (answer.outcome !== 'refused')
      return answer.outcome === 'ok' ? { outcome: 'ok', value: 'there' } : answer
    if (refusedWith(answer, MISSING_ACCESS, MISSING_PERMISSIONS) && !warned.has(place.channel)) {
      warned.set(place.channel, true)
      log.warn(
        { workspace: place.workspace, channel: place.channel, code: answer.code },
        'cannot open threads here, answering in place: give the bot Create Public Threads',
      )
    }
    return { outcome: 'ok', value: toState(answer) }
  }

  /** Two writers of one place (the typing indicator and the answer) open its thread once. */
  const openOnce = async (
    place: Place & { thread: string },
    title: string | null,
    resolve: Resolve,
    signal?: AbortSignal,
  ): Promise<Answer<ThreadState>> => {
    const running = opening.get(place.thread)
    if (running) {
      const answer = await running.catch(() => null)
      if (answer?.outcome === 'ok') return answer
    }
    const started = open(place, title, resolve, signal)
    opening.set(place.thread, started)
    try {
      const answer = await started
      if (answer.outcome === 'ok') states.set(place.thread, answer.value)
      return answer
    } finally {
      opening.delete(place.thread)
    }
  }

  return {
    async target(place, { mayOpen, title }, resolve, signal) {
      const { thread } = place
      if (thread === null) return { outcome: 'ok', value: place.channel }
      if (mayOpen && !states.has(thread)) {
        const opened = await openOnce({ ...place, thread }, title, resolve, signal)
        if (opened.outcome !== 'ok') return opened
      }
      return { outcome: 'ok', value: states.get(thread) === 'in-place' ? place.channel : thread }
    },
    async missing(place, { mayOpen, title }, resolve, signal) {
      const { thread } = place
      if (thread === null) return { outcome: 'ok', value: null }
      let state = states.get(thread)
      if (state === undefined && mayOpen) {
        const opened = await openOnce({ ...place, thread }, title, resolve, signal)
        if (opened.outcome !== 'ok') return opened
        state = opened.value
        if (state === 'there') return { outcome: 'ok', value: thread }
      }
      if (state !== 'unsure') return { outcome: 'ok', value: null }
      states.set(thread, 'in-place')
      return { outcome: 'ok', value: place.channel }
    },
  }
}

function startThread(
  caller: Caller,
  place: Place,
  title: string | null,
  resolve: Resolve,
  signal?: AbortSignal,
): Promise<Answer<unknown>> {
  const path = `/channels/${place.channel}/messages/${place.thread}/threads` as const
  const call = { method: 'POST', path, body: { name: toThreadName(title) } } as const
  return caller.call(call, { kind: 'other', channel: place.channel }, resolve, signal)
}

function toState(refused: Answer<unknown>): ThreadState {
  if (refusedWith(refused, THREAD_EXISTS)) return 'there'
  return refusedWith(refused, UNKNOWN_MESSAGE) ? 'gone' : 'unsure'
}

function toThreadName(title: string | null): string {
  const line = neutralLine(title ?? '', MAX_TITLE_CHARS)
  return line === '' ? '답변 · Answer' : line
}
