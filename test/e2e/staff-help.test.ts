// What helps staff with a case, on both platforms: canned replies, suggestions, two 👎, and customers who are abusive.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

withServer('postgres')('what helps staff', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      stage = pages.stage
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      pages.world.vllm.reply((request) => {
        const system = JSON.stringify(request.body.messages?.[0])
        if (system.includes('You summarise')) return 'ko: 환불을 기다려요.\nen: Waiting for a refund.'
        if (system.includes('You draft')) return '환불은 오늘 접수했고 사흘 걸려요.'
        return '환불은 사흘쯤 걸려요.'
      })
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const seen = (question: Question, text: RegExp): Promise<void> =>
      stage.until(
        () => question.answers().some((one) => text.test(one.text)),
        `${text} for the customer`,
        15_000,
      )
    const cardOf = async (text: RegExp): Promise<Seen> => {
      const card = () => desk.cards().findLast((one) => text.test(one.text))
      await stage.until(() => card() !== undefined, `a card with ${text}`, 15_000)
      return card()!
    }
    const staffSees = (card: Seen, text: RegExp): Promise<void> =>
      stage.until(() => desk.thread(card).some((one) => text.test(one)), `${text} for staff`, 15_000)
    const answered = async (question: Question, count = 1): Promise<Seen[]> => {
      const done = (): Seen[] => question.answers().filter(({ isDone }) => isDone)
      await stage.until(() => done().length >= count, `${count} answers`, 15_000)
      return done()
    }
    const connected = async (who: string, text: string): Promise<{ question: Question; card: Seen }> => {
      const question = stage.ask(who, text)
      await stage.press(who, (await answered(question))[0]!, /상담원 연결/)
      const card = await cardOf(new RegExp(text.slice(0, 8)))
      await seen(question, /담당자에게 전달했어요/)
      // On Discord the card has a thread once something stands in it.
      stage.follow(who, question, '어제 신청했어요.')
      await staffSees(card, /어제 신청했어요/)
      return { question, card }
    }

    it('a canned reply goes to the customer when Send is pressed, and not before', async () => {
      const { question, card } = await connected('minji', '환불이 아직 안 됐어요. 언제 되나요?')
      const add = `snippet add 환불안내 ko: {고객}님, 사흘 걸려요. en: Three days.`
      await desk.write('agent', card, `${desk.mention} ${add}`)
      await stage.until(
        () => [...desk.told('agent'), ...desk.thread(card)].some((text) => /Saved|저장했어요/.test(text)),
        'the canned reply saved',
        15_000,
      )
      await desk.write('agent', card, `${desk.mention} 상용구 쓰기 환불안내`)
      await desk.pressIn('agent', card, /보내기/)
      await seen(question, /Alex[\s\S]*minji님, 사흘 걸려요/)
      await staffSees(card, /Alex → 고객님/)
      expect(question.answers().filter(({ text }) => text.includes('사흘 걸려요'))).toHaveLength(1)
    }, 60_000)

    it('a reply is suggested to whoever presses, and goes out as they leave it', async () => {
      const { question, card } = await connected('sora', '반품한 신발 환불은 언제 되나요?')
      await desk.press('agent', card, /답변 제안/)
      const suggested = (): boolean => desk.told('agent').some((text) => /오늘 접수했고 사흘/.test(text))
      await stage.until(suggested, 'the suggestion', 15_000)
      expect(desk.told('boss').join()).not.toContain('오늘 접수했고')
      expect(question.answers().some(({ text }) => text.includes('오늘 접수했고'))).toBe(false)
      await desk.pressIn('agent', card, /고치기/, { text: '오늘 접수했고 나흘 걸려요.' })
      await seen(question, /Alex[\s\S]*오늘 접수했고 나흘 걸려요/)
      expect(question.answers().some(({ text }) => text.includes('사흘 걸려요.'))).toBe(false)
      await desk.press('agent', card, /요약/)
      await stage.until(
        () => desk.told('agent').some((text) => /Summary of case[\s\S]*Waiting for a refund/.test(text)),
        'the summary',
        15_000,
      )
    }, 60_000)

    it('two 👎 in one conversation call a person, once', async () => {
      const question = stage.ask('haru', '적립금은 어디에서 보나요?')
      await stage.press('haru', (await answered(question))[0]!, /아쉬워요/)
      stage.follow('haru', question, '앱에는 안 보이는데요?')
      const [, second] = await answered(question, 2)
      expect(desk.cards().some(({ text }) => text.includes('적립금'))).toBe(false)
      await stage.press('haru', second!, /아쉬워요/)
      await seen(question, /담당자에게 전달했어요/)
      const card = await cardOf(/앱에는 안 보이는데요/)
      expect(card.text).toContain('‘아쉬워요’ 두 번')
      await stage.press('haru', (await answered(question))[0]!, /아쉬워요/)
      stage.follow('haru', question, '도와주세요.')
      await staffSees(card, /도와주세요/)
      expect(question.answers().filter(({ text }) => text.includes('담당자에게 전달'))).toHaveLength(1)
    }, 60_000)

    it('a word that is set calls a person at once, and the bot does not answer', async () => {
      stage.ask('boss', 'settings person 소송, lawsuit 전체')
      const called = (): boolean => desk.cards().some(({ text }) => text.includes('설정한 규칙에 해당'))
      // Every process learns of a setting within two seconds.
      let question = stage.ask('yuna0', '소송을 하려고 해요.')
      for (let n = 1; n < 100 && !called(); n++) {
        await stage.until(() => called() || question.answers().some(({ isDone }) => isDone), 'an end', 15_000)
        if (!called()) question = stage.ask(`yuna${n}`, '소송을 하려고 해요.')
      }
      await seen(question, /담당자에게 전달했어요/)
      expect((await cardOf(/설정한 규칙에 해당/)).text).toContain('소송을 하려고 해요.')
      expect(question.answers().some(({ text }) => text.includes('사흘쯤'))).toBe(false)
      stage.ask('boss', 'settings person 없음 전체')
    }, 60_000)

    it('abuse is hidden until somebody wants to read it, after one warning', async () => {
      const { question, card } = await connected('nari', '교환은 언제쯤 될까요? 급해요.')
      stage.follow('nari', question, '야 이 개새끼야')
      await staffSees(card, /거친 말이 있어 가렸어요/)
      await seen(question, /삼가 주시기를 부탁드립니다/)
      expect(desk.thread(card).join()).not.toContain('개새끼')
      await desk.pressIn('agent', card, /보기/)
      await stage.until(() => desk.told('agent').some((text) => text.includes('개새끼')), 'the text', 15_000)
      expect(desk.told('boss').join()).not.toContain('개새끼')
      stage.follow('nari', question, '병신아 대답해')
      await staffSees(card, /책임자/)
      await stage.until(
        () => desk.cards().some(({ id, text }) => id === card.id && /긴급|Urgent/i.test(text)),
        'the priority on the card',
        15_000,
      )
      expect(question.answers().filter(({ text }) => text.includes('삼가 주시기를'))).toHaveLength(1)
    }, 60_000)
  })
})
