// A person instead of the bot, on both platforms: who asks for one is connected, both write in their own thread and read
// each other, and the bot is silent until the case has ended.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

withServer('postgres')('a person instead of the bot', () => {
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
          ? 'ko: 환불을 기다리고 있어요.\nen: Waiting for a refund.'
          : '환불은 사흘쯤 걸려요.',
      )
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const seen = (question: Question, text: RegExp | string): Promise<void> =>
      stage.until(
        () => question.answers().some((one) => one.text.match(text) !== null),
        `${text} for the customer`,
        15_000,
      )
    const cardOf = async (text: RegExp): Promise<Seen> => {
      const card = () => desk.cards().findLast((one) => text.test(one.text))
      await stage.until(() => card() !== undefined, `a card with ${text}`, 15_000)
      return card()!
    }
    const staffSees = (card: Seen, text: RegExp | string): Promise<void> =>
      stage.until(
        () => desk.thread(card).some((one) => one.match(text) !== null),
        `${text} for staff`,
        15_000,
      )
    /** What the model was asked, but for the article that a resolved case may become. */
    const asksFor = (): number =>
      pages.world.vllm.requests.filter(
        (request) => !JSON.stringify(request.body.messages?.[0]).includes('A support case is closed'),
      ).length

    /** Asks, is answered, and wants a person. */
    const connected = async (who: string, text: string): Promise<{ question: Question; card: Seen }> => {
      const question = stage.ask(who, text)
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
      await stage.press(who, question.answers()[0]!, /상담원 연결/)
      const card = await cardOf(new RegExp(text.slice(0, 12)))
      await seen(question, /담당자에게 전달했어요/)
      return { question, card }
    }

    it('is given to whoever is mentioned, and to nobody who is not of the staff', async () => {
      const { question, card } = await connected('jiu', '교환하려면 어떻게 해야 하나요?')
      const { discord } = pages.world
      const idOf = (slack: string, name: string): string =>
        platform === 'slack' ? slack : discord.user(name).id
      const told = (text: RegExp): Promise<void> =>
        stage.until(() => desk.told('agent').some((one) => text.test(one)), String(text), 15_000)
      const assigned = (name: string): Promise<void> =>
        stage.until(
          () => desk.cards().some(({ id, text }) => id === card.id && text.includes(`Assignee: ${name}`)),
          `${name} on the card`,
          15_000,
        )
      await desk.ticket('agent', card, 'assign', `<@${idOf('UMINJI', 'minji')}>`)
      await told(/^minji is not staff here/)
      expect(desk.cards().find(({ id }) => id === card.id)!.text).toContain('Assignee: –')
      await desk.ticket('agent', card, 'assign', `<@${idOf('UBOSS', '대표')}>`)
      await told(/is now 대표’s/)
      await assigned('대표')
      await seen(question, /대표 님이 상담을 맡았어요/)
      await desk.write('agent', card, `${desk.mention} 티켓 지정 <@${idOf('UAGENT', 'Alex')}>`)
      await assigned('Alex')
      await seen(question, /Alex 님이 이어서 상담해 드려요/)
    }, 60_000)

    it('goes from the question to the stars', async () => {
      const { question, card } = await connected('minji', '환불이 아직 안 됐어요. 언제 되나요?')
      expect(card.text).toContain('minji')
      await stage.until(
        () => /환불을 기다리고 있어요[\s\S]*Waiting for a refund/.test(desk.cards().at(-1)?.text ?? ''),
        'the summary',
        15_000,
      )
      // What the customer adds reaches staff, and the bot says nothing.
      const before = asksFor()
      const more = stage.follow('minji', question, '주문 번호는 A-1029예요. 감사합니다')
      await staffSees(card, /minji[\s\S]*A-1029/)
      // To a person, "stop" is a word like any other.
      stage.follow('minji', question, '취소해 주세요')
      await staffSees(card, /취소해 주세요/)
      stage.follow('minji', question, '그만')
      await staffSees(card, /그만$/)
      const thanks = stage.follow('minji', question, '감사합니다')
      await staffSees(card, /^[^A]*감사합니다$/)
      await desk.press('agent', card, /맡기/)
      await seen(question, /Alex 님이 상담을 맡았어요/)
      await desk.write('agent', card, '확인해 보니 오늘 중으로 입금돼요.')
      await seen(question, /Alex[\s\S]*오늘 중으로 입금돼요/)
      await desk.write('agent', card, '// VIP 고객이니 먼저 처리')
      await desk.ticket('agent', card, 'priority', 'urgent')
      await desk.ticket('agent', card, 'note', '먼저 전화드리기')
      await stage.until(
        () => /긴급 · urgent/.test(desk.cards().find(({ id }) => id === card.id)!.text),
        'the priority on the card',
        15_000,
      )
      await stage.until(
        () =>
          desk
            .told('agent')
            .join()
            .match(/메모를 남겼|Noted on case/) !== null,
        'the note',
        15_000,
      )
      expect(asksFor()).toBe(before)
      expect(stage.reactions(thanks)).toEqual([])
      // An edit changes the same message, a deletion takes it away.
      stage.edit('minji', more, '주문 번호는 B-2030이에요.')
      await staffSees(card, 'B-2030')
      expect(desk.thread(card).join()).not.toContain('A-1029')
      stage.remove('minji', more)
      await stage.until(() => !desk.thread(card).join().includes('B-2030'), 'it taken away', 15_000)
      await desk.press('agent', card, /해결/)
      await seen(question, /상담이 마무리되었어요/)
      expect(question.answers().some(({ text }) => /VIP|전화드리기|urgent|긴급/.test(text))).toBe(false)
      const stars = question.answers().find(({ text }) => text.includes('마무리'))!
      await stage.press('minji', stars, /★★★★★/)
      await stage.until(
        () => desk.cards().some(({ id, text }) => id === card.id && text.includes('★★★★★')),
        'the stars on the card',
        15_000,
      )
      // Who writes again reaches the person again.
      stage.follow('minji', question, '아직도 입금이 안 됐어요.')
      await staffSees(card, /아직도 입금이 안 됐어요/)
      expect(asksFor()).toBe(before)
    }, 90_000)

    it('keeps an internal note as it stands in the thread: edited, made a message of, or deleted', async () => {
      const { question, card } = await connected('bora', '사이즈를 바꿀 수 있나요?')
      const notes = async (): Promise<string[]> =>
        (
          await pages.db.query<{ text: string }>(
            `select l.text from ticket_lines l join tickets t on t.id = l.ticket
             where l.event = 'note' and t.question like '%사이즈%' order by l.id`,
          )
        )
          .map(({ text }) => text)
          .sort()
      const noted = (...texts: string[]) => expect.poll(notes, { timeout: 15_000 }).toEqual(texts.sort())
      await desk.press('agent', card, /맡기/)
      await seen(question, /Alex 님이 상담을 맡았어요/)
      const stays = await desk.write('agent', card, '// 창고에 물어봄')
      const goes = await desk.write('agent', card, '// 전에 다툰 적 있음')
      const turns = await desk.write('agent', card, '// 내일 입고')
      await noted('창고에 물어봄', '전에 다툰 적 있음', '내일 입고')
      desk.edit('agent', stays, '// 창고에서 확인함')
      await noted('창고에서 확인함', '전에 다툰 적 있음', '내일 입고')
      desk.remove('agent', goes)
      await noted('창고에서 확인함', '내일 입고')
      await stage.until(() => stage.reactions({ id: turns }).length > 0, 'the mark', 15_000)
      desk.edit('agent', turns, '내일 입고돼요.')
      await seen(question, /내일 입고돼요/)
      await noted('창고에서 확인함')
      await stage.until(() => stage.reactions({ id: turns }).length === 0, 'the mark taken off', 15_000)
      // And back again.
      desk.edit('agent', turns, '// 내일 입고')
      await noted('창고에서 확인함', '내일 입고')
      const isRead = (): boolean => question.answers().some(({ text }) => /창고|다툰|입고/.test(text))
      await stage.until(() => !isRead(), 'what is a note again taken from the customer', 15_000)
      // Beside what is for the customer.
      const both = await desk.write(
        'agent',
        card,
        '교환해 드릴게요.\n// 단골\n주소는 https://shop.example/size 예요.',
      )
      await seen(question, /교환해 드릴게요\.\n주소는/)
      await noted('창고에서 확인함', '내일 입고', '단골')
      await stage.until(() => stage.reactions({ id: both }).length > 0, 'the mark', 15_000)
      desk.edit('agent', both, '교환해 드려요.\n// 우수 고객')
      await seen(question, /교환해 드려요\.$/)
      await noted('창고에서 확인함', '내일 입고', '우수 고객')
      desk.edit('agent', both, '바로 교환해 드려요.')
      await seen(question, /바로 교환해 드려요\.$/)
      await noted('창고에서 확인함', '내일 입고')
      expect(question.answers().some(({ text }) => /단골|우수/.test(text))).toBe(false)
    }, 60_000)

    it('lets one of two who claim have it, and says so to the other', async () => {
      const { card } = await connected('sora', '교환은 어떻게 하나요? 급해요.')
      await Promise.all([desk.press('agent', card, /맡기/), desk.press('boss', card, /맡기/)])
      const told = () => [...desk.told('agent'), ...desk.told('boss')].join()
      await stage.until(() => /이미 맡|has taken|have this/.test(told()), 'the refusal', 15_000)
      await stage.until(
        () => desk.cards().some(({ id, text }) => id === card.id && /Assignee: (Alex|대표)/.test(text)),
        'who has it, on the card',
        15_000,
      )
    }, 60_000)

    it('loses nothing over a restart', async () => {
      const { question, card } = await connected('haru', '영수증을 다시 받을 수 있나요?')
      stage.follow('haru', question, '회사 이름으로요.')
      await pages.world.restart()
      await staffSees(card, /회사 이름으로요/)
      await desk.write('agent', card, '보내 드렸어요.')
      await seen(question, /보내 드렸어요/)
      expect(desk.thread(card).filter((text) => text.includes('회사 이름으로요'))).toHaveLength(1)
    }, 60_000)

    it('takes a conversation over by itself when the answer is not found twice', async () => {
      await writePage(pages.documents, { title: '쿠폰', text: '쿠폰은 한 장만 쓸 수 있어요.' })
      const unknown = async (who: string): Promise<Question | null> => {
        const question = stage.ask(who, '매장에 주차할 수 있나요?')
        await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
        return question.answers()[0]!.text.includes('찾지 못했어요') ? question : null
      }
      // Every process learns of the page within two seconds.
      let count = 0
      let question: Question | null = null
      await expect
        .poll(async () => (question = await unknown(`nari${++count}`)), { timeout: 15_000 })
        .not.toBeNull()
      stage.follow(`nari${count}`, question!, '매장에 자전거를 세울 수 있나요?')
      await seen(question!, /담당자에게 전달했어요/)
      expect((await cardOf(/자전거/)).text).toContain('답을 두 번 못 찾음')
    }, 60_000)
  })
})
