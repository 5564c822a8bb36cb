// Translations on demand, as people on both platforms see them: command, menu, share button, flags.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { toDiscordCommands } from '../../src/discord/commands.ts'
import { registerDiscordCommands } from '../../src/discord/register.ts'
import type { FakeDiscord, Person, SeenInteraction, SeenMessage } from '../fakes/discord/index.ts'
import type { FakeSlack, FakeUser, VisibleMessage } from '../fakes/slack/index.ts'
import { quickestDatabase } from '../templates.ts'
import { openWorld, type World } from './harness.ts'
import { askedOf, translateBy, translationsIn } from './translation-model.ts'

let world: World
let slack: FakeSlack
let discord: FakeDiscord

const KNOWN = {
  '내일 배송돼요. → English': 'It ships tomorrow.',
  '환불은 사흘 안에 돼요. → English': 'Refunds are made within three days.',
  'Refunds are made within three days. → Korean': '환불은 3일 안에 됩니다.',
  '환불은 사흘 안에 돼요. → Japanese': '返金は3日以内に行います。',
  'Where is my order? → Korean': '제 주문은 어디에 있나요?',
  '⟦1⟧님, 주문 ⟦2⟧은 취소됐어요. ⟦3⟧ → English': '⟦1⟧, order ⟦2⟧ has been cancelled. ⟦3⟧',
  '모두 모이세요 ⟦1⟧ → English': 'Everyone gather @everyone <!channel> <@U1> ⟦1⟧ https://evil.example/login',
  '3만 5천 원이에요. → English': 'It is 3,500 won.',
  'The deposit is safe. → Korean': '보증금는 안전해요.',
  'Yes, we are here. → Korean': '네, 여기 있어요.',
  '예치금을 돌려 드려요. → English': 'We return the money.',
}

/** What the model was told about the last text. */
function lastPrompt(): string {
  return String(world.vllm.requests.findLast((request) => askedOf(request))?.body.messages?.[0]?.content)
}

beforeAll(async () => {
  world = await openWorld(await quickestDatabase())
  slack = world.slack
  discord = world.discord
  translateBy(world.vllm, KNOWN, 'Yes, we are here.')
  discord.guild('하늘상점')
  const { token, applicationId, apiUrl } = discord
  const commands = toDiscordCommands(COMMANDS, { botName: 'Damso' })
  await registerDiscordCommands({ token, applicationId, apiUrl }, commands)
}, 120_000)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

