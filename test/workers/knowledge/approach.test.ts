// How people are met whom the documents alone do not serve: their own order, a complaint, a wish for a person, advertising.
import { describe, expect, test } from 'vitest'
import type { Turn } from '../../../src/core/turn.ts'
import { words } from '../../../src/core/wording.ts'
import { checkCitations } from '../../../src/knowledge/citations.ts'
import type { Finder, Finding, Findings } from '../../../src/knowledge/model.ts'
import { keepHosts, keepHostsGrowing } from '../../../src/text/links.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { approachOf, isInstead, NOT_FOR_US } from '../../../workers/knowledge/approach.ts'
import { createGrounding } from '../../../workers/knowledge/grounding.ts'
import { createUnderstand } from '../../../workers/knowledge/understand.ts'
import { createTestModel, type TestModel } from '../model.ts'
import { createRig, createScreen, MINJI, type Rig, useStore } from '../rig.ts'

const storeOf = useStore()
const CHUNK = {
  ...{ id: '1', document: 'd1', collection: 'c1', title: '배송 안내', headings: [], url: null },
  text: '배송은 출고한 날부터 보통 이틀 걸려요. Delivery takes two days.',
  translation: null,
} as unknown as Finding['chunk']

/** Finds the page for questions that match; null: there are no documents at all. */
function finderOf(matches: RegExp | null): Finder {
  return {
    ready: Promise.resolve(),
    async search({ question, restated = [] }): Promise<Findings> {
      const isEnough = [question, ...restated].some((one) => matches?.test(one))
      const found = isEnough ? [{ chunk: CHUNK, score: 1, similarity: null }] : []
      return {
        found,
        isEnough,
        coverage: isEnough ? 0.9 : 0,
        similarity: null,
        hasKnowledge: matches !== null,
      }
    },
  }
}

interface Scene {
  /** What the model takes the message for. */
  understood?: string
  /** Its answer. */
  says?: string
  finds?: RegExp | null
}

function open({ understood = 'question\nmood: calm', says = 'NO_ANSWER', finds = /없는 말/ }: Scene) {
  const model = createTestModel(({ system }) => ({
    text: system[0]?.includes('You prepare')
      ? `intent: ${understood}\nko: 다른 말\nen: something else`
      : says,
  }))
  const called: string[] = []
  const ground = createGrounding({ finder: finderOf(finds), understand: createUnderstand(model) })
  const answer = createAnswer({
    model,
    knowledge: { ...{ ground, checkCitations, keepHosts, keepHostsGrowing }, patienceMs: 60_000 },
    ...{ botName: () => '하늘이', retentionDays: 30 },
    handOver: async (_: Turn, reason) => void called.push(reason),
  })
  const rig: Rig = createRig(storeOf(), { answer }, createScreen())
  const shown = (at = 0) => rig.screen.shown()[at]!.content
  return { rig, model, called, shown }
}

async function ask(rig: Rig, text: string, locale = 'ko-KR'): Promise<void> {
  await rig.say(rig.lane, text, { author: { ...MINJI, locale } })
  await rig.run(rig.lane)
}

const answerRequest = (model: TestModel) =>
  model.asked.findLast(({ system }) => !/You prepare/.test(system[0]!))

describe('a question about the asker’s own order', () => {
  const ORDER = '제 주문 배송 어디쯤 왔어요?'

  test('is told at once that it cannot be seen, then what holds for everybody, with its source, and nothing guessed', async () => {
    const says = '고객님의 주문은 현재 배송 중이에요 [1]. 배송은 출고 후 보통 이틀 걸려요 [1].'
    const { rig, model, shown } = open({ finds: /배송/, says })
    await ask(rig, ORDER)
    expect(shown().text).toMatch(
      /^주문이나 계정 내용은 제가 직접 볼 수 없어요\. .*‘상담원 연결’을 눌러 주세요\.\n\n배송은 출고 후 보통 이틀 걸려요\[1\]\.\n\n\*\*출처\*\*\n1\. 배송 안내$/,
    )
    expect(shown().buttons!.map(({ label }) => label)).toContain(words('ko').person)
    // It needs no call of its own to be noticed.
    expect(model.asked).toHaveLength(1)
    expect(model.asked[0]!.system.at(-1)).toContain('Write nothing about the state of their own case')
    expect(await rig.turnOf(rig.lane)).toMatchObject({ facts: { intent: 'order', dropped: 1 } })
  })

  test('is not told that the help pages lack it, since no page could have it', async () => {
    const { rig, shown } = open({})
    await ask(rig, ORDER)
    expect(shown().text).toContain('제가 직접 볼 수 없어요')
    expect(shown().text).not.toContain('찾지 못했어요')
    expect(shown().text.match(/상담원 연결/g)).toHaveLength(1)
  })

  test.each([
    [
      '고객님의 주문은 현재 배송 중이에요. 송장 번호는 주문 내역에서 볼 수 있어요.',
      '송장 번호는 주문 내역에서 볼 수 있어요.',
    ],
    ['고객님의 주문은 내일 도착할 예정이에요.', ''],
  ])('is told the same before the first import (%s)', async (says, rest) => {
    const { rig, model, shown } = open({ finds: null, says })
    await ask(rig, ORDER)
    expect(shown().text).toMatch(/^주문이나 계정 내용은 제가 직접 볼 수 없어요\. .*눌러 주세요\.(\n\n|$)/)
    expect(shown().text.endsWith(rest)).toBe(true)
    expect(shown().text).not.toMatch(/배송 중|예정|\n$/)
    expect(shown().buttons!.map(({ label }) => label)).toContain(words('ko').person)
    expect(model.asked[0]!.system.at(-1)).toContain('Write nothing about the state of their own case')
    expect(await rig.turnOf(rig.lane)).toMatchObject({ facts: { intent: 'order', dropped: 1 } })
  })

  test('is recognised by the model where the words do not tell', async () => {
    const { rig, shown } = open({ understood: 'order\nmood: calm' })
    await ask(rig, '그거 지금 어떻게 되고 있는지 봐 주실래요?')
    expect(shown().text).toContain('제가 직접 볼 수 없어요')
  })

  test('in English reads as natively', async () => {
    const { rig, shown } = open({
      finds: /order/,
      says: 'Your order has been shipped [1]. Delivery takes two days [1].',
    })
    await ask(rig, 'Where is my order?', 'en-US')
    expect(shown().text).toMatch(
      /^I can’t look into orders or accounts from here\. .*“Talk to a person” below\.\n\nDelivery takes two days \[1\]\./,
    )
  })

  test('and a complaint is apologised for too', async () => {
    const { rig, shown } = open({ understood: 'complaint\nmood: annoyed' })
    await ask(rig, '제 주문이 아직도 안 왔어요. 너무하네요')
    expect(shown().text).toMatch(/^불편을 드려 정말 죄송합니다\. 주문이나 계정 내용은/)
  })

  test('a general question gets none of it', async () => {
    const { rig, shown } = open({ finds: /배송/, says: '배송은 출고 후 보통 이틀 걸려요 [1].' })
    await ask(rig, '배송은 며칠 걸려요?')
    expect(shown().text).toMatch(/^배송은 출고/)
  })
})

