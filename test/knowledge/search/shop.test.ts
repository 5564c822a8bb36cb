// Customers' own words find the shop's pages; what no page answers is refused.
import { describe, expect, test } from 'vitest'
import { fuse } from '../../../src/knowledge/search/fuse.ts'
import { judgeEvidence } from '../../../src/knowledge/search/gate.ts'
import { createSearchIndex, type Hit } from '../../../src/knowledge/search/index.ts'
import { createMorphemes } from '../../../src/knowledge/search/korean.ts'
import { normalizeQuery } from '../../../src/knowledge/search/normalize-query.ts'
import { shopPassages, shopQuestions, strayQuestions } from './shop.ts'

const passages = shopPassages()
const morphemes = createMorphemes()
const questions = shopQuestions()
const index = createSearchIndex({ morphemes })
index.add(passages)

function ask(question: string): Hit[] {
  return index.search(normalizeQuery(question, index.knows).variants, { limit: 20 })
}

function articles(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map(({ id }) => passages[id]?.article ?? ''))]
}

const share = <T>(all: readonly T[], fits: (one: T) => boolean): number =>
  (100 * all.filter(fits).length) / all.length

describe('the sample shop', () => {
  test('has 40 articles and more in two languages, and 120 questions and more', () => {
    expect(new Set(passages.map(({ article, lang }) => `${article}.${lang}`)).size).toBeGreaterThanOrEqual(40)
    expect(questions.length).toBeGreaterThanOrEqual(120)
    const known = new Set(passages.map(({ article }) => article))
    expect(questions.flatMap((one) => one.articles).filter((article) => !known.has(article))).toEqual([])
  })

  test.each(['ko', 'en'])(
    '85 in 100 questions and more find their page among the first three (%s)',
    (lang) => {
      const asked = questions.filter(({ question }) => /[가-힣]/.test(question) === (lang === 'ko'))
      const found = share(asked, (one) =>
        articles(ask(one.question))
          .slice(0, 3)
          .some((a) => one.articles.includes(a)),
      )
      expect(found).toBeGreaterThanOrEqual(85)
    },
  )

  test('97 in 100 and more find it first', () => {
    const found = share(questions, (one) => one.articles.includes(articles(ask(one.question))[0] ?? ''))
    expect(found).toBeGreaterThanOrEqual(97)
  })

  test('typed without spaces, Korean questions still find it', () => {
    const asked = questions.filter(({ question }) => /[가-힣]/.test(question))
    const found = share(asked, (one) =>
      articles(ask(one.question.replaceAll(' ', '')))
        .slice(0, 3)
        .some((a) => one.articles.includes(a)),
    )
    expect(found).toBeGreaterThanOrEqual(85)
  })

  test.each([
    ['환불 언제 되나요', 'when do I get my refund', 'refunds', 'en'],
    ['미국으로도 보내주나요', 'do you ship to the US', 'international', 'en'],
    ['does it come back in stock', '품절 상품 재입고', 'restock', 'ko'],
    ['tax invoice for my company', '회사 세금계산서', 'receipts', 'ko'],
  ])(
    '"%s", translated, finds the page that is in the other language only',
    (question, translation, article, lang) => {
      const inOther = (id: number) => passages[id]?.lang === lang
      const lists = [question, translation].map((text) => {
        const { variants } = normalizeQuery(text, index.knows)
        return { hits: index.search(variants, { limit: 20, filter: inOther }) }
      })
      const found = fuse(lists, 3)
      expect(passages[found[0]?.id ?? -1]?.article).toBe(article)
      expect(judgeEvidence(found).isEnough).toBe(true)
    },
  )

  test('a knowledge base of one page answers what the page is about, and nothing else', () => {
    const all = [...new Set(passages.map(({ article }) => article))]
    const passing = all.map((article, nth) => {
      const only = createSearchIndex({ morphemes })
      only.add(passages.filter((one) => one.article === article))
      const passes = (question: string) =>
        judgeEvidence(only.search(normalizeQuery(question, only.knows).variants)).isEnough
      const mine = questions.filter(({ articles }) => articles.includes(article))
      return {
        mine: mine.map(({ question }) => passes(question)),
        // All of them for every page would take seconds.
        stray: strayQuestions()
          .filter((_, at) => at % 4 === nth % 4)
          .map(passes),
      }
    })
    const among = (all: boolean[]): number => share(all, (isPassed) => isPassed)
    expect(among(passing.flatMap(({ mine }) => mine))).toBeGreaterThanOrEqual(95)
    expect(among(passing.flatMap(({ stray }) => stray))).toBeLessThanOrEqual(2)
  })

  test.each(['How long do points last?', 'How long do refunds take?', 'How many coupons can I use?'])(
    'words that only ask are no reason to refuse: %s',
    (question) => {
      expect(judgeEvidence(ask(question)).coverage).toBeGreaterThan(0.9)
    },
  )

  test('nine in ten questions pass the gate, and few that no page answers', () => {
    const passes = (question: string) => judgeEvidence(ask(question)).isEnough
    expect(share(questions, ({ question }) => passes(question))).toBeGreaterThanOrEqual(90)
    expect(share(strayQuestions(), passes)).toBeLessThanOrEqual(15)
  })

  test.each([
    '반품은 며칠 안에 해야 하나요?',
    '며칠 안에 반품해야 해요?',
    '환불은 며칠 걸리나요?',
    '배송은 며칠 정도 걸릴까요?',
  ])('how many days is only asked, not looked for: "%s"', (question) => {
    expect(judgeEvidence(ask(question)).isEnough).toBe(true)
  })
})
