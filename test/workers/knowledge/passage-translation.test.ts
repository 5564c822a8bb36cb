// Citations across languages are checked against a stored translation: when one is asked for, made, kept and let be.
import { describe, expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Place } from '../../../src/core/inbound.ts'
import type { Finding } from '../../../src/knowledge/model.ts'
import {
  createPassageTranslation,
  createTranslateLater,
  type PassageText,
} from '../../../workers/knowledge/passage-translation.ts'
import type { Task } from '../../../workers/task.ts'
import { contextOf } from '../context.ts'
import { createTestModel } from '../model.ts'

const PLACE: Place = { platform: 'slack', channel: 'C1', thread: null } as Place
const finding = (id: string, text: string, translation: string | null = null): Finding =>
  ({ chunk: { id, text, translation }, score: 1, similarity: null }) as unknown as Finding
const ENGLISH = 'You can be refunded within 7 days.'

describe('a translation is asked for', () => {
  const askedFor = async (passages: Finding[], lang: 'ko' | 'en', id = 'exaone'): Promise<Task[]> => {
    const tasks: Task[] = []
    const later = createTranslateLater(async (task) => tasks.push(task) > 0, { id })
    await later({ workspace: 'slack:T1', place: PLACE }, passages, lang)
    return tasks
  }

  test('of a passage in another language than the answer’s, once by its name, in the background', async () => {
    expect(await askedFor([finding('7', ENGLISH)], 'ko')).toEqual([
      expect.objectContaining({
        ...{ source: 'passage-translation:7:exaone', queue: 'batch', kind: 'passage-translation' },
        body: { id: '7' },
      }),
    ])
    expect(await askedFor([finding('8', '환불은 7일 이내에 가능합니다.')], 'en')).toHaveLength(1)
  })

  test('of an English passage with a Korean name in it, and of a Korean one full of English names', async () => {
    const english = 'Payment methods. KakaoPay (카카오페이) works in the app once your account is verified.'
    expect(await askedFor([finding('7', english)], 'ko')).toHaveLength(1)
    expect(await askedFor([finding('7', english)], 'en')).toEqual([])
    const korean = 'Slack 앱의 Settings에서 Notifications를 켜시면 알림을 받으실 수 있어요.'
    expect(await askedFor([finding('8', korean)], 'ko')).toEqual([])
    expect(await askedFor([finding('8', korean)], 'en')).toHaveLength(1)
  })

  test('again of another model, where the one before it failed', async () => {
    const passages = [finding('7', ENGLISH)]
    const [first, again, other] = await Promise.all(
      ['exaone', 'exaone', 'newer'].map((id) => askedFor(passages, 'ko', id)),
    )
    expect(again![0]!.source).toBe(first![0]!.source)
    expect(other![0]!.source).not.toBe(first![0]!.source)
    // One lane, so that two never try at once.
    expect(other![0]!.lane).toBe(first![0]!.lane)
  })

  test('of a text that stands in several passages once, and after the one of another question', async () => {
    const [first, ...rest] = await askedFor([finding('7', ENGLISH), finding('8', ENGLISH)], 'ko')
    expect(rest).toEqual([])
    const [other] = await askedFor([finding('8', ENGLISH)], 'ko')
    expect(other!.source).not.toBe(first!.source)
    expect(other!.lane).toBe(first!.lane)
  })

  test('of none that is in the language, or has one', async () => {
    expect(await askedFor([finding('7', ENGLISH)], 'en')).toEqual([])
    expect(await askedFor([finding('8', '환불은 7일 이내입니다. Refunds: 7 days.')], 'ko')).toEqual([])
    expect(await askedFor([finding('9', ENGLISH, '7일 이내에 환불받을 수 있어요.')], 'ko')).toEqual([])
  })

  test('of the best three only', async () => {
    const many = ['1', '2', '3', '4', '5'].map((id) => finding(id, `${ENGLISH} ${id}`))
    expect((await askedFor(many, 'ko')).map(({ body }) => body['id'])).toEqual(['1', '2', '3'])
  })
})

describe('it is made', () => {
  const open = (said: string | BotError, passage: PassageText | null) => {
    const kept: string[][] = []
    const givenUp: string[][] = []
    const model = createTestModel(() => {
      if (typeof said !== 'string') throw said
      return { text: said }
    })
    const handler = createPassageTranslation({
      model,
      passages: {
        passage: async () => passage,
        translate: async (...what) => kept.push(what) > 0,
        giveUp: async (...what) => void givenUp.push(what),
      },
    })
    const run = async (attempt = 1) => {
      const { turn, ...rest } = contextOf({ turn: { attempt } })
      const messages = [{ ...turn.messages[0]!, body: { id: '7' } }]
      return handler({ ...rest, turn: { ...turn, messages } })
    }
    return { run, model, kept, givenUp }
  }
  const waiting = { id: '7', workspace: '*', text: ENGLISH, translation: null, translator: null }

  test('and kept with the passage', async () => {
    const { run, kept, model } = open('7일 이내에 환불받으실 수 있어요.', waiting)
    expect(await run()).toEqual({ type: 'done' })
    expect(kept).toEqual([['*', '7', '7일 이내에 환불받으실 수 있어요.', model.id]])
    expect(model.asked[0]).toMatchObject({
      ...{ lang: 'ko', priority: 10, user: { text: ENGLISH }, published: ENGLISH },
    })
  })

  test('and thrown away when it changes a value, twice; the model is not asked again', async () => {
    const { run, kept, givenUp, model } = open('30일 이내에 환불받으실 수 있어요.', waiting)
    expect(await run()).toEqual({ type: 'done' })
    expect(kept).toEqual([])
    expect(givenUp).toEqual([['*', '7', model.id]])
    expect(model.asked).toHaveLength(2)
  })

  test.each([
    ['has gone', null],
    ['has one', { ...waiting, translation: '7일 이내에 환불돼요.' }],
    ['this model could not translate', { ...waiting, translator: 'exaone-4.0-32b' }],
  ])('not of a passage that %s', async (_, passage) => {
    const { run, model } = open('7일', passage)
    expect(await run()).toEqual({ type: 'dropped' })
    expect(model.asked).toEqual([])
  })

  const away = (code: string, retryable = true): BotError =>
    new BotError(code, { retryable, say: { ko: '', en: '' }, hint: 'test' })

  test('later, while the model is away; not at all when it cannot', async () => {
    await expect(open(away('model-unreachable'), waiting).run(9)).rejects.toMatchObject({
      code: 'model-unreachable',
    })
    const { run, givenUp } = open(away('model-too-long', false), waiting)
    expect(await run()).toEqual({ type: 'done' })
    expect(givenUp).toHaveLength(1)
  })
})
