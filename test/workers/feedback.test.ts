// What people think of an answer is kept with it: their latest verdict, why, and all that made the answer.
import { expect, test } from 'vitest'
import type { Author } from '../../src/core/inbound.ts'
import { maskPersonal } from '../../src/text/personal.ts'
import { createAnswer } from '../../workers/answer.ts'
import { createFeedback, createReason } from '../../workers/feedback.ts'
import { createTestModel } from './model.ts'
import { createRig, MINJI, type Rig, useStore } from './rig.ts'

const storeOf = useStore()
const DAVE: Author = { ...MINJI, id: 'UDAVE', name: 'Dave', locale: 'en-US' }

interface Room extends Rig {
  turn: string
  rate(value: 'up' | 'down', author?: Author): Promise<void>
  explain(reason: string, text?: string, author?: Author): Promise<void>
  facts(): Promise<Record<string, unknown>>
  rows(): Promise<Record<string, unknown>[]>
}

async function answered(): Promise<Room> {
  const store = storeOf()
  const model = createTestModel((_request, onText) => {
    onText('이틀')
    return { text: '이틀 걸려요.' }
  })
  const rig = createRig(store, {
    answer: createAnswer({ model, botName: () => '도우미', retentionDays: 90 }),
    feedback: createFeedback(store),
    'reason-decision': createReason({ people: store.people, mask: maskPersonal }),
  })
  await rig.say(rig.lane, '배송은 언제 오나요?')
  await rig.run(rig.lane)
  const turn = String((await rig.turnOf(rig.lane))['id'])
  const [{ platform_id: message } = { platform_id: '' }] = await store.db.query<{ platform_id: string }>(
    'select platform_id from posts where turn = $1::bigint',
    [turn],
  )
  // A screen counts its own messages, but the database is one for all tests.
  await store.db.query('update posts set platform_id = $2 where turn = $1::bigint', [
    turn,
    `${rig.lane}-${message}`,
  ])
  let presses = 0
  const press = async (kind: string, body: object, author: Author): Promise<void> => {
    const lane = `${kind}:${rig.lane}:${++presses}`
    await rig.say(lane, '', { kind, queue: 'relay', handle: '{}', body: { ...body }, author })
    await rig.run(lane, 'relay')
  }
  return {
    ...rig,
    turn,
    rate: (value, author = MINJI) => press('feedback', { value, message: `${rig.lane}-${message}` }, author),
    explain: (reason, text = '', author = MINJI) =>
      press('reason-decision', { id: turn, reason, text }, author),
    facts: async () => (await rig.turnOf(rig.lane))['facts'] as Record<string, unknown>,
    rows: () =>
      store.db.query(
        'select person, value, reason, words from feedback where turn = $1::bigint order by person',
        [turn],
      ),
  }
}

const last = ({ screen }: Rig) =>
  screen
    .shown()
    .filter(({ slot }) => slot === 'say')
    .at(-1)!.content

test('👍 is thanked for, with nothing more to choose', async () => {
  const room = await answered()
  await room.rate('up')
  expect(last(room)).toMatchObject({ text: '의견 고맙습니다.' })
  expect(last(room).buttons).toBeUndefined()
  expect(await room.facts()).toMatchObject({ feedback: 'up' })
})

test('after 👎 a reason may be given, in the person’s own language', async () => {
  const room = await answered()
  await room.rate('down', DAVE)
  expect(last(room).buttons!.map(({ label }) => label)).toEqual([
    ...['It’s wrong', 'Out of date', 'Not what I asked', 'Something else'],
  ])
  await room.explain('outdated', '', DAVE)
  expect(last(room).text).toBe('Thanks, that helps.')
  expect(await room.rows()).toEqual([{ person: 'UDAVE', value: 'down', reason: 'outdated', words: null }])
  expect(await room.facts()).toMatchObject({ feedback: 'down', reason: 'outdated' })
})

test('words of their own are kept without personal data', async () => {
  const room = await answered()
  await room.rate('down')
  await room.explain('other', '010-1234-5678로 전화했는데 다르던데요')
  expect(await room.rows()).toEqual([
    { person: 'U1', value: 'down', reason: 'other', words: '[전화번호]로 전화했는데 다르던데요' },
  ])
})

test('who changes their mind takes the reason back, and a late reason does not bring the 👎 back', async () => {
  const room = await answered()
  await room.rate('down')
  await room.explain('wrong')
  await room.rate('up')
  await room.explain('wrong')
  expect(await room.rows()).toEqual([{ person: 'U1', value: 'up', reason: null, words: null }])
  expect(await room.facts()).toMatchObject({ feedback: 'up', reason: null })
})

test('one person’s verdict is not another’s, and nobody explains for somebody else', async () => {
  const room = await answered()
  await room.rate('down')
  await room.rate('up', DAVE)
  await room.explain('wrong', '', DAVE)
  expect(await room.rows()).toMatchObject([
    { person: 'U1', value: 'down', reason: null },
    { person: 'UDAVE', value: 'up' },
  ])
})

test('with the verdict stands what made the answer', async () => {
  const room = await answered()
  await room.rate('down')
  expect(await room.facts()).toMatchObject({
    ...{ lang: 'ko', prompt: expect.stringMatching(/^answer-/), model: 'exaone-4.0-32b' },
    ...{ promptTokens: 10, tokens: 10, modelMs: 10, firstWordMs: expect.any(Number), feedback: 'down' },
  })
})

test('a reason for an answer that is no longer kept does no harm', async () => {
  const room = await answered()
  await room.explain('wrong')
  await room.store.db.query('delete from turns where id = $1::bigint', [room.turn])
  await room.explain('wrong')
  expect(last(room).text).toBe('자세히 알려 주셔서 고맙습니다.')
})
