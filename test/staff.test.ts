// A staff channel that becomes shared is switched off, and says so in itself, once.
import { expect, test } from 'vitest'
import { SILENT } from '../src/log.ts'
import { realClock } from '../src/real-clock.ts'
import { watchStaffChannels } from '../src/staff.ts'
import { createScreen, useStore } from './workers/rig.ts'

const storeOf = useStore()

test('it is switched off for its workspace alone', async () => {
  const store = storeOf()
  for (const [workspace, channel] of [
    ['slack:T1', 'CSAFE'],
    ['slack:T2', 'COPEN'],
  ] as const)
    await store.settings.set(workspace, null, 'staffChannel', channel, 'U9')
  const { outbound } = createScreen()
  const woken: string[] = []
  await using watch = watchStaffChannels({
    ...{ store, clock: realClock, log: SILENT },
    platforms: {
      outbounds: { slack: { ...outbound, isShared: async ({ channel }) => channel === 'COPEN' } },
    },
    queue: { wake: async (_queue, { lane }) => void woken.push(lane) },
  })
  expect(await watch.pass()).toBe(1)
  expect(store.settings.of('slack:T2', '').staffChannel).toBeNull()
  expect(store.settings.of('slack:T1', '').staffChannel).toBe('CSAFE')
  const rows = await store.db.query<{ place: { channel: string }; body: { content: { text: string } } }>(
    `select place, body from inbox where kind = 'say'`,
  )
  expect(rows.map(({ place }) => place.channel)).toEqual(['COPEN'])
  expect(rows[0]!.body.content.text).toMatch(/더는 상담 채널로 쓰지 않아요[\s\S]*no longer the staff channel/)
  expect(await watch.pass()).toBe(0)
})
