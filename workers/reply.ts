// A growing answer over as many posts as its length needs.
import type { Content } from '../src/core/content.ts'
import type { Place } from '../src/core/inbound.ts'
import type { Made, Outbound, WriteOptions, Writer } from '../src/core/outbound.ts'
import type { Reply, ReplyOptions } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { ClaimedTurn, PostRow } from '../src/store/model.ts'
import { splitHead } from '../src/text/split.ts'

export interface Slot {
  row: PostRow
  writer: Writer
}

interface ReplyParts {
  name: string
  turn: ClaimedTurn
  outbound: Outbound
  rows: Map<string, PostRow>
  options: ReplyOptions
  slotOf(name: string, place: Place, options: Pick<WriteOptions, 'growing' | 'isPrivate'>): Promise<Slot>
  finishSlot(
    name: string,
    content: Content,
    place: Place,
    options: Pick<WriteOptions, 'growing' | 'isPrivate'>,
  ): Promise<Made>
  discardSlot(name: string): Promise<void>
}

export function createReply(parts: ReplyParts): Reply {
  const { turn, outbound, slotOf } = parts
  const place = parts.options.place ?? turn.place
  const open = { growing: parts.options.growing, isPrivate: parts.options.isPrivate ?? false }
  const first = Promise.withResolvers<number>()
  let isVisible = false
  const nameOf = (index: number): string => `${parts.name}.${index}`
  const pieces = (text: string): string[] => {
    const found: string[] = []
    let rest = text
    while (rest.length > outbound.maxChars) {
      const [head, tail] = splitHead(rest, outbound.maxChars)
      found.push(head)
      rest = tail
    }
    return [...found, rest]
  }
  const opened = new Map<number, Promise<Slot>>()
  const slot = (index: number): Promise<Slot> => {
    const known = opened.get(index)
    if (known) return known
    const fresh = slotOf(nameOf(index), place, open)
    opened.set(index, fresh)
    fresh.then(
      ({ writer }) =>
        writer.firstShown.then((at) => {
          isVisible = true
          first.resolve(at)
        }),
      () => opened.delete(index),
    )
    return fresh
  }
  return {
    firstShown: first.promise,
    get isVisible() {
      return isVisible
    },
    show(text) {
      const all = pieces(text)
      all.forEach((piece, index) => {
        if (piece === '') return
        // A failure here shows again, and is handled, when the answer is finished.
        slot(index).then(
          ({ writer }) => writer.show(piece),
          () => undefined,
        )
      })
    },
    async finish(content) {
      const all = pieces(content.text)
      let notes = content.notes
      for (let index = 0; index < all.length; index++) {
        const text = all[index]!
        const isLast = index === all.length - 1
        const shown = isLast ? { ...content, text, notes } : { text, lang: content.lang }
        const { left } = await parts.finishSlot(nameOf(index), shown, place, open)
        if (left === undefined || index + 1 + left >= all.length) continue
        all.length = Math.max(index + 1 + left, 1)
        notes = [words(content.lang).cutShort, ...(content.notes ?? [])]
      }
      // A shorter text than before (restart, retry) leaves posts behind that are no longer part of the answer.
      for (const name of [...parts.rows.keys()]) {
        if (name.startsWith(`${parts.name}.`) && Number(name.slice(parts.name.length + 1)) >= all.length) {
          await parts.discardSlot(name)
        }
      }
    },
    async discard() {
      const names = [...parts.rows.keys()].filter((name) => name.startsWith(`${parts.name}.`))
      for (const name of names) await parts.discardSlot(name)
      isVisible = false
      return names.length > 0
    },
  }
}
