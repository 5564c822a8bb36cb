// A person is called at lunch, on a holiday and from the other side of the world: the customer is told when somebody is
// there, and what comes due by the clock happens over a restart too.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realClock } from '../../src/real-clock.ts'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

withServer('postgres')('hours of the desk', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let shift = 0
    const clock = { ...realClock, now: () => realClock.now() + shift }
    const standAt = (moment: string): void => {
      shift = Date.parse(moment) - realClock.now()
    }
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, clock)
      stage = pages.stage
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      pages.world.vllm.reply((request) =>
        JSON.stringify(request.body.messages?.[0]).includes('You summarise')
          ? 'ko: 배송 문의\nen: Delivery\ncategory: delivery'
          : JSON.stringify(request.body.messages?.at(-1)).includes('How long')
            ? 'About three days.'
            : '사흘쯤 걸려요.',
      )
      if (platform === 'slack')
        pages.world.slack.user('UDAVE', { name: 'dave', locale: 'en-US', timeZone: 'America/New_York' })
      await desk.open()
      await desk.set('hours 평일 9-12, 13-18')
      await desk.set('sla 보통 1시간/8시간')
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const connected = async (
      who: string,
      text: string,
    ): Promise<{ question: Question; card: Seen; told: string }> => {
      const question = stage.ask(who, text)
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
      await stage.press(who, question.answers()[0]!, /상담원 연결|person/)
      const told = () =>
        question.answers().find((one) => /담당자에게 전달했어요|passed this on/.test(one.text))
      await stage.until(() => told() !== undefined, 'being told', 15_000)
      const card = desk.cards().findLast((one) => one.text.includes(text.slice(0, 8)))!
      return { question, card, told: told()!.text.replaceAll('\u202f', ' ') }
    }

    const token = (moment: string): string => `<t:${Date.parse(moment) / 1_000}:f>`

    it('says at half past twelve that lunch ends at one', async () => {
      standAt('2026-12-01T12:30+09:00')
      const { told } = await connected('minji', '배송은 며칠 걸리나요?')
      // On Discord the customer's own client says what the moment is on their clock.
      expect(told).toContain(
        platform === 'slack'
          ? '지금은 쉬는 시간이라 담당자가 오늘 오후 1시(한국 시간)부터 답해 드려요.'
          : `지금은 쉬는 시간이라 담당자가 ${token('2026-12-01T13:00+09:00')}(한국 시간으로는 오늘 오후 1시)부터 답해 드려요.`,
      )
    }, 60_000)

    it('says on Chuseok when people are back after it', async () => {
      standAt('2027-09-15T11:00+09:00')
      const { told } = await connected('sora', '연휴에도 배송되나요?')
      const back =
        platform === 'slack'
          ? '9월 17일(금) 오전 9시(한국 시간)'
          : `${token('2027-09-17T09:00+09:00')}(한국 시간으로는 9월 17일(금) 오전 9시)`
      expect(told).toContain(`오늘은 추석이라 상담을 쉬어요. 담당자가 ${back}부터 답해 드려요.`)
    }, 60_000)

    it('says it in the time of a customer in New York, and in the desk’s', async () => {
      standAt('2026-12-04T23:00-05:00')
      const { told } = await connected('dave', 'How long does delivery take?')
      if (platform === 'slack')
        expect(told).toMatch(/from Sun, Dec 6 at 7 PM \(Eastern Time, Korean Time: Mon, Dec 7 at 9 AM\)/)
      else expect(told).toContain(`from ${token('2026-12-07T09:00+09:00')} (Korean Time: Mon, Dec 7 at 9 AM)`)
    }, 60_000)

    it('reminds nobody at night where they live, by what they say of their own zone', async () => {
      // Slack says of both that they are in Korea; Discord says nothing.
      stage.ask('noah', '내 시간대 뉴욕')
      const zones = (): Promise<unknown[]> => pages.db.query(`select zone from people where zone is not null`)
      await expect.poll(zones, { timeout: 15_000 }).toEqual([{ zone: 'America/New_York' }])
      standAt('2026-12-07T15:00+09:00')
      const abroad = await connected('noah', '교환하고 싶어요')
      const here = await connected('yuna', '쿠폰이 안 돼요')
      const cardless = (): Promise<unknown[]> =>
        pages.db.query('select number from tickets where staff_lane is null')
      await expect.poll(cardless, { timeout: 15_000 }).toEqual([])
      for (const { card } of [abroad, here]) await desk.write('agent', card, '주문 번호를 알려 주시겠어요?')
      const isAnswered = ({ question }: typeof here): boolean =>
        question.answers().some(({ text }) => text.includes('주문 번호를'))
      await stage.until(() => isAnswered(abroad) && isAnswered(here), 'the replies', 15_000)
      const isReminded = ({ question }: typeof here): boolean =>
        question.answers().some(({ text }) => text.includes('확인해 보셨나요'))
      // Three in the afternoon in Korea is one in the morning in New York.
      standAt('2026-12-14T15:01+09:00')
      await stage.until(() => isReminded(here), 'the reminder in Korea', 20_000)
      expect(isReminded(abroad)).toBe(false)
      standAt('2026-12-14T09:00:30-05:00')
      await stage.until(() => isReminded(abroad), 'the reminder in New York', 20_000)
    }, 90_000)

    it('warns staff before a reply is late, also when it was restarted in between', async () => {
      standAt('2026-12-08T10:00+09:00')
      const { card, question } = await connected('haru', '주소를 바꿀 수 있나요?')
      const warned = () =>
        desk.cards().filter(({ text }) => /첫 답변 목표가 오늘 오전 11시까지예요/.test(text))
      await pages.world.restart()
      standAt('2026-12-08T10:50+09:00')
      await stage.until(() => warned().length > 0, 'the warning', 20_000)
      // Answered late in the evening and resolved at night: stars wait for the morning.
      standAt('2026-12-08T22:30+09:00')
      await desk.write('agent', card, '네, 바꿔 드렸어요.')
      await stage.until(
        () => question.answers().some(({ text }) => text.includes('바꿔 드렸어요')),
        'the reply',
        15_000,
      )
      await desk.press('agent', card, /해결/)
      await stage.until(
        () => question.answers().some(({ text }) => text.includes('마무리되었어요')),
        'the end',
        15_000,
      )
      expect(question.answers().some(({ buttons }) => buttons.includes('★★★★★'))).toBe(false)
      standAt('2026-12-09T09:00:30+09:00')
      await stage.until(
        () => question.answers().some(({ buttons }) => buttons.includes('★★★★★')),
        'the stars',
        15_000,
      )
      expect(warned()).toHaveLength(1)
    }, 90_000)
  })
})
