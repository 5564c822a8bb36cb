// What is Slack's own around the main job (main-job.contract.ts): help and settings by command, prompts, invitation, where
// and whom it answers, a person, feedback.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FakeSlack, FakeUser, VisibleMessage } from '../fakes/slack/index.ts'
import { openWorld, type World } from './harness.ts'
import { seenOnSlack } from './stage.ts'

let world: World
let slack: FakeSlack
let minji: FakeUser
let dave: FakeUser
let boss: FakeUser

beforeAll(async () => {
  world = await openWorld({ platforms: ['slack'] })
  slack = world.slack
  minji = slack.user('UMINJI', { name: '민지', locale: 'ko-KR' })
  dave = slack.user('UDAVE', { name: 'Dave', locale: 'en-US' })
  boss = slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
  for (const id of ['CASK', 'CEVERY', 'CHERE', 'CMEMBERS', 'CSTAFF'])
    slack.channel(id, { name: id.toLowerCase() })
  world.vllm.reply((request) =>
    /[가-힣]/.test(request.lastUser) ? '네, 내일 도착해요.' : 'Yes, it arrives tomorrow.',
  )
}, 120_000)
afterAll(async () => {
  await world[Symbol.asyncDispose]()
})

const isDone = (message: VisibleMessage): boolean => seenOnSlack(message).isDone
const answerIn = (channel: string, root: string): Promise<VisibleMessage> =>
  slack.until(() => slack.thread(channel, root).find((message) => isDone(message) && message.ts > root), {
    what: `an answer in ${root}`,
    timeoutMs: 15_000,
  })
const whisper = (channel: string, who: FakeUser, text: RegExp): Promise<VisibleMessage> =>
  slack.until(() => slack.ephemerals(channel, who.id).find((message) => text.test(message.text)), {
    what: `${text} for ${who.id} alone`,
    timeoutMs: 15_000,
  })
const set = async (channel: string, typed: string): Promise<void> => {
  const before = slack.ephemerals(channel, boss.id).length
  await boss.command('/damso', `설정 ${typed}`, channel)
  await slack.until(() => slack.ephemerals(channel, boss.id).length > before, { what: 'the confirmation' })
}
/** Waits until another, plain question is answered: by then this one would have been too. */
const expectSilence = async (channel: string, root: string): Promise<void> => {
  await answerIn('CASK', boss.say('CASK', `${slack.mention} 배송이 언제 오나요?`))
  expect(slack.thread(channel, root).filter((message) => message.isBot)).toEqual([])
}

it.each([
  ['도움말', '물어보는 법', 'minji'],
  ['help', 'How to ask', 'dave'],
  ['whatever', 'How to ask', 'dave'],
])('shows help for /damso %s', async (typed, expected, who) => {
  const person = who === 'minji' ? minji : dave
  await person.command('/damso', typed, 'CASK')
  await whisper('CASK', person, new RegExp(expected))
})

it('shows the settings to admins only', async () => {
  await boss.command('/damso', '설정', 'CASK')
  await whisper('CASK', boss, /부를 때만 답하기/)
  await dave.command('/damso', 'settings', 'CASK')
  await whisper('CASK', dave, /Only admins/)
})

it('suggests questions in the person’s language when the conversation is opened', async () => {
  const korean = minji.openDm()
  const english = dave.openDm()
  await slack.until(() => slack.prompts(korean) && slack.prompts(english), { what: 'suggested prompts' })
  expect(slack.prompts(korean)?.title).toBe('무엇을 도와드릴까요?')
  expect(slack.prompts(english)?.prompts.map((prompt) => prompt.title)).toContain('Delivery')
})

it('answers a direct message in its own thread', async () => {
  const dm = slack.dm(dave)
  expect((await answerIn(dm, dave.say(dm, 'When will it arrive?'))).text).toContain('arrives tomorrow')
})

it('tells the one who invites it what it will do there, and nobody else', async () => {
  slack.channel('CNEW', { name: '새채널', withoutBot: true })
  boss.invite('CNEW')
  await whisper('CNEW', boss, /멘션하/)
  expect(slack.timeline('CNEW').filter((message) => message.isBot)).toEqual([])
})

it('answers every new post where that is set, without a mention', async () => {
  await set('CEVERY', '모드 every')
  const ts = dave.say('CEVERY', '배송비가 얼마예요?')
  expect((await answerIn('CEVERY', ts)).text).toContain('도착해요')
})

it('answers in the channel itself where that is set', async () => {
  await set('CHERE', '답변위치 here')
  const ts = dave.say('CHERE', `${slack.mention} 배송비가 얼마예요?`)
  await slack.until(() => slack.timeline('CHERE').some((message) => isDone(message) && message.ts > ts), {
    timeoutMs: 15_000,
  })
  expect(slack.thread('CHERE', ts)).toHaveLength(1)
})

