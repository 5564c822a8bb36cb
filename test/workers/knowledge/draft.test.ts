// Drafts: staff read an answer before customers do, decide once, and what they send appears once where it was asked.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Enqueue } from '../../../src/core/decision.ts'
import type { Author } from '../../../src/core/inbound.ts'
import { words } from '../../../src/core/wording.ts'
import { createForms } from '../../../src/forms.ts'
import { linkTo } from '../../../src/platforms.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { createDecide } from '../../../workers/knowledge/decide.ts'
import { createDraft, type DraftDeps } from '../../../workers/knowledge/draft.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, hurry, type Rig, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()
const MINSU: Author = { id: 'USTAFF', name: '민수', kind: 'member', locale: 'ko-KR', isAdmin: false }
const DAVE: Author = { ...MINSU, id: 'UDAVE', name: 'Dave', locale: 'en-US' }
const STAFF = { platform: 'slack', workspace: WORKSPACE, channel: 'CSTAFF', thread: null } as const

beforeAll(() => storeOf().settings.set(WORKSPACE, null, 'staffChannel', 'CSTAFF', 'U0'))

const drafting: Partial<Enqueue> = { kind: 'draft', body: { room: 'channel' } }

function rigOf(
  screen = createScreen(),
  propose?: DraftDeps['propose'],
  shown: (turn: string) => Promise<void> = async () => undefined,
): Rig & { press(id: string, body: object, author?: Author): Promise<void> } {
  const model = createTestModel(() => ({ text: '이틀 안에 도착해요.' }))
  const answer = createAnswer({ model, botName: () => '도우미', retentionDays: 90 })
  const woken: string[] = []
  const draft = createDraft({ answer, linkTo, ...(propose ? { propose } : {}) })
  const rig = createRig(
    storeOf(),
    {
      answer,
      async draft(context) {
        const outcome = await draft(context)
        await shown(context.turn.id)
        return outcome
      },
      'draft-decision': createDecide({
        answers: storeOf().answers,
        wake: async (_workspace, lane) => void woken.push(lane),
      }),
    },
    screen,
  )
  return {
    ...rig,
    async press(id, body, author = MINSU) {
      const lane = `draft:${id}`
      const what = { kind: 'draft-decision', queue: 'relay', place: STAFF, handle: '{}' } as const
      await rig.say(lane, '', { ...what, body: { isByStaff: true, id, ...body }, author })
      await rig.run(lane, 'relay')
      for (const draft of woken.splice(0)) await rig.run(draft, 'relay')
    },
  }
}

/** What stands in a place, oldest first. */
function inPlace({ screen }: Rig, channel: string): string[] {
  const slots = screen.posts.filter(({ place }) => place.channel === channel).map(({ slot }) => slot)
  return screen
    .shown()
    .filter(({ slot }) => slots.includes(slot))
    .map(({ content }) => content.text)
}

async function drafted(rig: Rig, text = '배송은 언제 오나요?'): Promise<string> {
  await rig.say(rig.lane, text, drafting)
  await rig.run(rig.lane)
  return String((await rig.turnOf(rig.lane))['id'])
}

