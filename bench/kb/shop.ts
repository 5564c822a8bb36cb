// The sample shop: customers' everyday questions, written without looking at the articles, and those that none answers.
import { judgeEvidence } from '../../src/knowledge/search/gate.ts'
import { createSearchIndex, type Hit } from '../../src/knowledge/search/index.ts'
import { normalizeQuery } from '../../src/knowledge/search/normalize-query.ts'
import type { Variant } from '../../src/knowledge/search/query.ts'
import { shopPassages, shopQuestions, strayQuestions } from '../../test/knowledge/search/shop.ts'

export interface Shop {
  articles: number
  questions: number
  /** Of the questions, in percent: an article that answers is among the first three; by language, and without spaces. */
  r3: number
  korean: number
  english: number
  joined: number
  /** Without the lists of spoken forms and synonyms, as questions of a shop that they do not know. */
  plain: number
  /** Of the questions that none answers, in percent. */
  wronglyAnswered: number
}

const DEPTH = 20
const FIRST = 3

export function readShop(): Shop {
  const passages = shopPassages()
  const index = createSearchIndex()
  index.add(passages)
  const normalized = (question: string): readonly Variant[] => normalizeQuery(question, index.knows).variants
  const asTyped = (text: string): readonly Variant[] => [{ text, weight: 1 }]
  const find = (variants: readonly Variant[]): Hit[] => index.search(variants, { limit: DEPTH })
  const articlesOf = (hits: readonly Hit[]): string[] =>
    [...new Set(hits.map(({ id }) => passages[id]?.article ?? ''))].slice(0, FIRST)
  const questions = shopQuestions()
  const share = (all: typeof questions, toVariants = normalized): number => {
    const found = all.filter(({ question, articles }) =>
      articlesOf(find(toVariants(question))).some((article) => articles.includes(article)),
    )
    return (100 * found.length) / all.length
  }
  const isKorean = ({ question }: { question: string }): boolean => /[가-힣]/.test(question)
  const [korean, english] = [questions.filter(isKorean), questions.filter((one) => !isKorean(one))]
  const stray = strayQuestions()
  const passing = stray.filter((question) => judgeEvidence(find(normalized(question))).isEnough)
  return {
    ...{ articles: new Set(passages.map(({ article, lang }) => `${article}.${lang}`)).size },
    ...{ questions: questions.length, r3: share(questions), korean: share(korean), english: share(english) },
    joined: share(korean, (text) => normalized(text.replaceAll(' ', ''))),
    plain: share(questions, asTyped),
    wronglyAnswered: (100 * passing.length) / stray.length,
  }
}
