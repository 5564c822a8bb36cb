// The messages of one channel in id order; look-ups, appends and pages cost O(log n), so that benches can run long.
// Source: discord-api-docs resources/message.mdx "Get Channel Messages": around, before or after, newest to oldest.
import type { MessageRecord } from '../model.ts'
import { compareIds } from '../snowflake.ts'

export interface Page {
  after?: string
  before?: string
  around?: string
  limit: number
}

export class MessageLog {
  #ids: string[] = []
  #byId = new Map<string, MessageRecord>()

  get size(): number {
    return this.#byId.size
  }

  add(message: MessageRecord): void {
    this.#byId.set(message.id, message)
    const last = this.#ids.at(-1)
    if (last === undefined || compareIds(message.id, last) > 0) this.#ids.push(message.id)
    else this.#ids.splice(this.#firstAtOrAfter(message.id), 0, message.id)
  }

  get(id: string): MessageRecord | undefined {
    return this.#byId.get(id)
  }

  remove(id: string): void {
    if (!this.#byId.delete(id)) return
    this.#ids.splice(this.#firstAtOrAfter(id), 1)
  }

  all(): MessageRecord[] {
    return this.#ids.map((id) => this.#byId.get(id)!)
  }

  /** Newest first, as Discord lists them, whatever the direction asked for. */
  page({ after, before, around, limit }: Page): MessageRecord[] {
    let from = Math.max(0, this.#ids.length - limit)
    let to = this.#ids.length
    if (around !== undefined) {
      from = Math.max(0, this.#firstAtOrAfter(around) - Math.floor(limit / 2))
      to = from + limit
    } else if (before !== undefined) {
      to = this.#firstAtOrAfter(before)
      from = Math.max(0, to - limit)
    } else if (after !== undefined) {
      from = this.#firstAtOrAfter(after)
      if (this.#ids[from] === after) from++
      to = from + limit
    }
    return this.#ids
      .slice(from, to)
      .reverse()
      .map((id) => this.#byId.get(id)!)
  }

  #firstAtOrAfter(id: string): number {
    let low = 0
    let high = this.#ids.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareIds(this.#ids[middle]!, id) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