describe('before staff have decided', () => {
  test('the customer sees nothing, and staff see the question, where it is, and the answer with three buttons', async () => {
    const rig = rigOf()
    await drafted(rig)
    expect(inPlace(rig, 'C1')).toEqual([])
    expect(rig.screen.statuses.filter(Boolean)).toEqual([])
    const [card] = rig.screen.shown()
    expect(card!.content.text).toContain('> 배송은 언제 오나요?')
    expect(card!.content.text).toContain('https://slack.com/archives/C1/p')
    expect(card!.content.text).toContain('이틀 안에 도착해요.')
    expect(card!.content.buttons!.map(({ label }) => label)).toEqual([
      '보내기 · Send',
      '고치기 · Edit',
      '버리기 · Drop',
    ])
  })

  test('the thread remembers no answer', async () => {
    const rig = rigOf()
    await drafted(rig)
    expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'done', answer: null })
  })

  test('the customer’s first notice stands under whichever answer they see first', async () => {
    const rig = rigOf()
    const author = { ...MINSU, id: 'UNOTICED', name: '지수' }
    await rig.say(rig.lane, '배송은 언제 오나요?', { ...drafting, author })
    await rig.run(rig.lane)
    const { id } = await rig.turnOf(rig.lane)
    const elsewhere = `${rig.lane}-elsewhere`
    await rig.say(elsewhere, '환불되나요?', { author })
    await rig.run(elsewhere)
    await rig.press(String(id), { verb: 'send' })
    const answers = rig.screen.shown().filter(({ slot }) => slot.startsWith('answer'))
    const notice = words('ko').notice('도우미', 90)
    expect(answers.map(({ content }) => content.notes?.includes(notice))).toEqual([true, false])
  })

  test('a card that could not be posted is posted later, without asking the model again', async () => {
    const rig = rigOf()
    rig.screen.fail('platform-busy', 1, { retryAfterMs: 1 })
    await rig.say(rig.lane, '배송은 언제 오나요?', drafting)
    await rig.run(rig.lane)
    await hurry(rig.store)
    await rig.run(rig.lane)
    expect(inPlace(rig, 'CSTAFF')).toHaveLength(1)
    expect(inPlace(rig, 'C1')).toEqual([])
  })
})

test('who presses before the card is written down is told to press again, and then it is done', async () => {
  const NOT_YET = '아직 쓰고 있어요. 잠시 뒤 다시 눌러 주세요.'
  const openForm = (id: string) =>
    createForms({
      answers: storeOf().answers,
      replies: { find: async () => null },
      proposals: { find: async () => null },
      settingsOf: storeOf().settings.of,
      mask: (text) => text,
    })({ what: 'draft', id }, { workspace: WORKSPACE, audience: '', place: STAFF, author: MINSU }, 'ko')
  const early: unknown[] = []
  const rig = rigOf(createScreen(), undefined, async (id) => {
    if (early.length > 0) return
    early.push(await openForm(id))
    await rig.press(id, { verb: 'send' })
  })
  const id = await drafted(rig)
  expect(early).toEqual([{ refusal: NOT_YET }])
  expect(rig.screen.texts().at(-1)).toBe(NOT_YET)
  expect(await openForm(id)).toMatchObject({ submit: `draft:${id}` })
  await rig.press(id, { verb: 'send' })
  expect(rig.screen.shown().some(({ slot }) => slot === 'answer.0')).toBe(true)
})

describe('Send', () => {
  test('posts it in the customer’s thread, marked as checked, and the card says who sent it', async () => {
    const rig = rigOf()
    const id = await drafted(rig)
    await rig.press(id, { verb: 'send' })
    const answer = rig.screen.shown().find(({ slot }) => slot === 'answer.0')!
    expect(answer.content).toMatchObject({ text: '이틀 안에 도착해요.' })
    expect(answer.content.notes).toContain('AI가 쓰고 담당자가 확인한 답변이에요.')
    expect(answer.content.notes!.join()).not.toContain('틀릴 수 있어요')
    const card = rig.screen.shown().find(({ slot }) => slot === 'draft.0')!
    expect(card.content.notes).toEqual(['보냈어요 · Sent — 민수'])
    expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'done', answer: '이틀 안에 도착해요.' })
  })

  test.each([
    [MINSU, '민수 님이 이미 보냈어요.'],
    [DAVE, '민수 has sent it already.'],
  ])('pressed again by %o, it says that it was sent, and nothing is posted twice', async (author, told) => {
    const rig = rigOf()
    const id = await drafted(rig)
    await rig.press(id, { verb: 'send' })
    await rig.press(id, { verb: 'send' }, author)
    expect(rig.screen.shown().filter(({ slot }) => slot === 'answer.0')).toHaveLength(1)
    expect(rig.screen.texts()).toContain(told)
  })

  test('a platform that is away for a while loses neither the decision nor the text', async () => {
    const rig = rigOf()
    const id = await drafted(rig)
    rig.screen.fail('platform-busy', 1, { retryAfterMs: 1 })
    await rig.press(id, { verb: 'send' })
    expect(inPlace(rig, 'C1')).toEqual([])
    await hurry(rig.store)
    await rig.run(rig.lane, 'relay')
    expect(rig.screen.shown().find(({ slot }) => slot === 'answer.0')!.content.text).toBe(
      '이틀 안에 도착해요.',
    )
  })

  test('what the customer adds before it is out gets a draft of its own', async () => {
    const rig = rigOf()
    const id = await drafted(rig)
    await rig.say(rig.lane, '환불도 되나요?', drafting)
    await rig.press(id, { verb: 'send' })
    await rig.run(rig.lane)
    const cards = rig.screen.shown().filter(({ slot }) => slot === 'draft.0')
    expect(cards.map(({ content }) => content.buttons!.length)).toEqual([2, 3])
    expect(cards[1]!.content.text).toContain('> 환불도 되나요?')
  })
})

