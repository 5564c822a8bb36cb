// Staff set answers right on both platforms, and what they wrote is answered from once they have approved it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/db.ts'
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import type { World } from './harness.ts'
import { openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

/** Several posts on Discord, and no word twice in a row. */
const LONG = Array.from({ length: 300 }, (_, at) => {
  const letter = (step: number): string => String.fromCharCode(0xac00 + ((at * step) % 11_172))
  return `${letter(131)}${letter(577)}${letter(977)} 이야기를 해 드릴게요.`
}).join(' ')

function answerTo(request: RecordedRequest): string {
  const { lastUser } = request
  const system = JSON.stringify(request.body.messages?.[0])
  if (system.includes('You translate messages') && lastUser.startsWith('쿠폰은'))
    return lastUser.includes('두 장') ? 'You can use two.' : 'You can use one.'
  if (system.includes('You translate'))
    return lastUser.includes('?')
      ? 'Can I park at the store? My number is [phone].'
      : 'Parking is free for two hours.'
  if (/이야기/.test(lastUser)) return system.includes('You prepare') ? 'intent: small-talk\nmood: calm' : LONG
  if (system.includes('You prepare a customer'))
    return 'intent: question\nmood: calm\nko: 매장 주차\nen: parking'
  const passage = /n="(\d+)" title="[^"]*주차/.exec(lastUser)?.[1]
  if (passage) return `두 시간 동안 무료로 주차하실 수 있어요 [${passage}].`
  const coupon = /n="(\d+)" title="쿠폰/.exec(lastUser)?.[1]
  return coupon ? `쿠폰은 한 장만 쓸 수 있어요 [${coupon}].` : 'NO_ANSWER'
}

