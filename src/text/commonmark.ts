// Makes the model's emphasis hold in renderers that know only CommonMark (Slack's markdown_text), and says how much of
// a growing text can be shown so that this rewriting only ever appends. Structure is left to markdown.ts.
import { blockEnd, isPunctuation, isWhitespace, skipAtom } from './atoms.ts'
import { closesFence, type Fence, openingFence } from './fences.ts'
import { unfinishedMention } from './mentions.ts'

const ZWSP = '\u200B'

/** How far a `**`, a backtick or a link is followed before it counts as plain characters. */
const HOLD_CHARS = 200
/** What is given up is copied only this much later, as safePrefix may cut an unfinished mention off the end. */
const EDGE_CHARS = 16
/** No line longer than this opens a fence (see fences.ts). */
const FENCE_LINE_CHARS = 80

// `isCopied`: the last line is code.
type Scan = { out: string; safe: number; isCopied: boolean }
type Span = { inner: string; length: number; next: string }

/**
 * Emphasis beside Hangul, rewritten so that CommonMark closes it: a zero-width space inside the delimiters where
 * punctuation adjoins (`**비밀번호(Password)\u200B**를`), `*x*` for `_x_`. Code, links and addresses stay as they are.
 * Spans longer than 200 characters are left alone.
 */
export function closeForCommonMark(text: string): string {
  return scan(text, true).out
}

/**
 * The longest prefix of a growing text that can be shown now: an unfinished `**`, code span, link or mention at the end
 * is held back for at most 200 characters. `closeForCommonMark` and `neutralize` of one safe prefix are each a prefix
 * of theirs of the next. With `final`, nothing is held back.
 */
export function safePrefix(textSoFar: string, options: { final?: boolean } = {}): string {
  if (options.final) return textSoFar
  const text = /[\uD800-\uDBFF]$/.test(textSoFar) ? textSoFar.slice(0, -1) : textSoFar
  const { safe, isCopied } = scan(text, false)
  const shown = text.slice(0, safe)
  // Slack reads <https://…|links> in code as well, so there too they are shown whole or not at all.
  const link = isCopied ? (/<(?:[A-Za-z@!][^<>\n]{0,198})?$/.exec(shown)?.[0].length ?? 0) : 0
  return shown.slice(0, shown.length - Math.max(link, unfinishedMention(shown)))
}

/** Reads blocks: fences and fence-like lines are copied, the lines between are read for emphasis. */
function scan(text: string, final: boolean): Scan {
  const inline = createInlineReader(text, final)
  let fence: Fence | null = null
  let at = 0
  let out = ''
  let isCopied = false
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at)
    const isWhole = lineEnd >= 0 || final
    const line = text.slice(at, lineEnd < 0 ? text.length : lineEnd)
    const isFenceLike = /^[ \t]*(?:`{3}|~{3})/.test(line)
    if (!isWhole && mayBecomeFence(line, fence !== null)) return { out, safe: at, isCopied: false }
    isCopied = fence !== null || isFenceLike
    if (isCopied) {
      if (fence) fence = closesFence(line, fence) ? null : fence
      else fence = openingFence(line)
      const next = lineEnd < 0 ? text.length : lineEnd + 1
      out += text.slice(at, next)
      at = next
      continue
    }
    const read = inline(at)
    out += read.out
    if (read.pending) return { out, safe: read.at, isCopied: false }
    at = read.at
  }
  return { out, safe: text.length, isCopied }
}

function mayBecomeFence(line: string, isOpen: boolean): boolean {
  if (isOpen) return /^[ \t]{0,12}(?:`{0,12}|~{0,12})[ \t]{0,12}$/.test(line)
  return (
    /^[ \t]{0,12}(?:`{0,2}|~{0,2})$/.test(line) ||
    (line.length < FENCE_LINE_CHARS && /^[ \t]{0,12}(?:`{3}[^`]*|`{4,8}[^`]*|~{3}.*)$/.test(line))
  )
}

/** Reads from a line start to the next place where a fence may begin. */
function createInlineReader(text: string, final: boolean) {
  // Delimiters given up on: their far end must not be taken for the start of a span.
  const givenUp = new Set<string>()
  return function read(from: number): { out: string; at: number; pending: boolean } {
    let at = from
    let out = ''
    while (at < text.length) {
      const char = text[at]!
      if (char === '\n') {
        if (blockEnd(text, at)) givenUp.clear()
        return { out: `${out}\n`, at: at + 1, pending: false }
      }
      const window = text.slice(at, at + HOLD_CHARS)
      const isOpenEnded = !final && window.length < HOLD_CHARS
      const atom = skipAtom(window, 0, isOpenEnded, before(text, at))
      if (atom === 'pending') return { out, at, pending: true }
      const length = atom || letGo(text, at, window)
      if (!atom && length > 0 && !final && text.length < at + HOLD_CHARS + EDGE_CHARS)
        return { out, at, pending: true }
      if (length > 0) {
        out += text.slice(at, at + length)
        at += length
        continue
      }
      const run = /^(?:\*+|_+|~+)/.exec(window)?.[0]
      if (!run) {
        out += char
        at += 1
        continue
      }
      if (isOpenEnded && run.length === window.length) return { out, at, pending: true }
      const span = readSpan(window, run, before(text, at), isOpenEnded, givenUp)
      if (span === 'pending') return { out, at, pending: true }
      out += span ? writeSpan(run, span, before(text, at), '') : run
      at += span ? span.length : run.length
    }
    return { out, at, pending: false }
  }
}

/** Code or an address too long to wait for is copied as it comes, to its end or the end of its block. */
function letGo(text: string, at: number, window: string): number {
  if (window.length < HOLD_CHARS) return 0
  const ticks = /^`+/.exec(window)?.[0]
  if (ticks) {
    if (blockEndWithin(window)) return 0
    let end = at + ticks.length
    while (end < text.length && !(text[end] === '\n' && blockEnd(text, end))) {
      const run = /^`+/.exec(text.slice(end, end + 20))?.[0]
      if (run === ticks && end + run.length < text.length) return end + run.length - at
      end += run?.length ?? 1
    }
    // A line just begun may turn out to be a fence, which ends the code span.
    const begun =
      end === text.length ? /\n[ \t]{0,12}(?:`*|~*)$/.exec(text.slice(at + HOLD_CHARS))?.[0] : undefined
    return end - at - (begun?.length ?? 0)
  }
  if (!/^!?\[[^\]\n]*\]\([^\s)]*$/.test(window)) return 0
  const address = /^[^\s)]*\)?/.exec(text.slice(at + window.length))![0]
  return window.length + address.length
}

