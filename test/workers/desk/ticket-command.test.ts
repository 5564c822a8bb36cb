// Cases by words: what staff type changes the case and tells whom it concerns; what may not be is refused with the reason.
import { beforeEach, expect, test } from 'vitest'
import { NOT_STAFF } from '../../../src/core/staff-words.ts'
import { CUSTOMER } from '../../../workers/desk/desk-words.ts'
import { TICKET } from '../../../workers/desk/ticket-words.ts'
import { MINJI, useStore, WORKSPACE } from '../rig.ts'
import { createDeskScene, type DeskScene } from './desk-scene.ts'

const storeOf = useStore()
const time = { now: 0 }
const SORA = { ...MINJI, id: 'U8', name: '소라' }
const SPY = { ...MINJI, id: 'U66', name: '누구' }

const createScene = (customer = MINJI): Promise<DeskScene> => createDeskScene(storeOf(), time, customer)
const numberOf = async (scene: DeskScene): Promise<number> => Number((await scene.row())['number'])

async function handled(scene: DeskScene, by: string, name: string): Promise<void> {
  await scene.store.db.query(
    'insert into ticket_lines (ticket, event, by, by_name, press) values ($1, $2, $3, $4, $5)',
    [(await scene.row())['id'], 'note', by, name, `p:${by}`],
  )
}

async function actsInStaffChannel(scene: DeskScene, id: string): Promise<void> {
  const place = { ...scene.place('1'), channel: scene.staffLane.split(':')[0]! }
  const lane = `cmd:acts:${place.channel}:${id}`
  await scene.say(lane, '', { kind: 'say', queue: 'relay', author: { ...MINJI, id }, place, source: lane })
}

beforeEach(async () => {
  time.now = Date.parse('2026-12-01T10:00+09:00')
  await storeOf().db.query('delete from tickets')
  await storeOf().settings.set(WORKSPACE, null, 'hours', 'mon-fri 09:00-18:00', 'U9')
})

test('in the case’s thread no number is needed; elsewhere one is, and a wrong one is said', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  expect(await scene.command('priority', '긴급')).toBe(TICKET.changed({ number }).ko)
  expect(await scene.row()).toMatchObject({ priority: 'urgent' })
  expect(scene.said(/우선순위 · Priority: 긴급 · urgent/)).toHaveLength(1)
  expect(await scene.command('priority', 'low', { number })).toBe(TICKET.changed({ number }).ko)
  expect(await scene.command('show', '', { number: 9_999 })).toBe('상담 #9999를 찾지 못했어요.')
})

test('who is not staff is refused, whatever the number', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  for (const action of ['show', 'note', 'resolve', 'list'])
    expect(await scene.command(action, 'x', { number, author: SPY })).toBe(NOT_STAFF.ko)
  expect(await scene.row()).toMatchObject({ status: 'open' })
})

test('a case is given to oneself and handed on to a colleague, and the customer hears of it', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  expect(await scene.command('assign', '나')).toBe(TICKET.assigned({ number }, 'Alex').ko)
  expect(scene.said(CUSTOMER.claimed('Alex').ko)).toHaveLength(1)
  expect(await scene.command('assign', '@민수')).toBe(TICKET.nobody('민수').ko)
  await handled(scene, 'U7', '민수')
  // Who has handled a case once, and is no longer in the staff channel, gets none.
  expect(await scene.command('assign', '@민수')).toBe(TICKET.noStaff('민수').ko)
  await actsInStaffChannel(scene, 'U7')
  expect(await scene.command('assign', '@민수')).toBe(TICKET.assigned({ number }, '민수').ko)
  expect(scene.said(CUSTOMER.movedTo('민수').ko)).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ assignee: 'U7', status: 'waiting-staff' })
})

test('a mention says who is meant, also of somebody who has handled no case; a name that two have does not', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  const mentions = [{ id: 'U8', name: '지우 (상담)' }]
  expect(await scene.command('assign', '@지우 (상담)', { mentions })).toBe(TICKET.noStaff('지우 (상담)').ko)
  expect(await scene.row()).toMatchObject({ assignee: null })
  await actsInStaffChannel(scene, 'U8')
  expect(await scene.command('assign', '@지우 (상담)', { mentions })).toBe(
    TICKET.assigned({ number }, '지우 (상담)').ko,
  )
  expect(await scene.row()).toMatchObject({ assignee: 'U8', assignee_name: '지우 (상담)' })
  // As slash commands bring it.
  await actsInStaffChannel(scene, 'UJIN1')
  expect(await scene.command('assign', '<@UJIN1|jin>')).toBe(TICKET.assigned({ number }, 'jin').ko)
  expect(await scene.row()).toMatchObject({ assignee: 'UJIN1' })

  for (const id of ['U21', 'U22']) {
    await handled(scene, id, '하나')
    await actsInStaffChannel(scene, id)
  }
  expect(await scene.command('assign', '하나')).toBe(TICKET.several('하나').ko)
  expect(await scene.row()).toMatchObject({ assignee: 'UJIN1' })
})

test('notes stay with staff, and the history shows them', async () => {
  const scene = await createScene()
  await scene.command('note', '어제 전화로도 문의함')
  expect(scene.said('어제 전화')).toEqual([])
  expect(await scene.command('show')).toMatch(/환불 문의[\s\S]*메모 — Alex: 어제 전화로도 문의함/)
})