withServer('postgres')('learning from staff', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let world: World
    let stage: Stage
    let desk: Desk
    let db: Database
    let pages: PagesWorld
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      ;({ world, stage, db } = pages)
      desk = platform === 'slack' ? slackDesk(world) : await discordDesk(world)
      await writePage(pages.documents, {
        title: '쿠폰 사용법',
        text: '쿠폰은 결제 화면에서 한 번에 한 장만 쓸 수 있어요.',
        url: 'https://help.example.com/coupons',
      })
      world.vllm.reply(answerTo)
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const answered = async (question: Question): Promise<Seen> => {
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 20_000)
      // What is there to see is written down a moment later.
      await expect
        .poll(() => db.query(`select 1 from turns where state = 'running' and kind = 'answer'`), {
          timeout: 20_000,
        })
        .toEqual([])
      return question.answers().find(({ isDone }) => isDone)!
    }
    const seen = (question: Question): string =>
      question
        .answers()
        .map(({ text }) => text)
        .join('\n')
    const until = (predicate: () => boolean, what: string): Promise<void> =>
      stage.until(predicate, what, 20_000)

    it('lets a customer, politely, correct nothing', async () => {
      const question = stage.ask('minji', '쿠폰은 몇 장 쓸 수 있나요?')
      const answer = await answered(question)
      if (platform === 'discord') {
        // Discord does not even offer it to them.
        expect(() => desk.menu('minji', 'correct', answer.id)).toThrow(/may not use/)
        return
      }
      await desk.menu('minji', 'correct', answer.id)
      await until(
        () => desk.told('minji').some((text) => text.includes('담당자만 할 수 있어요')),
        'a refusal',
      )
      expect(seen(question)).toContain('한 장만')
    })

    it('lets a colleague who is not in the staff channel correct nothing', async () => {
      const answer = await answered(stage.ask('jun', '쿠폰은 몇 장 쓸 수 있나요?'))
      await desk.menu('colleague', 'withdraw', answer.id)
      await until(
        () => desk.told('colleague').some((text) => text.includes('Only staff can do this')),
        'a refusal',
      )
    })

    it('edits the customer’s copy, and the thread goes on from what it says now', async () => {
      const question = stage.ask('sora', '쿠폰은 몇 장 쓸 수 있나요?')
      const answer = await answered(question)
      await desk.menu('boss', 'correct', answer.id, { text: '쿠폰은 이제 두 장까지 쓸 수 있어요.' })
      await until(() => seen(question).includes('담당자가 고친 답변이에요'), 'the mark of a correction')
      expect(seen(question)).toContain('두 장까지')
      expect(seen(question)).not.toContain('한 장만')
      expect(question.answers()).toHaveLength(1)
      await until(() => desk.told('boss').some((text) => text.includes('답변을 고쳤')), 'the confirmation')
      const next = stage.follow('sora', question, '그럼 쿠폰 유효 기간은 어떻게 되나요?')
      await answered(next)
      expect(JSON.stringify(world.vllm.requests.map(({ body }) => body.messages))).toContain('두 장까지')
    })

    it('renews the translation under a flag on it, and takes it away with the answer', async () => {
      const question = stage.ask('yuna', '쿠폰은 몇 장 쓸 수 있나요?')
      const answer = await answered(question)
      desk.flag('colleague', answer.id)
      await until(() => seen(question).includes('You can use one.'), 'the translation')
      await desk.menu('boss', 'correct', answer.id, { text: '쿠폰은 이제 두 장까지 쓸 수 있어요.' })
      await until(() => seen(question).includes('You can use two.'), 'the translation of the correction')
      expect(seen(question)).not.toContain('You can use one.')
      await desk.menu('boss', 'withdraw', answer.id)
      await until(() => seen(question).includes('담당자가 철회했어요'), 'the withdrawal')
      await until(() => !seen(question).includes('You can use'), 'the end of the translation')
    })

    it('asks after a 👎 what was wrong, by a choice or in words, and keeps it with the answer', async () => {
      const answer = await answered(stage.ask('minji', '쿠폰을 몇 장이나 쓸 수 있어요?'))
      const kept = () => db.query('select value, reason, words from feedback')
      await desk.press('minji', answer, /아쉬워요/)
      await desk.choose('minji', /예전 내용/)
      await expect
        .poll(kept, { timeout: 15_000 })
        .toEqual([{ value: 'down', reason: 'outdated', words: null }])
      await desk.choose('minji', /직접 쓸게요/, { text: '두 장이라고 들었어요.' })
      await until(() => desk.told('minji').some((text) => text.includes('자세히 알려 주셔서')), 'the thanks')
      await expect
        .poll(kept, { timeout: 15_000 })
        .toEqual([{ value: 'down', reason: 'other', words: '두 장이라고 들었어요.' }])
    })

    it('takes a long answer back, all of its posts', async () => {
      const question = stage.ask('hana', '재미있는 이야기를 길게 해 주세요.')
      const answer = await answered(question)
      if (platform === 'discord') expect(question.answers().length).toBeGreaterThan(1)
      await desk.menu('boss', 'withdraw', answer.id)
      await until(() => seen(question).includes('담당자가 철회했어요'), 'the withdrawal')
      await until(() => question.answers().length === 1, 'one post')
      expect(seen(question)).not.toContain('이야기를 해 드릴게요')
      expect(question.answers()[0]!.buttons.join()).toMatch(/상담원 연결/)
    })

    it('answers from a correction once it is approved, with a citation, and not before', async () => {
      const before = desk.cards().length
      const question = stage.ask('dahee', '매장에 주차할 수 있나요? 제 번호는 010-1234-5678이에요.')
      expect((await answered(question)).text).toContain('답을 찾지 못했어요')
      await desk.menu('boss', 'correct', question.answers()[0]!.id, {
        text: '구매하신 고객님은 두 시간 동안 무료로 주차하실 수 있어요.',
      })
      const card = (): Seen =>
        desk
          .cards()
          .slice(before)
          .findLast(({ text }) => text.includes('주차'))!
      await until(() => card()?.text.includes('Parking is free') ?? false, 'the translated proposal')
      expect(card().text).not.toContain('1234-5678')
      expect(card().buttons).toHaveLength(3)

      const meanwhile = await answered(stage.ask('bora', '매장에 주차할 수 있나요?'))
      expect(meanwhile.text).toContain('답을 찾지 못했어요')

      await desk.press('boss', card(), /승인/)
      await until(() => card().text.includes('승인했어요') && card().buttons.length === 0, 'the approval')
      await expect
        .poll(async () => (await answered(stage.ask('yuna', '매장에 주차할 수 있나요?'))).text, {
          timeout: 15_000,
        })
        .toMatch(/두 시간 동안 무료로[\s\S]*\[1\][\s\S]*출처[\s\S]*주차할 수 있나요/)
    }, 60_000)

    it('takes what was proposed of somebody’s question away when they want to be forgotten', async () => {
      const question = stage.ask('gyuri', '교환 신청은 어디에서 하나요?')
      await answered(question)
      await desk.menu('boss', 'correct', question.answers()[0]!.id, {
        text: '마이페이지에서 하실 수 있어요.',
      })
      const shown = (): boolean => desk.cards().some(({ text }) => text.includes('교환 신청은 어디'))
      await until(shown, 'the proposed article')
      stage.dm('gyuri', '잊어 줘')
      await until(() => !shown(), 'no card')
      expect(await db.query(`select 1 from kb_proposals where question_ko like '교환%'`)).toEqual([])
    })
  })
})
