// Personal data and the language model, on both platforms: where the workspace says so the model never gets it, and
// everybody who may read it still does. Log lines have nobody's words, whatever is set.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../../src/core/logger.ts'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'
import { askedOf } from './translation-model.ts'

const PHONE = '010-2345-6789'
const ACCOUNT = '110-123-456789'
const ORDER = '20261128-1234'
const DOOR = '#2468*'
const CREDIT_CARD = '4111-1111-1111-1111'
const RESIDENT = '900101-1234567'

/** All that was logged, as it would stand in a file. */
function recordedLog(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  const textOf = (value: unknown): unknown => (value instanceof Error ? value.stack : value)
  const of = (bound: object): Logger => {
    const write = (fields: object, message: string): void => {
      lines.push(JSON.stringify({ ...bound, ...fields, message }, (_, value) => textOf(value)))
    }
    return {
      ...{ debug: write, info: write, warn: write, error: write },
      child: (more) => of({ ...bound, ...more }),
    }
  }
  return { log: of({}), lines }
}

withServer('postgres')('personal data and the model', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    let from = 0
    const { log, lines } = recordedLog()
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, createDayClock(), { log })
      stage = pages.stage
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())
    beforeEach(() => {
      from = pages.world.vllm.requests.length
      pages.world.vllm.reply((request) => {
        const system = JSON.stringify(request.body.messages?.[0])
        const label = /\[(?:전화번호|phone)\]/.exec(request.lastUser)?.[0] ?? '번호 없음'
        const asked = askedOf(request)
        if (asked) return `연락은 ${/\[[^\]]+\]/.exec(asked.text)?.[0] ?? '?'}로 부탁드려요.`
        if (system.includes('A support case is closed'))
          return `question: 환불은 어떻게 안내되나요?\nanswer: ${label}로 전화드려 안내해요.`
        if (system.includes('You summarise')) return `ko: ${label}로 연락 원함\nen: Call ${label}`
        if (system.includes('You draft')) return `${label}로 곧 전화드릴게요.`
        if (system.includes('Answer in English')) return 'We are on it.'
        return `네, ${label}를 확인했어요.`
      })
    })

    /** Of this test. */
    const prompts = (): string =>
      JSON.stringify(pages.world.vllm.requests.slice(from).map(({ body }) => body.messages))
    const answered = async (question: Question): Promise<Seen> => {
      const done = (): Seen | undefined => question.answers().find(({ isDone }) => isDone)
      await stage.until(() => done() !== undefined, 'an answer', 15_000)
      return done()!
    }
    const cardOf = async (text: string): Promise<Seen> => {
      const card = () => desk.cards().findLast((one) => one.text.includes(text))
      await stage.until(() => card() !== undefined, `a card with ${text}`, 15_000)
      return card()!
    }

    it('gets all of it where nothing is set', async () => {
      const question = stage.ask('minji', `제 번호는 ${PHONE}이에요`)
      await answered(question)
      expect(prompts()).toContain(PHONE)
    })

    it('never gets it once a workspace has said so, and the customer reads their own number', async () => {
      await desk.set('mask on')
      const said = `제 번호는 ${PHONE}이고 환불은 신한 ${ACCOUNT}, 공동현관 비번 ${DOOR}, 주문번호 ${ORDER}`
      const question = stage.ask('sora', said)
      const answer = await answered(question)
      expect(answer.text).toContain(`네, ${PHONE}를 확인했어요`)
      for (const secret of [PHONE, ACCOUNT, DOOR]) expect(prompts()).not.toContain(secret)
      expect(prompts()).toContain(
        `제 번호는 [전화번호]이고 환불은 신한 [계좌번호], 공동현관 비번 [출입 비밀번호]`,
      )
      // What is looked up by its number stays.
      expect(prompts()).toContain(ORDER)

      // Nor from what was said before.
      stage.follow('sora', question, '언제 전화 주시나요?')
      await stage.until(
        () => question.answers().filter(({ isDone }) => isDone).length > 1,
        'a second answer',
        15_000,
      )
      expect(prompts()).toContain('언제 전화 주시나요?')
      expect(prompts()).not.toContain(PHONE)
    }, 60_000)

    it('shows staff the real text, in the card, the copy, the summary and the suggestion', async () => {
      const question = stage.ask('haru', `환불 문의예요. ${PHONE}로 전화 주세요`)
      await stage.press('haru', await answered(question), /상담원 연결/)
      const card = await cardOf('환불 문의예요')
      expect(card.text).toContain(PHONE)
      const now = (): string => desk.cards().find(({ id }) => id === card.id)?.text ?? ''
      await stage.until(() => now().includes(`Call ${PHONE}`), 'the summary', 15_000)
      stage.follow('haru', question, `현관 비번 ${DOOR}이에요`)
      await stage.until(() => desk.thread(card).some((text) => text.includes(DOOR)), 'the copy', 15_000)
      await desk.press('agent', card, /답변 제안/)
      await stage.until(
        () => desk.told('agent').some((text) => text.includes(`${PHONE}로 곧 전화드릴게요`)),
        'the suggestion',
        15_000,
      )
      expect(prompts()).toContain('You draft a reply')
      stage.follow('haru', question, `카드 ${CREDIT_CARD}, 주민번호 ${RESIDENT}로 결제했어요`)
      const copied = (text: string): boolean => text.includes(CREDIT_CARD) && text.includes(RESIDENT)
      await stage.until(() => desk.thread(card).some(copied), 'the copy of the numbers', 15_000)
      await desk.write('agent', card, `${PHONE}로 전화드려 안내해요.`)
      const replied = (): boolean => question.answers().some(({ text }) => text.includes('전화드려 안내해요'))
      await stage.until(replied, 'the reply', 15_000)
      // What becomes of the case: the model reads all of it, and the article has none of it.
      await desk.press('agent', card, /해결/)
      const article = await cardOf('환불은 어떻게 안내되나요?')
      expect(article.text).toContain('전화드려 안내해요')
      expect(prompts()).toContain('A support case is closed')
      for (const secret of [PHONE, DOOR, CREDIT_CARD, RESIDENT]) {
        expect(prompts()).not.toContain(secret)
        expect(article.text).not.toContain(secret)
      }
    }, 60_000)

    it('translates around it: staff read the number in their own language', async () => {
      const question = stage.ask('dave', 'Where is my refund?')
      await stage.press('dave', await answered(question), /Talk to a person/)
      const card = await cardOf('Where is my refund?')
      stage.follow('dave', question, `Please call me, my account is ${ACCOUNT}.`)
      await stage.until(
        () => desk.thread(card).some((text) => text.includes(`연락은 ${ACCOUNT}로`)),
        'the translation',
        15_000,
      )
      expect(prompts()).not.toContain(ACCOUNT)
    }, 60_000)

    it('leaves what people wrote as it is, and nobody’s words in the log', () => {
      const shown =
        platform === 'slack'
          ? pages.world.slack.timeline('C1').map(({ text }) => text)
          : pages.world.discord.messages('문의').map(({ content }) => content)
      expect(shown.join('\n')).toContain(`신한 ${ACCOUNT}, 공동현관 비번 ${DOOR}`)
      expect(lines.length).toBeGreaterThan(10)
      for (const secret of [
        PHONE,
        ACCOUNT,
        DOOR,
        ORDER,
        CREDIT_CARD,
        RESIDENT,
        '환불 문의',
        'Please call me',
        '전화드릴게요',
      ])
        expect(lines.join('\n')).not.toContain(secret)
    })
  })
})
