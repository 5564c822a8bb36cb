// The hundred questions: what is said to be a right answer is on the page that is said to have it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseQuestions, pickQuestions, saysFact } from '../../../src/cli/eval/questions.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const questions = parseQuestions(read('eval/questions.tsv'))
const answerable = questions.filter(({ articles }) => articles.length > 0)

describe('the questions of npm run eval', () => {
  test('are a hundred different ones: in both languages, across them, and without an answer', () => {
    expect(new Set(questions.map(({ text }) => text)).size).toBe(100)
    expect(answerable).toHaveLength(75)
    for (const lang of ['ko', 'en']) {
      expect(questions.filter((one) => one.lang === lang).length).toBeGreaterThan(40)
      const across = answerable.filter((one) => one.lang === lang && !one.pages.includes(one.lang))
      expect(across.length).toBeGreaterThanOrEqual(3)
    }
    expect(answerable.every(({ facts }) => facts.length >= 1 && facts.length <= 3)).toBe(true)
  })

  test.each(answerable.map((one) => [one.text, one] as const))(
    '%s',
    (_, { lang, pages, articles, facts }) => {
      const own = pages.includes(lang) ? lang : pages[0]
      for (const article of articles) {
        const page = read(`playground/shop/articles/${article}.${own}.md`)
        expect(facts.filter((fact) => !saysFact(page, fact))).toEqual([])
      }
    },
  )

  test('a few of them have every kind among them', () => {
    const few = pickQuestions(questions, 10)
    expect(few).toHaveLength(10)
    expect(new Set(few.map(({ lang }) => lang)).size).toBe(2)
    expect(few.some(({ articles }) => articles.length === 0)).toBe(true)
    expect(pickQuestions(questions, 1_000)).toEqual(questions)
  })

  test.each([
    ['기본 배송비는 3천 원입니다.', ['3,000원'], true],
    ['기본 배송비는 2,500원입니다.', ['3,000원'], false],
    ['It ships free from KRW 40,000.', ['40,000원'], true],
    ['Boil it with CITRIC ACID.', ['구연산', 'citric acid'], true],
    ['It takes three to five working days.', ['영업일 3~5일'], true],
    ['It takes a week.', ['영업일 3~5일'], false],
  ])('%s: %j is %s', (text, fact, says) => {
    expect(saysFact(text, fact)).toBe(says)
  })

  test.each([
    'question\tpages\tarticles\tfacts\n질문\tko\tshipping-fees\t',
    'question\tpages\tarticles\tfacts\n질문\t\t\t',
    '질문\tko',
  ])('a line that is not whole is refused: %j', (tsv) => {
    expect(() => parseQuestions(tsv)).toThrow()
  })
})
