// What a question becomes: what the model is asked, and what stands around its answer.
import { describe, expect, test } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import type { Attachment } from '../../src/core/inbound.ts'
import { words } from '../../src/core/wording.ts'
import { checkCitations } from '../../src/knowledge/citations.ts'
import type { Finding } from '../../src/knowledge/model.ts'
import { keepHosts, keepHostsGrowing } from '../../src/text/links.ts'
import { createAnswer } from '../../workers/answer.ts'
import type { Grounding } from '../../workers/knowledge/grounding.ts'
import { createTestModel, type TestModel } from './model.ts'
import { createRig, createScreen, hurry, MINJI, type Rig, useStore, WORKSPACE } from './rig.ts'

const storeOf = useStore()
const OTHER = { ...MINJI, locale: 'en-US' }

function createAnswering(
  model: TestModel = createTestModel(() => ({ text: '네, 내일 도착해요.' })),
): Rig & { model: TestModel } {
  const answer = createAnswer({ model, botName: () => '하늘이', retentionDays: 30 })
  return { ...createRig(storeOf(), { answer }, createScreen()), model }
}

const shownBy = (rig: Rig) => rig.screen.shown()[0]!.content

test('several messages are one question, and the thread so far is told', async () => {
  const rig = createAnswering()
  await rig.say(rig.lane, '배송비가 얼마예요?')
  await rig.run(rig.lane)
  await rig.say(rig.lane, '제주도인데요')
  await rig.say(rig.lane, '얼마나 걸려요?')
  await rig.run(rig.lane)
  expect(rig.model.asked.at(-1)).toMatchObject({
    user: { text: '제주도인데요\n얼마나 걸려요?', images: [] },
    history: [
      { role: 'user', text: '배송비가 얼마예요?' },
      { role: 'assistant', text: '네, 내일 도착해요.' },
    ],
    lang: 'ko',
    expectLang: 'ko',
    session: rig.lane,
  })
})

test.each([
  ['chat', 0],
  ['batch', 10],
] as const)('a question in %s has priority %i at the model', async (queue, priority) => {
  const rig = createAnswering()
  await rig.say(rig.lane, '배송이 언제 오나요?', { queue })
  await rig.run(rig.lane, queue)
  expect(rig.model.asked[0]).toMatchObject({ priority })
})

test('how long somebody has waited for the first word counts from their question, not from when work on it began', async () => {
  const growing = createTestModel(async (_request, onText) => {
    onText('네,')
    await expect.poll(() => rig.screen.texts()).toHaveLength(1)
    return { text: '네, 내일 도착해요.' }
  })
  const rig: Rig = createAnswering(growing)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await rig.store.db.query(`update inbox set created_at = now() - interval '1 minute' where lane = $1`, [
    rig.lane,
  ])
  await rig.run(rig.lane)
  const { facts } = (await rig.turnOf(rig.lane)) as { facts: Record<string, number> }
  expect(facts['askedToWordMs']).toBeGreaterThanOrEqual(60_000)
  expect(facts['firstWordMs']).toBeLessThan(30_000)
  expect(rig.timed).toContain('first_word_seconds')
})

test('a person’s first answer says who writes, how long it is kept and how to be forgotten; the next does not', async () => {
  const rig = createAnswering()
  const author = { ...MINJI, id: 'UNEW' }
  await rig.say(rig.lane, '배송이 언제 오나요?', { author })
  await rig.run(rig.lane)
  const notice = words('ko').notice('하늘이', 30)
  expect(shownBy(rig).notes).toEqual([words('ko').label, notice])
  await rig.say(rig.lane, '환불되나요?', { author })
  await rig.run(rig.lane)
  expect(rig.screen.shown()[1]!.content.notes).toEqual([words('ko').label])
  // Where it is kept for a shorter time, that is what it says; the installation's 30 days are never exceeded.
  const { settings } = storeOf()
  for (const [days, told] of [
    ['7', 7],
    ['365', 30],
  ] as const) {
    await settings.set(WORKSPACE, null, 'retention', days, 'U9')
    const before = rig.screen.shown().length
    await rig.say(rig.lane, '배송은요?', { author: { ...MINJI, id: `UNEW${days}` } })
    await rig.run(rig.lane)
    expect(rig.screen.shown()[before]!.content.notes).toContain(words('ko').notice('하늘이', told))
  }
  await settings.set(WORKSPACE, null, 'retention', null, 'U9')
})

test('of two first questions at the same time one answer carries the notice', async () => {
  const both = Promise.withResolvers<void>()
  let asked = 0
  const model = createTestModel(async () => {
    if (++asked === 2) both.resolve()
    await both.promise
    return { text: '네, 내일 도착해요.' }
  })
  const rigs = [createAnswering(model), createAnswering(model)]
  const author = { ...MINJI, id: 'UTWICE' }
  for (const rig of rigs) await rig.say(rig.lane, '배송이 언제 오나요?', { author })
  await Promise.all(rigs.map((rig) => rig.run(rig.lane)))
  const notice = words('ko').notice('하늘이', 30)
  expect(rigs.filter((rig) => shownBy(rig).notes?.includes(notice))).toHaveLength(1)
})