describe('a complaint', () => {
  const COMPLAINT = '배송이 매번 늦어서 정말 실망이에요'

  test('is answered with an apology and the way to a person first, although its words are found', async () => {
    const { rig, model, shown } = open({
      ...{ understood: 'complaint\nmood: annoyed', finds: /배송/ },
      says: '배송은 출고 후 보통 이틀 걸려요 [1].',
    })
    await ask(rig, COMPLAINT)
    expect(shown().text).toMatch(
      /^불편을 드려 정말 죄송합니다\. 담당자와 이야기하고 싶으시면 아래 ‘상담원 연결’을 눌러 주세요\.\n\n배송은 출고/,
    )
    expect(answerRequest(model)!.system.at(-1)).toContain('The person is upset')
  })

  test('is not told that the help pages lack it', async () => {
    const { rig, shown, called } = open({ understood: 'complaint\nmood: annoyed' })
    await ask(rig, '직원분 말투가 너무 불쾌했어요')
    expect(shown().text).toMatch(/^불편을 드려 정말 죄송합니다\. ‘상담원 연결’을 눌러 주시면/)
    expect(called).toEqual([])
    const english = open({ understood: 'complaint\nmood: annoyed' })
    await ask(english.rig, 'Your staff was so rude to me', 'en-US')
    expect(english.shown().text).toMatch(
      /^I’m really sorry about the trouble\. Press “Talk to a person” below/,
    )
  })

  test('of somebody angry calls a person where there is one, and says so instead of offering it', async () => {
    const { rig, shown, called } = open({ understood: 'complaint\nmood: angry' })
    await rig.store.settings.set('slack:T1', 'C1', 'staffChannel', 'CSTAFF', 'U9')
    await ask(rig, '정말 최악이네요')
    await rig.store.settings.set('slack:T1', 'C1', 'staffChannel', null, 'U9')
    expect(shown().text).toBe('불편을 드려 정말 죄송합니다. 담당자를 불러 드릴게요.')
    expect(called).toEqual(['angry'])
  })
})

test('a wish for a person that the rules have missed is met with the way to one, not with “not found”', async () => {
  const { rig, shown } = open({ understood: 'person\nmood: calm' })
  await ask(rig, '여기 기계 말고 누구 없어요?')
  expect(shown().text).toBe('담당자와 이야기하고 싶으시면 아래 ‘상담원 연결’을 눌러 주세요.')
})

test('advertising gets one polite sentence, and the next one nothing', async () => {
  const { rig, shown, model } = open({ understood: 'spam\nmood: calm' })
  await ask(rig, '코인 리딩방 무료 체험! 카톡 주세요')
  expect(shown().text).toBe(NOT_FOR_US.ko)
  await ask(rig, '선착순 100명 무료! 지금 바로 오세요')
  expect(rig.screen.shown()).toHaveLength(1)
  // Nobody writes an answer to it.
  expect(answerRequest(model)).toBeUndefined()
})

test('everything that is said for want of an answer is known as that', () => {
  for (const lang of ['ko', 'en'] as const) {
    for (const intent of ['order', 'complaint', 'person'] as const)
      expect(isInstead(approachOf({ intent, mood: 'calm' }, lang, false).instead!)).toBe(true)
  }
  expect(isInstead('배송은 이틀 걸려요.')).toBe(false)
})
