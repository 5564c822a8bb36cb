// A channel in which every message gets its translation, as people on both platforms see it.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { toDiscordCommands } from '../../src/discord/commands.ts'
import { registerDiscordCommands } from '../../src/discord/register.ts'
import type { FakeDiscord, Person, SeenMessage } from '../fakes/discord/index.ts'
import type { FakeSlack, FakeUser, VisibleMessage } from '../fakes/slack/index.ts'
import { quickestDatabase } from '../templates.ts'
import { openWorld, type World } from './harness.ts'
import { askedOf, translationsIn } from './translation-model.ts'

let world: World
let slack: FakeSlack
let discord: FakeDiscord

const WAIT_MS = 30_000

beforeAll(async () => {
  // A model that would take minutes over the longest texts.
  world = await openWorld({
    ...(await quickestDatabase()),
    vllm: { latency: { prefillMs: 5, perPromptTokenMs: 0, itlMs: 0.05 }, streamInterval: 8 },
  })
  slack = world.slack
  discord = world.discord
  world.vllm.reply((request) => {
    const asked = askedOf(request)
    if (!asked) return '네, 무엇을 도와드릴까요?'
    const { text, to, isRetry } = asked
    // Refused whatever it is asked again: not a model that is away.
    if (text.includes('번역 불가')) return { fault: 'repeat-loop' as const }
    if (to === 'Korean') return text.replaceAll('Where is my order?', '제 주문은 어디에 있나요?')
    // Every third one is wrong at first, so that it takes twice as long as those after it.
    const count = Number(/상품 (\d+)개/.exec(text)?.[1] ?? 1)
    if (count % 3 === 0 && !isRetry) return 'Some items have arrived.'
    return text
      .replaceAll(/상품 (\d+)개가 도착했어요\./g, '$1 items have arrived.')
      .replaceAll('내일 배송돼요.', 'It ships tomorrow.')
      .replaceAll('환불해 드려요.', 'We will refund you.')
  })
  discord.guild('하늘상점')
  const { token, applicationId, apiUrl } = discord
  const commands = toDiscordCommands(COMMANDS, { botName: 'Damso' })
  await registerDiscordCommands({ token, applicationId, apiUrl }, commands)
}, 120_000)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

const inOrder = (texts: readonly string[]): number[] =>
  texts.flatMap((text) => Number(/(\d+) items have arrived/.exec(text)?.[1] ?? Number.NaN) || [])
const allNumbers = (texts: readonly string[]): number[] =>
  [...texts.join('\n').matchAll(/(\d+) items have arrived/g)].map(([, count]) => Number(count))
/** Of sentences that differ: who repeats themselves without end is taken for a broken model. */
const longText = (chars: number): { text: string; count: number } => {
  const count = Math.floor(chars / '상품 1000개가 도착했어요. '.length)
  return {
    text: upTo(count)
      .map((n) => `상품 ${n}개가 도착했어요.`)
      .join(' '),
    count,
  }
}
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1)