it.each([
  ['a command', '그만'],
  ['a command', 'its button'],
  ['a mention, answered in the channel', '그만'],
])('says at once that it writes an answer to %s, which %s stops', async (asked, how) => {
  // Nobody who has asked in another test.
  const asker = slack.user(`UASK${how.length}${asked.length}`, { name: '지우', locale: 'ko-KR' })
  world.vllm.reply('아주 길게 쓰는 답변이에요. '.repeat(50))
  const held = world.vllm.holdAfter(20)
  const channel = asked === 'a command' ? 'CASK' : 'CHERE'
  const before = new Set(slack.timeline(channel).map(({ ts }) => ts))
  const answer = () => slack.timeline(channel).find(({ isBot, ts }) => isBot && !before.has(ts))
  if (asked === 'a command') await asker.command('/damso', '질문 길게 써 주세요', channel)
  else asker.say(channel, `${slack.mention} 길게 써 주세요`)
  await whisper(channel, asker, /쓰고 있어요…/)
  await held
  await slack.until(() => answer()?.text.includes('아주 길게'), { what: 'the first words' })
  const growing = answer()!
  expect(growing.buttons.map(({ text }) => text)).toEqual(['멈추기'])
  const aborted = world.vllm.aborted.length
  // Somebody else's word stops nothing of theirs.
  dave.say(channel, 'stop')
  if (how === '그만') asker.say(channel, '그만')
  else await asker.click(growing.ts, growing.buttons[0]!.actionId, growing.buttons[0]!.value)
  await world.vllm.until((vllm) => vllm.aborted.length > aborted)
  world.vllm.resume()
  await slack.until(() => isDone(answer()!), { what: 'its end' })
  expect(JSON.stringify(answer())).toContain('멈췄어요')
  expect(answer()!.text).toContain('아주 길게 쓰는')
  expect(slack.timeline(channel).filter(({ isBot, ts }) => isBot && !before.has(ts))).toHaveLength(1)
  world.vllm.reply((request) =>
    /[가-힣]/.test(request.lastUser) ? '네, 내일 도착해요.' : 'Yes, it arrives tomorrow.',
  )
})

it('tells a guest once that only members may use it, where that is set', async () => {
  await set('CMEMBERS', 'who members')
  const guest = slack.user('UGUEST', { name: '손님', locale: 'ko-KR', isGuest: true, isRestricted: true })
  guest.say('CMEMBERS', `${slack.mention} 배송비가 얼마예요?`)
  await whisper('CMEMBERS', guest, /정식 멤버만/)
  await answerIn('CMEMBERS', minji.say('CMEMBERS', `${slack.mention} 배송비가 얼마예요?`))
})

it('is silent in a shared channel until a member allows it, then answers people of both organisations', async () => {
  slack.channel('CSHARED', { name: '공유', isExtShared: true, members: ['UBOSS', 'UMINJI'] })
  const partner = slack.user('UPARTNER', { name: '파트너', locale: 'ko-KR', isExternal: true })
  const ignored = partner.say('CSHARED', `${slack.mention} 배송비가 얼마예요?`)
  await expectSilence('CSHARED', ignored)
  // Everywhere is for admins to say.
  const replyTo = (ts: string): Promise<VisibleMessage> =>
    slack.until(() => slack.thread('CSHARED', ts).find((message) => message.isBot), { timeoutMs: 15_000 })
  const asked = minji.say('CSHARED', `${slack.mention} settings shared on workspace`)
  expect((await replyTo(asked)).text).toContain('관리자만')
  const allowed = minji.say('CSHARED', `${slack.mention} settings shared on`)
  expect((await replyTo(allowed)).text).toContain('바꿨어요')
  await answerIn('CSHARED', partner.say('CSHARED', `${slack.mention} 반품도 되나요?`))
}, 40_000)

it('says that no person is set up, and with a staff channel tells it there', async () => {
  const root = minji.say('CASK', `${slack.mention} 주문을 취소하고 싶어요.`)
  const answer = await answerIn('CASK', root)
  const press = async (): Promise<void> => {
    const button = slack.message(answer.ts)?.buttons.find((one) => one.text === '상담원 연결')
    await minji.click(answer.ts, button!.actionId, button!.value)
  }
  await press()
  await whisper('CASK', minji, /정해져 있지 않아요/)
  await set('CSTAFF', 'staff here')
  await press()
  await slack.until(
    () => slack.thread('CASK', root).some(({ text }) => text.includes('담당자에게 전달했어요')),
    { what: 'told in the thread', timeoutMs: 15_000 },
  )
  const notice = await slack.until(() => slack.timeline('CSTAFF').find((message) => message.isBot))
  expect(notice.text).toContain('민지')
  expect(notice.text).toContain('주문을 취소하고 싶어요')
}, 40_000)

it('thanks for feedback privately, in the person’s language', async () => {
  const answer = await answerIn('CASK', dave.say('CASK', `${slack.mention} When will it arrive?`))
  const button = slack.message(answer.ts)?.buttons.find((one) => one.text.includes('Not helpful'))
  await dave.click(answer.ts, button!.actionId, button!.value)
  await whisper('CASK', dave, /Sorry about that/)
})
