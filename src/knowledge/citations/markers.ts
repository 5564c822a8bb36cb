// The marks by which a sentence names its sources: [1], [1][2], [1, 2], [1-3], 【1】, [^1], (출처 1), (Sources: 1, 2). Read,
// taken out, and written again as Korean and English writers put them: before the full stop.
import type { Lang } from '../../core/error.ts'

const WORD = '(?:출처|참고|근거|문서|자료|source|sources|ref|refs|passage|passages|doc)'
const LIST = '\\^?\\d{1,2}(?:\\s*[,，、·&~–-]\\s*\\^?\\d{1,2})*'
// A link's text and a definition's name are no marks: [1](address), [1]: address.
const SOURCE =
  `\\[\\s*(?:${WORD}\\s*[:：]?\\s*)?${LIST}\\s*\\](?![(:])|【\\s*(?:${WORD}\\s*[:：]?\\s*)?${LIST}(?:†[^】]*)?\\s*】` +
  `|[(（]\\s*${WORD}\\s*[:：]?\\s*\\[?${LIST}\\]?\\s*[)）]`
const MARKER = new RegExp(SOURCE, 'gi')
const INLINE_CODE = /(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g
const MAX_RANGE = 9

/** One or more marks and the space before them, for splitting text into sentences. */
export const MARKS = `(?:\\s*(?:${SOURCE}))+`
export const ONLY_MARKS = new RegExp(`^${MARKS}\\s*[.。]?\\s*$`, 'i')

export interface Marked {
  /** The sentence without its marks. */
  bare: string
  /** As written, each once. */
  numbers: number[]
}

export function readMarks(sentence: string): Marked {
  const code = [...sentence.matchAll(INLINE_CODE)].map(
    (found) => [found.index, found.index + found[0].length] as const,
  )
  const numbers: number[] = []
  const bare = sentence.replace(MARKER, (mark, ...rest) => {
    const at = rest.find((part): part is number => typeof part === 'number') ?? 0
    if (code.some(([start, end]) => at >= start && at < end)) return mark
    numbers.push(...numbersOf(mark))
    return '\uE000'
  })
  return { bare: withoutPlaces(bare), numbers: [...new Set(numbers)] }
}

function numbersOf(mark: string): number[] {
  const numbers: number[] = []
  for (const [, first, last] of mark.matchAll(/(\d+)(?:\s*[~–-]\s*\^?(\d+))?/g)) {
    const [from, to] = [Number(first), Number(last ?? first)]
    for (let number = from; number <= Math.min(to, from + MAX_RANGE); number += 1) numbers.push(number)
  }
  return numbers
}

/** What led to a mark goes with it: "[1]에 따르면", "According to [1],". */
function withoutPlaces(text: string): string {
  return text
    .replace(
      /^(\s*)(?:according to|as stated in|per|based on)\s*\uE000+,?\s*(\p{L})/iu,
      (_, space: string, letter: string) => space + letter.toUpperCase(),
    )
    .replace(/\s*\uE000+\s*(?:에 따르면|에 의하면|에 나와 있듯이|에서는|을 보면|를 보면),?\s*/g, ' ')
    .replace(/([.!?。])[ \t]*\uE000+[.。]/g, '$1')
    .replace(/[ \t]*\uE000+(?=\s*[.!?…。！？,，;:)])/g, '')
    .replace(/^(\s*)\uE000+[ \t]*/, '$1')
    .replace(/[ \t]*\uE000+/g, '')
}

/** Puts marks at the end of a sentence, before what closes it. */
export function writeMarks(bare: string, numbers: readonly number[], lang: Lang): string {
  if (numbers.length === 0) return bare
  const marks = numbers.map((number) => `[${number}]`).join('')
  const end = bare.match(/(?<!\b[ap]\.m)[.!?…。！？]+["'”’)\]*_~]*\s*$|\s*$/u)!
  const before = bare.slice(0, end.index)
  // After an address or a code word the mark would be read as part of it.
  const space = lang === 'en' || /[\w/`)\]]$/.test(before) ? ' ' : ''
  return `${before}${space}${marks}${end[0]}`
}