describe('on Slack', () => {
  let minji: FakeUser
  let dave: FakeUser
  beforeAll(async () => {
    minji = slack.user('UMINJI', { name: '민지', locale: 'ko-KR' })
    dave = slack.user('UDAVE', { name: 'Dave', locale: 'en-US' })
    const boss = slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
    for (const id of ['CAUTO', 'CHERE']) {
      slack.channel(id, { name: id.toLowerCase() })
      await boss.command('/damso', '설정 자동번역 한영', id)
      await slack.until(() => slack.ephemerals(id, 'UBOSS').find(({ text }) => /한국어 ⇄ 영어/.test(text)), {
        what: 'the setting',
      })
    }
    await boss.command('/damso', '설정 답변 여기', 'CHERE')
    await slack.until(() => slack.ephemerals('CHERE', 'UBOSS').length > 1, { what: 'the other setting' })
  })
  const bots = (channel: string, root?: string): VisibleMessage[] =>
    (root === undefined ? slack.timeline(channel) : slack.thread(channel, root)).filter(
      ({ isBot, user }) => isBot && user !== 'UBOT',
    )
  const reply = (channel: string, root: string, text: RegExp): Promise<VisibleMessage> =>
    slack.until(() => bots(channel, root).find((message) => text.test(message.text)), {
      what: `${text} in ${root}`,
      timeoutMs: WAIT_MS,
    })
  /** By then whatever was said before would have been answered too. */
  const settled = async (): Promise<void> => {
    const ts = minji.say('CAUTO', '내일 배송돼요.')
    await reply('CAUTO', ts, /It ships tomorrow/)
  }

  it('each message gets its translation in its thread, with the author’s name, both ways', async () => {
    const ko = minji.say('CAUTO', '내일 배송돼요.')
    const en = dave.say('CAUTO', 'Where is my order?')
    expect((await reply('CAUTO', ko, /It ships tomorrow/)).text).toMatch(/민지/)
    expect((await reply('CAUTO', en, /제 주문은 어디에/)).text).toMatch(/Dave/)
    const inThread = dave.say('CAUTO', 'Where is my order?', { threadTs: ko })
    await reply('CAUTO', ko, /제 주문은 어디에/)
    expect(inThread > ko).toBe(true)
  }, 60_000)

  it('a mention is answered, not translated; bots, emoji, code and bilingual texts get nothing', async () => {
    const asked = minji.say('CAUTO', `${slack.mention} 배송 언제 와요?`)
    await reply('CAUTO', asked, /무엇을 도와드릴까요/)
    const bot = slack.user('UBOT', { name: 'other bot', isBot: true })
    const quiet = [
      bot.say('CAUTO', '내일 배송돼요.'),
      minji.say('CAUTO', '🎉🎉'),
      minji.say('CAUTO', '```\nnpm 시작\n```'),
      minji.say('CAUTO', '내일 배송돼요.\nIt ships tomorrow.'),
    ]
    await settled()
    for (const ts of quiet) expect(bots('CAUTO', ts)).toEqual([])
  }, 60_000)

  it('a hundred messages are translated side by side and shown in their order', async () => {
    const people = upTo(5).map((n) => slack.user(`UP${n}`, { name: `손님${n}`, locale: 'ko-KR' }))
    const before = world.vllm.requests.length
    world.vllm.pause()
    for (const n of upTo(100)) people[n % 5]!.say('CHERE', `상품 ${n}개가 도착했어요.`)
    await world.vllm.until(({ requests }) => requests.length >= before + 4)
    // What arrives after a later one was shown can only be shown after it.
    const arrived = (): boolean =>
      slack.deliveries.slice(-100).every(({ attempts }) => attempts.some(({ ackedAt }) => ackedAt))
    await slack.until(arrived, { what: 'a hundred messages to arrive', timeoutMs: WAIT_MS })
    world.vllm.resume()
    const startedAt = performance.now()
    await slack.until(() => inOrder(bots('CHERE').map(({ text }) => text)).length >= 100, {
      what: 'a hundred translations',
      timeoutMs: 60_000,
    })
    console.info(`a hundred messages: ${Math.round(performance.now() - startedAt)} ms`)
    expect(inOrder(bots('CHERE').map(({ text }) => text))).toEqual(upTo(100))
  }, 120_000)

  it('an edit changes the translation, a deletion takes it away', async () => {
    const ts = minji.say('CAUTO', '내일 배송돼요.')
    const first = await reply('CAUTO', ts, /It ships tomorrow/)
    minji.edit(ts, '환불해 드려요.')
    const again = await reply('CAUTO', ts, /We will refund you/)
    expect(again.ts).toBe(first.ts)
    expect(bots('CAUTO', ts)).toHaveLength(1)
    minji.edit(ts, '🎉')
    await slack.until(() => bots('CAUTO', ts).length === 0, { what: 'no words left', timeoutMs: WAIT_MS })
    minji.edit(ts, '내일 배송돼요.')
    await reply('CAUTO', ts, /It ships tomorrow/)
    minji.delete(ts)
    await slack.until(() => bots('CAUTO', ts).length === 0, { what: 'the deletion', timeoutMs: WAIT_MS })
  }, 90_000)

  it('what is deleted or edited while it is being translated leaves nothing of what it was', async () => {
    world.vllm.pause()
    const before = world.vllm.requests.length
    const gone = minji.say('CAUTO', '상품 41개가 도착했어요.')
    const changed = dave.say('CAUTO', '상품 43개가 도착했어요.')
    await world.vllm.until(({ requests }) => requests.length >= before + 2)
    minji.delete(gone)
    dave.edit(changed, '상품 44개가 도착했어요.')
    world.vllm.resume()
    await reply('CAUTO', changed, /44 items/)
    await settled()
    expect(bots('CAUTO', gone)).toEqual([])
    expect(bots('CAUTO', changed)).toHaveLength(1)
  }, 60_000)

  it('of five edits within a second the last one stays', async () => {
    const ts = minji.say('CAUTO', '상품 60개가 도착했어요.')
    for (const n of upTo(5)) {
      await delay(150)
      minji.edit(ts, `상품 ${60 + n}개가 도착했어요.`)
    }
    await reply('CAUTO', ts, /65 items/)
    await settled()
    expect(inOrder(bots('CAUTO', ts).map(({ text }) => text))).toEqual([65])
  }, 60_000)

  it('what cannot be translated is marked, and holds nothing up', async () => {
    const lost = minji.say('CHERE', '번역 불가')
    const next = minji.say('CHERE', '상품 170개가 도착했어요.')
    await slack.until(() => bots('CHERE').some(({ text }) => /170 items/.test(text)), {
      what: 'the one after it',
      timeoutMs: WAIT_MS,
    })
    expect(next > lost).toBe(true)
    const marks = (): string[] => slack.message(lost)?.reactions.map(({ name }) => name) ?? []
    expect(marks()).toEqual(['warning'])
    minji.edit(lost, '환불해 드려요.')
    await slack.until(() => bots('CHERE').some(({ text }) => /We will refund you/.test(text)), {
      what: 'its translation after an edit',
      timeoutMs: WAIT_MS,
    })
    await slack.until(() => marks().length === 0, { what: 'the mark to go' })
  }, 90_000)

  it('in a thread that a person has, staff get it instead', async () => {
    const boss = slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
    slack.channel('CSTAFF', { name: '상담' })
    await boss.command('/damso', '설정 staff here', 'CSTAFF')
    await slack.until(() => slack.ephemerals('CSTAFF', 'UBOSS').length > 0, { what: 'the staff channel' })
    const root = minji.say('CAUTO', `${slack.mention} 상담원 연결해 주세요.`)
    const atStaff = (): VisibleMessage[] =>
      slack.timeline('CSTAFF').flatMap(({ ts }) => slack.thread('CSTAFF', ts))
    await slack.until(() => slack.timeline('CSTAFF').some(({ isBot }) => isBot), {
      what: 'the case',
      timeoutMs: WAIT_MS,
    })
    minji.say('CAUTO', '내일 배송돼요.', { threadTs: root })
    await slack.until(() => atStaff().some(({ text }) => /내일 배송돼요/.test(text)), {
      what: 'it at staff',
      timeoutMs: WAIT_MS,
    })
    await settled()
    expect(bots('CAUTO', root).some(({ text }) => /It ships tomorrow/.test(text))).toBe(false)
  }, 90_000)

  it('forty thousand characters come whole', async () => {
    const { text, count } = longText(39_000)
    const ts = minji.say('CAUTO', text)
    const shown = (): number[] => allNumbers(bots('CAUTO', ts).map((message) => message.text))
    await slack.until(() => shown().length >= count, { what: 'all of it', timeoutMs: WAIT_MS })
    expect(shown()).toEqual(upTo(count))
  }, 90_000)

  it('a restart in the middle loses none, and shows none twice', async () => {
    world.vllm.pause()
    const before = world.vllm.requests.length
    const said = upTo(8).map((n) => minji.say('CHERE', `상품 ${200 + n}개가 도착했어요.`))
    await world.vllm.until(({ requests }) => requests.length >= before + 2)
    const restarted = world.restart()
    world.vllm.resume()
    await restarted
    for (const delivery of slack.deliveries.slice(-8)) slack.redeliver(delivery)
    const numbers = (): number[] => inOrder(bots('CHERE').map(({ text }) => text)).filter((n) => n > 200)
    await slack.until(() => numbers().length >= said.length, { what: 'all eight', timeoutMs: WAIT_MS })
    await settled()
    expect(numbers()).toEqual(upTo(8).map((n) => 200 + n))
  }, 90_000)

  it('the same words cost the model nothing the second time', async () => {
    const ts = minji.say('CAUTO', '상품 77개가 도착했어요.')
    await reply('CAUTO', ts, /77 items/)
    const asked = translationsIn(world.vllm).length
    const again = dave.say('CAUTO', '상품 77개가 도착했어요.')
    await reply('CAUTO', again, /77 items/)
    expect(translationsIn(world.vllm)).toHaveLength(asked)
  }, 60_000)
})

