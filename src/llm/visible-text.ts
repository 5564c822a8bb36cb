// Reads a model's raw deltas and says at each one what may be shown: thoughts stripped, bad beginnings held, loops caught.
// Every decision is taken at a fixed position of the text, so how the server cut it into chunks never changes the outcome.

import type { Lang } from '../core/error.ts'
import { type Echo, type Fault, isLooping, isSuspicious, isWrongLanguage } from './guards.ts'

export interface VisibleText {
  feed(delta: string): void
  /** Thoughts arrive in a field of their own, so what is fed is the answer. */
  thoughtElsewhere(): void
  /** No more deltas will come: judges what is left and lets go of everything that was held. */
  end(): void
  /** What may be shown now. Grows only, unless `restarts` did. */
  readonly text: string
  /** How often a thought turned out to have been shown: what was shown is then replaced. */
  readonly restarts: number
  /** A thought stood in the text and was left out. */
  readonly thoughtStripped: boolean
  readonly fault: Fault | null
}

const opening = /^<(think|thought)>/
const tags = ['<think>', '<thought>', '</think>', '</thought>']
const longestTag = 10
const stride = 32
// Judging reads the whole text, so a long one is judged less often.
const sparseStride = 256

export interface Watch {
  expectLang: Lang | null
  /** Thoughts come first without an opening tag, because the template wrote it: nothing is shown before the closing one. */
  startsInThought: boolean
  echo: () => Echo
}

export function createVisibleText(watch: Watch): VisibleText {
  const part = createAnswerPart(watch.startsInThought)
  let checked = false
  let ended = false
  let shown = ''
  let restarts = 0
  let fault: Fault | null = null

  const judge = () => {
    const wrong = watch.expectLang && isWrongLanguage(part.text, watch.expectLang, watch.echo())
    if (wrong) fault = 'language'
    else if (isLooping(part.raw)) fault = 'loop'
    checked = true
  }
  const append = (piece: string) => {
    if (part.append(piece)) {
      checked = false
      if (shown) restarts += 1
      shown = ''
    }
    const { length } = part.raw
    if (length > 0 && length % (length <= 512 ? stride : sparseStride) === 0) judge()
  }
  const refresh = () => {
    if (fault) return
    const text = ended ? part.text : withoutOpenEnd(part.text)
    const held = !ended && !checked && watch.expectLang && isSuspicious(text, watch.expectLang)
    if (!held) shown = text.trimEnd()
  }
  return {
    feed(delta) {
      for (let rest = delta; rest && !fault; ) {
        const room = stride - (part.raw.length % stride)
        append(rest.slice(0, room))
        rest = rest.slice(room)
      }
      refresh()
    },
    thoughtElsewhere: part.thoughtElsewhere,
    end() {
      ended = true
      if (!fault) judge()
      refresh()
    },
    get text() {
      return shown
    },
    get restarts() {
      return restarts
    },
    get thoughtStripped() {
      return part.hasThought
    },
    get fault() {
      return fault
    },
  }
}

/** The answer without the thought before it: what stands after the last closing tag that is not quoted as code. */
function createAnswerPart(startsInThought: boolean) {
  const closing = /(?<!`)<\/(think|thought)>/g
  let all = ''
  let start = 0
  let inThought = startsInThought
  return {
    /** True when the piece ended a thought, so that everything before it is no answer. */
    append(piece: string): boolean {
      all += piece
      const before = start
      closing.lastIndex = Math.max(start, all.length - piece.length - longestTag)
      for (let match = closing.exec(all); match; match = closing.exec(all)) {
        start = match.index + match[0].length
        inThought = false
      }
      return start > before
    },
    thoughtElsewhere() {
      inThought = false
    },
    get raw() {
      return all.slice(start)
    },
    /** Nothing while a thought is open. */
    get text() {
      const rest = all.slice(start).trimStart()
      return inThought || opening.test(rest) ? '' : rest
    },
    get hasThought() {
      return start > 0
    },
  }
}

/** Without a last piece that may yet become a tag, or half a surrogate pair. Looks at the end only: this runs per delta. */
function withoutOpenEnd(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  const whole = last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
  const end = whole.slice(-longestTag)
  const at = end.lastIndexOf('<')
  if (at === -1 || !tags.some((tag) => tag.startsWith(end.slice(at)))) return whole
  return whole.slice(0, whole.length - end.length + at)
}
