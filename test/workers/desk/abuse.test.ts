// A customer who is abusive: hidden from staff until they press, one warning, and then the lead.
import { expect, test } from 'vitest'
import { ABUSE, WARNING } from '../../../workers/desk/abuse.ts'
import { HELP } from '../../../workers/desk/staff-help-words.ts'
import { HIDDEN, HIDDEN_MESSAGE } from '../../../workers/screened.ts'
import { MINJI, useStore, WORKSPACE } from '../rig.ts'
import { openStaffScene } from './staff-scene.ts'

const storeOf = useStore()

test('is hidden, warned for once, and the second time goes to the lead', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', 'U77|대표', 'U9')
  const scene = await openStaffScene(store)
  await scene.customerSays('씨발 환불해 달라고')
  expect(scene.seenBy('staff').join()).not.toContain('씨발')
  expect(scene.seenBy('staff').at(-1)).toContain(HIDDEN_MESSAGE)
  expect(scene.seenBy('customer').filter((text) => text.startsWith(WARNING.ko))).toHaveLength(1)
  expect(scene.seenBy('customer').join()).toContain('책임자에게 넘어갑니다')
  expect(await scene.ticket()).toMatchObject({ priority: 'normal', assignee: null })
  await scene.customerSays('주문 번호는 A-1이에요.')
  expect(scene.seenBy('staff').at(-1)).toContain('A-1')
  await scene.customerSays('이 개새끼야')
  await scene.customerSays('병신아')
  const staff = scene.seenBy('staff')
  expect(staff.join()).not.toMatch(/개새끼|병신/)
  expect(staff.filter((text) => text === ABUSE.toLead('대표'))).toHaveLength(1)
  expect(scene.seenBy('customer').filter((text) => text.startsWith(WARNING.ko))).toHaveLength(1)
  expect(await scene.ticket()).toMatchObject({ priority: 'urgent', assignee: 'U77', assigneeName: '대표' })
})

test('can be read by whoever presses Show, alone, and only of that very case', async () => {
  const other = await openStaffScene(storeOf())
  const scene = await openStaffScene(storeOf(), { lang: 'en' })
  await scene.customerSays('You are a fucking idiot')
  const { buttons } = scene.screen
    .shown()
    .findLast(({ content }) => content.buttons?.[0]?.label === ABUSE.show)!.content
  const id = buttons![0]!.value.replace(/^show:/, '')
  expect(scene.seenBy('customer').join('\n')).toContain(WARNING.en)
  await scene.press('show', `${(await other.ticket()).id}:${id.split(':')[1]}`)
  expect(scene.screen.texts().at(-1)).not.toContain('idiot')
  await scene.press('show', id)
  expect(scene.screen.texts().at(-1)).toContain('> You are a fucking idiot')
  expect(scene.screen.hidden.at(-1)).toBe(true)
})

test('what opens the case counts as the first time', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', 'U77|대표', 'U9')
  const scene = await openStaffScene(store, { question: '씨발 환불 언제 해 줄 거야' })
  const warnings = () => scene.seenBy('customer').filter((text) => text.startsWith(WARNING.ko))
  expect(warnings()).toHaveLength(1)
  expect(scene.seenBy('staff')).toContain(ABUSE.warned)
  await scene.customerSays('이 개새끼야')
  expect(warnings()).toHaveLength(1)
  expect(await scene.ticket()).toMatchObject({ priority: 'urgent', assignee: 'U77' })
})

test('somebody else’s insult is hidden too, and is not the customer’s', async () => {
  const scene = await openStaffScene(storeOf())
  for (const text of ['씨발 뭐야', '이 개새끼야']) {
    await scene.say(scene.lane, text, { author: { ...MINJI, id: 'U13', name: '지나가던 사람' } })
    await scene.run(scene.lane)
    await scene.run(scene.lane, 'relay')
    await scene.settle()
  }
  expect(scene.seenBy('staff').join()).not.toMatch(/씨발|개새끼/)
  expect(scene.seenBy('staff').at(-1)).toContain(`**지나가던 사람**\n${HIDDEN_MESSAGE}`)
  expect(scene.seenBy('customer').join()).not.toContain(WARNING.ko)
  expect(await scene.ticket()).toMatchObject({ priority: 'normal', assignee: null })
})

