// A private page answers whoever is alone with the answer, and staff; in public it is not there, whatever was said before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerCommands } from '../demo/commands.ts'
import { onlyFor } from '../fakes/discord/setup.ts'
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { withServer } from '../servers.ts'
import type { World } from './harness.ts'
import { isPreparing, openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'

const QUESTION = '원두 납품 할인율이 얼마예요?'
const SECRET = '37%'

/** Gives away all that it is given, passages and history alike. */
function tellAll(request: RecordedRequest): string {
  if (isPreparing(request)) return `intent: question\nmood: calm\nko: ${QUESTION}\nen: wholesale discount`
  const given = [...request.lastUser.matchAll(/<passage n="(\d+)" title="[^"]*">\n([\s\S]*?)\n<\/passage>/g)]
  const quoted = given.map(([, n, text]) => `${text} [${n}]`)
  const before = JSON.stringify(request.body.messages?.slice(1, -1) ?? [])
  return [...quoted, ...(before.includes(SECRET) ? [`아까 ${SECRET}라고 했어요.`] : [])].join('\n\n')
}

withServer('postgres')('a private page', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let world: World
    let stage: Stage
    let pages: PagesWorld
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      ;({ world, stage } = pages)
      if (platform === 'discord') {
        world.discord.channel('상담팀', { permissions: onlyFor() })
        await registerCommands(world.discord, 'Damso')
      } else {
        stage.ask('boss', '상담팀 채널이에요.', { channel: '상담팀', isMention: false })
        world.slack.channel('C2', { name: '상담팀', isPrivate: true })
      }
      const set = stage.ask('boss', 'settings staff here', { channel: '상담팀' })
      await stage.until(() => set.answers().length > 0, 'the staff channel', 20_000)
      world.vllm.reply(tellAll)
      await writePage(pages.documents, {
        title: '납품 할인',
        text: `원두 납품 할인율은 ${SECRET}예요.`,
        collection: 'staff',
        visibility: 'private',
      })
      await writePage(pages.documents, {
        title: '원두 할인',
        text: '원두 할인은 매달 첫째 주에 해요.',
      })
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const answerOf = async (question: Question): Promise<Seen> => {
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 20_000)
      return question.answers().find(({ isDone }) => isDone)!
    }
    /** Everything that anybody but the asker can read in the customers' channel. */
    const inPublic = (): string => {
      if (platform === 'slack') return JSON.stringify(world.slack.timeline('C1'))
      const open = world.discord.messages('문의').filter(({ ephemeralTo }) => ephemeralTo === null)
      return JSON.stringify(open.map(({ content }) => content))
    }

    it('answers a private question, and only the asker sees it', async () => {
      const ask = async (): Promise<Seen> =>
        answerOf(await stage.command('bora', QUESTION, { isPrivate: true }))
      // Every process learns of the page within two seconds.
      await expect.poll(async () => (await ask()).text, { timeout: 20_000 }).toContain(SECRET)
      const answer = await ask()
      expect(answer).toMatchObject({ isPrivate: true })
      expect(answer.text).toMatch(/출처[\s\S]*납품 할인/)
      expect(inPublic()).not.toContain(SECRET)
    })

    it('is not in the answer to the same person’s same question in public, nor in a follow-up', async () => {
      expect(await answerOf(await stage.command('bora', QUESTION, { isPrivate: true }))).toMatchObject({
        text: expect.stringContaining(SECRET),
      })
      const before = world.vllm.requests.length
      const question = stage.ask('bora', QUESTION)
      const first = await answerOf(question)
      expect(first.text).not.toContain(SECRET)
      const next = await answerOf(stage.follow('bora', question, '그거 아까 저한테만 알려 준 건 뭐였죠?'))
      expect(next.text).not.toContain(SECRET)
      const open = await answerOf(await stage.command('bora', QUESTION))
      expect(open.text).not.toContain(SECRET)
      expect(inPublic()).not.toContain(SECRET)
      // The model was not given it, neither as a passage nor as what was said.
      const asked = world.vllm.requests.slice(before)
      expect(asked.length).toBeGreaterThan(0)
      expect(JSON.stringify(asked.map(({ body }) => body.messages))).not.toContain(SECRET)
    }, 90_000)

    it('answers a question in the staff channel', async () => {
      const answer = await answerOf(stage.ask('boss', QUESTION, { channel: '상담팀' }))
      expect(answer.text).toContain(SECRET)
    })
  })
})
