// One post that is sent whole and never touched again: what only the asker sees, and what a response_url carries to where
// the bot is no member. Neither can be looked up, so whatever may have arrived counts as shown.
import type { Clock } from '../core/clock.ts'
import type { Content } from '../core/content.ts'
import { BotError } from '../core/error.ts'
import type { Made, Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import { words } from '../core/wording.ts'
import type { Answer, Dict } from './api.ts'
import type { Caller } from './caller.ts'
import { isNoPlace, toBotError } from './failure.ts'
import { openHandle } from './handle.ts'
import { NO_PREVIEWS } from './post-calls.ts'
import { type Rendered, renderContent } from './render.ts'

export interface OnceDeps {
  caller: Caller
  clock: Clock
}

const PREFIX = 'once:'
/** docs.slack.dev interactivity/handling-user-interaction: a response_url takes five messages in half an hour. */
const USES = 5

/** The id of a post that an earlier attempt sent this way. */
export function isSentOnce(id: string | null): boolean {
  return id?.startsWith(PREFIX) ?? false
}

export class OnceDriver implements MessageDriver {
  readonly wasVisible: boolean
  readonly #deps: OnceDeps
  readonly #post: Post
  readonly #options: WriteOptions
  #id: string | null

  constructor(deps: OnceDeps, post: Post, options: WriteOptions) {
    this.#deps = deps
    this.#post = post
    this.#options = options
    this.#id = post.id
    this.wasVisible = post.id !== null
  }

  get canRespond(): boolean {
    return openHandle(this.#post.handle, this.#deps.clock.now()) !== null
  }

  pauseMs(): number {
    return 0
  }

  /** Every change would be one more use of the response_url, which has five. */
  async grow(): Promise<'nothing'> {
    return 'nothing'
  }

  async close(content: Content): Promise<Made> {
    if (this.#id !== null) return this.#made(this.#id)
    const answer = await this.#send(content)
    if (!isThere(answer)) throw this.#failed(answer)
    const id = `${PREFIX}${this.#post.key}`
    this.#id = id
    await this.#options.opened(id)
    return this.#made(id)
  }

  /** What is private can go on without the response_url; what is public came to it for want of another way. */
  #made(id: string): Made {
    const index = /^answer\.(\d+)$/.exec(this.#post.slot)?.[1]
    if (index === undefined || this.#options.isPrivate) return { id }
    return { id, left: Math.max(0, USES - 1 - Number(index)) }
  }

  async #send(content: Content): Promise<Answer> {
    this.#options.isOurs?.()
    this.#options.signal.throwIfAborted()
    const rendered = renderContent(content, null)
    const sent = await this.#respond(rendered)
    if (isThere(sent) || !this.#options.isPrivate) return sent
    const { channel, workspace } = this.#post.place
    const args = { channel, user: this.#options.recipient, ...this.#inThread(), ...rendered }
    const once = { ...this.#options, isRepeatable: false }
    const { caller } = this.#deps
    const shown = await caller.insist(workspace, 'chat.postEphemeral', args, once)
    return isNoPlace(shown) ? this.#sendDirect(content) : shown
  }

  /** Where the bot or the person is no member, nothing is ephemeral: a direct message is as private. */
  async #sendDirect(content: Content): Promise<Answer> {
    const { slot, place, title } = this.#post
    const { caller } = this.#deps
    const users = { users: this.#options.recipient }
    const opened = await caller.insist(place.workspace, 'conversations.open', users, {
      ...this.#options,
      isRepeatable: true,
    })
    if (opened.outcome !== 'ok') return opened
    const channel = String((opened.value['channel'] as Dict | undefined)?.['id'] ?? '')
    const isFirst = !/\.[1-9]\d*$/.test(slot)
    const notes = isFirst && title ? [words(content.lang).late(title)] : []
    const rendered = renderContent({ ...content, notes: [...notes, ...(content.notes ?? [])] }, null)
    const args = { channel, ...rendered, ...NO_PREVIEWS }
    return caller.insist(place.workspace, 'chat.postMessage', args, {
      ...this.#options,
      isRepeatable: false,
    })
  }

  async #respond(rendered: Rendered): Promise<Answer> {
    const handle = openHandle(this.#post.handle, this.#deps.clock.now())
    if (!handle) return { outcome: 'refused', code: 'expired_url' }
    return this.#deps.caller.api.respond(handle.url, {
      response_type: this.#options.isPrivate ? 'ephemeral' : 'in_channel',
      replace_original: false,
      ...NO_PREVIEWS,
      ...this.#inThread(),
      ...rendered,
    })
  }

  #inThread(): { thread_ts?: string } {
    const { thread } = this.#post.place
    return thread === null ? {} : { thread_ts: thread }
  }

  /** What only one person sees goes away by itself when they reload. */
  async remove(): Promise<void> {
    return
  }

  #failed(answer: Exclude<Answer, { outcome: 'ok' }>): BotError {
    const where = `channel ${this.#post.place.channel}`
    if (this.#post.handle === null || answer.outcome !== 'refused') return toBotError(answer, where)
    return new BotError('handle-expired', {
      retryable: false,
      say: { ko: '답변할 시간이 지났어요. 다시 요청해 주세요.', en: 'Time ran out. Please ask again.' },
      hint: `the response_url is over, and ${where} takes no other message (${answer.code})`,
    })
  }
}

/** A lost answer counts as shown: twice would be worse, and nobody can look. */
function isThere(answer: Answer): answer is Extract<Answer, { outcome: 'ok' | 'lost' }> {
  return answer.outcome === 'ok' || (answer.outcome === 'lost' && answer.wasSent)
}
