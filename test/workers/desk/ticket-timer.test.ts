// What comes due for a case while nobody does anything: warnings for staff, reminders and stars for the customer, each once,
// and nothing that has been overtaken.
import { beforeEach, expect, test } from 'vitest'
import { createReportReader } from '../../../src/report/read.ts'
import { CUSTOMER, DUE } from '../../../workers/desk/desk-words.ts'
import { useStore, WORKSPACE } from '../rig.ts'
import { createDeskScene } from './desk-scene.ts'

const storeOf = useStore()
const time = { now: 0 }

beforeEach(async () => {
  const { settings, db } = storeOf()
  await db.query('delete from tickets')
  time.now = Date.parse('2026-12-01T10:00+09:00')
  const set = (name: 'hours' | 'sla' | 'autoclose', value: string) =>
    settings.set(WORKSPACE, null, name, value, 'U9')
  await set('hours', 'mon-fri 09:00-12:00 13:00-18:00')
  await set('sla', 'normal 1h/8h')
  await set('autoclose', '7')
  await settings.set(WORKSPACE, null, 'closed', null, 'U9')
})

const createScene = () => createDeskScene(storeOf(), time)

test('staff are warned before a first answer is late, told when it is, and the card says until when', async () => {
  const scene = await createScene()
  const number = Number((await scene.row())['number'])
  expect(scene.said(/응답 목표 · Target: 첫 답변 · first reply — 오늘 오전 11시/)).toHaveLength(1)
  expect(await scene.at('2026-12-01T10:47+09:00')).toBe(0)
  expect(await scene.at('2026-12-01T10:48+09:00')).toBe(1)
  expect(scene.said(`상담 #${number} (민지): 첫 답변 목표가 오늘 오전 11시까지예요`)).toHaveLength(1)
  expect(await scene.at('2026-12-01T11:00+09:00')).toBe(1)
  expect(scene.said(`상담 #${number} (민지): 첫 답변 목표 시간을 넘겼어요`)).toHaveLength(1)
  // Neither comes again when the case is touched.
  await scene.press('claim')
  expect(await scene.at('2026-12-01T11:30+09:00')).toBe(0)
  const lines = await scene.store.db.query<{ event: string }>(
    'select event from ticket_lines where ticket = $1 order by id',
    [(await scene.row())['id']],
  )
  expect(lines.map(({ event }) => event)).toEqual(['first-warn', 'first-breach', 'claim'])
})

test('who is answered in time leaves nothing to warn of', async () => {
  const scene = await createScene()
  time.now = Date.parse('2026-12-01T10:30+09:00')
  await scene.staffWrites('확인해 볼게요.')
  expect(await scene.at('2026-12-01T12:00+09:00')).toBe(0)
  expect(scene.said(/목표가|목표 시간/)).toEqual([])
})

test('a customer who does not reply is reminded once, and later the case ends with stars', async () => {
  const scene = await createScene()
  await scene.staffWrites('주문 번호를 알려 주시겠어요?')
  expect(await scene.at('2026-12-08T09:59+09:00')).toBe(0)
  await scene.at('2026-12-08T10:00+09:00')
  expect(scene.said(CUSTOMER.remind(7).ko)).toHaveLength(1)
  expect(scene.said(DUE.reminded)).toHaveLength(1)
  await scene.at('2026-12-15T10:00+09:00')
  expect(scene.said(CUSTOMER.expired.ko)).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ status: 'resolved' })
  // Two weeks later it closes without a word, and the conversation is the bot's.
  const before = scene.screen.shown().length
  await scene.at('2026-12-29T10:00+09:00')
  expect(await scene.row()).toMatchObject({ status: 'closed' })
  expect(scene.screen.shown()).toHaveLength(before)
})

test('a reply in time ends the reminder', async () => {
  const scene = await createScene()
  await scene.staffWrites('주문 번호를 알려 주시겠어요?')
  time.now = Date.parse('2026-12-05T10:00+09:00')
  await scene.customerWrites('A-1이에요.')
  await scene.at('2026-12-08T10:00+09:00')
  expect(scene.said(CUSTOMER.remind(7).ko)).toEqual([])
})