function blockEndWithin(window: string): boolean {
  return [...window.matchAll(/\n/g)].some(({ index }) => blockEnd(window, index))
}

function before(text: string, at: number): string {
  return at > 1 && /[\uDC00-\uDFFF]/.test(text[at - 1]!) ? text.slice(at - 2, at) : (text[at - 1] ?? '')
}

/** The span that `run` opens at the start of `window`, if it closes there. */
function readSpan(
  window: string,
  run: string,
  previous: string,
  isOpenEnded: boolean,
  givenUp: Set<string>,
): Span | 'pending' | null {
  const following = window[run.length] ?? ''
  if (givenUp.has(run) && canClose(run, previous, following)) {
    givenUp.delete(run)
    return null
  }
  if (!canOpen(run, previous, following)) return null
  const close = findClose(window, run, isOpenEnded)
  if (close === 'given-up') givenUp.add(run)
  if (close === 'given-up' || close === null) return null
  if (close === 'pending') return 'pending'
  return {
    inner: window.slice(run.length, close),
    length: close + run.length,
    next: nextChar(window, close + run.length),
  }
}

function canOpen(run: string, previous: string, following: string): boolean {
  if (run.length > 3 || isWhitespace(following) || (run[0] === '~' && run.length !== 2)) return false
  return run[0] !== '_' || !/[\p{L}\p{N}_]/u.test(previous)
}

function canClose(run: string, previous: string, following: string): boolean {
  // "_이름_은" is meant as emphasis, "_first_name" is not.
  return !isWhitespace(previous) && (run[0] !== '_' || !/[A-Za-z0-9_]/.test(following))
}

function findClose(
  window: string,
  run: string,
  isOpenEnded: boolean,
): number | 'pending' | 'given-up' | null {
  const nested: number[] = []
  let at = run.length
  while (at < window.length) {
    if (window[at] === '\n' && blockEnd(window, at)) return null
    const atom = skipAtom(window, at, isOpenEnded, before(window, at))
    if (atom === 'pending') return 'pending'
    const found = atom ? '' : (/^(?:\*+|_+|~+)/.exec(window.slice(at))?.[0] ?? '')
    const end = at + (atom || found.length || 1)
    if (found[0] === run[0]) {
      // A run at the edge may go on; and what follows a span decides how it is written.
      if (end >= HOLD_CHARS) return 'given-up'
      if (isOpenEnded && end === window.length) return 'pending'
      const closes = canClose(run, before(window, at), window[end] ?? '')
      if (closes && found.length === run.length) return at
      if (closes && nested.at(-1) === found.length - run.length) return end - run.length
      if (closes && nested.at(-1) === found.length) nested.pop()
      else if (!isWhitespace(window[end] ?? '')) nested.push(found.length)
    }
    at = end
  }
  if (isOpenEnded) return 'pending'
  return window.length >= HOLD_CHARS ? 'given-up' : null
}

function nextChar(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}

/** `parent` is the run around this span, or ''. */
function writeSpan(run: string, span: Span, previous: string, parent: string): string {
  const { inner, next } = span
  const asStars = run[0] === '_' && !inner.includes('*') && parent.length % 2 === 0
  const mark = asStars ? '*'.repeat(run.length) : run
  const adjoins = (outer: string) => parent !== '' || !(isWhitespace(outer) || isPunctuation(outer))
  const open = isPunctuation(nextChar(inner, 0)) && adjoins(previous) ? ZWSP : ''
  const close = isPunctuation(before(inner, inner.length)) && adjoins(next) ? ZWSP : ''
  return mark + open + writeInner(inner, mark) + close + mark
}

function writeInner(inner: string, parent: string): string {
  const givenUp = new Set<string>()
  let at = 0
  let out = ''
  while (at < inner.length) {
    const window = inner.slice(at)
    const previous = before(inner, at)
    const atom = skipAtom(window, 0, false, previous)
    const run = atom ? undefined : /^(?:\*+|_+|~+)/.exec(window)?.[0]
    const span = run ? readSpan(window, run, previous, false, givenUp) : null
    const isSpan = span !== null && span !== 'pending'
    const length = isSpan ? span.length : atom || run?.length || 1
    out += isSpan && run ? writeSpan(run, span, previous, parent) : inner.slice(at, at + Number(length))
    at += Number(length)
  }
  return out
}