test('the files of what is hidden are named, and come along', async () => {
  const scene = await openStaffScene(storeOf())
  scene.screen.outbound.fetch = async () => new Uint8Array([1])
  const attachments = [{ name: '파손.png', mime: 'image/png', bytes: 1, url: 'https://files.example/1' }]
  await scene.say(scene.lane, '씨발 이거 봐', { body: { attachments } })
  await scene.run(scene.lane)
  await scene.run(scene.lane, 'relay')
  const { content } = scene.screen.shown().findLast(({ slot }) => slot === 'copy.0')!
  expect(content.text).toContain(HIDDEN_MESSAGE)
  expect(content.text).toContain('📎 파손.png (1 KB)')
  expect(content.pictures).toMatchObject([{ name: '파손.png', mime: 'image/png' }])
})

test('stands nowhere that staff look: card, lists, summaries, suggestions, canned replies, comments', async () => {
  const store = storeOf()
  const abusive = '씨발 환불 언제 해 줄 거야'
  const scene = await openStaffScene(store, {
    question: abusive,
    summary: 'ko: 고객이 개새끼야 하고 욕함\nen: The customer wants a refund.',
    model: () => '병신아, 환불은 사흘 걸립니다.',
  })
  const { id, number } = await scene.ticket()
  await scene.command('ticket-command', '', { action: 'list' })
  await scene.command('ticket-command', '', { action: 'show', number })
  await scene.command('snippet', '인사 ko: {질문} 확인했어요.', { action: 'add' })
  await scene.command('snippet', '인사', { action: 'use' })
  await scene.press('suggest', id, {}, 'chat')
  await scene.press('summary', id, {}, 'chat')
  await scene.command('ticket-command', '', { action: 'resolve', number })
  const lane = `rating:${id}`
  const body = { id, text: '상담원이 병신이야 병신아' }
  for (const given of [{ id, rating: 1 }, body]) {
    await scene.say(lane, '', { kind: 'rating-decision', queue: 'relay', body: given, handle: 'h' })
    await scene.run(lane, 'relay')
    await scene.settle()
  }
  const shown = scene.screen.texts().join('\n')
  expect(shown).not.toMatch(/씨발|개새끼|병신/)
  const [card] = scene.seenBy('staff')
  expect(card).toContain(`> ${HIDDEN_MESSAGE}`)
  expect(card).toContain(`Rating: ★ ${HIDDEN.ko} · ${HIDDEN.en}`)
  for (const part of [
    'The customer wants a refund.',
    `#${number} 민지: ${HIDDEN.en}`,
    '문의하신 내용 확인했어요',
  ])
    expect(shown).toContain(part)
  expect(shown).toContain(HELP.en.noSuggestion)
  // The model is told to leave it out, and what it repeats all the same is left out.
  expect(shown).toContain(`> ${HIDDEN.ko}`)
  const { buttons = [] } = scene.screen.shown().find(({ slot }) => slot === 'ticket.0')!.content
  const { value } = buttons.find(({ label }) => label === ABUSE.show)!
  await scene.press('show', value.replace(/^show:/, ''))
  expect(scene.screen.texts().at(-1)).toContain(`> ${abusive}`)
  expect(scene.screen.texts().at(-1)).toContain(`> ${body.text}`)
  expect(scene.screen.hidden.at(-1)).toBe(true)
})

test('the history of the case says what was hidden, that the customer was asked, and who has it now', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', 'U77|대표', 'U9')
  const scene = await openStaffScene(store)
  for (const text of ['씨발 환불해 달라고', '이 개새끼야', '병신아']) await scene.customerSays(text)
  const { number } = await scene.ticket()
  await scene.command('ticket-command', '', { action: 'show', number })
  const history = scene.screen.texts().find((text) => text.includes('passed to the lead'))!
  const events = [...history.matchAll(/^- .*?: (.*)$/gm)].map(([, event]) => event)
  expect(events.filter((event) => !/customer wrote/.test(event!))).toEqual([
    ...['abusive language hidden', 'customer asked once to stay civil', 'abusive language hidden'],
    ...['assigned: 대표', 'passed to the lead: 대표', 'abusive language hidden'],
  ])
  const rows = await store.db.query(
    `select event, text from ticket_lines where ticket = $1::bigint and event = 'assign'`,
    [(await scene.ticket()).id],
  )
  expect(rows).toEqual([{ event: 'assign', text: '대표' }])
})

test('nobody is threatened with a supervisor who does not exist', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', null, 'U9')
  const scene = await openStaffScene(store)
  await scene.customerSays('씨발 환불해 달라고')
  expect(scene.seenBy('customer')).toContain(WARNING.ko)
  expect(scene.seenBy('customer').join()).not.toContain('책임자')
})
