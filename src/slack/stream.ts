// Slack's native streaming of one message: started, appended to and stopped, one call at a time. Says what happened;
// what to do when a stream dies or its text has to be replaced is the driver's.
import type { Clock } from '../core/clock.ts'
import type { Post } from '../core/outbound.ts'
import type { Answer, Args } from './api.ts'
import type { Caller, InsistOptions } from './caller.ts'
import { markerBlock } from './render.ts'

export interface StreamTarget {
  /** Required outside DMs. */
  recipientUser: string
  recipientTeam: string | null
}

// A stream dies about five minutes after its start, whatever is appended (node-slack-sdk#2702, python-slack-sdk#1859).
const LIFE_MS = 230_000
// chat.appendStream takes 12,000 characters, by some reports in all.
const MAX_CHARS = 11_900
const FIRST_PACE_MS = 300
const LAST_PACE_MS = 1_500

export class NativeStream {
  readonly #caller: Caller
  readonly #clock: Clock
  readonly #post: Post
  #id = ''
  #shown = ''
  #startedAt = 0
  #pace: number
  #nextAt = 0

  constructor(caller: Caller, clock: Clock, post: Post, paceMs = FIRST_PACE_MS) {
    this.#caller = caller
    this.#clock = clock
    this.#post = post
    this.#pace = paceMs
  }

  /** Costs nothing when the workspace's budget says no. */
  async start(text: string, target: StreamTarget): Promise<Answer> {
    const { channel, thread, workspace } = this.#post.place
    const args: Args = {
      channel,
      ...(thread === null ? {} : { thread_ts: thread }),
      ...(isDirect(channel)
        ? {}
        : { recipient_user_id: target.recipientUser, recipient_team_id: target.recipientTeam }),
      chunks: [
        { type: 'blocks', blocks: [markerBlock(this.#post.key)] },
        { type: 'markdown_text', text },
      ],
    }
    // Slack counts its five minutes from when it got the call, not from when we heard back.
    this.#startedAt = this.#clock.monotonic()
    const answer = await this.#caller.once(workspace, 'chat.startStream', args, 'may')
    if (answer.outcome !== 'ok') return answer
    this.#id = String(answer.value['ts'])
    this.#shown = text
    this.#nextAt = this.#clock.monotonic() + this.#pace
    return answer
  }

  pauseMs(): number {
    const wait = this.#caller.waitMs(this.#post.place.workspace, 'chat.appendStream')
    return Math.max(0, this.#nextAt - this.#clock.monotonic(), wait)
  }

  /** What `text` adds to what is shown; null when it must be replaced, or when the stream is too old or too full. */
  added(text: string): string | null {
    const isOver = this.#clock.monotonic() - this.#startedAt > LIFE_MS || text.length > MAX_CHARS
    return isOver || !text.startsWith(this.#shown) ? null : text.slice(this.#shown.length)
  }

  /** A text that ends before what is shown: nothing to add, but nothing wrong on the screen yet either. */
  isBehind(text: string): boolean {
    return this.#shown.startsWith(text)
  }

  async append(delta: string): Promise<Answer> {
    const { channel, workspace } = this.#post.place
    const args = { channel, ts: this.#id, chunks: [{ type: 'markdown_text', text: delta }] }
    const answer = await this.#caller.once(workspace, 'chat.appendStream', args, 'may')
    if (answer.outcome === 'ok') this.#shown += delta
    this.#slowDown(workspace)
    return answer
  }

  /** Quick at first; slower with time, and at once where other answers use the workspace's budget up. */
  #slowDown(workspace: string): void {
    const isScarce = this.#caller.waitMs(workspace, 'chat.appendStream') > 0
    this.#pace = Math.min(LAST_PACE_MS, this.#pace * (isScarce ? 2 : 1.15))
    this.#nextAt = this.#clock.monotonic() + this.#pace
  }

  /** Ends it with what is still missing and what stands under the text. */
  stop(delta: string, last: Args, options: InsistOptions): Promise<Answer> {
    const chunks = delta === '' ? {} : { chunks: [{ type: 'markdown_text', text: delta }] }
    return stopStream(this.#caller, this.#post, this.#id, { ...chunks, ...last }, options)
  }
}

export function stopStream(
  caller: Caller,
  post: Post,
  id: string,
  last: Args,
  options: InsistOptions,
): Promise<Answer> {
  const { channel, workspace } = post.place
  return caller.insist(workspace, 'chat.stopStream', { channel, ts: id, ...last }, options)
}

/** A direct message with the bot; group DMs count as channels. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D')
}
