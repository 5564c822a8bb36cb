// What is Discord's own around the main job (main-job.contract.ts): help and settings by command, choices while typing,
// where it answers, a person, feedback.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerCommands } from '../demo/commands.ts'
import { createShiftedClock } from '../discord/rig.ts'
import type { FakeDiscord, Person, SeenInteraction, SeenMessage } from '../fakes/discord/index.ts'
import { onlyFor } from '../fakes/discord/setup.ts'
import { openWorld, type World } from './harness.ts'
import { seenOnDiscord } from './stage.ts'

let world: World
let discord: FakeDiscord
let minji: Person
let dave: Person
let boss: Person

beforeAll(async () => {
  world = await openWorld({ platforms: ['discord'] })
  discord = world.discord
  discord.guild('하늘상점')
  for (const name of ['문의', '모두', '바로']) discord.channel(name)
  discord.channel('상담', { permissions: onlyFor() })
  minji = discord.user('민지', { locale: 'ko' })
  dave = discord.user('Dave', { locale: 'en-US' })
  boss = discord.user('대표', { locale: 'ko', admin: true })
  await registerCommands(discord, 'Damso')
  world.vllm.reply((request) =>
    /[가-힣]/.test(request.lastUser) ? '네, 내일 도착해요.' : 'Yes, it arrives tomorrow.',
  )
}, 120_000)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

const isDone = (message: SeenMessage): boolean =>
  message.authorId === discord.botId && seenOnDiscord(message).isDone
const answerIn = (place: string, after = '0'): Promise<SeenMessage> =>
  discord.until(
    () => discord.messages(place).find((message) => isDone(message) && BigInt(message.id) > BigInt(after)),
    { what: `an answer in ${place}`, timeoutMs: 15_000 },
  )
const told = async (interaction: SeenInteraction, text: RegExp): Promise<void> => {
  await discord.until(() => interaction.messages.some((message) => text.test(message.content)), {
    what: `${text}, to the one who asked`,
    timeoutMs: 15_000,
  })
  expect(interaction.messages.every((message) => message.ephemeralTo !== null)).toBe(true)
}
const set = (name: string, value: string, channel: string): Promise<void> =>
  told(boss.command('설정', { 이름: name, 값: value }, channel), /./)

it('shows help in the language of the client', async () => {
  await told(minji.command('도움말', {}, '문의'), /물어보는 법/)
  await told(dave.command('help', {}, '문의'), /How to ask/)
})

it('shows the settings to admins, and offers the command to nobody else', async () => {
  await told(boss.command('설정', {}, '문의'), /부를 때만 답하기/)
  expect(() => dave.command('settings', {}, '문의')).toThrow(/may not use/)
})

it('offers the values of a setting while they are typed', async () => {
  const choices = await boss.autocomplete('설정', { 이름: 'mode', 값: '' }, '값', '문의')
  expect(choices.map((choice) => choice.value)).toEqual(['mention', 'every', 'draft', 'off'])
  expect(choices[1]?.name).toBe('새 글마다 답하기')
  const matching = await boss.autocomplete('설정', { 이름: 'mode', 값: 'ev' }, '값', '문의')
  expect(matching.map((choice) => choice.value)).toEqual(['every'])
})

it('answers a direct message', async () => {
  const said = dave.dm('When will it arrive?')
  expect((await answerIn(said.channelId, said.id)).content).toContain('arrives tomorrow')
})

it('only reacts to thanks in a direct message', async () => {
  const said = minji.dm('감사합니다')
  await discord.until(() => Object.keys(discord.message(said.id)?.reactions ?? {}).length > 0, {
    what: 'a reaction',
  })
})

it('answers every new post where that is set, without a mention', async () => {
  await set('mode', 'every', '모두')
  const said = dave.say('모두', '배송비가 얼마예요?')
  expect((await answerIn(said.id)).content).toContain('도착해요')
})

it('answers in the channel itself where that is set', async () => {
  await set('answers', 'here', '바로')
  const said = dave.say('바로', `${discord.botMention} 배송비가 얼마예요?`)
  const answer = await answerIn('바로', said.id)
  expect(answer.reference).toBe(said.id)
  expect(discord.thread(said.id)).toBeNull()
})

