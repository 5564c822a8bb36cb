// What may be shown of a growing answer, whatever way the server cuts it into chunks.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLooping, isWrongLanguage, namesLanguage, toEcho } from '../../src/llm/guards.ts'
import { createVisibleText } from '../../src/llm/visible-text.ts'
import { anyText } from '../any-text.ts'

function read(chunks: readonly string[], expectLang: 'ko' | 'en' | null = null) {
  const visible = createVisibleText({ expectLang, startsInThought: false, echo: () => toEcho([]) })
  const shown: { text: string; restarts: number }[] = []
  const note = () => shown.push({ text: visible.text, restarts: visible.restarts })
  for (const chunk of chunks) {
    visible.feed(chunk)
    note()
    if (visible.fault) break
  }
  visible.end()
  note()
  return { text: visible.text, fault: visible.fault, shown }
}

const piece = fc.constantFrom(
  '안녕하세요',
  '배송은 이틀 걸려요. ',
  'your parcel ',
  '配送',
  'こんにちは',
  '<think>',
  '</think>',
  '</thought>',
  '`</think>`',
  '</thi',
  '<',
  '\n\n',
  ' ',
  '👍🏽',
  '```js\nlet a\n```',
  '하하',
)
const text = fc.array(fc.oneof(piece, anyText()), { maxLength: 40 }).map((all) => all.join(''))
const cuts = fc.array(fc.nat(200), { maxLength: 60 })

function cutAt(whole: string, places: readonly number[]): string[] {
  const edges = [...new Set([0, ...places.filter((place) => place < whole.length), whole.length])].sort(
    (a, b) => a - b,
  )
  return edges.slice(1).map((edge, i) => whole.slice(edges[i], edge))
}

test.each([null, 'ko', 'en'] as const)('chunks never change the answer or the verdict (%s)', (expectLang) => {
  fc.assert(
    fc.property(text, cuts, (whole, places) => {
      const once = read([whole], expectLang)
      const chunked = read(cutAt(whole, places), expectLang)
      expect(chunked.fault).toBe(once.fault)
      if (!once.fault) expect(chunked.text).toBe(once.text)
    }),
    { numRuns: 500 },
  )
})

test('what is shown only grows, unless a thought had to be taken back', () => {
  fc.assert(
    fc.property(text, cuts, (whole, places) => {
      const { shown } = read(cutAt(whole, places))
      for (const [i, now] of shown.entries()) {
        const before = shown[i - 1]
        if (before && before.restarts === now.restarts) expect(now.text.startsWith(before.text)).toBe(true)
        expect(/[\ud800-\udbff]$/.test(now.text) && i < shown.length - 1).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

test('a plain answer is shown at its very first letter', () => {
  expect(read(['안', '녕'], 'ko').shown[0]?.text).toBe('안')
  expect(read(['H', 'i'], 'en').shown[0]?.text).toBe('H')
  expect(read(['3', '일'], 'ko').shown[0]?.text).toBe('3')
})

test.each([
  [['생각 중', '</th', 'ink>', '\n\n네.'], '네.'],
  [['<thi', 'nk>생각', '</think>네.'], '네.'],
  [['<think>생각만'], ''],
  [['`</think>` 태그는 생각의 끝이에요.'], '`</think>` 태그는 생각의 끝이에요.'],
  [['a < b 이고 ', '</thi', 's>'], 'a < b 이고 </this>'],
])('%j is read as "%s"', (chunks, expected) => {
  expect(read(chunks).text).toBe(expected)
})

test.each([
  ['ko', '您好，配送需要两到三天。', true],
  ['ko', '배송은 이틀 걸립니다. 请您耐心等待。', true],
  ['ko', '배송(配送)은 이틀 걸립니다.', false],
  ['ko', '美 세관을 지나 이틀 뒤에 도착해요.', false],
  ['ko', 'こんにちは', true],
  ['ko', 'Your order usually arrives within two days.', true],
  ['ko', 'iPhone 15 Pro Max와 Galaxy S24 Ultra는 재고가 있어요.', false],
  ['ko', 'Galaxy S24 Ultra, iPhone 15 Pro Max, Pixel 9 Pro', false],
  ['ko', 'Ctrl+Shift+P를 누르세요.', false],
  ['ko', '이렇게 해 보세요.\n```sh\nnpm install --save-dev typescript vitest\n```', false],
  ['ko', '네.', false],
  ['ko', '👍', false],
  ['ko', '12,000원', false],
  ['en', 'Your order arrives in two days.', false],
  ['en', '주문하신 상품은 이틀 뒤에 도착해요.', true],
  ['en', 'Press the button “상담원 연결” to talk to a person.', false],
  ['en', 'Заказ придёт через два дня.', true],
] as const)('%s: %s', (lang, said, wrong) => {
  expect(isWrongLanguage(said, lang, toEcho([]))).toBe(wrong)
})

test('words of the question may be repeated in their own script', () => {
  const asked = toEcho(['Northwind Traders Premium Subscription 은 얼마예요? 東京駅 매장도요'])
  expect(isWrongLanguage('Northwind Traders Premium Subscription: 9달러', 'ko', asked)).toBe(false)
  expect(isWrongLanguage('東京駅 매장도 같아요.', 'ko', asked)).toBe(false)
})

test.each([
  ['배송은 이틀 걸립니다. '.repeat(12), true],
  [' '.repeat(300), true],
  ['네'.repeat(130), true],
  ['| --- | --- | --- | --- |\n| 가 | 나 | 다 | 라 |', false],
  [`${'-'.repeat(80)}\n끝`, false],
  [
    Array.from({ length: 40 }, (_, i) => `${i}. 상품 ${i * 7}번은 재고가 ${i * 3}개 있어요.`).join('\n'),
    false,
  ],
])('a loop is told from a list (%#)', (said, looping) => {
  expect(isLooping(said)).toBe(looping)
})

test.each([
  ['영어로 써 줘', true],
  ['Please answer in Korean', true],
  ['translate this', true],
  ['배송이 언제 오나요?', false],
  ['When does it arrive?', false],
])('%s names a language: %s', (said, names) => {
  expect(namesLanguage(said)).toBe(names)
})
