// One post as the answer to a command. It goes out through the interaction's token while that lives; after that a
// public answer is edited as an ordinary message, and a private one goes to the person as a direct message.
// Source: discord-api-docs interactions/receiving-and-responding.
import type { APIMessage } from 'discord.js'
import { delay } from '../core/clock.ts'
import type { Content } from '../core/content.ts'
import type { Made, Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import type { Answer } from './api.ts'
import type { Resolve } from './caller.ts'
import { ChannelDriver, type DriverDeps } from './channel-driver.ts'
import { createDirectDriver } from './direct-driver.ts'
import { isDeadToken, refusedWith, toBotError, UNKNOWN_MESSAGE } from './failure.ts'
import { type InteractionHandle, parseHandle } from './handle.ts'
import { type MessageBody, renderContent, renderGrowing } from './render.ts'

// The row is committed before Discord is told "deferred", so a quick worker may come too early.
const DEFER_GRACE_MS = 4_000
const DEFER_PAUSE_MS = 200

export class InteractionDriver implements MessageDriver {
  readonly wasVisible: boolean
  readonly #deps: DriverDeps
  readonly #post: Post
  readonly #options: WriteOptions
  readonly #handle: InteractionHandle
  readonly #graceUntil: number
  /** Set once the token is of no more use. */
  #ordinary: MessageDriver | null = null
  #id: string | null
  #shown = ''
  #nextAt = 0
  #recorded: Promise<void> = Promise.resolve()

  constructor(deps: DriverDeps, post: Post, options: WriteOptions) {
    this.#deps = deps
    this.#post = post
    this.#options = options
    this.#handle = parseHandle(post.handle!)
    this.#graceUntil = deps.clock.monotonic() + DEFER_GRACE_MS
    this.#id = post.id
    this.wasVisible = post.id !== null
  }

  pauseMs(): number {
    return this.#ordinary?.pauseMs() ?? Math.max(0, this.#nextAt - this.#deps.clock.monotonic())
  }

  async grow(text: string): Promise<'shown' | 'nothing' | 'busy'> {
    if (this.#isOver()) return this.#orOrdinary().grow(text)
    const body = renderGrowing(text, this.#options.growing ?? {}, this.#post.key)
    if (body === null || body.content === this.#shown) return 'nothing'
    const answer = await this.#put(body, 'drop')
    this.#nextAt = this.#deps.clock.monotonic() + this.#deps.paceMs
    if (answer.outcome === 'ok') {
      this.#shown = body.content
      return 'shown'
    }
    if (isDeadToken(answer)) {
      this.#nextAt = this.#deps.clock.monotonic() + DEFER_PAUSE_MS
      if (!this.#mayBeEarly()) this.#orOrdinary()
    }
    return 'busy'
  }

  async close(content: Content): Promise<Made> {
    const body = renderContent(content, this.#post.key)
    while (!this.#isOver()) {
      const answer = await this.#put(body, 'insist')
      if (answer.outcome === 'ok') {
        await this.#recorded
        return { id: this.#id! }
      }
      if (isDeadToken(answer) && this.#mayBeEarly()) {
        await delay(this.#deps.clock, DEFER_PAUSE_MS, this.#options.signal)
        continue
      }
      if (!isDeadToken(answer) && !refusedWith(answer, UNKNOWN_MESSAGE))
        throw toBotError(answer, this.#where())
      if (refusedWith(answer, UNKNOWN_MESSAGE) && this.#id !== null && this.#post.state === 'final')
        return { id: this.#id }
      break
    }
    return this.#orOrdinary().close(content)
  }

  async remove(): Promise<void> {
    if (this.#isOver()) return this.#orOrdinary().remove()
    const answer = await this.#call('DELETE', 'insist')
    if (isDeadToken(answer)) return this.#orOrdinary().remove()
    // Deleting the deferred answer uses the interaction up: what comes later is an ordinary message.
    this.#id = null
    this.#orOrdinary()
  }

  #isOver(): boolean {
    return this.#ordinary !== null || this.#deps.clock.now() >= this.#handle.expires
  }

  #mayBeEarly(): boolean {
    return this.#id === null && this.#deps.clock.monotonic() < this.#graceUntil
  }

  #orOrdinary(): MessageDriver {
    const post = { ...this.#post, id: this.#id }
    this.#ordinary ??= this.#options.isPrivate
      ? createDirectDriver(this.#deps, post, this.#options)
      : new ChannelDriver(this.#deps, post, this.#options)
    return this.#ordinary
  }

  async #put(body: MessageBody, resolve: Resolve): Promise<Answer<APIMessage>> {
    const answer = await this.#call<APIMessage>('PATCH', resolve, body)
    if (answer.outcome === 'ok') this.#record(answer.value.id)
    return answer
  }

  #call<T>(method: 'PATCH' | 'DELETE', resolve: Resolve, body?: object): Promise<Answer<T>> {
    const { applicationId, token } = this.#handle
    const path = `/webhooks/${applicationId}/${token}/messages/${encodeURIComponent('@original')}` as const
    const spend = { kind: 'webhook', channel: this.#post.place.channel } as const
    const { signal, isOurs } = this.#options
    return this.#deps.caller.call<T>({ method, path, body, auth: false }, spend, resolve, signal, isOurs)
  }

  #where(): string {
    return `interaction ${this.#handle.interactionId}`
  }

  #record(id: string): void {
    if (id === this.#id) return
    this.#id = id
    this.#recorded = this.#options.opened(id)
    this.#recorded.catch(() => undefined)
  }
}
