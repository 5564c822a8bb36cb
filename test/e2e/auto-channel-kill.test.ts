// SIGKILL in a channel in which every message is translated: while later ones wait for the first, and at the very moment
// at which one is posted. Nothing is lost or doubled, the order holds, and nobody asks the model again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppProcess } from '../demo/app-process.ts'
import { openProcesses, type ProcessWorld, troubleOf, untilLogged } from './processes.ts'
import { askedOf, translationsIn } from './translation-model.ts'

const WITHIN_MS = 30_000
const COUNT = 8

let world: ProcessWorld
let app: AppProcess
/** The model takes for ever over this one. */
let stuck: number | null = null

beforeAll(async () => {
  world = await openProcesses({})
  world.vllm.reply((request) => {
    const asked = askedOf(request)
    if (!asked) return '네, 무엇을 도와드릴까요?'
    const count = Number(/상품 (\d+)개/.exec(asked.text)?.[1])
    return count === stuck ? { fault: 'hang-first' as const } : `${count} items have arrived.`
  })
  app = world.process()
  await app.start()
  await untilLogged(app, 'gateway is connected')
}, 90_000)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

interface Channel {
  say(text: string): void
  texts(): string[]
  until(predicate: () => boolean, what: string): Promise<void>
  /** Calls at each change of what is to be seen. */
  onChange(listener: () => void): () => void
}

const OPENERS: Readonly<Record<'slack' | 'discord', () => Promise<Channel>>> = {
  async slack() {
    const { slack } = world
    slack.channel('CHERE', { name: 'here' })
    const boss = slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
    const minji = slack.user('UMINJI', { name: '민지', locale: 'ko-KR' })
    const until = async (predicate: () => boolean, what: string): Promise<void> => {
      await slack.until(predicate, { what, timeoutMs: WITHIN_MS })
    }
    for (const [index, typed] of ['자동번역 한영', '답변 여기'].entries()) {
      await boss.command('/damso', `설정 ${typed}`, 'CHERE')
      await until(() => slack.ephemerals('CHERE', 'UBOSS').length > index, typed)
    }
    return {
      say: (text) => void minji.say('CHERE', text),
      texts: () =>
        slack
          .timeline('CHERE')
          .filter(({ isBot }) => isBot)
          .map(({ text }) => text),
      until,
      onChange: (listener) => slack.onChange(listener),
    }
  },
  async discord() {
    const { discord } = world
    discord.channel('바로')
    const boss = discord.user('대표', { locale: 'ko', admin: true })
    const minji = discord.user('민지', { locale: 'ko' })
    const until = async (predicate: () => boolean, what: string): Promise<void> => {
      await discord.until(predicate, { what, timeoutMs: WITHIN_MS })
    }
    for (const [name, value] of [
      ['auto', 'ko-en'],
      ['answers', 'here'],
    ] as const) {
      const used = boss.command('설정', { 이름: name, 값: value }, '바로')
      await until(() => used.messages.some(({ content }) => /바꿨어요/.test(content)), name)
    }
    return {
      say: (text) => void minji.say('바로', text),
      texts: () =>
        discord
          .messages('바로')
          .filter(({ authorId, ephemeralTo }) => authorId === discord.botId && ephemeralTo === null)
          .map(({ content }) => content),
      until,
      onChange: (listener) => discord.onChange(listener),
    }
  },
}

describe.each(['slack', 'discord'] as const)('kill -9 in a translated channel on %s', (platform) => {
  let channel: Channel
  beforeAll(async () => {
    channel = await OPENERS[platform]()
  }, 60_000)
  const numbersFrom = (first: number): number[] =>
    channel.texts().flatMap((text) => {
      const count = Number(/(\d+) items have arrived/.exec(text)?.[1])
      return count >= first && count < first + COUNT ? [count] : []
    })
  const expectAllInOrder = async (first: number): Promise<void> => {
    await channel
      .until(() => numbersFrom(first).length >= COUNT, 'all of them')
      .catch((error: Error) => {
        throw new Error(`${error.message}\n${troubleOf(app)}`)
      })
    expect(numbersFrom(first)).toEqual(Array.from({ length: COUNT }, (_, n) => first + n))
  }
  const askedFor = (first: number): number[] =>
    translationsIn(world.vllm)
      .map(({ text }) => Number(/상품 (\d+)개/.exec(text)?.[1]))
      .filter((count) => count >= first && count < first + COUNT)
      .toSorted((a, b) => a - b)

  it('while later ones are translated and wait for the first', async () => {
    const first = platform === 'slack' ? 100 : 300
    stuck = first
    const held = (): number => app.lines.filter(({ msg }) => msg === 'turn goes on').length
    const before = held()
    for (let n = 0; n < COUNT; n++) channel.say(`상품 ${first + n}개가 도착했어요.`)
    await untilLogged(app, 'turn goes on', () => held() - before >= COUNT - 1, WITHIN_MS)
    expect(numbersFrom(first)).toEqual([])
    await app.kill()
    stuck = null
    await app.start()
    await expectAllInOrder(first)
    // Only the one that was being translated is asked for again.
    expect(askedFor(first)).toEqual([first, ...Array.from({ length: COUNT }, (_, n) => first + n)])
  }, 120_000)

  it('at the very moment at which one is posted', async () => {
    const first = platform === 'slack' ? 200 : 400
    let dying: Promise<void> | undefined
    const off = channel.onChange(() => {
      if (!dying && numbersFrom(first).length >= 3) dying = app.kill()
    })
    for (let n = 0; n < COUNT; n++) channel.say(`상품 ${first + n}개가 도착했어요.`)
    await channel.until(() => dying !== undefined, 'the moment to kill')
    off()
    await dying
    await app.start()
    await expectAllInOrder(first)
  }, 120_000)
})