test('the notice stays with its answer when the platform fails, and goes to the next one when that is given up', async () => {
  const notice = words('ko').notice('하늘이', 30)
  const author = { ...MINJI, id: 'UFAILED' }
  const first = createAnswering()
  await first.say(first.lane, '배송이 언제 오나요?', { author })
  first.screen.fail('platform-unreachable')
  await first.run(first.lane)
  await hurry(first.store)
  await first.run(first.lane)
  expect(shownBy(first).notes?.filter((note) => note === notice)).toHaveLength(1)

  const gone = createAnswering()
  const other = { ...MINJI, id: 'UGONE' }
  await gone.say(gone.lane, '배송이 언제 오나요?', { author: other })
  gone.screen.fail('place-gone', 1, { retryable: false })
  await gone.run(gone.lane)
  expect(await gone.turnOf(gone.lane)).toMatchObject({ state: 'failed' })
  const next = createAnswering()
  await next.say(next.lane, '환불되나요?', { author: other })
  await next.run(next.lane)
  expect(shownBy(next).notes).toContain(notice)
})

test('the label can be on the first answer of a conversation only', async () => {
  const rig = createAnswering()
  await rig.store.settings.set('slack:T1', 'C1', 'label', 'first', 'U9')
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await rig.run(rig.lane)
  await rig.say(rig.lane, '환불되나요?')
  await rig.run(rig.lane)
  await rig.store.settings.set('slack:T1', 'C1', 'label', null, 'U9')
  const labels = rig.screen.shown().map(({ content }) => content.notes?.includes(words('ko').label))
  expect(labels).toEqual([true, false])
})

test('an English question is answered and labelled in English, whatever the person’s client speaks', async () => {
  const rig = createAnswering(createTestModel(() => ({ text: 'Yes, tomorrow.' })))
  await rig.say(rig.lane, 'When will my order arrive?')
  await rig.run(rig.lane)
  expect(rig.model.asked[0]).toMatchObject({ lang: 'en', expectLang: 'en' })
  expect(shownBy(rig).notes?.[0]).toBe(words('en').label)
})

test('an answer that reached its length says so', async () => {
  const rig = createAnswering(createTestModel(() => ({ text: '길고 긴 답', finishReason: 'length' })))
  await rig.say(rig.lane, '전부 알려 주세요')
  await rig.run(rig.lane)
  expect(shownBy(rig).notes?.[0]).toBe(words('ko').truncated)
})

test('what only staff can do is not promised', async () => {
  const rig = createAnswering(
    createTestModel(() => ({
      text: '불편을 드려 죄송합니다. 바로 환불해 드릴게요! 신청은 마이페이지에서 하세요.',
    })),
  )
  await rig.say(rig.lane, '환불해 주세요')
  await rig.run(rig.lane)
  const text = '불편을 드려 죄송합니다. 이 부분은 담당자가 확인해야 해요. 신청은 마이페이지에서 하세요.'
  expect(shownBy(rig).text).toBe(text)
  expect(await rig.turnOf(rig.lane)).toMatchObject({ answer: text, facts: { promises: 1 } })
})

test('only a greeting is greeted without the model', async () => {
  const rig = createAnswering()
  await rig.say(rig.lane, '', { author: OTHER })
  await rig.run(rig.lane)
  expect(rig.model.asked).toEqual([])
  expect(rig.screen.texts()).toHaveLength(1)
  expect([words('ko').greeting, words('en').greeting]).toContain(rig.screen.texts()[0])
})

test('a picture that cannot be seen is said above the answer, and the model does not guess', async () => {
  const rig = createAnswering()
  const picture: Attachment = { id: 'F1', name: 'a.png', mime: 'image/png', bytes: 5, url: '' }
  await rig.say(rig.lane, '이게 뭔가요?', { body: { attachments: [picture] } })
  await rig.run(rig.lane)
  expect(shownBy(rig).text.startsWith(words('ko').noVision)).toBe(true)
  expect(rig.model.asked[0]!.user.text).toContain('Do not guess')
})

test('a command’s public answer quotes the question, since nobody else has seen it', async () => {
  const rig = createAnswering()
  await rig.say(rig.lane, '배송이\n언제 오나요?', { body: { quotesQuestion: true } })
  await rig.run(rig.lane)
  expect(shownBy(rig).text).toBe('> 배송이\n> 언제 오나요?\n\n네, 내일 도착해요.')
  expect(await rig.turnOf(rig.lane)).toMatchObject({ answer: '네, 내일 도착해요.' })
})

