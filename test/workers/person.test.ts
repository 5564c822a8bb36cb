// Somebody asks for a person: staff can find what it is about, and nobody is promised what will not happen.
import { expect, test } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import type { Turn, TurnMessage } from '../../src/core/turn.ts'
import { linkTo } from '../../src/platforms.ts'
import { createPerson } from '../../workers/person.ts'
import { contextOf, type Said, type Scene } from './context.ts'

const turns = {
  question: async (workspace: string, audience: string, id: string) =>
    `${workspace}|${audience}|${id}` === 'slack:T1|slack:T1:C1|42' ? '배송은 언제 오나요?\n급해요' : '',
}
/** Whose staff a person reaches from a direct message, and under which of the bot's messages they were called. */
const servers = new Map<string, { workspace: string; channel: string }>()
const calls = new Set<string>()
const people = {
  staffOf: async (person: string) => servers.get(person) ?? null,
  isCalled: async (_workspace: string, person: string, message: string) => calls.has(`${person}:${message}`),
}
const ask = createPerson({ turns, people, linkTo })

const messageOf = (fields: Partial<TurnMessage> = {}): TurnMessage => ({
  source: 'C1:1760000000.000300',
  text: '상담원 연결해 주세요',
  body: { room: 'thread' },
  attachments: [],
  at: 0,
  ...fields,
})
const pressed: Partial<Turn> = {
  kind: 'person',
  lane: 'cmd:act:1.2.abc',
  handle: '{}',
  messages: [
    messageOf({
      source: 'act:12345.98765.abcdef',
      text: '',
      body: { value: '42', message: '1760000000.000200', room: 'thread' },
    }),
  ],
}

async function run(scene: Scene): Promise<Said[]> {
  const context = contextOf({ settings: { staffChannel: 'CSTAFF' }, ...scene })
  await ask(context)
  return context.said
}

test('a pressed button tells staff what was asked, with a link to the answer', async () => {
  const [card, told] = await run({ turn: pressed })
  expect(card).toMatchObject({ channel: 'CSTAFF', isPrivate: false })
  expect(card!.text).toContain('지수')
  expect(card!.text).toContain('> 배송은 언제 오나요?\n> 급해요')
  expect(card!.text).toContain('https://slack.com/archives/C1/p1760000000000200')
  expect(told).toMatchObject({ channel: 'C1', isPrivate: true })
})

test('asked for in words, the card quotes the question before and links to the message', async () => {
  const history = [{ role: 'asker' as const, text: '환불되나요?' }]
  const [card, told] = await run({ turn: { kind: 'person', messages: [messageOf()], history } })
  expect(card!.text).toContain('> 환불되나요?')
  expect(card!.text).toContain('/p1760000000000300')
  expect(told).toMatchObject({ isPrivate: false })
  expect(told!.text).toContain('여기에서')
})

test.each([
  [pressed, 'CSTAFF', { reason: 'button', turn: '42', isTold: true }],
  [pressed, null, { reason: 'button', turn: '42', isTold: false }],
  [{ kind: 'person', messages: [messageOf()] }, 'CSTAFF', { reason: 'words', turn: null, isTold: true }],
] as const)(
  'notes how a person was asked for, and whether staff were told (%#)',
  async (turn, staffChannel, handover) => {
    const outcome = await ask(contextOf({ settings: { staffChannel }, turn: turn as Partial<Turn> }))
    expect(outcome).toMatchObject({ type: 'done', facts: { handover } })
  },
)

test('in a direct message nobody is told that staff will answer there', async () => {
  const [, told] = await run({ turn: { kind: 'person', messages: [messageOf({ body: { room: 'dm' } })] } })
  expect(told!.text).not.toContain('여기에서')
})

test.each(['place-gone', 'place-forbidden'])('a staff channel that is %s is not promised', async (code) => {
  const refuse = (slot: string): void => {
    if (slot === 'staff-card')
      throw new BotError(code, { retryable: false, say: { ko: '', en: '' }, hint: 'h' })
  }
  const said = await run({ turn: pressed, refuse })
  expect(said.map(({ slot }) => slot)).toEqual(['say'])
  expect(said[0]!.text).toContain('정해져 있지 않아요')
})

const direct = (person: string): Partial<Turn> => ({
  ...pressed,
  workspace: 'discord:dm',
  audience: 'discord:dm:900',
  author: { id: person, name: '지수', kind: 'member', lang: 'ko', isAdmin: false },
  place: { platform: 'discord', workspace: 'discord:dm', channel: '900', thread: null },
  messages: [messageOf({ text: '', body: { value: '42', message: '901', room: 'dm' } })],
})

test('from a direct message on Discord, staff of the server where the person has asked hear of it', async () => {
  servers.set('11', { workspace: 'discord:1', channel: '500' })
  const [card, told] = await run({ turn: direct('11'), settings: { staffChannel: null } })
  expect(card).toMatchObject({ slot: 'staff-card', channel: '500' })
  // Staff cannot open another person's direct messages, but they can find the person.
  expect(card!.text).toContain('https://discord.com/users/11')
  expect(told!.text).toContain('직접 연락드릴')
})

test('from a direct message of somebody whose server is not known, it says where to ask instead', async () => {
  const [told, ...more] = await run({ turn: direct('12'), settings: { staffChannel: null } })
  expect(more).toEqual([])
  expect(told!.text).toContain('서버의 채널에서')
})

test('pressed again under the same answer, staff are not called twice', async () => {
  servers.set('13', { workspace: 'discord:1', channel: '500' })
  calls.add('13:901')
  const [told, ...more] = await run({ turn: direct('13'), settings: { staffChannel: null } })
  expect(more).toEqual([])
  expect(told!.text).toContain('이미')
})

test('a command leaves no message to link to', async () => {
  const message = messageOf({ source: 'cmd:12345.98765.1234', body: {} })
  const place = { platform: 'slack' as const, workspace: 'slack:T1', channel: 'C1', thread: null }
  const [card] = await run({ turn: { kind: 'person', handle: '{}', place, messages: [message] } })
  expect(card!.text).toMatch(/archives\/C1$/)
})