test('resolved at night, stars are asked for in the morning', async () => {
  const scene = await createScene()
  time.now = Date.parse('2026-12-01T23:00+09:00')
  await scene.press('resolve')
  expect(scene.said(CUSTOMER.resolvedQuietly.ko)).toHaveLength(1)
  expect(await scene.at('2026-12-02T08:59+09:00')).toBe(0)
  await scene.at('2026-12-02T09:00+09:00')
  const asked = scene.screen.shown().find(({ content }) => content.text.includes('별점'))!
  expect(asked.content.buttons).toHaveLength(5)
  expect(await scene.at('2026-12-02T10:00+09:00')).toBe(0)
})

test('a ring that is ordered twice is heard once', async () => {
  const scene = await createScene()
  time.now = Date.parse('2026-12-01T10:48+09:00')
  const { db } = scene.store
  const timers = await db.query('select * from timers where kind = $1', ['first-warn'])
  await scene.at('2026-12-01T10:48+09:00')
  // As if the process had died between ordering it and taking the timer away.
  const { ticket, kind, due_at: due } = timers[0] as Record<string, unknown>
  await db.query('insert into timers (ticket, kind, due_at) values ($1, $2, $3)', [ticket, kind, due])
  await scene.at('2026-12-01T10:49+09:00')
  expect(scene.said('목표가 오늘')).toHaveLength(1)
})

test('the model’s summary brings a category', async () => {
  const scene = await createScene()
  expect(await scene.row()).toMatchObject({ category: 'return' })
  expect(scene.said('교환·반품·환불')).toHaveLength(1)
})

test('a case that closes after a time keeps who resolved it, and when', async () => {
  const scene = await createScene()
  await scene.staffWrites('보내 드렸어요.')
  await scene.press('resolve')
  const before = await scene.row()
  await scene.at('2026-12-20T10:00+09:00')
  expect(await scene.row()).toMatchObject({
    ...{ status: 'closed', resolved_by_name: 'Alex', resolved_at: before['resolved_at'] },
  })
})

test('late rings say once that a target is missed', async () => {
  const scene = await createScene()
  await scene.at('2026-12-01T15:00+09:00')
  expect(scene.said('첫 답변 목표 시간을 넘겼어요')).toHaveLength(1)
  expect(scene.said('목표가 오늘')).toEqual([])
})

const eventsOf = async (scene: Awaited<ReturnType<typeof createScene>>): Promise<string[]> =>
  (
    await scene.store.db.query<{ event: string }>(
      'select event from ticket_lines where ticket = $1 order by id',
      [(await scene.row())['id']],
    )
  ).map(({ event }) => event)

const lateIn = async ({ store }: Awaited<ReturnType<typeof createScene>>): Promise<boolean[]> => {
  const period = { from: new Date('2026-11-01'), to: new Date('2027-01-01'), workspace: WORKSPACE }
  return (await createReportReader(store.db).cases(period)).map(({ isLate }) => isLate)
}

test('a warning that comes too late says that the target is missed, and notes it', async () => {
  const scene = await createScene()
  const { db } = scene.store
  // As when only one of the two had come due for the sweeper.
  await db.query(`delete from timers where kind = 'first-breach'`)
  await scene.at('2026-12-01T11:30+09:00')
  expect(scene.said('첫 답변 목표 시간을 넘겼어요')).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ missed: ['first'], said: ['first-breach', 'first-warn'] })
})

test('a first reply that came late is late, though no bell rang before it', async () => {
  const scene = await createScene()
  time.now = Date.parse('2026-12-01T11:20+09:00')
  await scene.staffWrites('확인해 볼게요.')
  expect(await scene.row()).toMatchObject({ missed: ['first'] })
  expect((await eventsOf(scene)).toSorted()).toEqual(['first-breach', 'staff-wrote'])
  expect(scene.said('놓친 목표 · Missed target: 첫 답변 · first reply')).toHaveLength(1)
  await scene.at('2026-12-01T11:30+09:00')
  expect(scene.said('목표 시간을 넘겼어요')).toEqual([])
  expect(await lateIn(scene)).toEqual([true])
})

