// One post as an ordinary message: created with its key as an enforced nonce (a repeated create is the same message),
// grown and finished by edits. Leaves pacing and the order of calls to core/paced-writer.ts.
import type { APIMessage } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Content, Picture } from '../core/content.ts'
import type { Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import { fitLine } from '../text/line.ts'
import type { Answer } from './api.ts'
import type { Caller, Resolve } from './caller.ts'
import type { DirectRooms } from './direct-room.ts'
import {
  NO_HISTORY,
  refusedWith,
  THREAD_ARCHIVED,
  toBotError,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './failure.ts'
import type { LookUp } from './look-up.ts'
import { type MessageBody, renderContent, renderGrowing } from './render.ts'
import type { Threads } from './threads.ts'

export interface DriverDeps {
  caller: Caller
  threads: Threads
  rooms: DirectRooms
  lookUp: LookUp
  clock: Clock
  /** Time between two edits of a growing message. */
  paceMs: number
}

// A refused call is made possible at most this often: reply unquoted, thread reopened, answered in place.
const MAX_REMEDIES = 3
const MAX_ALT_CHARS = 1_024

export class ChannelDriver implements MessageDriver {
  readonly wasVisible: boolean
  readonly #deps: DriverDeps
  readonly #post: Post
  readonly #options: WriteOptions
  readonly #title: string | null
  #id: string | null
  #channel: string | null = null
  #mayQuote: boolean
  #isLookedUp: boolean
  /** A message that was taken away must not come back under the nonce that still names it. */
  #generation = 0
  /** Go out with the message when it is made. */
  #pictures: readonly Picture[] = []
  #shown = ''
  #nextAt = 0
  #recorded: Promise<void> = Promise.resolve()

  constructor(deps: DriverDeps, post: Post, options: WriteOptions) {
    this.#deps = deps
    this.#post = post
    this.#options = options
    this.#title = post.title ?? null
    this.#id = post.id
    this.#isLookedUp = options.attempt <= 1 || post.id !== null
    // Only the first post of an answer quotes the question; an interaction is no message that could be quoted.
    this.#mayQuote = post.handle === null && !/\.[1-9]\d*$/.test(post.slot)
    this.wasVisible = post.id !== null
  }

  pauseMs(): number {
    const { place } = this.#post
    const channel = this.#channel ?? place.thread ?? place.channel
    const kind = this.#id === null ? 'create' : 'edit'
    return Math.max(
      0,
      this.#nextAt - this.#deps.clock.monotonic(),
      this.#deps.caller.waitMs({ kind, channel }),
    )
  }

  async grow(text: string): Promise<'shown' | 'nothing' | 'busy'> {
    const body = renderGrowing(text, this.#options.growing ?? {}, this.#post.key)
    if (body === null || body.content === this.#shown) return 'nothing'
    const isFirst = this.#id === null
    const answer = await this.#put(body, 'drop')
    this.#nextAt = this.#deps.clock.monotonic() + this.#deps.paceMs
    if (answer.outcome === 'ok') this.#shown = body.content
    // A create whose answer was lost may be visible; the next one carries the same nonce.
    if (answer.outcome === 'ok' || (answer.outcome === 'lost' && isFirst)) return 'shown'
    if (answer.outcome !== 'refused') return 'busy'
    // A moderator deleted it: what to do about that is for close() to say.
    if (refusedWith(answer, UNKNOWN_MESSAGE)) return 'nothing'
    throw toBotError(answer, `channel ${this.#channel}`)
  }

  async close(content: Content): Promise<{ id: string }> {
    const body = renderContent(content, this.#post.key)
    this.#pictures = content.pictures ?? []
    let answer = await this.#put(body, 'insist')
    if (answer.outcome === 'refused' && this.#pictures.length > 0 && this.#id === null) {
      // It may write here, but attach nothing: the words say the same.
      this.#pictures = []
      answer = await this.#put(body, 'insist')
    }
    if (refusedWith(answer, UNKNOWN_MESSAGE) && this.#id !== null) {
      if (this.#post.state === 'final') return { id: this.#id }
      this.#forget()
      answer = await this.#put(body, 'insist')
    }
    if (answer.outcome !== 'ok') throw toBotError(answer, `channel ${this.#channel}`)
    await this.#recorded
    return { id: this.#id! }
  }

  async remove(): Promise<void> {
    const located = await this.#locate('insist')
    if (located.outcome !== 'ok' || this.#id === null) return
    const answer = await this.#settle('insist', () => this.#call('DELETE', `/${this.#id}`, 'other', 'insist'))
    if (answer.outcome === 'refused' && !refusedWith(answer, UNKNOWN_MESSAGE, UNKNOWN_CHANNEL))
      throw toBotError(answer, `channel ${this.#channel}`)
    this.#forget()
  }

  #forget(): void {
    this.#id = null
    this.#shown = ''
    this.#nextAt = 0
    this.#generation++
  }

  async #put(body: MessageBody, resolve: Resolve): Promise<Answer<unknown>> {
    const located = await this.#locate(resolve)
    if (located.outcome !== 'ok') return located
    const edit = () => this.#call('PATCH', `/${this.#id}`, 'edit', resolve, body)
    return this.#settle(resolve, async () => {
      const isNew = this.#id === null
      const answer = isNew
        ? await this.#call('POST', '', 'create', resolve, {
            ...body,
            ...this.#identity(),
            ...this.#attached(),
          })
        : await edit()
      if (answer.outcome === 'ok') this.#record(answer.value.id)
      // An enforced nonce gives back the message that a lost call has made, with what it said then.
      return isNew && answer.outcome === 'ok' && !shows(answer.value, body) ? edit() : answer
    })
  }

  #call(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: '' | `/${string}`,
    kind: 'create' | 'edit' | 'other',
    resolve: Resolve,
    body?: object,
  ): Promise<Answer<APIMessage>> {
    const channel = this.#channel!
    const files = kind === 'create' ? this.#pictures.map(toFile) : []
    const call = { method, path: `/channels/${channel}/messages${path}`, body, files } as const
    const { signal, isOurs } = this.#options
    return this.#deps.caller.call<APIMessage>(call, { kind, channel }, resolve, signal, isOurs)
  }

  /** discord-api-docs reference, "Uploading Files": a description is the picture's alt text, of 1,024 characters. */
  #attached(): object {
    if (this.#pictures.length === 0) return {}
    const attachments = this.#pictures.map(({ name, alt }, id) => ({
      ...{ id: String(id), filename: name, description: fitLine(alt, MAX_ALT_CHARS) },
    }))
    return { attachments }
  }

  #identity(): object {
    const { key } = this.#post
    const quoted = this.#quoted()
    return {
      nonce: this.#generation === 0 ? key : `${key.slice(0, 22)}-${this.#generation}`,
      enforce_nonce: true,
      ...(quoted === null ? {} : { message_reference: { message_id: quoted, fail_if_not_exists: false } }),
    }
  }

  /** The message to reply to, if it is in the channel written to: a thread's starter is in the thread's parent. */
  #quoted(): string | null {
    const { place, source } = this.#post
    const home = place.thread === null || place.thread === source ? place.channel : place.thread
    return this.#mayQuote && home === this.#channel ? source : null
  }

  #record(id: string): void {
    if (id === this.#id) return
    this.#id = id
    this.#recorded = this.#options.opened(id)
    // close() awaits it; until then a failure must not look unhandled.
    this.#recorded.catch(() => undefined)
  }

  /** Finds the channel, and on a later attempt the message that an earlier one may have left there. */
  async #locate(resolve: Resolve): Promise<Answer<unknown>> {
    const { place, source } = this.#post
    const { threads, lookUp } = this.#deps
    const { signal } = this.#options
    if (this.#channel === null) {
      const isNew = this.#id === null && source !== null && source === place.thread
      const target = await threads.target(place, { mayOpen: isNew, title: this.#title }, resolve, signal)
      if (target.outcome !== 'ok') return target
      this.#channel = target.value
    }
    if (!this.#isLookedUp) {
      const found = await lookUp.find(this.#post, this.#channel, this.#quoted(), resolve, signal)
      if (found.outcome !== 'ok' && !refusedWith(found, UNKNOWN_CHANNEL)) return found
      this.#isLookedUp = true
      if (found.outcome === 'ok' && found.value !== null) this.#record(found.value)
    }
    return { outcome: 'ok', value: null }
  }

  async #settle(resolve: Resolve, send: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    for (let remedies = 0; ; remedies++) {
      const answer = await send()
      if (answer.outcome !== 'refused' || remedies === MAX_REMEDIES) return answer
      const failed = await this.#remedy(answer, resolve)
      if (failed) return failed
    }
  }

  /** Tries to make a refused call possible; null when it has become so, else why not. */
  async #remedy(answer: Answer<unknown>, resolve: Resolve): Promise<Answer<unknown> | null> {
    if (refusedWith(answer, NO_HISTORY) && this.#mayQuote) {
      this.#mayQuote = false
      return null
    }
    if (refusedWith(answer, THREAD_ARCHIVED)) {
      const call = { method: 'PATCH', path: `/channels/${this.#channel}`, body: { archived: false } } as const
      const spend = { kind: 'other', channel: this.#channel! } as const
      const reopened = await this.#deps.caller.call(call, spend, resolve, this.#options.signal)
      return reopened.outcome === 'ok' ? null : reopened
    }
    return refusedWith(answer, UNKNOWN_CHANNEL) ? this.#moveOn(answer, resolve) : answer
  }

  /** The thread is not there: it is made, or the answer goes into the channel, or the place is gone. */
  async #moveOn(answer: Answer<unknown>, resolve: Resolve): Promise<Answer<unknown> | null> {
    const { place, source } = this.#post
    if (place.thread === null || this.#channel !== place.thread) return answer
    if (this.#id !== null) {
      // An earlier attempt, maybe in another process, may have answered in place.
      this.#channel = place.channel
      return null
    }
    const mayOpen = source === null || source === place.thread
    const next = await this.#deps.threads.missing(
      place,
      { mayOpen, title: this.#title },
      resolve,
      this.#options.signal,
    )
    if (next.outcome !== 'ok') return next
    if (next.value === null) return answer
    this.#channel = next.value
    return null
  }
}

function shows(message: APIMessage, { content, components }: MessageBody): boolean {
  const buttonsOf = (rows: unknown): string =>
    (JSON.stringify(rows ?? []).match(/"custom_id":"[^"]*"/g) ?? []).join()
  return message.content.trim() === content.trim() && buttonsOf(message.components) === buttonsOf(components)
}

function toFile({ name, bytes, mime = 'image/png' }: Picture) {
  return { name, data: Buffer.from(bytes), contentType: mime }
}
