// What a customer types, and what is searched for.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearSpellings } from '../../../src/knowledge/search/jamo.ts'
import { asHangul, asLatin, hasLooseLetters } from '../../../src/knowledge/search/keyboard.ts'
import { normalizeQuery } from '../../../src/knowledge/search/normalize-query.ts'

describe('the keyboard was switched', () => {
  test.each([
    ['dkssud', '안녕'],
    ['ghksqnf', '환불'],
    ['qothdql', '배송비'],
    ['Qkffl', '빨리'],
    ['dlfrek', '읽다'],
    ['rkqtdms', '값은'],
    ['rhksfl', '관리'],
  ])('"%s" was meant as "%s"', (typed, meant) => {
    expect(asHangul(typed)).toBe(meant)
    expect(asLatin(meant)).toBe(typed.toLowerCase())
  })

  test.each(['refund', 'help', 'xyz', 'API', 'hello', 'dog'])('"%s" is no Korean', (word) => {
    expect(asHangul(word)).toBeNull()
  })

  test('"ㄱㄷ려ㅜㅇ" was meant as "refund"', () => {
    expect(hasLooseLetters('ㄱㄷ려ㅜㅇ')).toBe(true)
    expect(asLatin('ㄱㄷ려ㅜㅇ')).toBe('refund')
  })

  test.each(['ㅋㅋㅋ', 'ㅠㅠ', '안녕ㅋㅋ', '배송', '네ㅎㅎ'])('"%s" is as it was meant', (word) => {
    expect(hasLooseLetters(word)).toBe(false)
  })

  test('a word that the pages have is not taken for a slip', () => {
    const all = (question: string, knows: (word: string) => boolean) =>
      normalizeQuery(question, knows).variants.map(({ text }) => text)
    expect(all('ghksqnf 규정', () => false)).toContain('환불 규정')
    expect(all('ghksqnf 규정', (word) => word === 'ghksqnf')).not.toContain('환불 규정')
  })
})

describe('spoken forms and misspellings', () => {
  test.each([
    ['비번 까먹음', '비밀번호 잊어버리음'],
    ['베송비 알려주세요', '배송비'],
    ['환블 됬나요?', '환불 됐'],
    ['안녕하세요! 혹시 쿠퐁 써지나용ㅠㅠ', '쿠폰 써지'],
    ['토욜에 배송해요?', '토요일에 배송해요'],
    ['우예 취소합니꺼', '어떻게 취소합니까'],
    ['비용이 궁금해요', '비용이'],
    ['내용 적용 이유', '내용 적용 이유'],
    ['forgot my pw pls help', 'forgot my password'],
    ['i cant log in', 'i cant login'],
  ])('"%s" is searched for as "%s"', (question, text) => {
    expect(normalizeQuery(question).text).toBe(text)
  })

  test.each([
    ['언제와요', '배송'],
    ['돈 언제 들어와요', '환불'],
    ['컵이 깨져서 왔어요', '파손'],
    ['사람이랑 상담', '고객센터'],
    ['원두 언제 볶은거에요', '로스팅'],
    ["where's my stuff", 'delivery'],
    ['i want my money back', 'refund'],
    ['it came smashed', 'broken'],
    ['talk to a real person', 'support'],
  ])('"%s" is looked for under "%s" as well', (question, word) => {
    const hints = normalizeQuery(question).variants.map((variant) => variant.hints ?? '')
    expect(hints.join(' ')).toContain(word)
  })
})

describe('whatever is typed', () => {
  test('the original is kept as it was, in NFC', () => {
    expect(normalizeQuery('환블해줘'.normalize('NFD')).original).toBe('환블해줘')
  })

  test.each(['안녕하세요', '?', '알려주세요', 'help', ''])('"%s" does not become nothing', (question) => {
    expect(normalizeQuery(question).text).toBe(question)
  })

  test('the question comes first, with the most weight', () => {
    fc.assert(
      fc.property(fc.string(), (question) => {
        const { variants, text } = normalizeQuery(question)
        expect(variants[0]).toEqual({ text, weight: 1 })
        expect(variants.every(({ weight }) => weight > 0 && weight <= 1)).toBe(true)
      }),
    )
  })
})

describe('near spellings', () => {
  test('a wrong final consonant or like-sounding vowel is near', () => {
    const near = [...nearSpellings('환불')]
    for (const word of ['환붐', '한불', '환분']) expect(near.includes(word)).toBe(word !== '한불')
    expect([...nearSpellings('베송')]).toContain('배송')
  })

  test('a letter less, more, other or swapped is near', () => {
    for (const typo of ['pasword', 'passsword', 'passwird', 'passwrod'])
      expect([...nearSpellings(typo)]).toContain('password')
  })

  test('short words and numbers have none', () => {
    expect([...nearSpellings('불')]).toEqual([])
    expect([...nearSpellings('cat')]).toEqual([])
    expect([...nearSpellings('e1042')]).toEqual([])
  })
})