it('says that no person is set up, and with a staff channel tells it there', async () => {
  const said = minji.say('문의', `${discord.botMention} 주문을 취소하고 싶어요.`)
  const answer = await answerIn(said.id)
  await told(minji.click(answer, '상담원 연결'), /정해져 있지 않아요/)
  await set('staff', 'here', '상담')
  minji.click(answer, '상담원 연결')
  await discord.until(
    () => discord.messages(said.id).some(({ content }) => content.includes('담당자에게 전달했어요')),
    { what: 'told in the thread', timeoutMs: 15_000 },
  )
  const notice = await discord.until(() =>
    discord
      .messages('상담')
      .find((message) => message.authorId === discord.botId && message.ephemeralTo === null),
  )
  expect(notice.content).toContain('민지')
  expect(notice.content).toContain('주문을 취소하고 싶어요')
}, 80_000)

it('calls the staff of the one server in which a person has asked before, from a direct message', async () => {
  const stranger = discord.user('나그네', { locale: 'ko' })
  const press = async (who: Person): Promise<string> => {
    const said = who.dm('주문을 취소하고 싶어요.')
    const answer = await answerIn(said.channelId, said.id)
    who.click(answer, '상담원 연결')
    const isSaid = ({ id, content }: SeenMessage) =>
      BigInt(id) > BigInt(answer.id) && /서버의 채널|담당자에게/.test(content)
    const word = await discord.until(() => discord.messages(said.channelId).find(isSaid), {
      what: 'what becomes of it',
      timeoutMs: 15_000,
    })
    return word.content
  }
  expect(await press(stranger)).toContain('서버의 채널에서')
  expect(await press(minji)).toContain('담당자에게 전달했어요')
  const cards = discord.messages('상담').filter(({ authorId }) => authorId === discord.botId)
  expect(cards.at(-1)!.content).toContain(`discord.com/users/${minji.id}`)
  expect(cards.some(({ content }) => content.includes('나그네'))).toBe(false)
}, 80_000)

it('thanks for feedback privately, in the person’s language', async () => {
  const said = dave.say('문의', `${discord.botMention} When will it arrive?`)
  const answer = await answerIn(said.id)
  await told(dave.click(answer, 'feedback'), /Thanks for telling me|Sorry about that/)
})

it('breaks no rule of Discord’s published API', () => {
  expect(discord.violations).toEqual([])
})

it('greets the owner of a server that adds it, and names the permissions that are missing', async () => {
  discord.guild('새 서버', {
    owner: '대표',
    ...{ botPermissions: ['VIEW_CHANNEL', 'SEND_MESSAGES'], everyonePermissions: ['VIEW_CHANNEL'] },
  })
  const greeting = await discord.until(
    () => discord.messages('대표').find(({ content }) => content.includes('설치해 주셔서')),
    { what: 'the greeting', timeoutMs: 15_000 },
  )
  expect(greeting.content).toMatch(/필요한 권한이 빠져 있어요:.*Create Public Threads/)
})

it('brings a private answer as a direct message when the model was away for longer than Discord waits', async () => {
  const clock = createShiftedClock()
  await using late = await openWorld({ platforms: ['discord'], clock })
  late.discord.guild('하늘상점')
  late.discord.channel('문의')
  await registerCommands(late.discord, 'Damso')
  const sora = late.discord.user('소라', { locale: 'ko' })
  late.vllm.reply('네, 환불은 사흘 안에 돼요.')
  await late.vllm.down()
  const asked = sora.command('질문', { 질문: '환불은 며칠 걸리나요?', 비공개: true }, '문의')
  await late.discord.until(() => asked.messages.some(({ content }) => content.includes('늦어지고')), {
    what: 'told that it takes longer',
    timeoutMs: 40_000,
  })
  expect(asked.messages).toHaveLength(1)
  clock.shift(15 * 60_000 + 1_000)
  await late.vllm.up()
  const direct = await late.discord.until(
    () => late.discord.messages('소라').find((message) => message.content.includes('사흘')),
    { what: 'the answer as a direct message', timeoutMs: 20_000 },
  )
  expect(direct.content).toContain('“환불은 며칠 걸리나요?”에 대한 답')
  expect(late.discord.messages('문의').every(({ ephemeralTo }) => ephemeralTo !== null)).toBe(true)
}, 80_000)