describe('on Discord', () => {
  let minji: Person
  let dave: Person
  beforeAll(async () => {
    minji = discord.user('민지', { locale: 'ko' })
    dave = discord.user('Dave', { locale: 'en-US' })
    const boss = discord.user('대표', { locale: 'ko', admin: true })
    const set = async (name: string, value: string, where: string): Promise<void> => {
      const used = boss.command('설정', { 이름: name, 값: value }, where)
      await discord.until(() => used.messages.find(({ content }) => /바꿨어요/.test(content)), {
        what: `${name} ${value}`,
        timeoutMs: WAIT_MS,
      })
    }
    for (const name of ['자동', '바로']) {
      discord.channel(name)
      await set('auto', 'ko-en', name)
    }
    await set('answers', 'here', '바로')
  })
  const ours = (place: string): SeenMessage[] =>
    discord
      .messages(place)
      .filter(({ authorId, ephemeralTo }) => authorId === discord.botId && ephemeralTo === null)
  const shown = (place: string, text: RegExp): Promise<SeenMessage> =>
    discord.until(() => ours(place).find(({ content }) => text.test(content)), {
      what: `${text} in ${place}`,
      timeoutMs: WAIT_MS,
    })

  it('each message gets its translation, with the author’s name, in its thread or beside it', async () => {
    const said = minji.say('자동', '내일 배송돼요.')
    expect((await shown(said.id, /It ships tomorrow/)).content).toMatch(/민지/)
    dave.say(said.id, 'Where is my order?')
    expect((await shown(said.id, /제 주문은 어디에/)).content).toMatch(/Dave/)
    minji.say('바로', '환불해 드려요.')
    await shown('바로', /We will refund you/)
  }, 60_000)

  it('thirty messages are shown in their order', async () => {
    const people = upTo(3).map((n) => discord.user(`손님${n}`, { locale: 'ko' }))
    for (const n of upTo(30)) people[n % 3]!.say('바로', `상품 ${n}개가 도착했어요.`)
    const numbers = (): number[] => inOrder(ours('바로').map(({ content }) => content))
    await discord.until(() => numbers().length >= 30, { what: 'thirty', timeoutMs: 30_000 })
    expect(numbers()).toEqual(upTo(30))
  }, 120_000)

  it('an edit changes the translation, a deletion takes it away, bots are left alone', async () => {
    const said = minji.say('바로', '상품 51개가 도착했어요.')
    const first = await shown('바로', /51 items/)
    minji.edit(said, '상품 52개가 도착했어요.')
    expect((await shown('바로', /52 items/)).id).toBe(first.id)
    minji.delete(said)
    await discord.until(() => ours('바로').every(({ id }) => id !== first.id), {
      what: 'the deletion',
      timeoutMs: WAIT_MS,
    })
    const bot = discord.user('다른 봇', { isBot: true })
    bot.say('바로', '상품 53개가 도착했어요.')
    minji.say('바로', '상품 55개가 도착했어요.')
    await shown('바로', /55 items/)
    expect(ours('바로').some(({ content }) => /53 items/.test(content))).toBe(false)
  }, 90_000)

  it('a translation longer than a message goes on in the next', async () => {
    const { text, count } = longText(3_000)
    const before = ours('바로').length
    minji.say('바로', text)
    const numbers = (): number[] =>
      allNumbers(
        ours('바로')
          .slice(before)
          .map(({ content }) => content),
      )
    await discord.until(() => numbers().length >= count, { what: 'all of it', timeoutMs: WAIT_MS })
    expect(numbers()).toEqual(upTo(count))
    for (const { content } of ours('바로')) expect(content.length).toBeLessThanOrEqual(2_000)
  }, 60_000)

  it('breaks no rule of Discord’s published API', () => {
    expect(discord.violations).toEqual([])
  })
})