describe('on Slack', () => {
  let minji: FakeUser
  let dave: FakeUser
  let boss: FakeUser
  beforeAll(() => {
    minji = slack.user('UMINJI', { name: '민지', locale: 'ko-KR' })
    dave = slack.user('UDAVE', { name: 'Dave', locale: 'en-US' })
    boss = slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
    for (const id of ['C1', 'C2', 'COFF']) slack.channel(id, { name: id.toLowerCase() })
  })
  const whisper = (who: FakeUser, text: RegExp, channel = 'C1'): Promise<VisibleMessage> =>
    slack.until(() => slack.ephemerals(channel, who.id).findLast((message) => text.test(message.text)), {
      what: `${text} for ${who.id} alone`,
      timeoutMs: 15_000,
    })
  const replyTo = (channel: string, root: string, text: RegExp): Promise<VisibleMessage> =>
    slack.until(
      () => slack.thread(channel, root).find((message) => message.isBot && text.test(message.text)),
      { what: `${text} in ${root}`, timeoutMs: 15_000 },
    )
  const botsIn = (channel: string, root: string): string[] =>
    slack
      .thread(channel, root)
      .filter((message) => message.isBot)
      .map((message) => message.text)
  /** Waits until a later flag is answered: by then this one would have been too. */
  const settled = async (): Promise<void> => {
    const ts = dave.say('C2', '내일 배송돼요.')
    dave.react(ts, 'us')
    await replyTo('C2', ts, /ships tomorrow/)
  }

  it('/damso 번역 answers the one who asks, and the button shows it to all, once', async () => {
    const shown = slack.timeline('C1').length
    await minji.command('/damso', '번역 영어로 내일 배송돼요.', 'C1')
    const made = await whisper(minji, /It ships tomorrow\./)
    expect(made.text).not.toContain('확인 필요')
    expect(JSON.stringify(made.blocks)).toContain('AI 번역 · 한국어 → 영어')
    expect(slack.timeline('C1')).toHaveLength(shown)
    const button = made.buttons.find(({ text }) => text === 'Share in thread · 스레드에 공유')!
    await minji.click(made.ts, button.actionId, button.value)
    const shared = await slack.until(() => slack.timeline('C1').find(({ isBot }) => isBot), {
      what: 'the shared translation',
    })
    expect(shared.text).toContain('It ships tomorrow.')
    expect(JSON.stringify(shared.blocks)).toContain('민지 님이 공유한 번역')
    await minji.click(made.ts, button.actionId, button.value)
    await settled()
    expect(slack.timeline('C1').filter(({ isBot }) => isBot)).toHaveLength(1)
  }, 40_000)

  it('the shortcut translates a message for its reader alone, and shares it in the thread', async () => {
    dave.say('C1', 'I ordered a bag.')
    const ts = dave.say('C1', 'Where is my order?')
    dave.say('C1', 'It is blue.')
    await minji.shortcut('translate', ts)
    const made = await whisper(minji, /제 주문은 어디에/)
    expect(lastPrompt()).toContain('> Dave: I ordered a bag.')
    expect(lastPrompt()).not.toContain('It is blue.')
    expect(botsIn('C1', ts)).toEqual([])
    const button = made.buttons[0]!
    await minji.click(made.ts, button.actionId, button.value)
    await replyTo('C1', ts, /제 주문은 어디에/)
  }, 40_000)

  it('a typed mention is answered privately', async () => {
    const ts = dave.say('C1', `${slack.mention} translate to Korean: Where is my order?`)
    await whisper(dave, /제 주문은 어디에/)
    expect(botsIn('C1', ts)).toEqual([])
  }, 40_000)

  it('keeps names, order numbers and emoji, and translates them all back', async () => {
    await minji.command('/damso', '번역 영어로 @지수님, 주문 ORD-20231125-77은 취소됐어요. 🙏', 'C1')
    const made = await whisper(minji, /@지수, order ORD-20231125-77 has been cancelled\. 🙏/)
    expect(made.text).not.toContain('확인 필요')
  }, 40_000)

  it('says visibly that a number is not the same', async () => {
    await minji.command('/damso', '번역 영어로 3만 5천 원이에요.', 'C1')
    const made = await whisper(minji, /3,500 won/)
    expect(JSON.stringify(made.blocks)).toContain('확인 필요 · Please check: 숫자나 날짜가 원문과 달라요')
    const tries = translationsIn(world.vllm).filter(({ text }) => text.startsWith('3만'))
    expect(tries.map(({ isRetry }) => isRetry)).toEqual([false, true])
  }, 40_000)

  it('pings nobody and leads nowhere, whatever the model writes', async () => {
    const ts = minji.say('C1', '모두 모이세요 👋')
    minji.react(ts, 'flag-us')
    const reply = await replyTo('C1', ts, /Everyone gather/)
    expect(JSON.stringify(reply.blocks) + reply.text).not.toContain('evil.example')
    expect(slack.pings()).toEqual([])
  }, 40_000)

  it('five people put a flag at once, and again after a restart: one reply', async () => {
    const ts = minji.say('C1', '환불은 사흘 안에 돼요.')
    const five = ['U11', 'U12', 'U13', 'U14', 'U15'].map((id) =>
      slack.user(id, { name: id, locale: 'en-US' }),
    )
    for (const person of five) person.react(ts, 'us')
    await replyTo('C1', ts, /within three days/)
    await world.restart()
    dave.react(ts, 'flag-gb')
    for (const delivery of slack.deliveries.filter(({ type }) => type === 'reaction_added'))
      slack.redeliver(delivery)
    minji.react(ts, 'jp')
    await replyTo('C1', ts, /返金/)
    await settled()
    expect(botsIn('C1', ts)).toHaveLength(2)
    expect(
      translationsIn(world.vllm).filter(({ text, to }) => /사흘/.test(text) && to === 'English'),
    ).toHaveLength(1)
  }, 60_000)

  it('a flag in a thread is answered in that thread', async () => {
    const root = dave.say('C1', 'Hello there')
    const ts = minji.say('C1', '내일 배송돼요.', { threadTs: root })
    dave.react(ts, 'us')
    await replyTo('C1', root, /It ships tomorrow/)
    expect(lastPrompt()).toContain('> Dave: Hello there')
  }, 40_000)

  it('does nothing on its own translation, on a deleted message, and where flags are off', async () => {
    const ts = minji.say('C1', '내일 배송돼요.')
    minji.react(ts, 'us')
    const reply = await replyTo('C1', ts, /It ships tomorrow/)
    minji.react(reply.ts, 'kr')
    const gone = minji.say('C1', '내일 배송돼요.')
    minji.delete(gone)
    await boss.command('/damso', '설정 국기 off', 'COFF')
    await whisper(boss, /바꿨어요/, 'COFF')
    const off = minji.say('COFF', '내일 배송돼요.')
    minji.react(off, 'us')
    await settled()
    expect(botsIn('C1', ts)).toHaveLength(1)
    expect(botsIn('COFF', off)).toEqual([])
  }, 60_000)

  it('a flag’s translation follows the edits of its message, and goes with it, also after a restart', async () => {
    const ts = minji.say('C1', '내일 배송돼요.')
    dave.react(ts, 'us')
    const first = await replyTo('C1', ts, /It ships tomorrow/)
    minji.react(ts, 'jp')
    await slack.until(() => botsIn('C1', ts).length === 2, { what: 'both languages' })
    minji.edit(ts, '환불은 사흘 안에 돼요.')
    await replyTo('C1', ts, /返金/)
    expect((await replyTo('C1', ts, /within three days/)).ts).toBe(first.ts)
    await world.restart()
    minji.edit(ts, '내일 배송돼요.')
    expect((await replyTo('C1', ts, /It ships tomorrow/)).ts).toBe(first.ts)
    expect(botsIn('C1', ts)).toHaveLength(2)
    await world.restart()
    minji.delete(ts)
    await slack.until(() => botsIn('C1', ts).length === 0, { what: 'the deletion', timeoutMs: 15_000 })
  }, 90_000)

  it('the translation of an answer goes with the answer, when its question is deleted', async () => {
    const ts = dave.say('C1', `${slack.mention} Is anyone there?`)
    const answer = await replyTo('C1', ts, /Yes, we are here/)
    minji.react(answer.ts, 'kr')
    await replyTo('C1', ts, /네, 여기 있어요/)
    dave.delete(ts)
    await slack.until(() => botsIn('C1', ts).length === 0, { what: 'the deletion', timeoutMs: 15_000 })
  }, 60_000)

  it('an edit while a flag is being translated is what is shown; one into its own language takes it away', async () => {
    const ts = minji.say('C1', '내일 배송돼요.')
    world.vllm.pause()
    const before = world.vllm.requests.length
    dave.react(ts, 'us')
    await world.vllm.until(({ requests }) => requests.length > before)
    minji.edit(ts, '환불은 사흘 안에 돼요.')
    world.vllm.resume()
    await replyTo('C1', ts, /within three days/)
    const whispers = slack.ephemerals('C1', dave.id).length
    minji.edit(ts, 'It is all right now, thank you.')
    await slack.until(() => botsIn('C1', ts).length === 0, { what: 'the end', timeoutMs: 15_000 })
    minji.edit(ts, '내일 배송돼요.')
    await replyTo('C1', ts, /It ships tomorrow/)
    expect(botsIn('C1', ts)).toHaveLength(1)
    expect(slack.ephemerals('C1', dave.id)).toHaveLength(whispers)
  }, 60_000)

  it('drops the translation of a message that is deleted meanwhile', async () => {
    const ts = minji.say('C1', '내일 배송돼요.')
    const spoken = slack.calls.filter(({ method }) => method === 'chat.postMessage').length
    world.vllm.pause()
    const before = world.vllm.requests.length
    minji.react(ts, 'us')
    await world.vllm.until(({ requests }) => requests.length > before)
    minji.delete(ts)
    world.vllm.resume()
    await settled()
    // Only the reply to the flag that settled it.
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(spoken + 1)
  }, 40_000)

  it('says once, to the one who asks, that there is nothing to translate', async () => {
    await minji.command('/damso', '번역 한국어로 내일 배송돼요.', 'C1')
    await whisper(minji, /이미 한국어로 쓰인 글이에요/)
    await minji.command('/damso', '번역 🎉🎉 `npm start`', 'C1')
    await whisper(minji, /번역할 글이 없어요/)
    const ts = minji.say('C1', '내일 배송돼요.')
    dave.react(ts, 'kr')
    await whisper(dave, /in Korean already/)
    expect(botsIn('C1', ts)).toEqual([])
  }, 40_000)

  it('translates into the language that somebody has chosen, until they are forgotten', async () => {
    const reader = slack.user('UREAD', { name: 'Rei', locale: 'ko-KR' })
    await reader.command('/damso', '번역 내 언어 일본어', 'C1')
    await whisper(reader, /앞으로 일본어로/)
    const ts = minji.say('C1', '환불은 사흘 안에 돼요.')
    await reader.shortcut('translate', ts)
    await whisper(reader, /返金/)
    const forget = reader.say('C1', `${slack.mention} 나를 잊어 줘`)
    await replyTo('C1', forget, /모두 지웠어요/)
    await reader.command('/damso', '번역 내 언어', 'C1')
    await whisper(reader, /정해 둔 언어가 없어서/)
  }, 40_000)

  it('translates the newest messages of a thread, each with its name, for the one who asks', async () => {
    const root = minji.say('C2', '내일 배송돼요.')
    minji.say('C2', '환불은 사흘 안에 돼요.', { threadTs: root })
    dave.say('C2', 'Where is my order?', { threadTs: root })
    dave.say('C2', `${slack.mention} translate last 2 to English`, { threadTs: root })
    const made = await whisper(dave, /within three days/, 'C2')
    expect(made.text).toMatch(
      /민지\S*: Refunds are made within three days\.\n\S*Dave\S*: Where is my order\?/,
    )
    expect(made.text).not.toContain('ships tomorrow')
    expect(made.text).not.toContain('translate last')
    expect(botsIn('C2', root)).toEqual([])
  }, 40_000)

  it('staff keep a glossary that translations follow, and others may not', async () => {
    await dave.command('/damso', 'glossary add 예치금 = deposit', 'C1')
    await whisper(dave, /Only staff can do this/)
    await boss.command('/damso', '용어집 추가 예치금 = deposit (금지: 보증금)', 'C1')
    await whisper(boss, /용어집에 넣었어요: 예치금 = deposit \(금지: 보증금\)/)
    await minji.command('/damso', '번역 한국어로 The deposit is safe.', 'C1')
    await whisper(minji, /예치금은 안전해요/)
    await minji.command('/damso', '번역 영어로 예치금을 돌려 드려요.', 'C1')
    await whisper(minji, /We return the money\.[\s\S]*용어집과 다른 말을 썼어요 \(예치금 → deposit\)/)
    const bytes = 'ko,en\n쿠폰,coupon\n혼자,\n'
    boss.say('C1', `${slack.mention} 용어집 가져오기`, {
      files: [{ name: 'terms.csv', bytes, mimetype: 'text/csv' }],
    })
    await whisper(boss, /용어 1개를 가져왔어요[\s\S]*3행: 두 언어의 말이 있어야 해요/)
    await boss.command('/damso', '용어집 목록', 'C1')
    await whisper(boss, /용어집[\s\S]*쿠폰 = coupon/)
    await boss.command('/damso', '용어집 삭제 쿠폰', 'C1')
    await whisper(boss, /용어집에서 뺐어요: 쿠폰/)
    await boss.command('/damso', 'glossary export', 'C1')
    const exported = await whisper(boss, /예치금,deposit/)
    expect(exported.text).not.toContain('coupon')
  }, 60_000)

  it('a channel says how the reader is called, and has risky messages translated back', async () => {
    await boss.command('/damso', '설정 호칭 회원님', 'C2')
    await whisper(boss, /바꿨어요[\s\S]*회원님/, 'C2')
    await boss.command('/damso', '설정 역번역 켬', 'C2')
    await whisper(boss, /바꿨어요[\s\S]*역번역/, 'C2')
    await minji.command('/damso', '번역 영어로 환불은 사흘 안에 돼요.', 'C2')
    const made = await whisper(minji, /Refunds are made within three days\./, 'C2')
    expect(JSON.stringify(made.blocks)).toMatch(
      /확인 필요 · Please check[^"]*역번역[^"]*환불은 3일 안에 됩니다/,
    )
    await minji.command('/damso', '번역 한국어로 Where is my order?', 'C2')
    await whisper(minji, /제 주문은 어디에/, 'C2')
    expect(JSON.stringify(world.vllm.requests.at(-1)?.body.messages?.[0])).toContain('write 회원님')
    const root = dave.say('C2', 'Where is my order?')
    dave.say('C2', `${slack.mention} translate last 1 to Korean`, { threadTs: root })
    await whisper(dave, /Dave\S*: 제 주문은 어디에/, 'C2')
    expect(JSON.stringify(world.vllm.requests.at(-1)?.body.messages?.[0])).toContain('write 회원님')
  }, 60_000)
})