test('Stop keeps what was written and says so', async () => {
  const rig: Rig = createAnswering(
    createTestModel(async ({ signal }, onText) => {
      onText('내일 도착할')
      await rig.store.inbox.stop('slack:T1', { lane: rig.lane, turn: null, author: MINJI.id, isAdmin: false })
      await rig.renew()
      signal.throwIfAborted()
      return { text: '내일 도착할 예정이에요.' }
    }),
  )
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await rig.run(rig.lane)
  expect(shownBy(rig)).toMatchObject({ text: '내일 도착할' })
  expect(shownBy(rig).notes?.[0]).toBe(words('ko').stopped)
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'stopped', answer: '내일 도착할' })
})

test('Stop before the first word says that nothing was answered', async () => {
  const rig = createAnswering(
    createTestModel(({ signal }) => {
      signal.throwIfAborted()
      return { text: '너무 늦은 답' }
    }),
  )
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await rig.store.inbox.stop('slack:T1', { lane: rig.lane, turn: null, author: MINJI.id, isAdmin: false })
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual([words('ko').stoppedEarly])
})

describe('with passages', () => {
  const CHUNK = {
    ...{ id: '1', document: 'd1', collection: 'c1', title: '환불', headings: [], url: null },
    text: '환불은 카드로 3영업일 걸려요.',
    translation: null,
  } as unknown as Finding['chunk']
  const SENTENCES = '환불은 3영업일 걸려요 [1]. 환불은 10분이면 돼요 [1].'

  const createKnowing = (model: TestModel, patienceMs = 60_000): Rig => {
    const ground: Grounding = async () => ({
      type: 'passages',
      passages: [{ chunk: CHUNK, score: 1, similarity: null }],
      facts: { coverage: 1 },
    })
    const knowledge = { ...{ ground, checkCitations, keepHosts, keepHostsGrowing }, patienceMs }
    const answer = createAnswer({ model, knowledge, botName: () => '하늘이', retentionDays: 30 })
    return createRig(storeOf(), { answer }, createScreen())
  }
  const failing = (code: string, retryable = true): TestModel =>
    createTestModel(() =>
      Promise.reject(new BotError(code, { retryable, say: { ko: '', en: '' }, hint: 'test' })),
    )

  test('a model that is away for a moment is waited for; after a minute the passages are shown as they are', async () => {
    const rig = createKnowing(failing('model-unreachable'))
    await rig.say(rig.lane, '환불은 며칠 걸려요?')
    expect((await rig.run(rig.lane)).type).toBe('pause')
    expect(rig.screen.shown()).toEqual([])
    const late = createKnowing(failing('model-unreachable'), 0)
    await late.say(late.lane, '환불은 며칠 걸려요?')
    await late.run(late.lane)
    expect(shownBy(late).text).toContain(words('ko').asTheyAre)
    expect(shownBy(late).text).toContain('3영업일')
  })

  test.each([
    ['model-timeout', true, 4],
    ['model-unauthorized', false, 1],
  ])(
    'after the last attempt (%s) the passages say it instead of an apology',
    async (code, retryable, runs) => {
      const rig = createKnowing(failing(code, retryable))
      await rig.say(rig.lane, '환불은 며칠 걸려요?')
      for (let run = 1; run <= runs; run++) {
        expect(rig.screen.shown(), `before run ${run}`).toEqual([])
        await hurry(rig.store)
        await rig.run(rig.lane)
      }
      expect(shownBy(rig).text).toContain(words('ko').asTheyAre)
    },
  )

  test('what the person can mend is said in its own words, not answered with passages', async () => {
    const rig = createKnowing(failing('model-too-long', false))
    await rig.say(rig.lane, '환불은 며칠 걸려요?')
    await rig.run(rig.lane)
    expect(shownBy(rig).text).not.toContain(words('ko').asTheyAre)
  })

  test.each([
    ['keeps what the passages bear out, with its source', SENTENCES, /^환불은 3영업일 걸려요 ?\[1\]/],
    ['keeps nothing of what they do not', '환불은 10분이면 돼요 [1].', /^(?!.*10분)/],
  ])('stop %s', async (_, said, expected) => {
    const rig: Rig = createKnowing(
      createTestModel(async ({ signal }, onText) => {
        onText(said)
        await rig.store.inbox.stop('slack:T1', {
          lane: rig.lane,
          turn: null,
          author: MINJI.id,
          isAdmin: false,
        })
        await rig.renew()
        expect(signal.aborted).toBe(true)
        throw new BotError('interrupted', { retryable: true, say: { ko: '', en: '' }, hint: '' })
      }),
    )
    await rig.say(rig.lane, '환불은 며칠 걸려요?')
    await rig.run(rig.lane)
    const { text, notes } = shownBy(rig)
    expect(text).toMatch(expected)
    expect(text).not.toContain('10분')
    if (said === SENTENCES) {
      expect(text).toContain('출처')
      expect(notes).toContain(words('ko').stopped)
    } else expect(text).toBe(words('ko').stoppedUnchecked)
  })
})
