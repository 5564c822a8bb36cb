// One post as an ordinary message. The first attempt streams natively; whatever goes wrong with that, and every later
// attempt, shows the whole text by chat.update. Leaves pacing and the order of calls to core/paced-writer.ts.
import { type Clock, delay } from '../core/clock.ts'
import type { Content } from '../core/content.ts'
import type { Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import { safePrefix } from '../text/markdown.ts'
import type { Answer } from './api.ts'
import type { Caller } from './caller.ts'
import { isNotStreaming, isStillStreaming, refusedWith, toBotError } from './failure.ts'
import type { LookUp } from './look-up.ts'
import { toFinalMarkdown, toGrowingMarkdown } from './markdown.ts'
import { createPostCalls, type PostCalls, toMetadata } from './post-calls.ts'
import { footer, renderContent, renderGrowing } from './render.ts'
import { isDirect, NativeStream } from './stream.ts'

export interface DriverDeps {
  caller: Caller
  lookUp: LookUp
  clock: Clock
  /** The team of a person, for streams outside DMs; null when it is not known. */
  teamOf(workspace: string, person: string): string | null
  /** The shortest time between two writes while a stream grows; the stream's own by default. */
  paceMs?: number
}

type Grown = 'shown' | 'nothing' | 'busy'
const UPDATE_PACE_MS = 1_200
const SLOWEST_UPDATE_MS = 5_000
const MAX_TRIES = 4
/** A post whose answer was lost may take a moment to be listed. */
const LOOK_AGAIN_MS = 1_000
/** A share of the budget that was not used for a while comes back within milliseconds: worth two short waits. */
const START_TRIES = 3
const FIRST_WORDS_PAUSE_MS = 50

export class PostDriver implements MessageDriver {
  readonly wasVisible: boolean
  readonly #deps: DriverDeps
  readonly #post: Post
  readonly #options: WriteOptions
  readonly #calls: PostCalls
  #id: string | null
  #stream: NativeStream | null = null
  /** Another attempt, or a call whose answer was lost, may have left the stream open. */
  #mayBeOpen: boolean
  #mustLookUp: boolean
  #canStream: boolean
  #startTries = 0
  /** Stopped by the person, or refused for good: only close() writes again. */
  #isStill = false
  /** A call of chat.update set aside, so that what was begun as a post can always be finished. */
  #hasUpdate = false
  #shown = ''
  #pace = UPDATE_PACE_MS
  #nextAt = 0
  #recorded: Promise<void> = Promise.resolve()

  constructor(deps: DriverDeps, post: Post, options: WriteOptions) {
    this.#deps = deps
    this.#post = post
    this.#options = options
    this.#calls = createPostCalls(deps.caller, post, options)
    this.#id = post.id
    this.#mayBeOpen = post.id !== null && post.state === 'open'
    this.#mustLookUp = post.id === null && options.attempt > 1
    this.#canStream = options.attempt === 1 && post.id === null && this.#mayStream()
    this.wasVisible = post.id !== null
    deps.caller.declare(post.place.workspace, post.place.channel)
  }

  /** Only a thread can be streamed to, and outside DMs Slack wants to know for whom. */
  #mayStream(): boolean {
    const { channel, thread } = this.#post.place
    return thread !== null && (isDirect(channel) || this.#team() !== null)
  }

  #team(): string | null {
    return this.#deps.teamOf(this.#post.place.workspace, this.#options.recipient)
  }

  pauseMs(): number {
    if (this.#stream) return this.#stream.pauseMs()
    const { workspace, channel } = this.#post.place
    const { caller, clock } = this.#deps
    const pace = Math.max(0, this.#nextAt - clock.monotonic())
    if (this.#id !== null) return Math.max(pace, caller.waitMs(workspace, 'chat.update'))
    if (this.#canStream || this.#mustLookUp) return pace
    const isShort = !this.#hasUpdate && caller.waitMs(workspace, 'chat.update') > 0
    const isBusy = isShort || caller.waitMs(workspace, 'chat.postMessage', channel) > 0
    return Math.max(pace, isBusy ? FIRST_WORDS_PAUSE_MS : 0)
  }

  async grow(text: string): Promise<Grown> {
    if (this.#isStill) return 'nothing'
    try {
      if (this.#mustLookUp) await this.#locate()
      if (this.#id === null)
        return (this.#canStream ? await this.#startStream(text) : null) ?? (await this.#begin(text))
      if (this.#stream) return await this.#append(this.#stream, text)
      return await this.#update(text, 'may')
    } catch (error) {
      // The next word would only be refused the same way; the final text says why.
      this.#isStill = true
      throw error
    }
  }

  /** Null when an ordinary post has to do instead. */
  async #startStream(text: string): Promise<Grown | null> {
    const shown = toGrowingMarkdown(text)
    if (shown.trim() === '') return 'nothing'
    const stream = new NativeStream(this.#deps.caller, this.#deps.clock, this.#post, this.#deps.paceMs)
    const target = { recipientUser: this.#options.recipient, recipientTeam: this.#team() }
    const answer = await stream.start(shown, target)
    this.#startTries += 1
    if (answer.outcome === 'limited' && answer.isOwn && this.#startTries < START_TRIES) return 'busy'
    this.#canStream = false
    if (answer.outcome === 'ok') {
      this.#stream = stream
      this.#record(String(answer.value['ts']))
      return 'shown'
    }
    return answer.outcome === 'lost' && answer.wasSent ? this.#wentMissing() : null
  }

  async #begin(text: string): Promise<Grown> {
    const shown = safePrefix(text)
    const rendered = renderGrowing(shown, this.#post.key, this.#options.growing?.buttons)
    if (rendered === null) return 'nothing'
    this.#hasUpdate ||= this.#deps.caller.reserve(this.#post.place.workspace, 'chat.update')
    if (!this.#hasUpdate) return 'busy'
    const answer = await this.#calls.begin(rendered)
    if (answer.outcome === 'ok') {
      this.#record(String(answer.value['ts']))
      this.#shown = shown
      this.#nextAt = this.#deps.clock.monotonic() + this.#pace
      return 'shown'
    }
    if (answer.outcome === 'lost' && answer.wasSent) return this.#wentMissing()
    if (answer.outcome === 'refused') throw this.#failed(answer)
    return 'busy'
  }

  /** It may be there to see; nothing more is posted before it was looked for. */
  #wentMissing(): Grown {
    this.#mustLookUp = true
    this.#nextAt = this.#deps.clock.monotonic() + LOOK_AGAIN_MS
    return 'shown'
  }

  async #append(stream: NativeStream, text: string): Promise<Grown> {
    const wanted = toGrowingMarkdown(text)
    if (stream.isBehind(wanted)) return 'nothing'
    const delta = stream.added(wanted)
    if (delta === null) {
      await this.#leaveStream()
      return this.#update(text, 'must')
    }
    const answer = await stream.append(delta)
    if (answer.outcome === 'ok') return 'shown'
    if (answer.outcome === 'limited' || (answer.outcome === 'lost' && !answer.wasSent)) return 'busy'
    if (isNotStreaming(answer)) {
      this.#stream = null
      this.#isStill = refusedWith(answer, 'stopped_by_user')
      return this.#isStill ? 'nothing' : this.#update(text, 'must')
    }
    // Whether that text arrived is not known, so from here on it is replaced, never appended to.
    await this.#leaveStream()
    return 'busy'
  }

  async #leaveStream(): Promise<void> {
    this.#stream = null
    this.#mayBeOpen = true
    const answer = await this.#calls.stop(this.#id!)
    this.#mayBeOpen = answer.outcome === 'lost'
  }

  async #update(text: string, need: 'must' | 'may'): Promise<Grown> {
    if (this.#mayBeOpen) await this.#leaveStream()
    const shown = safePrefix(text)
    const rendered = renderGrowing(shown, this.#post.key, this.#options.growing?.buttons)
    if (rendered === null || shown === this.#shown) return 'nothing'
    const answer = await this.#calls.refresh(this.#id!, rendered, need)
    this.#nextAt = this.#deps.clock.monotonic() + this.#pace
    this.#pace = Math.min(SLOWEST_UPDATE_MS, this.#pace * 1.3)
    if (answer.outcome === 'ok') {
      this.#shown = shown
      return 'shown'
    }
    this.#mayBeOpen ||= isStillStreaming(answer)
    // Somebody deleted it: what to do about that is for close() to say.
    if (refusedWith(answer, 'message_not_found')) return 'nothing'
    if (answer.outcome === 'refused' && !this.#mayBeOpen) throw this.#failed(answer)
    return 'busy'
  }

  async close(content: Content): Promise<{ id: string }> {
    if (this.#mustLookUp) await this.#locate()
    if (this.#id === null) await this.#create(content)
    else if (!this.#stream || !(await this.#stopWith(this.#stream, content))) await this.#replace(content)
    await this.#recorded
    return { id: this.#id! }
  }

  /** False when the stream cannot be what shows this content. */
  async #stopWith(stream: NativeStream, content: Content): Promise<boolean> {
    const delta = stream.added(toFinalMarkdown(content.text))
    if (delta === null) {
      await this.#leaveStream()
      return false
    }
    const blocks = footer(content)
    const last = { ...(blocks.length > 0 ? { blocks } : {}), metadata: toMetadata(this.#post) }
    const answer = await stream.stop(delta, last, { ...this.#options, isRepeatable: false })
    this.#stream = null
    this.#mayBeOpen = answer.outcome === 'lost'
    return answer.outcome === 'ok'
  }

  async #replace(content: Content): Promise<void> {
    const rendered = renderContent(content, this.#post.key)
    for (let left = MAX_TRIES; ; left--) {
      if (this.#mayBeOpen) await this.#leaveStream()
      const isReserved = this.#hasUpdate
      this.#hasUpdate = false
      const answer = await this.#calls.update(this.#id!, rendered, isReserved)
      if (answer.outcome === 'ok') return
      this.#mayBeOpen = isStillStreaming(answer)
      if (this.#mayBeOpen && left > 1) continue
      if (!refusedWith(answer, 'message_not_found')) throw this.#failed(answer)
      // Deleted by somebody: once it was final that is their wish, before that the answer is still owed.
      if (this.#post.state === 'final') return
      this.#forget()
      return this.#create(content)
    }
  }

  async #create(content: Content): Promise<void> {
    const rendered = renderContent(content, this.#post.key)
    let answer = await this.#calls.post(rendered)
    for (let left = MAX_TRIES; answer.outcome === 'lost' && left > 0; left--) {
      await delay(this.#deps.clock, LOOK_AGAIN_MS, this.#options.signal)
      await this.#locate()
      if (this.#id !== null) return this.#replace(content)
      answer = await this.#calls.post(rendered)
    }
    if (answer.outcome !== 'ok') throw this.#failed(answer)
    this.#record(String(answer.value['ts']))
  }

  async remove(): Promise<void> {
    if (this.#mustLookUp) await this.#locate()
    if (this.#id === null) return
    this.#mayBeOpen ||= this.#stream !== null
    for (let left = MAX_TRIES; left > 0; left--) {
      if (this.#mayBeOpen) await this.#leaveStream()
      const answer = await this.#calls.remove(this.#id)
      if (answer.outcome === 'ok' || refusedWith(answer, 'message_not_found', 'channel_not_found')) break
      this.#mayBeOpen = isStillStreaming(answer)
      if (!this.#mayBeOpen || left === 1) throw this.#failed(answer)
    }
    this.#forget()
  }

  async #locate(): Promise<void> {
    // The pause after a lost answer counts here too, when the final text comes within it.
    const { clock } = this.#deps
    await delay(clock, Math.max(0, this.#nextAt - clock.monotonic()), this.#options.signal)
    this.#options.signal.throwIfAborted()
    const found = await this.#deps.lookUp.find(this.#post)
    this.#mustLookUp = false
    this.#mayBeOpen = found?.mayBeStreaming ?? false
    if (found) this.#record(found.id)
  }

  #forget(): void {
    this.#id = null
    this.#stream = null
    this.#mayBeOpen = false
    this.#mustLookUp = false
    this.#isStill = false
    this.#startTries = 0
    this.#shown = ''
    this.#nextAt = 0
    this.#canStream = this.#options.attempt === 1 && this.#mayStream()
  }

  #record(id: string): void {
    if (id === this.#id) return
    this.#id = id
    this.#recorded = this.#options.opened(id)
    this.#recorded.catch(() => undefined)
  }

  #failed(answer: Exclude<Answer, { outcome: 'ok' }>) {
    return toBotError(answer, `channel ${this.#post.place.channel}`)
  }
}