describe('on Discord', () => {
  let minji: Person
  let dave: Person
  beforeAll(() => {
    for (const name of ['문의', '다른방']) discord.channel(name)
    minji = discord.user('민지', { locale: 'ko' })
    dave = discord.user('Dave', { locale: 'en-US' })
  })
  const told = (interaction: SeenInteraction, text: RegExp): Promise<SeenMessage> =>
    discord.until(() => interaction.messages.find(({ content }) => text.test(content)), {
      what: `${text}, to the one who asked`,
      timeoutMs: 15_000,
    })
  const ours = (place: string): SeenMessage[] =>
    discord
      .messages(place)
      .filter(({ authorId, ephemeralTo }) => authorId === discord.botId && ephemeralTo === null)
  const shown = (place: string, text: RegExp): Promise<SeenMessage> =>
    discord.until(() => ours(place).find(({ content }) => text.test(content)), {
      what: `${text} in ${place}`,
      timeoutMs: 15_000,
    })

  it('/번역 answers the one who asks, and the button shows it to all', async () => {
    const asked = minji.command('번역', { 글: '내일 배송돼요.', 도착어: 'en' }, '문의')
    const made = await told(asked, /It ships tomorrow/)
    expect(made.ephemeralTo).toBe('민지')
    expect(ours('문의')).toEqual([])
    minji.click(made, 'Share in thread · 스레드에 공유')
    await shown('문의', /It ships tomorrow[\s\S]*민지 님이 공유한 번역/)
  }, 40_000)

  it('the message command translates for its reader, and shares in the thread of the message', async () => {
    dave.say('문의', 'I ordered a bag.')
    const said = dave.say('문의', 'Where is my order?')
    dave.say('문의', 'It is blue.')
    const made = await told(minji.messageCommand('번역', said), /제 주문은 어디에/)
    expect(lastPrompt()).toContain('> Dave: I ordered a bag.')
    expect(lastPrompt()).not.toContain('It is blue.')
    expect(made.ephemeralTo).toBe('민지')
    minji.click(made, 'Share in thread · 스레드에 공유')
    await shown(said.id, /제 주문은 어디에/)
  }, 40_000)

  it('five people put a flag at once, and again after a restart: one reply in the thread of the message', async () => {
    const said = minji.say('문의', '환불은 사흘 안에 돼요.')
    for (let n = 0; n < 5; n++) discord.user(`손님${n}`, { locale: 'en-US' }).react(said, '🇺🇸')
    await shown(said.id, /within three days/)
    await world.restart()
    dave.react(said, '🇬🇧')
    dave.react(said, '🇯🇵')
    await shown(said.id, /返金/)
    expect(ours(said.id)).toHaveLength(2)
  }, 60_000)

  it('a flag’s translation follows the edits of its message, and goes with it, also after a restart', async () => {
    const said = minji.say('문의', '내일 배송돼요.')
    dave.react(said, '🇺🇸')
    const first = await shown(said.id, /It ships tomorrow/)
    minji.react(said, '🇯🇵')
    await discord.until(() => ours(said.id).length === 2, { what: 'both languages' })
    minji.edit(said, '환불은 사흘 안에 돼요.')
    await shown(said.id, /返金/)
    expect((await shown(said.id, /within three days/)).id).toBe(first.id)
    await world.restart()
    minji.edit(said, '내일 배송돼요.')
    expect((await shown(said.id, /It ships tomorrow/)).id).toBe(first.id)
    expect(ours(said.id)).toHaveLength(2)
    await world.restart()
    minji.delete(said)
    await discord.until(() => ours(said.id).length === 0, { what: 'the deletion', timeoutMs: 15_000 })
  }, 90_000)

  it('the translation of an answer goes with the answer, when its question is deleted', async () => {
    discord.channel('질문방')
    const said = dave.say('질문방', `${discord.botMention} Is anyone there?`)
    const answer = await shown(said.id, /Yes, we are here/)
    minji.react(answer, '🇰🇷')
    await shown(said.id, /네, 여기 있어요/)
    dave.delete(said)
    await discord.until(() => ours(said.id).length === 0, { what: 'the deletion', timeoutMs: 15_000 })
  }, 60_000)

  it('translates the newest messages of the channel, each with its name', async () => {
    discord.channel('대화방')
    minji.say('대화방', '내일 배송돼요.')
    dave.say('대화방', 'Where is my order?')
    minji.say('대화방', '환불은 사흘 안에 돼요.')
    const made = await told(dave.command('translate', { last: '5' }, '대화방'), /ships tomorrow/)
    expect(made.ephemeralTo).toBe('Dave')
    expect(made.content).toMatch(
      /민지\S*: It ships tomorrow\.\n\S*Dave\S*: Where is my order\?\n\S*민지\S*: Refunds/,
    )
    expect(ours('대화방')).toEqual([])
  }, 40_000)

  it('does nothing for a flag on its own translation, or on a deleted message', async () => {
    const said = minji.say('다른방', '내일 배송돼요.')
    dave.react(said, '🇺🇸')
    const reply = await shown(said.id, /It ships tomorrow/)
    dave.react(reply, '🇰🇷')
    const gone = minji.say('다른방', '내일 배송돼요.')
    dave.react(gone, '🇺🇸')
    minji.delete(gone)
    const next = minji.say('다른방', '내일 배송돼요.')
    dave.react(next, '🇺🇸')
    await shown(next.id, /It ships tomorrow/)
    expect(ours(said.id)).toHaveLength(1)
    expect(
      discord
        .messages('다른방')
        .filter(({ authorId }) => authorId === discord.botId && discord.thread(gone.id) === null),
    ).toEqual([])
  }, 60_000)

  it('staff keep a glossary that translations follow', async () => {
    const boss = discord.user('대표', { locale: 'ko', admin: true })
    const added = boss.command('용어집', { 할일: 'add', 용어: '예치금 = deposit (금지: 보증금)' }, '문의')
    expect((await told(added, /용어집에 넣었어요/)).ephemeralTo).toBe('대표')
    await told(
      minji.command('번역', { 글: 'The deposit is safe.', 도착어: 'ko' }, '문의'),
      /예치금은 안전해요/,
    )
    expect(() => minji.command('용어집', { 할일: 'list' }, '문의')).toThrow(/may not use/)
  }, 40_000)

  it('breaks no rule of Discord’s published API', () => {
    expect(discord.violations).toEqual([])
  })
})
