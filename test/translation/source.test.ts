// In which language a text is, whether it has any words, and into which of two it has to go.
import { describe, expect, test } from 'vitest'
import type { TargetLang } from '../../src/core/target-lang.ts'
import { isWordless, otherOf, sourceLang, targetFor } from '../../src/translation/source.ts'

test.each<[string, TargetLang | null]>([
  ['배송언제와요', 'ko'],
  ['refund 언제 돼?', 'ko'],
  ['tracking number 알려줘', 'ko'],
  ['뭐꼬 와이리 늦노', 'ko'],
  ['ㅇㅋ', 'ko'],
  ['OK ㅋㅋ', 'en'],
  ['ㅎㅎ thanks', 'en'],
  ['lol', 'en'],
  ['何時ですか', 'ja'],
  ['什么时候到', 'zh'],
  ['¿Cuándo llega mi pedido?', 'es'],
  ['gamsahamnida', null],
])('"%s" is %s', (text, lang) => expect(sourceLang(text)).toBe(lang))

test.each(['ㅋㅋㅋ', 'ㅠㅠ', 'ㅎㅎ 🎉', '123', '`npm start`', 'https://shop.example/a', ''])(
  '"%s" has no words',
  (text) => expect(isWordless(text)).toBe(true),
)
test.each(['ㅇㅋ', 'ㅇㅇ', 'ㄴㄴ ㅋㅋ', 'ㄱㅅㄱㅅ', 'ㅇㄷ?', '네', '3만원'])('"%s" has', (text) =>
  expect(isWordless(text)).toBe(false),
)

describe('of two languages', () => {
  test.each<[string, [TargetLang, TargetLang], TargetLang | null]>([
    ['언제 와요?', ['ko', 'en'], 'en'],
    ['When does it come?', ['ko', 'en'], 'ko'],
    ['ㅇㅋ', ['ko', 'en'], 'en'],
    ['OK ㅋㅋ', ['ko', 'en'], 'ko'],
    ['ㅋㅋㅋ', ['ko', 'en'], null],
    ['dkssudgktpdy', ['ko', 'en'], 'en'],
    ['gamsahamnida', ['ko', 'en'], 'en'],
    ['何時ですか', ['ko', 'en'], null],
    ['내일 아침에 다시 봐요. See you tomorrow.', ['ko', 'en'], null],
    ['¿Cuándo llega?', ['ko', 'es'], 'ko'],
    ['언제 와요?', ['ko', 'es'], 'es'],
    ['Where is it?', ['ko', 'es'], null],
    ['Wann kommt es?', ['ko', 'de'], 'ko'],
    ['Wann kommt es?', ['en', 'de'], 'en'],
    ['When does it come?', ['en', 'de'], 'de'],
    ['Khi nào đến?', ['en', 'vi'], 'en'],
    ['Где заказ?', ['ko', 'ru'], 'ko'],
  ])('"%s" in %s goes into %s', (text, pair, to) => expect(otherOf(text, pair)).toBe(to))

  test('where nobody says, a text goes into the reader’s own, or out of it', () => {
    expect(targetFor('언제 와요?', 'ko')).toBe('en')
    expect(targetFor('¿Cuándo llega mi pedido?', 'es')).toBe('ko')
    expect(targetFor('언제 와요?', 'es')).toBe('es')
  })
})