test('Edit sends the text that staff wrote, and says so', async () => {
  const rig = rigOf()
  const id = await drafted(rig)
  await rig.press(id, { verb: 'edit', text: '제주도는 나흘 걸려요.' })
  const answer = rig.screen.shown().find(({ slot }) => slot === 'answer.0')!
  expect(answer.content.text).toBe('제주도는 나흘 걸려요.')
  expect(answer.content.notes).toContain('담당자가 고친 답변이에요.')
  expect(await rig.turnOf(rig.lane)).toMatchObject({ answer: '제주도는 나흘 걸려요.' })
})

test('what staff wrote themselves is proposed as an article, what they only sent is not', async () => {
  const proposed: object[] = []
  const rig = rigOf(createScreen(), async (_context, what) => String(proposed.push(what)))
  await rig.press(await drafted(rig), { verb: 'send' })
  expect(proposed).toEqual([])
  const id = await drafted(rig, '제주도는 며칠 걸려요?')
  await rig.press(id, { verb: 'edit', text: '제주도는 나흘 걸려요.' })
  expect(proposed).toEqual([{ turn: id, answer: '제주도는 나흘 걸려요.', by: 'USTAFF', byName: '민수' }])
  expect((await rig.turnOf(rig.lane))['facts']).toMatchObject({ correctedBy: 'USTAFF', proposal: '1' })
})

test('Drop ends it: the customer hears nothing, and the card has no buttons left', async () => {
  const rig = rigOf()
  const id = await drafted(rig)
  await rig.press(id, { verb: 'drop' })
  await rig.press(id, { verb: 'send' })
  expect(rig.screen.shown().some(({ slot }) => slot === 'answer.0')).toBe(false)
  const card = rig.screen.shown().find(({ slot }) => slot === 'draft.0')!
  expect(card.content).toMatchObject({ notes: ['버렸어요 · Dropped — 민수'], buttons: [] })
  expect(rig.screen.texts()).toContain('민수 님이 이미 버렸어요.')
})

test('a question that was deleted meanwhile is not answered', async () => {
  const rig = rigOf()
  const source = await rig.say(rig.lane, '지울 질문이에요. 배송은요?', drafting)
  await rig.run(rig.lane)
  const id = String((await rig.turnOf(rig.lane))['id'])
  await rig.store.inbox.remove(WORKSPACE, `${WORKSPACE}:C1`, source)
  await rig.press(id, { verb: 'send' })
  expect(rig.screen.shown().some(({ slot }) => slot === 'answer.0')).toBe(false)
  expect(rig.screen.texts().join()).toContain('질문이 지워졌거나')
})

test('nobody outside the staff channel decides', async () => {
  const rig = rigOf()
  const id = await drafted(rig)
  await rig.press(id, { verb: 'send', isByStaff: false })
  expect(rig.screen.shown().some(({ slot }) => slot === 'answer.0')).toBe(false)
})
