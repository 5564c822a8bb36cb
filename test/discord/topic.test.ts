// What a channel or forum is for, as Discord says it: asked once, for a while, and never waited for long.
import { afterEach, expect, test } from 'vitest'
import { closeAll, createShiftedClock, openOutbound, placeOf, startFake } from './rig.ts'

afterEach(closeAll)

test('a channel has its topic, a thread that of its channel, a forum its guidelines; asked once for ten minutes', async () => {
  const discord = await startFake()
  const guild = discord.guild('G1')
  const channel = discord.channel('문의', { topic: '환불과 교환' })
  const forum = discord.channel('질문', { type: 'forum', topic: 'One question per post' })
  const silent = discord.channel('잡담')
  const clock = createShiftedClock()
  const outbound = openOutbound(discord, { clock })
  const at = (one: { id: string }, thread: string | null = null) =>
    placeOf(one, thread, `discord:${guild.id}`)
  const asked = () => discord.calls.filter(({ route }) => /^GET \/channels\/[^/]+$/.test(route)).length
  const both = Array.from({ length: 5 }, () => outbound.topicOf(at(channel, '77')))
  expect(new Set(await Promise.all(both))).toEqual(new Set(['환불과 교환']))
  expect(asked()).toBe(1)
  expect(await outbound.topicOf(at(forum))).toBe('One question per post')
  expect(await outbound.topicOf(at(silent))).toBeNull()
  expect(await outbound.topicOf(at(silent))).toBeNull()
  expect(asked()).toBe(3)
  clock.shift(11 * 60_000)
  await outbound.topicOf(at(channel))
  expect(asked()).toBe(4)
})

test('a direct message has none, and while Discord cannot be asked there is none', async () => {
  const discord = await startFake()
  const guild = discord.guild('G1')
  const channel = discord.channel('문의', { topic: '환불' })
  const hidden = discord.channel('비밀', {
    topic: '비밀',
    permissions: { bot: { deny: ['VIEW_CHANNEL'] } },
  })
  const outbound = openOutbound(discord)
  expect(await outbound.topicOf(placeOf(channel, null, 'discord:dm'))).toBeNull()
  discord.failNext('GET /channels/{id}', { status: 500 })
  expect(await outbound.topicOf(placeOf(channel, null, `discord:${guild.id}`))).toBeNull()
  expect(await outbound.topicOf(placeOf(hidden, null, `discord:${guild.id}`))).toBeNull()
})
