// One model, two worker processes, and everything at once that asks it: people in chats, flags, messages that are handed on
// in another language. The model never has more to do than it was configured for.
import { describe, expect, it } from 'vitest'
import { delay } from '../../src/core/clock.ts'
import { realClock } from '../../src/real-clock.ts'
import { withServer } from '../servers.ts'
import { slackDesk } from './desk.ts'
import { restorePriority } from './harness.ts'
import { slackStage } from './stage.ts'
import { askedOf, translationsIn } from './translation-model.ts'
import { openTwoWorkers } from './two-workers.ts'

/** None like another, or the memory would know it. */
const FROM_STAFF: Readonly<Record<string, string>> = {
  '확인해 볼게요.': 'Let me check that.',
  '카드사에 요청했어요.': 'I asked the card company.',
  '불편을 드려 죄송해요.': 'Sorry for the trouble.',
  '여기에 올려 주세요.': 'Please post it here.',
  '파란색으로 보내 드릴게요.': 'We will send a blue one.',
  '아침에 전화드릴게요.': 'We will call in the morning.',
}
const EACH = Object.keys(FROM_STAFF).length

withServer('postgres', 'redis')('chats, batch work and messages that are handed on at once', () => {
  describe.each([1, 3])('with room for %i at the model', (concurrency) => {
    it('use no more of it', { timeout: 240_000 }, async () => {
      await using stack = new AsyncDisposableStack()
      const latency = { prefillMs: 150, perPromptTokenMs: 0, itlMs: 5 }
      const { world } = await openTwoWorkers(stack, concurrency, latency)
      stack.defer(restorePriority)
      world.vllm.reply((request) => {
        const asked = askedOf(request)
        if (asked) return FROM_STAFF[asked.text] ?? `Flag number ${/\d+/.exec(asked.text)?.[0]}.`
        return JSON.stringify(request.body.messages?.[0]).includes('You summarise')
          ? 'ko: 문의가 있어요.\nen: Has a question.'
          : 'It takes three days.'
      })
      const stage = slackStage(world)
      const desk = slackDesk(world)
      await desk.open()
      // The other process hears of a setting within two seconds; until then it knows of no staff.
      await delay(realClock, 2_500)
      const question = stage.ask('dave', 'I have not received my refund yet.')
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 60_000)
      await stage.press('dave', question.answers()[0]!, /Talk to a person/)
      await stage.until(() => desk.cards().some(({ text }) => text.includes('refund')), 'a card', 60_000)
      const card = desk.cards().find(({ text }) => text.includes('refund'))!

      const isToldThere = (): boolean => desk.thread(card).some((text) => text.includes('고객님께 전해져요'))
      await stage.until(isToldThere, 'the staff’s thread open', 60_000)
      const minji = world.slack.user('UMINJI', { name: 'minji', locale: 'ko-KR' })
      const flagger = world.slack.user('UFLAG', { name: 'flag', locale: 'en-US' })
      const chats = Array.from({ length: EACH }, (_, n) =>
        stage.ask(`guest${n}`, `How long does it take, part ${n}?`),
      )
      for (const [n, line] of Object.keys(FROM_STAFF).entries()) {
        flagger.react(minji.say('C1', `깃발 ${n}번 글이에요.`), 'us')
        await desk.write('agent', card, line)
      }
      const translated = (isOne: (text: string) => boolean): number =>
        new Set(translationsIn(world.vllm).flatMap(({ text }) => (isOne(text) ? [text] : []))).size
      const done = () => ({
        chats: chats.filter((one) => one.answers().some(({ isDone }) => isDone)).length,
        flags: translated((text) => text.startsWith('깃발')),
        handedOn: translated((text) => text in FROM_STAFF),
      })
      await expect.poll(done, { timeout: 40_000 }).toEqual({ chats: EACH, flags: EACH, handedOn: EACH })
      expect(world.vllm.peakRunning).toBeLessThanOrEqual(concurrency)
      expect(world.vllm.peakRunning).toBeGreaterThan(concurrency / 2)
      const flags = world.vllm.requests.filter(({ lastUser }) => lastUser.includes('깃발'))
      expect(flags.every(({ body }) => body.priority === 10)).toBe(true)
    })
  })
})
