// What costs money, rights or health when it is wrong is marked, translated back and compared.
import { describe, expect, test } from 'vitest'
import { PLEASE_CHECK, warningOf } from '../../src/core/translation-words.ts'
import type { Prompt } from '../../src/translation/model.ts'
import { riskOf } from '../../src/translation/risk.ts'
import { createTranslator } from '../../src/translation/translator.ts'
import { requestOf } from './support.ts'

test.each([
  ['환불은 3일 안에 돼요.', 'refund'],
  ['이중 결제됐어요.', 'refund'],
  ['해지 수수료가 있나요?', 'refund'],
  ['소송하겠습니다.', 'legal'],
  ['약관이 바뀌었어요.', 'legal'],
  ['개인정보를 지워 주세요.', 'legal'],
  ['배터리가 부풀었어요.', 'safety'],
  ['아이가 삼켰어요.', 'safety'],
  ['I want a refund.', 'refund'],
  ['Our lawyer will call.', 'legal'],
  ['The charger overheated and I got burned.', 'safety'],
  ['내일 배송돼요.', null],
  ['다시 로그인해 주세요.', null],
  ['It ships tomorrow.', null],
  ['I fired up the app.', null],
] as const)('%s: %s', (text, risk) => {
  expect(riskOf(text, /[가-힣]/.test(text) ? 'ko' : 'en')).toBe(risk)
})

function model(...answers: string[]) {
  const prompts: Prompt[] = []
  const translate = createTranslator({
    async ask(prompt) {
      prompts.push(prompt)
      return { text: answers[prompts.length - 1] ?? 'never asked', isWhole: true }
    },
  })
  return { translate, prompts }
}

describe('translated back', () => {
  const text = '개봉한 상품은 환불되지 않아요.'
  const english = 'Opened items are non-refundable.'
  test('what says the same is shown with what it says', async () => {
    const { translate, prompts } = model(english, '개봉한 상품은 환불되지 않습니다.')
    const made = await translate(requestOf({ text, to: 'en', isBackChecked: true, tone: 'formal' }))
    expect(made.translation).toBe(english)
    expect(made.flags).toEqual([{ kind: 'risk', detail: '“개봉한 상품은 환불되지 않습니다.”' }])
    expect(prompts.map(({ to }) => to)).toEqual(['en', 'ko'])
    expect(warningOf(made.flags, 'ko')).toBe(
      `${PLEASE_CHECK}: 환불·계약·안전에 관한 글이에요. 역번역해서 비교해 보세요 (“개봉한 상품은 환불되지 않습니다.”)`,
    )
  })
  test('a lost denial is named', async () => {
    const { translate } = model(english, '개봉한 상품은 환불돼요.', '개봉한 상품은 환불돼요.')
    const made = await translate(requestOf({ text, to: 'en', isBackChecked: true }))
    expect(made.flags[0]).toEqual({ kind: 'back', detail: '지 않' })
  })
  test('names and numbers of orders go through both ways', async () => {
    const { translate } = model('Order ⟦1⟧ is refunded in 3 days.', '주문 ⟦1⟧은 3일 뒤 환불돼요.')
    const source = '주문 ORD-1234-5678은 3일 뒤 환불돼요.'
    const made = await translate(requestOf({ text: source, to: 'en', isBackChecked: true }))
    expect(made.flags).toEqual([{ kind: 'risk', detail: `“${source}”` }])
  })
  test.each([
    ['내일 배송돼요.', true],
    ['환불돼요.', false],
  ])('%s (%s): asked once, nothing said', async (source, isBackChecked) => {
    const { translate, prompts } = model('It is done.')
    const flags = (await translate(requestOf({ text: source, to: 'en', isBackChecked }))).flags
    expect(flags.filter(({ kind }) => kind === 'risk' || kind === 'back')).toEqual([])
    expect(prompts.filter(({ to }) => to === 'ko')).toEqual([])
  })
  test('a book is marked and not translated twice', async () => {
    const { translate, prompts } = model(...Array(20).fill('A refund.'))
    const made = await translate(requestOf({ text: '환불돼요. '.repeat(500), to: 'en', isBackChecked: true }))
    expect(made.flags).toContainEqual({ kind: 'risk', detail: '' })
    expect(prompts.every(({ to }) => to === 'en')).toBe(true)
  })
})
