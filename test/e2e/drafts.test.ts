// A team that starts carefully: in a channel with `settings mode draft` a customer reads what staff have sent, and nothing
// before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import type { World } from './harness.ts'
import { isPreparing, openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

function answerTo(request: RecordedRequest): string {
  if (isPreparing(request)) return 'intent: question\nmood: calm\nko: 없는 내용\nen: nothing'
  if (JSON.stringify(request.body.messages?.[0]).includes('You translate')) return 'You can use two coupons.'
  const coupon = /n="(\d+)" title="쿠폰/.exec(request.lastUser)?.[1]
  return coupon ? `쿠폰은 한 장만 쓸 수 있어요 [${coupon}].` : 'NO_ANSWER'
}

withServer('postgres')('drafts', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let world: World
    let stage: Stage
    let desk: Desk
    let pages: PagesWorld
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      ;({ world, stage } = pages)
      desk = platform === 'slack' ? slackDesk(world) : await discordDesk(world)
      await writePage(pages.documents, {
        title: '쿠폰 사용법',
        text: '쿠폰은 결제 화면에서 한 번에 한 장만 쓸 수 있어요.',
        url: 'https://help.example.com/coupons',
      })
      world.vllm.reply(answerTo)
      await desk.open()
      // Every process learns of the staff channel within two seconds; until then there is nobody to read a draft.
      for (let told = '아직 없어서'; told.includes('아직 없어서'); ) {
        const set = stage.ask('boss', 'settings mode draft')
        await stage.until(() => seen(set) !== '', 'the setting', 20_000)
        told = seen(set)
      }
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const until = (predicate: () => boolean, what: string): Promise<void> =>
      stage.until(predicate, what, 20_000)
    /** The card of a question, as it stands now. */
    const cardOf = (words: string): Seen | undefined =>
      desk.cards().findLast(({ text }) => text.includes('답변 초안') && text.includes(words))
    const drafted = async (words: string): Promise<Seen> => {
      await until(() => (cardOf(words)?.buttons.length ?? 0) === 3, `a draft about ${words}`)
      await settled()
      return cardOf(words)!
    }
    /** What a card's buttons decide about is written down a moment after it is to be seen. */
    const settled = async (): Promise<void> => {
      const running = `select 1 from turns where state = 'running' and kind = 'draft'`
      await expect.poll(() => pages.db.query(running), { timeout: 20_000 }).toEqual([])
    }
    const seen = (question: Question): string =>
      question
        .answers()
        .map(({ text }) => text)
        .join('\n')

    it('are read by staff, and by the customer only once they are sent', async () => {
      const question = stage.ask('sora', '쿠폰은 한 번에 몇 장 쓸 수 있나요?')
      const card = await drafted('한 번에 몇 장')
      expect(card.text).toMatch(/한 장만 쓸 수 있어요 ?\[1\][\s\S]*쿠폰 사용법/)
      expect(question.answers()).toEqual([])
      await desk.press('boss', card, /보내기/)
      await until(() => question.answers().some(({ isDone }) => isDone), 'the answer')
      expect(seen(question)).toMatch(/한 장만[\s\S]*출처[\s\S]*쿠폰 사용법/)
      expect(seen(question)).toContain('담당자가 확인')
      await until(() => cardOf('한 번에 몇 장')!.text.includes('보냈어요'), 'the card that says so')
    })

    it('are sent as staff have changed them', async () => {
      const question = stage.ask('jun', '쿠폰을 여러 장 쓸 수 있어요?')
      const card = await drafted('여러 장')
      await desk.press('boss', card, /고치기/, { text: '쿠폰은 이달만 두 장까지 쓸 수 있어요.' })
      await until(() => question.answers().some(({ isDone }) => isDone), 'the answer')
      expect(seen(question)).toContain('두 장까지')
      expect(seen(question)).not.toContain('한 장만')
      await until(() => desk.cards().some(({ text }) => text.includes('새 글 제안')), 'a proposed article')
    })

    it('are dropped without a word to the customer', async () => {
      const question = stage.ask('hana', '쿠폰 말고 주차권도 있나요?')
      const card = await drafted('주차권')
      await desk.press('boss', card, /버리기/)
      await until(() => cardOf('주차권')!.text.includes('버렸어요'), 'the card that says so')
      expect(cardOf('주차권')!.buttons).toEqual([])
      // What is asked next is through: nothing of the dropped one came before it.
      const later = stage.ask('yuna', '쿠폰 한 장은 어디에 써요?')
      await desk.press('boss', await drafted('어디에 써요'), /보내기/)
      await until(() => later.answers().some(({ isDone }) => isDone), 'the later answer')
      expect(question.answers()).toEqual([])
    })

    it('can be corrected and withdrawn after they were sent, from the card', async () => {
      const question = stage.ask('dahee', '쿠폰 쓰는 법을 알려 주세요')
      await desk.press('boss', await drafted('쓰는 법'), /보내기/)
      await until(() => question.answers().some(({ isDone }) => isDone), 'the answer')
      await until(() => cardOf('쓰는 법')!.buttons.length === 2, 'the buttons to set it right')
      await settled()
      await desk.press('boss', cardOf('쓰는 법')!, /답변 고치기/, {
        text: '쿠폰은 장바구니에서 고르시면 돼요.',
      })
      await until(() => seen(question).includes('장바구니에서'), 'the correction')
      expect(seen(question)).toContain('담당자가 고친 답변이에요')
      expect(seen(question)).not.toContain('한 장만')
      await desk.press('boss', cardOf('쓰는 법')!, /답변 철회/)
      await until(() => seen(question).includes('담당자가 철회했어요'), 'the withdrawal')
      expect(seen(question)).not.toContain('장바구니에서')
      expect(question.answers()).toHaveLength(1)
    })
  })
})
