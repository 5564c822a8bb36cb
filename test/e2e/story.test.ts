// The whole of it on both platforms, with the bot stopped and started again after every step: a question is answered with
// its source, the next one is not known, a person takes over, answers, resolves, and is given stars. Nothing is lost, and
// nothing is said twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { isPreparing, openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

withServer('postgres')('a whole story, with a restart at every step', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, createDayClock())
      stage = pages.stage
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      await writePage(pages.documents, {
        title: '반품 안내',
        url: 'https://help.example.com/returns',
        text: '상품을 받으신 날부터 30일 안에 반품하실 수 있어요. 반품 배송비는 3,000원이에요.',
      })
      pages.world.vllm.reply((request) => {
        if (JSON.stringify(request.body.messages?.[0]).includes('You summarise'))
          return 'ko: 매장 주차를 물으셨어요.\nen: Asks about parking.\ncategory: other'
        if (JSON.stringify(request.body.messages?.[0]).includes('A support case is closed'))
          return 'question: 매장에 주차할 수 있나요?\nanswer: 매장에 두 시간까지 무료로 주차하실 수 있어요.'
        const isReturn = /반품/.test(request.lastUser)
        if (isPreparing(request))
          return isReturn
            ? 'intent: question\nmood: calm\nko: 반품 기간\nen: return period'
            : 'intent: question\nmood: calm\nko: 매장 주차\nen: parking'
        const parking = /n="(\d+)" title="매장에 주차/.exec(request.lastUser)?.[1]
        if (parking) return `두 시간까지 무료로 주차하실 수 있어요 [${parking}].`
        const n = /n="(\d+)" title="반품/.exec(request.lastUser)?.[1]
        return n ? `받으신 날부터 30일 안에 반품하실 수 있어요 [${n}].` : '주차는 1,000대까지 돼요.'
      })
      await desk.open()
      await desk.set('hours 24/7')
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const until = (test: () => boolean, what: string): Promise<void> => stage.until(test, what, 20_000)
    const says = (question: Question, text: RegExp): Seen[] =>
      question.answers().filter((one) => text.test(one.text))
    /** Stopped and started again, whatever was on its way; Discord tells whoever pressed a button that nobody heard. */
    const restart = async (): Promise<void> => {
      const isHeard = (): boolean =>
        platform === 'slack' || pages.world.discord.interactions().at(-1)?.state !== 'waiting'
      await until(isHeard, 'the press heard')
      await pages.world.restart()
    }

    it('is told once, in order, to everybody whom it concerns', async () => {
      const question = stage.ask('minji', '반품은 며칠 안에 해야 하나요?')
      await restart()
      await until(() => says(question, /30일 안에/).some(({ isDone }) => isDone), 'the cited answer')
      expect(says(question, /30일 안에/)[0]!.links).toContain('https://help.example.com/returns')

      const next = stage.follow('minji', question, '매장에 주차할 수 있나요?')
      await restart()
      await until(() => says(next, /찾지 못했어요/).some(({ isDone }) => isDone), 'that it is not known')
      expect(says(next, /1,000대/)).toEqual([])

      await stage.press('minji', says(next, /찾지 못했어요/)[0]!, /상담원 연결/)
      await restart()
      await until(() => says(next, /담당자에게 전달했어요/).length > 0, 'being connected')
      expect(says(next, /담당자에게 전달했어요/)[0]!.text).toContain(
        '지금은 상담 시간이라 담당자가 곧 답해 드려요.',
      )
      await until(() => desk.cards().some(({ text }) => text.includes('주차할 수 있나요')), 'the card')
      const card = (): Seen => desk.cards().find(({ text }) => text.includes('주차할 수 있나요'))!
      await until(() => /매장 주차를 물으셨어요[\s\S]*Asks about parking/.test(card().text), 'the summary')

      await desk.press('agent', card(), /맡기/)
      await restart()
      await until(() => says(next, /Alex 님이 상담을 맡았어요/).length > 0, 'who has it')
      stage.follow('minji', question, '평일 저녁에 가려고 해요.')
      await restart()
      await until(() => desk.thread(card()).join().includes('평일 저녁'), 'the customer’s words for staff')

      await desk.write('agent', card(), '네, 두 시간까지 무료예요.')
      await restart()
      await until(() => says(next, /두 시간까지 무료예요/).length > 0, 'the person’s answer')

      await desk.press('agent', card(), /해결/)
      await restart()
      await until(() => says(next, /상담이 마무리되었어요/).length > 0, 'the end')
      await stage.press('minji', says(next, /마무리/)[0]!, /★★★★★/)
      await restart()
      await until(() => /★★★★★/.test(card().text), 'the stars on the card')

      // Each was said once, whatever the restarts cut short.
      for (const text of [
        /30일 안에/,
        /찾지 못했어요/,
        /담당자에게 전달했어요/,
        /상담을 맡았어요/,
        /두 시간까지/,
        /마무리되었어요/,
      ])
        expect(says(question, text), String(text)).toHaveLength(1)
      expect(
        desk.cards().filter(({ text }) => text.includes('주차할 수 있나요') && text.includes('상담 #')),
      ).toHaveLength(1)
      expect(desk.thread(card()).filter((text) => text.includes('평일 저녁'))).toHaveLength(1)
      // What the person answered becomes an article, and the next one who asks is answered from it.
      const proposed = (): Seen | undefined => desk.cards().find(({ text }) => text.includes('새 글 제안'))
      await until(() => proposed() !== undefined, 'the proposed article')
      expect(proposed()!.text).toContain('두 시간까지 무료로 주차하실 수 있어요')
      // For that alone the model has read what was said to the person: the bot itself was silent.
      const reading = pages.world.vllm.requests.filter(({ body }) =>
        JSON.stringify(body).includes('평일 저녁'),
      )
      expect(reading.length).toBeGreaterThan(0)
      for (const { body } of reading) expect(JSON.stringify(body)).toContain('A support case is closed')
      await desk.press('agent', proposed()!, /승인/)
      await restart()
      let again: Question
      let count = 0
      await expect
        .poll(
          async () => {
            again = stage.ask(`sora${++count}`, '매장에 주차할 수 있나요?')
            await until(() => again.answers().some(({ isDone }) => isDone), 'an answer')
            return again.answers()[0]!.text
          },
          { timeout: 30_000, interval: 500 },
        )
        .toMatch(/두 시간까지 무료로 주차하실 수 있어요[\s\S]*출처/)
    }, 180_000)
  })
})
