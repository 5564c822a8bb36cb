// Canned replies: how they are typed, and that nothing goes to a customer that nobody has pressed Send for.
import { describe, expect, test } from 'vitest'
import { fillGaps, unknownGaps } from '../../../src/core/snippet.ts'
import { parseSnippet } from '../../../workers/desk/snippet-text.ts'
import { useStore } from '../rig.ts'
import { openStaffScene } from './staff-scene.ts'

describe('as staff type them', () => {
  test.each([
    ['환불안내 ko: 사흘 걸려요. en: Three days.', { ko: '사흘 걸려요.', en: 'Three days.' }],
    ['환불안내 = 사흘 걸려요.', { ko: '사흘 걸려요.' }],
    ['환불안내: It takes three days.', { en: 'It takes three days.' }],
    ['환불안내\n한국어: 첫 줄\n둘째 줄\n영어: one', { ko: '첫 줄\n둘째 줄', en: 'one' }],
    ['환불안내 환불은 ko: 라고 쓰지 않아요', { ko: '환불은 ko: 라고 쓰지 않아요' }],
  ])('%s', (typed, texts) => {
    expect(parseSnippet(typed)).toEqual({ name: '환불안내', texts })
  })

  test.each(['', '환불안내', '환불안내 =', '= 글', '환불안내 ko: 하나 ko: 둘', `${'가'.repeat(41)} 글`])(
    'nothing of “%s”',
    (typed) => expect(parseSnippet(typed)).toBeNull(),
  )

  test('gaps are filled in once, in either language, and others are named', () => {
    const values = { customer: '{number}', number: '7', agent: 'Alex', question: '' }
    expect(fillGaps('{고객} {customer} { Number } {x}', values)).toBe('{number} {number} 7 {x}')
    expect(unknownGaps('{고객} {주문번호} {order} {주문번호} {"a": 1}')).toEqual(['주문번호', 'order'])
  })
})

const storeOf = useStore()

test('one is shown in the customer’s language, and goes to them when Send is pressed, once', async () => {
  const scene = await openStaffScene(storeOf())
  await scene.command('snippet', 'refund ko: {고객}님, #{번호} 환불은 사흘 걸려요. en: Three days.', {
    action: 'add',
  })
  await scene.command('snippet', 'refund', { action: 'use' })
  const { number } = await scene.ticket()
  const text = `민지님, #${number} 환불은 사흘 걸려요.`
  expect(scene.seenBy('staff').at(-1)).toContain(`> ${text}`)
  expect(scene.seenBy('customer').join()).not.toContain(text)
  await scene.press('send')
  expect(scene.seenBy('customer').at(-1)).toMatch(/Alex[\s\S]*민지님, #\d+ 환불은 사흘 걸려요\.$/)
  expect(scene.seenBy('staff').filter((seen) => seen.includes('→ 고객님'))).toHaveLength(1)
  expect(await scene.ticket()).toMatchObject({ status: 'waiting-customer', assigneeName: 'Alex' })
  await scene.press('send')
  expect(scene.seenBy('customer').filter((seen) => seen.includes(text))).toHaveLength(1)
  expect(scene.seenBy('staff').at(-1)).toBe('Alex has sent it already.')
})

test('the form’s text goes instead; where the customer’s language is missing, that is said', async () => {
  const scene = await openStaffScene(storeOf(), { lang: 'en' })
  await scene.command('snippet', '한글만 = 사흘 걸려요.', { action: 'add' })
  await scene.command('snippet', '한글만', { action: 'use' })
  const preview = scene.screen.shown().at(-1)!.content
  expect(preview.notes?.join()).toContain('no text in English')
  await scene.press('edit', undefined, { text: 'It takes three days.' })
  expect(scene.seenBy('customer').at(-1)).toContain('It takes three days.')
  expect(scene.seenBy('customer').join()).not.toContain('사흘')
})

test('unknown variables are named, and outside a case nothing can be used', async () => {
  const scene = await openStaffScene(storeOf())
  await scene.command('snippet', 'a = {주문번호} 확인했어요.', { action: 'add' })
  expect(scene.seenBy('staff').at(-1)).toContain('`{주문번호}`')
  await scene.command('snippet', 'a', { action: 'use' })
  expect(scene.seenBy('staff').at(-1)).toContain('no canned reply “a”')
  await scene.command('snippet', 'b = 확인했어요.', { action: 'add' })
  const outside = `cmd:outside:${scene.staff}`
  await scene.say(outside, 'b', {
    ...{ kind: 'snippet', queue: 'relay', body: { action: 'use' } },
    author: { id: 'U9', name: 'Alex', kind: 'member', locale: 'ko-KR', isAdmin: true },
  })
  await scene.run(outside, 'relay')
  expect(scene.screen.texts().at(-1)).toContain('상담 카드의 스레드')
})
