// How politely translations speak to one person: as they have said themselves, else as staff have said for them, else as the
// channel does; and what is asked for this time comes before all of that.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'
import { askedOf } from './translation-model.ts'

const LEVELS: readonly (readonly [sign: string, said: string])[] = [
  ['합쇼체 (-습니다', '내일 보내 드립니다.'],
  ['해체 (반말)', '내일 보내 줄게.'],
  ['해요체 (-아요', '내일 보내 드려요.'],
]

withServer('postgres')('the tone of translations for one person', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    let question: Question
    let card: Seen
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      stage = pages.stage
      const { world } = pages
      desk = platform === 'slack' ? slackDesk(world) : await discordDesk(world)
      world.vllm.reply((request) => {
        const system = JSON.stringify(request.body.messages?.[0])
        if (system.includes('You summarise')) return 'ko: 문의가 있어요.\nen: Has a question.'
        const asked = askedOf(request)
        if (asked?.to === 'English') return 'When will you send it?'
        return asked ? LEVELS.find(([sign]) => system.includes(sign))![1] : '사흘 걸려요.'
      })
      await desk.open()
      await desk.set('stafflanguage en')
      question = stage.ask('minji', '환불은 얼마나 걸리나요?')
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
      await stage.press('minji', question.answers()[0]!, /상담원 연결/)
      await stage.until(() => desk.cards().length > 0, 'the card', 15_000)
      card = desk.cards()[0]!
      await stage.until(() => question.answers().length > 1, 'the customer told', 15_000)
      stage.follow('minji', question, '언제 보내나요?')
      await stage.until(() => desk.thread(card).join().includes('When will you'), 'it for staff', 20_000)
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    /** Staff write it once more: as the customer reads it. */
    const written = async (): Promise<string> => {
      const before = question.answers().length
      await desk.write('agent', card, 'We will send it tomorrow.')
      const copy = (): Seen | undefined => question.answers()[before]
      await stage.until(() => copy()?.text.includes('내일') === true, 'the copy', 20_000)
      return copy()!.text
    }
    /** In a direct message; what the bot says to it. */
    const says = async (text: string, answer: RegExp): Promise<string> => {
      const said = stage.dm('minji', text)
      const { slack } = pages.world
      // Slack's stand in no thread.
      const beside = (): string[] =>
        platform === 'slack'
          ? slack.timeline('DUMINJI').flatMap((one) => (one.isBot && one.ts > said.id ? [one.text] : []))
          : []
      const told = (): string | undefined =>
        [...said.answers().map((one) => one.text), ...beside()].find((one) => answer.test(one))
      await stage.until(() => told() !== undefined, text, 15_000)
      return told()!
    }
    /** By the command, for the customer alone. */
    const translated = (text: string): Promise<string> => says(text, /내일/)

    it('is the channel’s until somebody says otherwise', async () => {
      expect(await written()).toContain('내일 보내 드려요.')
    }, 40_000)

    it('is what staff have chosen for the customer of a case', async () => {
      await desk.ticket('agent', card, 'tone', 'loud')
      await stage.until(() => desk.told('agent').join().includes('one of formal'), 'the refusal', 15_000)
      await desk.ticket('agent', card, 'tone', 'formal')
      await stage.until(() => /are \*{0,2}formal/.test(desk.told('agent').join()), 'it told', 15_000)
      expect(await written()).toContain('내일 보내 드립니다.')
      await desk.ticket('agent', card, 'show')
      await stage.until(() => desk.told('agent').join().includes('translations formal'), 'it shown', 15_000)
      // What they ask for themselves is written for them too, where the same staff are: on Discord not in direct messages.
      if (platform === 'slack')
        expect(await translated('번역 한국어로 We will send it tomorrow.')).toContain('내일 보내 드립니다.')
    }, 60_000)

    it('is what the customer says, whatever staff have chosen, and this time what they ask for', async () => {
      await says('내 말투 편하게', /앞으로 번역할 때 말투를 \*{0,2}편하게/)
      expect(await written()).toContain('내일 보내 줄게.')
      expect(await translated('번역 한국어로 We will send it tomorrow.')).toContain('내일 보내 줄게.')
      expect(await translated('번역 말투=부드럽게 한국어로 We will send it tomorrow.')).toContain(
        '내일 보내 드려요.',
      )
      await desk.ticket('agent', card, 'tone')
      await stage.until(() => desk.told('agent').join().includes('has chosen a tone'), 'it told', 15_000)
      await says('내 말투 자동', /정해 둔 말투가 없어서/)
      expect(await written()).toContain('내일 보내 드립니다.')
    }, 60_000)

    it('goes with whoever is forgotten', async () => {
      await says('내 말투 편하게', /앞으로 번역할 때/)
      await says('나를 잊어 줘', /모두 지웠어요/)
      expect(
        await pages.db.query('select * from people where coalesce(tone, staff_tone) is not null'),
      ).toEqual([])
    }, 40_000)
  })
})
