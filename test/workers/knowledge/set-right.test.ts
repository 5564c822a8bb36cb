// Staff set an answer right that customers see: the customer's copy changes, the thread knows it, and it is safe to repeat.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Author } from '../../../src/core/inbound.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { createSetRight, type SetRightDeps } from '../../../workers/knowledge/set-right.ts'
import { createTestModel, type TestModel } from '../model.ts'
import { createRig, createScreen, hurry, MINJI, type Rig, type Screen, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()
const BOSS: Author = { id: 'UBOSS', name: '대표', kind: 'member', locale: 'ko-KR', isAdmin: true }
const MINSU: Author = { ...BOSS, id: 'UMINSU', name: '민수', isAdmin: false }
const DAVE: Author = { ...MINSU, id: 'UDAVE', name: 'Dave', locale: 'en-US' }

beforeAll(() => storeOf().settings.set(WORKSPACE, null, 'staffChannel', 'CSTAFF', 'U0'))

interface Desk extends Rig {
  model: TestModel
  /** The customer asks, and is answered; gives the answer's turn. */
  answered(text?: string, more?: object): Promise<string>
  decide(id: string, body: object, author?: Author): Promise<string>
}

let decisions = 0

function deskOf(
  reply = '배송은 이틀 걸려요.',
  { screen = createScreen(), ...deps }: Partial<SetRightDeps> & { screen?: Screen } = {},
): Desk {
  const model = createTestModel(() => ({ text: reply }))
  const { answers } = storeOf()
  const rig = createRig(
    storeOf(),
    {
      answer: createAnswer({ model, botName: () => '도우미', retentionDays: 90 }),
      'answer-decision': createSetRight({ answers, ...deps }),
      note: async () => ({ type: 'done' }),
    },
    screen,
  )
  return {
    ...rig,
    model,
    async answered(text = '배송은 언제 오나요?', more = {}) {
      await rig.say(rig.lane, text, more)
      await rig.run(rig.lane)
      return String((await rig.turnOf(rig.lane))['id'])
    },
    async decide(id, body, author = BOSS) {
      const lane = `answer:${id}:${++decisions}`
      await rig.say(lane, '', {
        ...{ kind: 'answer-decision', queue: 'relay', handle: '{}', author },
        body: { id, ...body },
      })
      await rig.run(lane, 'relay')
      return lane
    },
  }
}

const seen = ({ screen }: Rig) => screen.shown().filter(({ slot }) => slot.startsWith('answer.'))
const told = ({ screen }: Rig) =>
  screen.shown().flatMap(({ slot, content }) => (slot === 'say' ? content.text : []))

describe('a correction', () => {
  test('replaces the text in the customer’s copy and says who stands behind it', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(seen(desk)).toHaveLength(1)
    expect(seen(desk)[0]!.content).toMatchObject({
      text: '배송은 나흘 걸려요.',
      notes: ['담당자가 고친 답변이에요.'],
    })
    expect(seen(desk)[0]!.content.buttons!.map(({ label }) => label)).toEqual([
      '도움됐어요',
      '아쉬워요',
      '상담원 연결',
    ])
    expect(told(desk)).toEqual(['답변을 고쳤어요.'])
    expect((await desk.turnOf(desk.lane))['facts']).toMatchObject({ correctedBy: 'UBOSS', withdrawn: null })
  })

  test('is what the next turn of the thread takes as said', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    await desk.answered('주말에도 배송하나요?')
    const { history } = desk.model.asked.at(-1)!
    expect(history.map(({ text }) => text)).toEqual(['배송은 언제 오나요?', '배송은 나흘 걸려요.'])
  })

  test('in an English thread is marked in English, and told in the staff member’s language', async () => {
    const desk = deskOf('It takes two days.')
    const id = await desk.answered('When will my order arrive, please?', {
      author: { ...MINJI, locale: 'en-US' },
    })
    await desk.decide(id, { verb: 'edit', text: 'It takes four days.' })
    expect(seen(desk)[0]!.content.notes).toEqual(['Corrected by our team.'])
    expect(told(desk)).toEqual(['답변을 고쳤어요.'])
  })

  test('keeps the question above an answer to a command, which nobody else has seen', async () => {
    const desk = deskOf()
    const id = await desk.answered('배송은 언제 오나요?', { body: { quotesQuestion: true } })
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(seen(desk)[0]!.content.text).toBe('> 배송은 언제 오나요?\n\n배송은 나흘 걸려요.')
  })

  test('of what only one person has seen is refused, since no edit reaches it', async () => {
    const desk = deskOf()
    const id = await desk.answered('배송은 언제 오나요?', { body: { isPrivate: true } })
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(seen(desk)[0]!.content.text).toBe('배송은 이틀 걸려요.')
    expect(told(desk)[0]).toContain('고치거나 철회할 수 없어요')
  })

  test('of a private answer in a direct message, which stays, is like any other', async () => {
    const desk = deskOf()
    const id = await desk.answered('배송은 언제 오나요?', { body: { isPrivate: true, room: 'dm' } })
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(told(desk)).toEqual(['답변을 고쳤어요.'])
  })

  test('of a long answer spreads over its posts, and takes away those that it no longer fills', async () => {
    const desk = deskOf('배송은 이틀 걸려요. '.repeat(200).trim())
    const id = await desk.answered()
    const before = seen(desk).length
    expect(before).toBeGreaterThan(2)
    await desk.decide(id, { verb: 'edit', text: `${'배송은 나흘 걸려요. '.repeat(100)}끝이에요.` })
    const [first, ...rest] = seen(desk)
    expect(rest.length).toBeLessThan(before - 1)
    expect(first!.content.notes).toBeUndefined()
    expect(rest.at(-1)!.content.notes).toEqual(['담당자가 고친 답변이에요.'])
    expect(rest.at(-1)!.content.text).toMatch(/끝이에요\.$/)
    expect(
      seen(desk)
        .map(({ content }) => content.text)
        .join(),
    ).not.toContain('이틀')
  })

  test('that has no room is refused with the room there is, and nothing changes', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '길어요. '.repeat(400) })
    expect(told(desk)[0]).toContain('1,000자까지만')
    expect(seen(desk)[0]!.content.text).toBe('배송은 이틀 걸려요.')
    expect(await desk.turnOf(desk.lane)).toMatchObject({ answer: '배송은 이틀 걸려요.' })
  })

  test('without any text is refused', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '  \n ' })
    expect(told(desk)).toEqual(['보낼 글이 비어 있어요.'])
    expect(seen(desk)[0]!.content.text).toBe('배송은 이틀 걸려요.')
  })

  test('is made good when the platform was away in between', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    desk.screen.fail('platform-busy', 1, { retryAfterMs: 1 })
    const lane = await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(seen(desk)[0]!.content.text).toBe('배송은 이틀 걸려요.')
    await hurry(desk.store)
    await desk.run(lane, 'relay')
    expect(seen(desk).map(({ content }) => content.text)).toEqual(['배송은 나흘 걸려요.'])
    expect(told(desk)).toEqual(['답변을 고쳤어요.'])
  })

  test('that another overtook leaves on the screen what the thread remembers', async () => {
    const screen = createScreen()
    const desk = deskOf(undefined, { screen })
    const id = await desk.answered()
    const gate = Promise.withResolvers<void>()
    screen.held = gate.promise
    const slow = desk.decide(id, { verb: 'edit', text: '처음 고친 글이에요.' })
    await expect.poll(async () => (await desk.turnOf(desk.lane))['answer']).toBe('처음 고친 글이에요.')
    screen.held = undefined
    await desk.decide(id, { verb: 'withdraw' })
    gate.resolve()
    await slow
    expect(seen(desk)[0]!.content.text).toBe((await desk.turnOf(desk.lane))['answer'])
    expect(seen(desk)[0]!.content.buttons!.map(({ label }) => label)).toEqual(['상담원 연결'])
  })

  test('is proposed as an article, and says so', async () => {
    const proposed: object[] = []
    const desk = deskOf(undefined, { propose: async (_context, what) => String(proposed.push(what)) })
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' })
    expect(proposed).toEqual([{ turn: id, answer: '배송은 나흘 걸려요.', by: 'UBOSS', byName: '대표' }])
    expect(told(desk)[0]).toContain('상담 채널에 글로 제안했어요')
  })
})

