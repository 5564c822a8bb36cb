// How long conversations are kept: never while a person still has one, and sooner where a workspace says so.
import { beforeEach, expect, test } from 'vitest'
import { createTickets } from '../../../src/desk/tickets.ts'
import { rulesFrom } from '../../../src/desk/times.ts'
import { createRetention } from '../../../src/retention.ts'
import { createRig, MINJI, useStore, WORKSPACE } from '../rig.ts'
import { createDeskScene } from './desk-scene.ts'

const storeOf = useStore()
const time = { now: 0 }

beforeEach(async () => {
  const { db, settings } = storeOf()
  for (const table of ['tickets', 'inbox', 'turns', 'lanes']) await db.query(`delete from ${table}`)
  await settings.set(WORKSPACE, null, 'retention', null, 'U9')
  time.now = Date.parse('2026-12-01T10:00+09:00')
})

async function age(days: number): Promise<void> {
  const { db } = storeOf()
  const before = `now() - interval '${days} days'`
  await db.query(`update inbox set created_at = ${before}`)
  await db.query(`update turns set created_at = ${before}`)
  await db.query(`update lanes set updated_at = ${before}, lease_until = '-infinity'`)
  await db.query(`update tickets set updated_at = ${before}`)
}

/** What still waits to be done is nobody’s to take away. */
const count = async (table: string): Promise<number> =>
  (
    await storeOf().db.query<{ count: number }>(
      `select count(*)::int as count from ${table} where state not in ('pending', 'taken')`,
    )
  )[0]!.count

/** As the bot does every ten minutes: cases, and what is said. */
async function purge(days: number, workspace: string | null = null): Promise<void> {
  const { db, settings, sweep } = storeOf()
  const rulesOf = (workspace: string) => rulesFrom(settings.of(workspace, ''))
  await createTickets(db, { rulesOf, now: () => new Date(time.now) }).purge(days, 1_000, workspace)
  await sweep.purge(days, 1_000, workspace)
}

test('a case that has not ended keeps its messages, its card and its silence', async () => {
  const scene = await createDeskScene(storeOf(), time)
  const { db } = storeOf()
  await scene.staffWrites('확인해 볼게요.')
  // Somebody else’s conversation goes.
  await scene.say('C1:other', '영업시간이 언제예요?', { kind: 'say', queue: 'relay' })
  await db.query(`update inbox set state = 'done' where lane = 'C1:other'`)
  await age(91)
  const texts = () => db.query<{ text: string }>(`select text from inbox where text <> '' order by id`)
  await purge(90)
  expect((await texts()).map(({ text }) => text)).toEqual(['상담원 연결해 주세요', '확인해 볼게요.'])
  // Both go on as before: the one’s word reaches the other, and the card shows it.
  await scene.customerWrites('아직도 안 왔어요.')
  expect(scene.said('아직도 안 왔어요.')).not.toEqual([])
  await scene.press('resolve')
  expect(await scene.row()).toMatchObject({ status: 'resolved' })
  expect(scene.said('- 상태 · Status: 해결 · Resolved')).toHaveLength(1)
  await age(91)
  await purge(90)
  expect(await texts()).toEqual([])
  expect(await count('turns')).toBe(0)
})

test('an old case that has just ended keeps its card, which shows what becomes of it', async () => {
  const scene = await createDeskScene(storeOf(), time)
  await scene.staffWrites('확인해 볼게요.')
  await age(91)
  await scene.press('resolve')
  await purge(90)
  const words = `select text from inbox where text <> ''`
  expect(await storeOf().db.query(words)).toEqual([])
  await scene.press('reopen')
  expect(scene.said('- 상태 · Status: 해결 · Resolved')).toEqual([])
  const { id, card, status } = await scene.row()
  expect(status).not.toBe('resolved')
  const posts = `select p.slot from turns t join posts p on p.turn = t.id where t.id = $1 and t.lane = $2`
  expect(await storeOf().db.query(posts, [card, `ticket:${String(id)}`])).toContainEqual({ slot: 'ticket.0' })
})

test('the language and the zone that somebody chose go once no message of theirs is kept', async () => {
  const { sweep, db, people, inbox } = storeOf()
  const { lane, ...rig } = createRig(storeOf(), {})
  await db.query('delete from people')
  const writes = (id: string, workspace = WORKSPACE) =>
    inbox.receive(
      {
        ...{ workspace, audience: `${workspace}:C1`, source: `${workspace}:${id}` },
        author: { ...MINJI, id },
      },
      {
        ...{ type: 'enqueue', lane: `${lane}:${workspace}:${id}`, kind: 'say', queue: 'relay', ack: 'none' },
        ...{ place: { ...rig.place(lane), workspace }, text: '안녕하세요', body: {}, quietMs: 0 },
      },
    )
  const left = async () =>
    (await db.query<{ person: string }>('select person from people order by person')).map((row) => row.person)
  await people.setReads(WORKSPACE, 'UAWAY', 'en')
  await people.setZone(WORKSPACE, 'UHERE', 'Asia/Seoul')
  await people.setTone(WORKSPACE, 'UAWAY', 'formal')
  await people.setReads('discord:1', '100', 'ja')
  await people.setReads('discord:1', '200', 'ja')
  await people.setTone('discord:2', '300', 'casual')
  await people.setStaffTone('discord:1', '400', 'formal')
  await writes('UAWAY')
  await writes('200', 'discord:1')
  await db.query(`update inbox set state = 'done'`)
  await age(91)
  await writes('UHERE')
  // Chosen on one server, and writes on another.
  await writes('100', 'discord:2')
  await writes('300', 'discord:2')
  await writes('400', 'discord:dm')
  await db.query(`update inbox set state = 'done'`)
  await sweep.purge(90, 1_000)
  await sweep.purge(90, 1_000)
  expect(await left()).toEqual(['100', '300', '400', 'UHERE'])
  await age(91)
  await sweep.purge(90, 1_000)
  await sweep.purge(90, 1_000)
  expect(await left()).toEqual([])
})

test('a workspace keeps things for a shorter time by its setting, and never for longer than the installation', async () => {
  const { settings } = storeOf()
  const asked: [number, string | null][] = []
  const purge = createRetention(settings, 90)(async (days, workspace) => asked.push([days, workspace]))
  await purge()
  await settings.set(WORKSPACE, null, 'retention', '365', 'U9')
  await purge()
  await settings.set(WORKSPACE, null, 'retention', '30', 'U9')
  await purge()
  expect(asked).toEqual([
    [90, null],
    [90, null],
    [90, null],
    [30, WORKSPACE],
  ])
})

test('what is too old in one workspace stays in another', async () => {
  const scene = await createDeskScene(storeOf(), time)
  await scene.press('resolve')
  await age(31)
  await purge(30, 'slack:T2')
  expect(await count('inbox')).toBeGreaterThan(0)
  await purge(30, WORKSPACE)
  expect(await count('inbox')).toBe(0)
})