test('categories and tags are set by words, and lists go by them', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  await scene.command('category', '배송')
  await scene.command('tag', 'VIP, 파손')
  await scene.command('tag', '-파손')
  expect(await scene.row()).toMatchObject({ category: 'delivery', tags: ['vip'] })
  expect(await scene.command('category', '우주')).toBe(TICKET.notCategory.ko)
  expect(await scene.command('tag', Array.from({ length: 11 }, (_, n) => `t${n}`).join(','))).toBe(
    TICKET.tooManyTags.ko,
  )
  expect(await scene.command('list', '태그 vip')).toContain(`#${number} `)
  expect(await scene.command('list', '태그 없는것')).toBe(TICKET.none.ko)
  expect(await scene.command('list', 'mine')).toBe(TICKET.none.ko)
  expect(await scene.command('list')).toMatch(new RegExp(`상담 1건[\\s\\S]*#${number} 민지: .*접수`))
})

test('cases of one customer become one: what they write in either goes to the same people', async () => {
  const first = await createScene()
  const second = await createScene()
  const [one, two] = [await numberOf(first), await numberOf(second)]
  expect(await second.command('merge', `#${one}`)).toBe(TICKET.merged({ number: two }, { number: one }).ko)
  expect(await second.row()).toMatchObject({ status: 'closed' })
  expect(second.said(`상담 #${one}에 합쳤어요`)).toHaveLength(1)
  expect(second.said(TICKET.grown({ number: two }))).toHaveLength(1)
  await second.customerWrites('여기에 써도 되나요?')
  expect(second.said(/민지[\s\S]*여기에 써도 되나요/)).toHaveLength(1)
  expect(await first.row()).toMatchObject({ number: one, status: 'open' })
  expect(await second.command('merge', `#${two}`, { number: two })).toBe(TICKET.mergeSelf.ko)
})

test('when the case ends into which it was merged, both conversations are the bot’s again', async () => {
  const first = await createScene()
  const second = await createScene()
  const one = await numberOf(first)
  await second.command('merge', `#${one}`)
  await first.command('back', '', { number: one })
  const lanes = await first.store.db.query('select ticket from lanes where lane = any($1)', [
    [first.lane, second.lane],
  ])
  expect(lanes).toEqual([{ ticket: null }, { ticket: null }])
})

test('a merge that would show one conversation to readers of another is refused for that reason', async () => {
  const first = await createScene()
  const second = await createScene()
  await first.store.db.query(`update tickets set audience = 'slack:T1:CPRIVATE' where id = $1`, [
    (await first.row())['id'],
  ])
  expect(await second.command('merge', `#${await numberOf(first)}`)).toBe(TICKET.mergeReaders.ko)
  expect(await second.row()).toMatchObject({ status: 'open' })
})

test('nobody’s case is shown to another customer by merging', async () => {
  const first = await createScene()
  const other = await createScene(SORA)
  expect(await other.command('merge', `#${await numberOf(first)}`)).toBe(TICKET.mergeOther.ko)
  expect(await other.command('merge', '나중에')).toBe(TICKET.mergeWhat.ko)
})

test('what has ended is not put off', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  await scene.command('resolve')
  expect(await scene.command('snooze', '내일')).toBe(TICKET.ended({ number }).ko)
})

test('a case that is put off comes back by the clock, or by a word of the customer’s', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  expect(await scene.command('snooze', '언젠가')).toBe(TICKET.notLength.ko)
  expect(await scene.command('snooze', '내일')).toContain(`상담 #${number}을 내일(수) 오전 9시까지 미뤘어요`)
  expect(scene.said(/보류 · Snoozed/)).toHaveLength(1)
  await scene.at('2026-12-02T09:00+09:00')
  expect(scene.said('미뤄 둔 상담이에요')).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ snoozed_until: null })
  await scene.command('snooze', '3일')
  await scene.customerWrites('혹시 확인되셨나요?')
  expect(await scene.row()).toMatchObject({ snoozed_until: null })
})

test('the end by words is the end by button; illegal moves are refused with the reason', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  expect(await scene.command('resolve')).toBe(TICKET.moved({ number }, { ko: '해결', en: 'Resolved' }).ko)
  expect(scene.said(CUSTOMER.resolved.ko)).toHaveLength(1)
  expect(await scene.command('resolve')).toBe('이미 해결된 티켓이에요.')
  expect(await scene.command('claim')).toBe('이미 해결된 티켓이에요.')
  await scene.command('reopen')
  expect(await scene.row()).toMatchObject({ status: 'open' })
  await scene.command('back')
  expect(scene.said(CUSTOMER.handedBack.ko)).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ status: 'closed' })
  // The conversation is the bot's again.
  const lane = await scene.store.db.query('select ticket from lanes where lane = $1', [scene.lane])
  expect(lane).toEqual([{ ticket: null }])
})

test('a closed case is not opened again over one that the conversation has by now', async () => {
  const scene = await createScene()
  const number = await numberOf(scene)
  await scene.press('spam')
  await scene.say(scene.lane, '상담원 연결', { kind: 'person', queue: 'relay' })
  await scene.run(scene.lane, 'relay')
  expect(await numberOf(scene)).toBe(number + 1)
  expect(await scene.command('reopen', '', { number })).toBe('이 대화에는 이미 다른 상담이 열려 있어요.')
})
