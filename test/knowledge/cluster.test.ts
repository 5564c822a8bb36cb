// Which questions ask for the same, by the words that the search goes by.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterQuestions } from '../../src/knowledge/cluster.ts'
import { createMorphemes } from '../../src/knowledge/search/korean.ts'

const morphemes = createMorphemes()
const groups = async (questions: readonly string[]): Promise<string[][]> =>
  (await clusterQuestions(questions, { morphemes })).map((places) =>
    places.map((at) => questions[at] ?? '').toSorted(),
  )

describe('questions that ask for the same', () => {
  test('are put together, whatever their endings, spacing and politeness, the most asked first', async () => {
    expect(
      await groups([
        '기프트카드 팔아요?',
        '매장에 주차장 있나요',
        '주차장 있어요? 매장에',
        '매장 주차장이용 가능한가요?',
        '기프트카드 판매하시나요',
        '콜드브루 원액은 없나요',
      ]),
    ).toEqual([
      ['매장 주차장이용 가능한가요?', '매장에 주차장 있나요', '주차장 있어요? 매장에'],
      ['기프트카드 판매하시나요', '기프트카드 팔아요?'],
      ['콜드브루 원액은 없나요'],
    ])
  })

  test('are together in English too', async () => {
    expect(await groups(['Do you have parking?', 'is there parking', 'student discount?'])).toEqual([
      ['Do you have parking?', 'is there parking'],
      ['student discount?'],
    ])
  })

  test('the same words again are the same, also where they say nothing', async () => {
    const asked = ['이거요?', '네', '이거요?', 'ㅋㅋ', 'ㅋㅋ', 'ㅋㅋ']
    expect((await groups(asked)).map((one) => one.length)).toEqual([3, 2, 1])
    expect(await groups([])).toEqual([])
  })

  test('every question is in exactly one group', async () => {
    const words = fc.constantFrom(
      '주차장',
      '매장',
      '기프트카드',
      '환불',
      'parking',
      'refund',
      '되나요',
      '?',
      '',
    )
    const question = fc.array(words, { maxLength: 4 }).map((all) => all.join(' '))
    await fc.assert(
      fc.asyncProperty(fc.array(question, { maxLength: 30 }), async (questions) => {
        const all = (await clusterQuestions(questions, { morphemes })).flat()
        expect(all.toSorted((a, b) => a - b)).toEqual(questions.map((_, at) => at))
      }),
      { numRuns: 15 },
    )
  })

  test('a thousand of them leave room for others meanwhile', async () => {
    const things = ['주차장', '기프트카드', '콜드브루', '수업', '대여', '보상 판매', '부산 매장', '학생 할인']
    const questions = Array.from({ length: 1_000 }, (_, n) => `${things[n % 8]} ${n % 37}번 문의드려요`)
    let breaths = 0
    const breathing = setInterval(() => breaths++, 1)
    await clusterQuestions(questions, { morphemes })
    clearInterval(breathing)
    expect(breaths).toBeGreaterThan(20)
  })
})
