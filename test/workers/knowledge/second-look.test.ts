// A page that only sounds like the question must not hide the one that answers it in the other language.
import { describe, expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import { words } from '../../../src/core/wording.ts'
import { checkCitations } from '../../../src/knowledge/citations.ts'
import type { Asking, Finder, Finding, Findings } from '../../../src/knowledge/model.ts'
import type { ModelRequest } from '../../../src/llm/model.ts'
import { keepHosts, keepHostsGrowing } from '../../../src/text/links.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { createGrounding } from '../../../workers/knowledge/grounding.ts'
import { createUnderstand } from '../../../workers/knowledge/understand.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, MINJI, type Rig, useStore } from '../rig.ts'

const storeOf = useStore()
const finding = (id: string, title: string, text: string): Finding => ({
  chunk: {
    ...{ id, document: `d${id}`, collection: 'c1', title, headings: [], url: null, text, translation: null },
  } as unknown as Finding['chunk'],
  ...{ score: 1, similarity: null },
})
const EVENT = finding('1', '교환 이벤트', '사은품 교환 이벤트 기간은 해마다 달라요.')
const EXCHANGE = finding('2', 'Exchanges', 'You can exchange an item within 14 days.')
const QUESTION = '교환 기간이 얼마나 되나요?'
const isPreparing = ({ system }: ModelRequest) => Boolean(system[0]?.includes('You prepare'))

interface Scene {
  intent?: string
  /** What the model writes, by the passages it is given. */
  writes(request: ModelRequest, show: (soFar: string) => void): string | Promise<string>
  /** What is found once the question was put otherwise. */
  second?: Finding[]
  prepares?(): Promise<never>
}

function open({ intent = 'question', writes, second = [EVENT, EXCHANGE], prepares }: Scene) {
  const asked: Asking[] = []
  const finder: Finder = {
    ready: Promise.resolve(),
    async search(asking): Promise<Findings> {
      asked.push(asking)
      const found = asking.restated?.length ? second : [EVENT]
      return { found, isEnough: true, coverage: 0.5, similarity: null, hasKnowledge: true }
    },
  }
  const model = createTestModel(async (request, show) => {
    if (!isPreparing(request)) return { text: await writes(request, show) }
    await prepares?.()
    const text = `intent: ${intent}\nmood: calm\nko: 교환 가능 기간\nen: How long can an item be exchanged?`
    return { text, promptTokens: 100, completionTokens: 40 }
  })
  const ground = createGrounding({ finder, understand: createUnderstand(model) })
  const answer = createAnswer({
    model,
    knowledge: { ...{ ground, checkCitations, keepHosts, keepHostsGrowing }, patienceMs: 60_000 },
    ...{ botName: () => '하늘이', retentionDays: 30 },
  })
  const rig: Rig = createRig(storeOf(), { answer }, createScreen())
  const ask = async () => {
    await rig.say(rig.lane, QUESTION, { author: MINJI })
    return rig.run(rig.lane)
  }
  const answers = () => model.asked.filter((request) => !isPreparing(request))
  return { rig, model, ask, answers, asked, shown: () => rig.screen.shown().map(({ content }) => content) }
}

/** Answers where the page is among the passages. */
function writes({ user }: ModelRequest): string {
  const n = /n="(\d+)" title="Exchanges/.exec(user.text)?.[1]
  return n ? `14일 안에 교환하실 수 있어요 [${n}].` : 'NO_ANSWER'
}

test('the page in the other language answers although one in the question’s sounds like it', async () => {
  const { ask, answers, rig, shown, asked } = open({ writes })
  await ask()
  expect(shown()).toHaveLength(1)
  expect(shown()[0]!.text).toMatch(/^14일 안에 교환하실 수 있어요\[1\]\.\n\n\*\*출처\*\*\n1\. Exchanges$/)
  expect(answers()).toHaveLength(2)
  expect(asked.at(-1)?.restated).toHaveLength(2)
  // What both calls and the question before them took is kept.
  expect(await rig.turnOf(rig.lane)).toMatchObject({
    facts: {
      ...{ tokens: 20, promptTokens: 20, modelMs: 20, prepareTokens: 40, preparePromptTokens: 100 },
      asked: { en: 'How long can an item be exchanged?' },
    },
  })
})

test('what had grown and was not borne out is replaced', async () => {
  const { ask, shown, rig } = open({
    async writes(request, show) {
      const said = writes(request)
      if (said !== 'NO_ANSWER') return said
      show('교환은 90일까지 돼요 [1].')
      await expect.poll(() => rig.screen.texts().join()).toContain('90일')
      return '교환은 90일까지 돼요 [1].'
    },
  })
  await ask()
  expect(shown()).toHaveLength(1)
  expect(shown()[0]!.text).toMatch(/^14일 안에/)
  expect(shown()[0]!.text).not.toContain('90일')
})

describe('is not known, and said once', () => {
  test.each([
    ['nothing else is found', [EVENT], 1],
    ['what else is found does not answer either', [EVENT, finding('3', 'Sizes', 'Sizes run small.')], 2],
  ])('when %s', async (_, second, calls) => {
    const { ask, answers, shown, rig } = open({ writes, second })
    await ask()
    expect(shown().map(({ text }) => text)).toEqual([words('ko').noEvidence])
    expect(answers()).toHaveLength(calls)
    expect(await rig.turnOf(rig.lane)).toMatchObject({
      facts: {
        ...{ noEvidence: true, model: 'exaone-4.0-32b', tokens: 10 * calls, modelMs: 10 * calls },
        ...{ prompt: expect.any(String), prepareTokens: 40 },
      },
    })
  })

  test('while the model cannot put the question otherwise', async () => {
    const away = new BotError('model-unreachable', { retryable: true, say: { ko: '', en: '' }, hint: 'away' })
    const { ask, answers, shown } = open({ writes, prepares: () => Promise.reject(away) })
    await ask()
    expect(shown().map(({ text }) => text)).toEqual([words('ko').noEvidence])
    expect(answers()).toHaveLength(1)
  })
})

test('what turns out to be about the asker’s own order is met as that', async () => {
  const { ask, shown } = open({ writes, intent: 'order', second: [EVENT] })
  await ask()
  expect(shown()[0]!.text).toMatch(/^주문이나 계정 내용은 제가 직접 볼 수 없어요/)
})

test('Stop ends it before the second answer', async () => {
  const scene = open({
    writes,
    async prepares() {
      const { rig } = scene
      await rig.store.inbox.stop('slack:T1', { lane: rig.lane, turn: null, author: MINJI.id, isAdmin: false })
      await rig.renew()
      throw new BotError('aborted', { retryable: true, say: { ko: '', en: '' }, hint: '' })
    },
  })
  await scene.ask()
  expect(scene.answers()).toHaveLength(1)
  expect(scene.shown().map(({ text }) => text)).toEqual([words('ko').stoppedEarly])
})
