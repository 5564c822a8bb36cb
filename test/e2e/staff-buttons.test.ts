// The buttons of staff in a customer's hands, on both platforms: on a card that they came to see, and on a copy of one in
// their own channel. They are told why not, nothing changes, and it is written down who pressed what.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Logger } from '../../src/core/logger.ts'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import type { World } from './harness.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen } from './stage.ts'

interface Line {
  message: string
  [field: string]: unknown
}

function recorder(): { log: Logger; refused(): Line[] } {
  const lines: Line[] = []
  const under = (base: object): Logger => {
    const keep = (fields: object, message: string): void => void lines.push({ ...base, ...fields, message })
    return {
      debug: keep,
      info: keep,
      warn: keep,
      error: keep,
      child: (fields) => under({ ...base, ...fields }),
    }
  }
  return { log: under({}), refused: () => lines.filter(({ message }) => message.startsWith('refused to')) }
}

/** A message of the bot's with the card's buttons, where customers are. */
async function copyOf(world: World, platform: 'slack' | 'discord', card: Seen): Promise<Seen> {
  const [url, token, body] =
    platform === 'slack'
      ? [
          `${world.slack.apiUrl.replace(/\/$/, '')}/chat.postMessage`,
          `Bearer ${world.slack.botToken}`,
          { channel: 'C1', text: 'a copy', blocks: world.slack.message(card.id)!.blocks },
        ]
      : [
          `${world.discord.apiUrl}/v10/channels/${world.discord.channel('문의').id}/messages`,
          `Bot ${world.discord.token}`,
          { content: 'a copy', components: world.discord.message(card.id)!.components },
        ]
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { id, ts } = (await answer.json()) as { id?: string; ts?: string }
  return { ...card, id: (ts ?? id)! }
}

withServer('postgres')('the buttons of staff', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    const { log, refused } = recorder()
    let pages: PagesWorld
    let desk: Desk
    let question: Question
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, createDayClock(), { log })
      desk = platform === 'slack' ? slackDesk(pages.world) : await discordDesk(pages.world)
      pages.world.vllm.reply('사흘쯤 걸려요.')
      await desk.open()
      question = pages.stage.ask('minji', '환불은 언제 되나요?')
      await until(() => question.answers().some(({ isDone }) => isDone), 'an answer')
      await pages.stage.press('minji', question.answers()[0]!, /상담원 연결/)
      await until(() => desk.cards().some(({ text }) => text.includes('환불은')), 'the card')
      await until(() => question.answers().some(({ text }) => text.includes('전달했어요')), 'being connected')
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const until = (test: () => boolean, what: string): Promise<void> => pages.stage.until(test, what, 20_000)
    const card = (): Seen => desk.cards().find(({ text }) => text.includes('환불은'))!
    const tickets = () =>
      pages.db.query<{ id: string; status: string }>(
        'select id::text, status, assignee, revision from tickets',
      )

    it.each([
      ['claim', /맡기/],
      ['resolve', /해결/],
      ['spam', /스팸/],
    ] as const)('%s is refused to a customer, and written down', async (verb, label) => {
      const before = await tickets()
      const known = refused().length
      const told = (text: string): number => desk.told('minji').filter((one) => one.includes(text)).length
      const [cards, copies] = [told('담당자만 할 수 있어요'), told('담당자가 상담 채널에서 쓰는 버튼')]
      await desk.press('minji', card(), label)
      await until(() => told('담당자만 할 수 있어요') > cards, 'the refusal')
      expect(refused().slice(known)).toMatchObject([{ verb, of: before[0]!.id, kind: 'ticket-decision' }])

      await desk.press('minji', await copyOf(pages.world, platform, card()), label)
      await until(() => told('담당자가 상담 채널에서 쓰는 버튼') > copies, 'the refusal of the copy')
      expect(refused().slice(known)).toHaveLength(2)
      expect(refused().at(-1)).toMatchObject({ action: 'ticket', verb, of: before[0]!.id })
      const by = new Set(refused().map((line) => line['by']))
      expect(by.size).toBe(1)
      expect(by.has('')).toBe(false)
      // Nobody's words.
      expect(JSON.stringify(refused())).not.toMatch(/환불|minji/)

      expect(await tickets()).toEqual(before)
      expect(question.answers().some(({ text }) => /맡았어요|마무리/.test(text))).toBe(false)
    })

    it('staff press them as ever', async () => {
      await desk.press('agent', card(), /맡기/)
      await until(() => question.answers().some(({ text }) => text.includes('맡았어요')), 'who has it')
      expect(await tickets()).toMatchObject([{ status: 'waiting-staff' }])
    })
  })
})