test('a target that has been moved since is neither warned of nor missed before its new time', async () => {
  const scene = await createScene()
  const setTarget = (value: string) => scene.store.settings.set(WORKSPACE, null, 'sla', value, 'U9')
  await setTarget('normal 75m/8h')
  expect(await scene.at('2026-12-01T10:48+09:00')).toBe(1)
  expect(scene.said(/목표가|목표 시간/)).toEqual([])
  expect(await scene.at('2026-12-01T11:00+09:00')).toBe(1)
  expect(scene.said('목표가 오늘 오전 11시 15분까지예요')).toHaveLength(1)
  expect(scene.said('목표 시간을 넘겼어요')).toEqual([])
  expect(await scene.row()).toMatchObject({ missed: [], said: ['first-warn'] })
  // It has been warned of; a day off comes in between.
  await scene.store.settings.set(WORKSPACE, null, 'closed', '2026-12-01', 'U9')
  expect(await scene.at('2026-12-01T11:15+09:00')).toBe(1)
  expect(await scene.row()).toMatchObject({ missed: [], said: ['first-warn'] })
  expect(await scene.at('2026-12-02T10:14+09:00')).toBe(0)
  await scene.at('2026-12-02T10:15+09:00')
  expect(scene.said('첫 답변 목표 시간을 넘겼어요')).toHaveLength(1)
  expect(await scene.row()).toMatchObject({ missed: ['first'] })
})

test('a target that passes while nobody looks is in the report', async () => {
  const scene = await createScene()
  // The report goes by the real clock: that day is long over there.
  await scene.store.db.query(`update tickets set first_due_at = now() - interval '1 minute'`)
  expect(await scene.row()).toMatchObject({ missed: [] })
  expect(await lateIn(scene)).toEqual([true])
})

test('without a staff channel a missed target is recorded all the same', async () => {
  const scene = await createScene()
  await scene.store.settings.set(WORKSPACE, null, 'staffChannel', null, 'U9')
  await scene.at('2026-12-01T11:00+09:00')
  expect(scene.said('목표 시간을 넘겼어요')).toEqual([])
  expect(await scene.row()).toMatchObject({ missed: ['first'] })
  expect(await lateIn(scene)).toEqual([true])
})

test('put off, a case without a reply is late as ever; only the clock of its resolution stands', async () => {
  const scene = await createScene()
  await scene.command('snooze', '3시간')
  await scene.at('2026-12-01T11:00+09:00')
  expect(scene.said('첫 답변 목표 시간을 넘겼어요')).toHaveLength(1)
  await scene.at('2026-12-01T13:00+09:00')
  // From 10 to 12 it was put off: eight hours from 10 end at 10 of the next day, and two later.
  expect(await scene.row()).toMatchObject({
    ...{ paused_minutes: 120, paused_since: null, missed: ['first'] },
    resolve_due_at: new Date('2026-12-02T12:00+09:00'),
  })
  await scene.at('2026-12-02T11:59+09:00')
  expect(scene.said('해결 목표 시간을 넘겼어요')).toEqual([])
  await scene.at('2026-12-02T12:00+09:00')
  expect(scene.said('해결 목표 시간을 넘겼어요')).toHaveLength(1)
})

test('opened again, it stays known that it was late; resolved while the customer owed a reply, it is not', async () => {
  const scene = await createScene()
  time.now = Date.parse('2026-12-01T11:20+09:00')
  await scene.staffWrites('확인해 볼게요.')
  time.now = Date.parse('2026-12-04T10:00+09:00')
  await scene.press('resolve')
  expect(await scene.row()).toMatchObject({ missed: ['first'] })
  await scene.customerWrites('아직 안 왔어요.')
  expect(await scene.row()).toMatchObject({ status: 'waiting-staff', missed: [], was_late: true })
  expect(await lateIn(scene)).toEqual([true])
})

test('where nobody is to be reminded any more, nothing ends by itself', async () => {
  const scene = await createScene()
  await scene.staffWrites('주문 번호를 알려 주시겠어요?')
  await scene.store.settings.set(WORKSPACE, null, 'autoclose', 'off', 'U9')
  await scene.at('2026-12-20T10:00+09:00')
  expect(await scene.row()).toMatchObject({ status: 'waiting-customer' })
})

test('a staff channel that is none any more hears nothing, and the customer is told', async () => {
  const scene = await createScene()
  await scene.store.settings.set(WORKSPACE, null, 'staffChannel', null, 'U9')
  await scene.customerWrites('비밀번호는 1234예요.')
  expect(scene.said('1234')).toEqual([])
  expect(scene.said(CUSTOMER.notDelivered.ko)).toHaveLength(1)
  await scene.staffWrites('밖에서 쓴 글')
  expect(scene.said('밖에서 쓴 글')).toEqual([])
})

test('what was still waiting when the case was handed back is not lost in silence', async () => {
  const scene = await createScene()
  await scene.say(scene.lane, '혹시 아직 보고 계신가요?')
  await scene.press('hand-back')
  await scene.run(scene.lane, 'relay')
  expect(scene.said(CUSTOMER.tooLate.ko)).toHaveLength(1)
})