describe('a withdrawal', () => {
  test('puts a plain sentence and the way to a person in place of all the answer’s posts', async () => {
    const desk = deskOf('배송은 이틀 걸려요. '.repeat(200).trim())
    const id = await desk.answered()
    await desk.decide(id, { verb: 'withdraw' })
    expect(seen(desk)).toHaveLength(1)
    expect(seen(desk)[0]!.content.text).toContain('정확하지 않아 담당자가 철회했어요')
    expect(seen(desk)[0]!.content.buttons!.map(({ label }) => label)).toEqual(['상담원 연결'])
    await desk.decide(id, { verb: 'withdraw' })
    expect(seen(desk)).toHaveLength(1)
    expect((await desk.turnOf(desk.lane))['facts']).toMatchObject({ withdrawn: 'UBOSS' })
  })

  test('is never proposed as an article', async () => {
    const desk = deskOf(undefined, { propose: () => Promise.reject(new Error('proposed')) })
    const id = await desk.answered()
    await desk.decide(id, { verb: 'withdraw' })
    expect(told(desk)).toEqual(['답변을 철회했어요.'])
  })

  test('names the answer by its message, as the menu does, and in that channel only', async () => {
    const desk = deskOf()
    await desk.answered()
    const ts = desk.screen.shown().length
    await desk.decide(`message:COTHER:ts${ts}`, { verb: 'withdraw' })
    expect(told(desk)[0]).toContain('제가 드린 답변이 아니거나')
    await desk.decide(`message:C1:ts${ts}`, { verb: 'withdraw' })
    expect(seen(desk)[0]!.content.text).toContain('철회했어요')
  })
})

