// Monday's report: once for each workspace and week, however many processes there are and whenever they start again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { startOfDay, weekBefore } from '../../src/report/days.ts'
import type { Store } from '../../src/store/store.ts'
import { openWeekly, type Weekly } from '../../src/weekly.ts'
import { furnishedStore } from '../templates.ts'
import { contextOf } from '../workers/context.ts'
import { ask } from './rows.ts'

let store: Store
let now = 0
const woken: string[] = []

function open(zone = 'Asia/Seoul', report: 'on' | 'off' = 'on'): Weekly {
  return openWeekly({
    config: { TIME_ZONE: zone, WEEKLY_REPORT: report, GPU_COST_PER_HOUR: undefined },
    store,
    queue: { wake: async (name, { workspace, lane }) => void woken.push(`${name} ${workspace} ${lane}`) },
    clock: { ...realClock, now: () => now },
    log: SILENT,
  })
}

const rows = () =>
  store.db.query<{ workspace: string; source: string; place: { channel: string } }>(
    `select workspace, source, place from inbox where kind = 'weekly' order by id`,
  )

beforeAll(async () => {
  store = await furnishedStore()
  await store.settings.set('slack:T1', null, 'staffChannel', 'CSTAFF', 'U1')
  await store.settings.set('discord:9', null, 'staffChannel', '77', 'U1')
  await store.settings.set('slack:T2', null, 'staffChannel', null, 'U1')
  await store.settings.set('slack:T3', 'C1', 'mode', 'every', 'U1')
})
afterAll(() => store[Symbol.asyncDispose]())

describe('the weekly report', () => {
  test('is ordered on Monday at nine, in the zone, and not before', async () => {
    await using weekly = open()
    for (const early of ['2026-11-29T23:59:00Z', '2026-11-29T03:00:00Z', '2026-12-01T03:00:00Z']) {
      now = Date.parse(early)
      expect(await weekly.pass()).toBe(0)
    }
    now = Date.parse('2026-11-30T00:00:00Z')
    expect(await weekly.pass()).toBe(2)
    expect((await rows()).map(({ workspace, source, place }) => [workspace, source, place.channel])).toEqual([
      ['slack:T1', 'weekly:2026-11-30', 'CSTAFF'],
      ['discord:9', 'weekly:2026-11-30', '77'],
    ])
    expect(woken).toEqual(['relay slack:T1 weekly:2026-11-30', 'relay discord:9 weekly:2026-11-30'])
  })

  test('is ordered once, by whoever looks, and again after a restart', async () => {
    await using one = open()
    await using other = open()
    now = Date.parse('2026-11-30T06:00:00Z')
    await Promise.all([one.pass(), other.pass(), one.pass()])
    await using restarted = open()
    await restarted.pass()
    expect(await rows()).toHaveLength(2)
    now = Date.parse('2026-12-07T00:30:00Z')
    await Promise.all([one.pass(), other.pass(), restarted.pass()])
    expect(await rows()).toHaveLength(4)
  })

  test('can be switched off', async () => {
    await using weekly = open('Asia/Seoul', 'off')
    now = Date.parse('2026-12-14T03:00:00Z')
    expect(await weekly.pass()).toBe(0)
    expect(await rows()).toHaveLength(4)
  })

  test('says in words what its three charts show, and leads nobody astray', { timeout: 60_000 }, async () => {
    await using weekly = open()
    const end = new Date('2026-11-29T15:00:00Z')
    const facts = { firstWordMs: 700, ms: 2_400, tokens: 100, promptTokens: 10, modelMs: 1_000 }
    await ask(store.db, end, { question: '배송비?', hoursAgo: 5, facts })
    await ask(store.db, end, { question: 'refund?', hoursAgo: 30, lang: 'en', facts })
    for (const question of ['<!channel> **주차** 되나요?', '주차 되나요'])
      await ask(store.db, end, { question, hoursAgo: 50, facts: { noEvidence: true } })
    const { reply } = replying()
    const context = contextOf({
      turn: {
        messages: [
          { source: 'weekly:2026-11-30', text: '', body: {}, attachments: [], at: +end + 9 * 3_600_000 },
        ],
      },
    })
    await weekly.handler({ ...context, post: { ...context.post, reply: reply.start } })
    const [content] = reply.finished
    expect(content?.text).toContain('**지난주 보고서 · 2026년 11월 23일~29일**')
    expect(content?.text).toContain('- 질문 4개\n- 상담원 없이 답함: 2 (50%)')
    expect(content?.text).toContain('- 한국어 3개: 첫 글자 0.7초')
    expect(content?.text).toContain('- 2번 — \\<!channel\\> \\*\\*주차\\*\\* 되나요?')
    expect(content?.buttons).toMatchObject([
      {
        action: 'proposal',
        value: expect.stringMatching(/^write:\d+$/),
        label: '문서 쓰기: <!channel> **주차** 되나요?',
      },
    ])
    expect(content?.pictures?.map(({ name }) => name)).toEqual([
      'questions-per-day.png',
      'without-a-person.png',
      'response-time.png',
    ])
    expect(content?.pictures?.[0]?.alt).toMatch(/^하루 질문 수: 11\/23 \(월\) 0, .*11\/29 \(일\) 1$/)
    for (const { bytes: png } of content?.pictures ?? []) {
      expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG')
      // 1440 by 680 pixels, and something drawn on them.
      expect([Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)]).toEqual([1_440, 680])
      expect(png.length).toBeGreaterThan(10_000)
      expect(png.length).toBeLessThan(200_000)
    }
  })
})

function replying() {
  const finished: import('../../src/core/content.ts').Content[] = []
  const start = () => ({
    show: () => undefined,
    isVisible: false,
    firstShown: new Promise<number>(() => undefined),
    finish: async (content: import('../../src/core/content.ts').Content) => void finished.push(content),
    discard: async () => false,
  })
  return { reply: { finished, start } }
}

describe('days and weeks are those of the zone, also where the clocks change', () => {
  test.each([
    ['Asia/Seoul', '2026-11-30T00:00:00Z', '2026-11-22T15:00:00.000Z', '2026-11-29T15:00:00.000Z'],
    // A week of 169 hours: the clocks went back on Sunday.
    ['America/New_York', '2026-11-02T14:00:00Z', '2026-10-26T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    // Of 167.
    ['Europe/Berlin', '2026-03-30T07:00:00Z', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-15T03:15:00Z', '2026-06-07T18:15:00.000Z', '2026-06-14T18:15:00.000Z'],
  ])('%s, %s', (zone, at, from, to) => {
    const week = weekBefore(zone, new Date(at))
    expect([week.from.toISOString(), week.to.toISOString()]).toEqual([from, to])
    expect(startOfDay(zone, week.to)).toEqual(week.to)
  })
})
