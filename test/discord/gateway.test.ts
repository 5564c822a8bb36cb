// The connection: what the operator reads when Discord refuses it, and what survives when it breaks.
import { afterEach, expect, test } from 'vitest'
import { createDiscordGateway } from '../../src/discord/gateway.ts'
import type { FakeDiscord } from '../fakes/discord/index.ts'
import {
  closeAll,
  createMemoryWatermark,
  createQuickClock,
  createTestBudget,
  createTestLog,
  openOutbound,
  openRig,
  realClock,
  startFake,
} from './rig.ts'

afterEach(closeAll)

function gatewayOn(discord: FakeDiscord, token: string) {
  const log = createTestLog()
  const gateway = createDiscordGateway({
    token,
    apiUrl: discord.apiUrl,
    clock: realClock,
    log,
    budget: createTestBudget(),
    outbound: openOutbound(discord),
    deliver: () => Promise.resolve({ ack: 'none' }),
    complete: () => Promise.resolve([]),
    commands: [],
    watermark: createMemoryWatermark(),
    dmChannels: () => Promise.resolve([]),
  })
  return { gateway, log }
}

test('a wrong token is named, with the remedy', async () => {
  const discord = await startFake()
  const { gateway } = gatewayOn(discord, 'wrong')
  await expect(gateway.start()).rejects.toMatchObject({
    code: 'platform-misconfigured',
    hint: expect.stringContaining('DISCORD_TOKEN'),
  })
  expect(gateway.ready()).toMatchObject({ ok: false, reason: expect.stringContaining('DISCORD_TOKEN') })
  await gateway[Symbol.asyncDispose]()
})

test('a missing Message Content Intent is named, with the remedy', async () => {
  const discord = await startFake({ messageContent: false })
  const { gateway } = gatewayOn(discord, discord.token)
  await expect(gateway.start()).rejects.toMatchObject({
    hint: expect.stringContaining('Message Content Intent'),
  })
  expect(gateway.ready()).toMatchObject({ ok: false, reason: expect.stringContaining('Developer Portal') })
  await gateway[Symbol.asyncDispose]()
})

test('while Discord is away it keeps trying, and is ready once it is back', async () => {
  const discord = await startFake()
  discord.failNext('GET /gateway/bot', { status: 503, times: 5 })
  const { gateway, log } = gatewayOn(discord, discord.token)
  const started = gateway.start()
  await discord.until(() => log.lines.some(({ message }) => message.includes('trying again')))
  expect(gateway.ready().ok).toBe(false)
  await started
  expect(gateway.ready()).toEqual({ ok: true, reason: '' })
  await gateway[Symbol.asyncDispose]()
})

test('closed while it still connects, it ends within seconds', async () => {
  const discord = await startFake()
  discord.guild('하늘상점')
  const { gateway } = gatewayOn(discord, discord.token)
  const started = gateway.start()
  await discord.until(() => discord.gateway.connected() === 1)
  await gateway[Symbol.asyncDispose]()
  await started
  expect(discord.gateway.connected()).toBe(0)
}, 8_000)

test('a session that cannot be resumed is caught up with', async () => {
  const discord = await startFake({ resumeWindowMs: 0, rateLimits: 'off' })
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  alice.say('문의', '먼저')
  await discord.until(() => rig.messages().length === 1)
  discord.dropGateway()
  alice.say('문의', '끊긴 동안')
  await discord.until(() => rig.messages().length === 2, { timeoutMs: 15_000 })
  expect(rig.messages()[1]!.text).toBe('끊긴 동안')
})

test('events and buttons of a kind that it does not know are ignored and counted', async () => {
  const discord = await startFake()
  const { id } = discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  discord.gateway.announce('SOUNDSCAPE_CREATE', { id: '1' })
  discord.gateway.announce('TYPING_START', { channel_id: id, user_id: alice.id, timestamp: 1 })
  alice.say('문의', '하나')
  await discord.until(() => rig.messages().length === 1)
  expect(rig.counted).toEqual(['unknown_events_total discord'])
})

test('an event that arrives twice or cannot be read harms nothing', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  discord.duplicateNext('MESSAGE_CREATE')
  alice.say('문의', '둘')
  alice.say('문의', '\u0000\u202E\uD800'.toWellFormed())
  await discord.until(() => rig.messages().length === 3)
  expect(rig.messages().map(({ text }) => text)).toEqual(['둘', '둘', '\uFFFD'])
})

test('what was missed is read to its end, page by page, and a channel that fails is tried until it works', async () => {
  // Discord lets nobody connect anew within five seconds, which is not what this is about.
  const discord = await startFake({ rateLimits: 'off' })
  const { id } = discord.channel('문의')
  discord.channel('공지')
  const alice = discord.user('alice')
  const watermark = createMemoryWatermark()
  const first = await openRig(discord, { watermark })
  alice.say('문의', '먼저')
  alice.say('공지', '먼저')
  await discord.until(() => first.messages().length === 2)
  await first.close()
  const mark = watermark.value
  expect(mark).not.toBeNull()
  const missed = Array.from({ length: 250 }, (_, index) => `${index + 1}번 글`)
  for (const text of missed) alice.say('문의', text)
  alice.say('공지', '새 글')

  // Longer than one call is repeated.
  discord.failNext(`GET /channels/${id}/messages`, { status: 503, times: 1_000 })
  const second = await openRig(discord, { watermark, clock: createQuickClock(50) })
  await discord.until(() => second.log.lines.some(({ message }) => message.includes('with a channel failed')))
  await discord.until(() => second.messages().some(({ text }) => text === '새 글'))
  alice.say('공지', '지금 글')
  await discord.until(() => second.messages().some(({ text }) => text === '지금 글'), { timeoutMs: 15_000 })
  await second.close()
  expect(watermark.value).toBe(mark)

  const third = await openRig(discord, { watermark, clock: createQuickClock(50) })
  await discord.until(() => third.log.lines.some(({ message }) => message.includes('with a channel failed')))
  discord.heal()
  const inRoom = () => third.messages().filter(({ place }) => place.channel === id)
  await discord.until(() => inRoom().length >= missed.length, { timeoutMs: 15_000 })
  expect(inRoom().map(({ text }) => text)).toEqual(missed)
  await third.close()
  expect(BigInt(watermark.value!)).toBeGreaterThan(BigInt(mark!))
})

test('how far back a channel is read is bounded, and the log says so when that is reached', async () => {
  const discord = await startFake({ rateLimits: 'off' })
  discord.channel('문의')
  const alice = discord.user('alice')
  const watermark = createMemoryWatermark()
  const first = await openRig(discord, { watermark })
  alice.say('문의', '먼저')
  await discord.until(() => first.messages().length === 1)
  await first.close()
  for (let index = 0; index < 1_001; index++) alice.say('문의', `${index + 1}번 글`)
  const second = await openRig(discord, { watermark })
  await discord.until(() => second.messages().length >= 1_000, { timeoutMs: 30_000 })
  expect(second.log.lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'more was missed than is caught up with' }),
  )
  expect(second.messages().at(-1)!.text).toBe('1000번 글')
}, 60_000)
