// Slack does not send a command again: it is acknowledged in time however slow the commit is, and never left without an answer.
import { afterEach, expect, test } from 'vitest'
import { type Clock, delay } from '../../src/core/clock.ts'
import { IGNORED } from '../../src/core/decision.ts'
import { closeAll, korean, openRig, type RigOptions, realClock, startFake } from './rig.ts'

afterEach(closeAll)

async function open(options: RigOptions) {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  const rig = await openRig(slack, options)
  return { slack, channel, rig, mina: slack.user('UMINA', { name: 'mina', locale: 'ko-KR' }) }
}

/** The real clock, only quicker: fifteen seconds of trying take two. */
function createQuickClock(factor: number): Clock {
  const start = Date.now()
  const passed = (): number => performance.now() * factor
  const from = passed()
  return {
    now: () => start + passed() - from,
    monotonic: passed,
    after: (ms, run) => realClock.after(ms / factor, run),
  }
}

test.each(['http', 'socket'] as const)(
  'a commit of 2.5 s is acknowledged in time over %s, and its answer follows',
  async (mode) => {
    const { slack, channel, mina, rig } = await open({
      mode,
      async deliver() {
        await delay(realClock, 2_500)
        return { ack: 'none', reply: { content: korean('늦었지만 답이에요'), isPrivate: true } }
      },
    })
    const outcome = await mina.command('/damso', 'help', channel)
    expect(outcome).toMatchObject({ ok: true })
    expect(rig.heard).toEqual([])
    await slack.until(() => slack.ephemerals(channel, 'UMINA').some(({ text }) => text.includes('늦었지만')))
  },
  15_000,
)

test('an admin whose look-up takes a while is still known as one', async () => {
  const { slack, channel, rig } = await open({})
  const boss = slack.user('UBOSS', { isAdmin: true })
  slack.failNext('users.info', { delayMs: 700, times: 1 })
  expect((await boss.command('/damso', 'settings', channel)).ok).toBe(true)
  expect(rig.heard).toMatchObject([{ type: 'command', author: { isAdmin: true } }])
})

test('a command whose commit fails at first is saved by trying again', async () => {
  let calls = 0
  const { channel, mina, rig } = await open({
    async deliver() {
      calls += 1
      if (calls < 3) throw new Error('the database is away')
      return IGNORED
    },
  })
  expect((await mina.command('/damso', 'help', channel)).ok).toBe(true)
  expect(calls).toBe(3)
  expect(rig.heard).toMatchObject([{ type: 'command' }])
})

test('a command that can never be saved ends in an apology in the person’s language', async () => {
  const { slack, channel } = await open({
    clock: createQuickClock(8),
    deliver: async () => {
      throw new Error('the database is gone')
    },
  })
  const anna = slack.user('UANNA', { locale: 'en-US' })
  anna.say(channel, 'Hello')
  await slack.until(() => slack.calls.some(({ method, ok }) => method === 'users.info' && ok))
  expect((await anna.command('/damso', 'help', channel)).ok).toBe(true)
  const sorry = () => slack.ephemerals(channel, 'UANNA').some(({ text }) => text.includes('once more'))
  await slack.until(sorry, { timeoutMs: 8_000 })
}, 15_000)
