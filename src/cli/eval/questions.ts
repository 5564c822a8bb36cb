// The questions of `npm run eval`, written by hand about the sample shop: which of its articles answer each, and what a
// right answer says. Line by line in test/eval/questions.tsv.
import type { Lang } from '../../core/error.ts'
import { findValues, hasValue, missingValues } from '../../text/values.ts'

export interface Question {
  text: string
  /** Of the question, in which it is to be answered. */
  lang: Lang
  /** The languages in which pages are there to be found: a Korean question may have English ones only. */
  pages: readonly Lang[]
  /** Articles that answer it, each one name for both languages; none: no page does. */
  articles: readonly string[]
  /** All of them are in a right answer. */
  facts: readonly Fact[]
}

/** One of them is enough: values in any form, or words as they are. */
export type Fact = readonly string[]

const HEADER = 'question\tpages\tarticles\tfacts'

/** Throws on a line that is not as the header says. */
export function parseQuestions(tsv: string): Question[] {
  const [header, ...lines] = tsv.replace(/\r/g, '').trimEnd().split('\n')
  if (header !== HEADER) throw new Error(`the questions begin with another line than ${HEADER}`)
  return lines.map((line, at) => {
    const [text = '', pages = '', articles = '', facts = ''] = line.normalize('NFC').split('\t')
    const question = {
      text,
      lang: langOf(text),
      pages: list(pages, ',').filter((lang) => lang === 'ko' || lang === 'en'),
      articles: list(articles, ','),
      facts: list(facts, ' ; ').map((fact) => list(fact, '|')),
    }
    const isWhole = text !== '' && question.pages.length > 0
    if (!isWhole || question.articles.length > 0 !== question.facts.length > 0)
      throw new Error(`question ${at + 1} is not whole: ${HEADER}`)
    return question
  })
}

/** Evenly from all of them, so that a few have every kind among them. */
export function pickQuestions(all: readonly Question[], limit: number): Question[] {
  const wanted = Math.min(limit, all.length)
  return Array.from({ length: wanted }, (_, at) => all[Math.floor((at * all.length) / wanted)] as Question)
}

/** Whether a text says it: 3만 5천 원 is 35,000 won. */
export function saysFact(text: string, fact: Fact): boolean {
  const said = findValues(text, langOf(text))
  return fact.some((one) => {
    const values = findValues(one, langOf(one))
    // "월 9,900원" is said by "9,900 won" too, but not by "9,900 won a year".
    if (values.some(({ isLoose }) => !isLoose)) return missingValues(values, said).length === 0
    if (values.length > 0) return values.every((value) => hasValue(said, value))
    return text.toLowerCase().includes(one.toLowerCase())
  })
}

function langOf(text: string): Lang {
  return /[가-힣]/.test(text) ? 'ko' : 'en'
}

function list(text: string, separator: string): string[] {
  return text.split(separator).flatMap((part) => part.trim() || [])
}