describe('who may', () => {
  test.each([
    [MINSU, '담당자만 할 수 있어요'],
    [DAVE, 'Only staff can do this'],
  ])('others are told politely (%#), and nothing changes', async (author, words) => {
    const desk = deskOf()
    const id = await desk.answered()
    await desk.decide(id, { verb: 'edit', text: '배송은 공짜예요.' }, author)
    expect(told(desk)[0]).toContain(words)
    expect(seen(desk)[0]!.content.text).toBe('배송은 이틀 걸려요.')
  })

  test('whoever has done something in the staff channel may, wherever they are', async () => {
    const desk = deskOf()
    const id = await desk.answered()
    const yuri = { ...MINSU, id: 'UYURI', name: '유리' }
    const place = { ...desk.place('x'), channel: 'CSTAFF', thread: null }
    await desk.say('staff-act', '', { kind: 'note', queue: 'relay', place, author: yuri })
    await desk.decide(id, { verb: 'edit', text: '배송은 나흘 걸려요.' }, yuri)
    expect(seen(desk)[0]!.content.text).toBe('배송은 나흘 걸려요.')
  })

  test('an answer that is still being written is to be waited for', async () => {
    const desk = deskOf()
    await desk.say(desk.lane, '배송은 언제 오나요?')
    const claim = await desk.store.turns.claim(WORKSPACE, desk.lane, 'w2', 60_000)
    await desk.decide('turn' in claim ? claim.turn.id : '', { verb: 'withdraw' })
    expect(told(desk)).toEqual(['아직 답변을 쓰고 있어요. 다 쓴 다음에 다시 해 주세요.'])
  })

  test('what is no answer cannot be set right', async () => {
    const desk = deskOf()
    await desk.decide('999999999', { verb: 'edit', text: '무엇이든요.' })
    await desk.decide('message:C1:1.000100', { verb: 'withdraw' })
    await desk.decide('; drop table turns', { verb: 'withdraw' })
    expect(told(desk).every((text) => text.includes('제가 드린 답변이 아니거나'))).toBe(true)
    expect(told(desk)).toHaveLength(3)
  })
})
