// Who is staff, by the platform's word first; and a staff channel that others come to read is switched off, and says so in
// itself, once.
import { expect, test } from 'vitest'
import type { Clock } from '../src/core/clock.ts'
import type { Outbound, Readers } from '../src/core/outbound.ts'
import { SILENT } from '../src/log.ts'
import { realClock } from '../src/real-clock.ts'
import { watchStaffChannels, withStaff } from '../src/staff.ts'
import { createRig, createScreen, MINJI, useStore, WORKSPACE } from './workers/rig.ts'

const storeOf = useStore()

async function watching(readersOf: Outbound['readersOf']) {
  const store = storeOf()
  const { outbound } = createScreen()
  const watch = watchStaffChannels({
    ...{ store, clock: realClock, log: SILENT },
    platforms: { outbounds: { slack: { ...outbound, readersOf }, discord: { ...outbound, readersOf } } },
    queue: { wake: async () => undefined },
  })
  const said = () =>
    store.db.query<{ channel: string; text: string }>(
      `select place->>'channel' as channel, body->'content'->>'text' as text from inbox where kind = 'say' order by id`,
    )
  return { store, watch, said }
}

test('it is switched off for its workspace alone', async () => {
  const { store, watch, said } = await watching(async ({ channel }) =>
    channel === 'COPEN' ? 'organisations' : 'members',
  )
  await using _ = watch
  for (const [workspace, channel] of [
    ['slack:T1', 'CSAFE'],
    ['slack:T2', 'COPEN'],
  ] as const)
    await store.settings.set(workspace, null, 'staffChannel', channel, 'U9')
  expect(await watch.pass()).toBe(1)
  expect(store.settings.of('slack:T2', '').staffChannel).toBeNull()
  expect(store.settings.of('slack:T1', '').staffChannel).toBe('CSAFE')
  expect((await said()).map(({ channel }) => channel)).toEqual(['COPEN'])
  expect((await said())[0]!.text).toMatch(/더는 상담 채널로 쓰지 않아요[\s\S]*no longer the staff channel/)
  expect(await watch.pass()).toBe(0)
})

test('on Discord it is switched off once everybody can see it, and says how to close it; what cannot be asked stays', async () => {
  let readers: Readers = 'unknown'
  const { store, watch, said } = await watching(async ({ channel }) =>
    channel === '77' ? readers : 'members',
  )
  await using _ = watch
  await store.settings.set('discord:9', null, 'staffChannel', '77', 'U9')
  expect(await watch.pass()).toBe(0)
  expect(store.settings.of('discord:9', '').staffChannel).toBe('77')
  readers = 'everyone'
  expect(await watch.pass()).toBe(1)
  expect(store.settings.of('discord:9', '').staffChannel).toBeNull()
  expect((await said()).at(-1)!.text).toMatch(/@everyone의 ‘채널 보기’[\s\S]*View Channel off for @everyone/)
  expect(await watch.pass()).toBe(0)
})

test('one that an admin names while the old one is being asked about stays', async () => {
  const { store, watch, said } = await watching(async ({ workspace, channel }) => {
    if (workspace !== 'slack:T7' || channel !== 'COLD') return 'members'
    await store.settings.set('slack:T7', null, 'staffChannel', 'CNEW', 'U9')
    return 'organisations'
  })
  await using _ = watch
  await store.settings.set('slack:T7', null, 'staffChannel', 'COLD', 'U9')
  const before = await said()
  expect(await watch.pass()).toBe(0)
  expect(store.settings.of('slack:T7', '').staffChannel).toBe('CNEW')
  expect(await said()).toEqual(before)
})

test('who has left the staff channel is staff no more, and while nobody can say, the last word holds for an hour', async () => {
  const store = storeOf()
  const screen = createScreen()
  let said: boolean | null = null
  let aheadMs = 0
  const clock: Clock = { ...realClock, monotonic: () => realClock.monotonic() + aheadMs }
  const belongs: Outbound['belongs'] = async () => said
  const answers = withStaff({
    ...{ store, clock },
    platforms: { outbounds: { slack: { ...screen.outbound, belongs } } },
  })
  const rig = createRig(store, {}, screen)
  const place = { ...rig.place('1'), channel: 'CTEAM' }
  await rig.say('cmd:acted', 'hello', { author: { ...MINJI, id: 'U7' }, place, source: 'acted' })
  const isStaff = (person: string): Promise<boolean> => answers.isStaff(WORKSPACE, person, 'CTEAM')
  // Not to be asked, and never heard of: who has acted there today is staff, others are not.
  expect(await isStaff('U7')).toBe(true)
  expect(await isStaff('U8')).toBe(false)
  said = false
  expect(await isStaff('U7')).toBe(false)
  said = null
  expect(await isStaff('U7')).toBe(false)
  said = true
  expect(await isStaff('U8')).toBe(true)
  said = null
  expect(await isStaff('U8')).toBe(true)
  aheadMs = 61 * 60_000
  expect(await isStaff('U8')).toBe(false)
  await store.db.query(`update inbox set created_at = now() - interval '2 days' where author = 'U7'`)
  expect(await isStaff('U7')).toBe(false)
})
