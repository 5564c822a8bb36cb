// A person is called while the bot is answering, on both platforms: no half answer stays, none comes after, and what was
// asked reaches the person. Once they are done, the bot answers again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

const FIRST = '환불은 사흘쯤 걸려요.'
const LONG =
  '교환은 받으신 날부터 일주일 안에 하실 수 있어요. 먼저 마이페이지에서 교환을 신청해 주세요. 기사님이 찾아가면 상품을 건네주시면 돼요. 새 상품은 이틀 뒤에 보내 드려요. 배송비는 저희가 내요.'
/** Enough for words to be on the screen, and far from the end. */
const HALF_TOKENS = 30

withServer('postgres')('a person who is called while the bot is answering', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, createDayClock())
      stage = pages.stage
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      pages.world.vllm.reply((request) =>
        JSON.stringify(request.body.messages?.[0]).includes('You summarise')
          ? 'ko: 문의예요.\nen: A question.'
          : request.lastUser.includes('교환')
            ? LONG
            : FIRST,
      )
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const seen = (question: Question, text: string): Promise<void> =>
      stage.until(
        () => question.answers().some((one) => one.text.includes(text)),
        `${text} for the customer`,
        15_000,
      )
    const halves = (question: Question): Seen[] =>
      question.answers().filter(({ text }) => text.includes('교환은 받으신'))
    const card = async (text: string): Promise<Seen> => {
      const found = (): Seen | undefined => desk.cards().findLast((one) => one.text.includes(text))
      await stage.until(() => found() !== undefined, `a card with ${text}`, 15_000)
      return found()!
    }
    const staffSees = (on: Seen, text: string): Promise<void> =>
      stage.until(() => desk.thread(on).some((one) => one.includes(text)), `${text} for staff`, 15_000)
    const answered = async (who: string, text: string): Promise<Question> => {
      const question = stage.ask(who, text)
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
      return question
    }
    /** Asks on, and sees the answer begin; the model is held there. */
    const halfAnswered = async (who: string, question: Question, text: string): Promise<void> => {
      const holding = pages.world.vllm.holdAfter(HALF_TOKENS)
      stage.follow(who, question, text)
      await holding
      await stage.until(() => halves(question).length === 1, 'half an answer', 15_000)
    }
    const nothingGrows = (): boolean =>
      platform === 'discord' ||
      pages.world.slack
        .timeline('C1')
        .every(({ ts }) =>
          pages.world.slack.thread('C1', ts).every(({ streamingState }) => streamingState !== 'in_progress'),
        )
    /** A word of staff's comes through, and between the hand-over and it the bot has said nothing. */
    const onlyStaffSpeaks = async (question: Question, on: Seen, words: string): Promise<void> => {
      pages.world.vllm.resume()
      await desk.write('agent', on, words)
      await seen(question, words)
      const texts = question.answers().map(({ text }) => text)
      const handedOver = texts.findLastIndex((text) => text.includes('담당자에게 전달했어요'))
      expect(texts.slice(handedOver + 1)).toEqual([expect.stringContaining(words)])
      expect(halves(question)).toEqual([])
      expect(nothingGrows()).toBe(true)
    }

    it.each(['in the same process', 'after a restart'] as const)(
      'sees no half of it stay, %s',
      async (where) => {
        const who = where === 'after a restart' ? 'haru' : 'minji'
        const question = await answered(who, `환불은 언제 되나요? ${who}`)
        await halfAnswered(who, question, '그러면 교환은 어떻게 하나요?')
        if (where === 'after a restart') {
          await pages.world.restart()
          await stage.until(() => pages.world.vllm.running > 0, 'the next attempt', 20_000)
        }
        await stage.press(who, question.answers()[0]!, /상담원 연결/)
        const on = await card(who)
        await seen(question, '담당자에게 전달했어요')
        await stage.until(() => halves(question).length === 0, 'the half answer taken away', 15_000)
        await staffSees(on, '그러면 교환은 어떻게 하나요?')
        expect(desk.thread(on).filter((text) => text.includes('어떻게 하나요?'))).toHaveLength(1)
        await onlyStaffSpeaks(question, on, '제가 도와드릴게요.')
      },
      60_000,
    )

    it('goes on with them where the bot is switched off meanwhile', async () => {
      const say = async (typed: string): Promise<void> => {
        const command = stage.ask('boss', typed)
        await stage.until(() => command.answers().length > 0, typed, 15_000)
      }
      const question = await answered('yuna', '환불은 언제 되나요? yuna')
      await stage.press('yuna', question.answers()[0]!, /상담원 연결/)
      const on = await card('yuna')
      await seen(question, '담당자에게 전달했어요')
      await say('settings mode off')
      try {
        stage.follow('yuna', question, '계좌로 받고 싶어요.')
        await staffSees(on, '계좌로 받고 싶어요.')
        await desk.write('agent', on, '계좌로 보내 드릴게요.')
        await seen(question, '계좌로 보내 드릴게요.')
      } finally {
        await say('settings mode default')
      }
    }, 60_000)

    it('has its answer end first when it is asked for in words', async () => {
      const question = await answered('sora', '환불은 언제 되나요? sora')
      await halfAnswered('sora', question, '그러면 교환은 어떻게 하나요?')
      stage.follow('sora', question, '상담원 연결해 주세요')
      pages.world.vllm.resume()
      const on = await card('그러면 교환은 어떻게 하나요?')
      await seen(question, '담당자에게 전달했어요')
      const [first, whole, ...rest] = question.answers()
      expect([first!.isDone, whole!.isDone, whole!.text.includes('배송비는 저희가 내요')]).toEqual([
        true,
        true,
        true,
      ])
      expect(rest).toHaveLength(1)
      stage.follow('sora', question, '주문 번호는 A-1029예요.')
      await staffSees(on, 'A-1029')
      if (platform === 'discord') expect(pages.world.discord.thread(on.id)?.name).toMatch(/^상담 #\d+$/)
      await desk.write('agent', on, '제가 도와드릴게요.')
      await seen(question, '제가 도와드릴게요.')
      expect(question.answers()).toHaveLength(4)
      expect(nothingGrows()).toBe(true)
    }, 60_000)

    it('gets what waits for the model’s next try', async () => {
      const question = await answered('nari', '환불은 언제 되나요? nari')
      pages.world.vllm.next({ fault: '500', times: 50, match: '교환' })
      const before = pages.world.vllm.requests.length
      stage.follow('nari', question, '그러면 교환은 어떻게 하나요?')
      await stage.until(() => pages.world.vllm.requests.length > before, 'a try', 15_000)
      await stage.press('nari', question.answers()[0]!, /상담원 연결/)
      const on = await card('nari')
      await staffSees(on, '그러면 교환은 어떻게 하나요?')
      pages.world.vllm.clear()
      pages.world.vllm.reply(FIRST)
      await onlyStaffSpeaks(question, on, '제가 도와드릴게요.')
      pages.world.vllm.reply('교환', LONG)
    }, 60_000)

    it('has the conversation again when the case is opened again over an answer, and the bot when it is handed back', async () => {
      const question = await answered('dana', '환불은 언제 되나요? dana')
      await stage.press('dana', question.answers()[0]!, /상담원 연결/)
      const on = await card('dana')
      await seen(question, '담당자에게 전달했어요')
      await desk.press('agent', on, /해결/)
      await seen(question, '상담이 마무리되었어요')
      await halfAnswered('dana', question, `${desk.mention} 교환은 어떻게 하나요?`)
      const reopened = (): Seen => desk.cards().find(({ id }) => id === on.id)!
      await stage.until(
        () => reopened().buttons.some((label) => /다시 열기/.test(label)),
        'the button',
        15_000,
      )
      await desk.press('agent', reopened(), /다시 열기/)
      await stage.until(() => halves(question).length === 0, 'the half answer taken away', 15_000)
      await staffSees(on, '교환은 어떻게 하나요?')
      pages.world.vllm.resume()
      await desk.write('agent', on, '제가 도와드릴게요.')
      await seen(question, '제가 도와드릴게요.')
      expect(halves(question)).toEqual([])
      expect(nothingGrows()).toBe(true)
      await desk.ticket('agent', on, 'back')
      await seen(question, '이제 다시 제가 답해 드려요')
      stage.follow('dana', question, `${desk.mention} 교환은 며칠 안에 하나요?`)
      await stage.until(() => halves(question).some(({ isDone }) => isDone), 'an answer again', 15_000)
    }, 60_000)
  })
})
