// A report says what the rows say; run on the embedded database and on PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allMigrations } from '../../src/features.ts'
import type { Report } from '../../src/report/model.ts'
import { toRatings, toSections } from '../../src/report/text.ts'
import { createReporting } from '../../src/reporting.ts'
import type { Database } from '../../src/store/db.ts'
import { addCase, addDocument, ask } from './rows.ts'

/** A Saturday, 20:00 in Seoul. */
const END = new Date('2026-11-28T11:00:00Z')
const DAY_MS = 86_400_000
const LAST_YEAR = new Date('2025-03-01T00:00:00Z')

export function reportContract(name: string, open: () => Promise<Database>): void {
  describe(`reports on ${name}`, () => {
    let db: Database
    let report: Report
    const make = (workspace: string | null, days = 7): Promise<Report> =>
      createReporting({ TIME_ZONE: 'Asia/Seoul', GPU_COST_PER_HOUR: { perHour: 2, unit: 'USD' } }, db).make({
        ...{ from: new Date(+END - days * DAY_MS), to: END, workspace },
      })

    beforeAll(async () => {
      db = await open()
      await db.migrate({ ...allMigrations })
      const old = await addDocument(db, { title: '배송 안내', updatedAt: LAST_YEAR })
      const fine = await addDocument(db, { title: '환불', updatedAt: LAST_YEAR })
      const fresh = await addDocument(db, { title: '쿠폰', updatedAt: END })
      await addDocument(db, {
        title: '여름 행사',
        updatedAt: END,
        expiresAt: new Date('2026-09-01T00:00:00Z'),
      })
      await addDocument(db, {
        title: '겨울 행사',
        updatedAt: END,
        expiresAt: new Date('2027-03-01T00:00:00Z'),
      })
      await addDocument(db, { title: '남의 것', workspace: 'slack:T2', updatedAt: END, expiresAt: LAST_YEAR })
      const from = (document: string, title: string) => [{ chunk: '1', document, title }]
      const answered = { tokens: 100, promptTokens: 900, firstWordMs: 800, ms: 3_000, modelMs: 3_600 }

      const week = (asked: Parameters<typeof ask>[2]) => ask(db, END, asked)
      await week({
        question: '배송 언제 와요',
        hoursAgo: 1,
        waitedMs: 200,
        feedback: ['up'],
        facts: answered,
      })
      await week({
        ...{ question: '배송비 얼마예요', hoursAgo: 2, feedback: ['down', 'down', 'up'] },
        facts: { ...answered, reason: 'outdated', sources: from(old, '배송 안내') },
      })
      await week({
        ...{ question: '쿠폰 안 돼요', hoursAgo: 3, feedback: ['down'], words: '두 장 된다고\n들었어요' },
        facts: { ...answered, sources: from(fresh, '쿠폰') },
      })
      await week({
        ...{ question: '환불', hoursAgo: 4 },
        facts: {
          ...{ ...answered, sources: from(fine, '환불') },
          ...{ prepareTokens: 35, preparePromptTokens: 200 },
        },
      })
      await week({
        ...{ question: 'where is my parcel', hoursAgo: 30, lang: 'en' },
        facts: { ...answered, firstWordMs: 1_500, ms: 5_000 },
      })
      const handed = await week({ question: '카드 결제 취소', hoursAgo: 31, facts: answered })
      await week({
        ...{ question: '상담원', hoursAgo: 31, kind: 'person', lane: 'P:1' },
        facts: { handover: { reason: 'button', turn: handed, isTold: true } },
      })
      await week({ question: '이거 왜 이래요', hoursAgo: 32, lane: 'C1:talk', facts: answered })
      await week({ question: '사람이랑 얘기할래요', hoursAgo: 32, kind: 'person', lane: 'C1:talk' })
      const nothing = { noEvidence: true, intent: 'question' }
      for (const [nth, question] of [
        '매장에 주차장이 있나요?',
        '매장 주차장 있는지 010-1234-5678로 문자 주세요',
        'Do you sell gift cards?',
        'are gift cards sold here',
      ].entries())
        await week({ question, hoursAgo: 50 + nth, lang: nth < 2 ? 'ko' : 'en', facts: nothing })
      const asked = { ko: '매장 주차장 있나요', en: 'parking at the store' }
      await week({
        ...{ question: 'could I leave my car with you', hoursAgo: 54, lang: 'en' },
        facts: { ...nothing, asked },
      })
      // No article would have answered these.
      await week({ question: '제 주문 어디쯤 왔어요?', hoursAgo: 55, facts: { ...nothing, intent: 'order' } })
      await week({ question: '응대가 불쾌했어요', hoursAgo: 56, facts: { ...nothing, intent: 'complaint' } })
      await week({ question: '안녕', hoursAgo: 60, facts: { intent: 'small-talk' } })
      await week({ question: '망가짐', hoursAgo: 61, state: 'failed', answer: null, lang: null })
      await week({ question: '아직 쓰는 중', hoursAgo: 1, state: 'running', answer: null })
      await week({ question: '상담사가 아직 안 본 초안', hoursAgo: 1, kind: 'draft', answer: null })
      await week({ question: '도움말', hoursAgo: 1, kind: 'say' })
      await week({ question: '오래전', hoursAgo: 24 * 8, facts: answered })
      await week({ question: '남의 질문', hoursAgo: 1, workspace: 'slack:T2', facts: answered })
      await addCase(db, END, { hoursAgo: 5, firstMin: 10, resolvedMin: 90, rating: 5, person: 'Alex' })
      await addCase(db, END, {
        ...{ hoursAgo: 9, firstMin: 20, resolvedMin: 150, rating: 4, isLate: true },
        ...{ person: 'Alex', oldRating: 1 },
      })
      await addCase(db, END, { hoursAgo: 12, firstMin: 90, rating: 2, lang: 'en' })
      // Opened again after it had been answered; of another workspace; before the time.
      await addCase(db, END, { hoursAgo: 2, firstMin: -600 })
      await addCase(db, END, { hoursAgo: 2, firstMin: 1, workspace: 'slack:T2' })
      await addCase(db, END, { hoursAgo: 24 * 8, firstMin: 1 })
      report = await make('slack:T1')
    })
    afterAll(() => db[Symbol.asyncDispose]())

    test('counts what was asked in the time and the workspace, without small talk and what is not done yet', () => {
      const { questions, withoutPerson, person, unanswered, failed } = report
      expect({ questions, withoutPerson, person, unanswered, failed }).toEqual({
        ...{ questions: 15, withoutPerson: 5, person: 2, unanswered: 7, failed: 1 },
      })
    })

    test('days are those of the zone', () => {
      expect(report.days.map(({ date, answered, open, person }) => [date, answered, open, person])).toEqual([
        ['2026-11-26', 0, 8, 0],
        ['2026-11-27', 1, 0, 2],
        ['2026-11-28', 4, 0, 0],
      ])
    })

    test('times are what people waited, by language', () => {
      const { ko, en } = report.byLang
      expect(ko.firstWordMs).toEqual({ count: 6, median: 800, most: 1_000 })
      expect(ko.wholeMs).toMatchObject({ median: 3_000, most: 3_200 })
      expect(en.wholeMs).toEqual({ count: 1, median: 5_000, most: 5_000 })
      expect([ko.up, ko.down, en.up, en.down]).toEqual([2, 3, 0, 0])
    })

    test('unanswered questions that ask for the same are one, counted, without a phone number', () => {
      expect(report.clusters.map(({ count }) => count)).toEqual([3, 2])
      expect(JSON.stringify(report.clusters)).not.toMatch(/제 주문|불쾌/)
      expect(report.clusters[0]?.example).toMatch(/주차/)
      expect(report.clusters[1]?.example).toMatch(/gift cards/)
      expect(JSON.stringify(report.clusters)).not.toContain('1234')
    })

    test('👎 come with their sources and reasons', () => {
      expect(report.reasons).toEqual({ outdated: 2, none: 1 })
      expect(report.complaints.map(({ title, down, reasons }) => [title, down, reasons])).toEqual([
        ['배송 안내', 2, { outdated: 2 }],
        ['쿠폰', 1, {}],
      ])
      expect(report.words).toEqual(['두 장 된다고 들었어요'])
    })

    test('articles to look at are expired, or old and complained about; never another workspace’s', () => {
      expect(report.stale.map(({ title, why }) => [title, why])).toEqual([
        ['배송 안내', 'old'],
        ['여름 행사', 'expired'],
      ])
    })

    test('cases are counted, with how long people took and the stars they were given', () => {
      const { opened, resolved, late, firstMs, resolvedMs, byLang, byKind, byPerson } = report.cases
      expect({ opened, resolved, late }).toEqual({ opened: 4, resolved: 2, late: 1 })
      expect(firstMs).toMatchObject({ count: 3, median: 20 * 60_000 })
      expect(resolvedMs.count).toBe(2)
      // The one star of a case that was opened again does not count beside the four that came after.
      expect(byLang).toEqual({ ko: { rated: 2, stars: 4.5 }, en: { rated: 1, stars: 2 } })
      expect(byKind).toEqual({ person: { rated: 2, stars: 4.5 }, bot: { rated: 1, stars: 2 } })
      expect(byPerson).toEqual([{ name: 'Alex', rated: 2, stars: 4.5 }])
      const said = toSections(report, 'ko').find(({ title }) => title === '상담')!
      expect(said.lines.join('\n')).toMatch(
        /접수된 상담 4건, 해결 2건, 목표 시간 초과 1건\n첫 답변 20분, .*\n만족도: 한국어 ★ 4.5 \(2건\), 영어 ★ 2.0 .*\n만족도: 담당자가 맡은 상담 ★ 4.5 \(2건\), 맡은 사람이 없던 상담 ★ 2.0/,
      )
      // Names are no matter of a channel.
      expect(said.lines.join()).not.toContain('Alex')
      expect(toRatings(report, 'en')).toEqual([{ title: 'Stars by person', lines: ['Alex ★ 4.5 (2)'] }])
    })

    test('tokens and cost are of one answer', () => {
      expect(report.tokens).toEqual({ read: 6_500, written: 735, perAnswer: 105, modelMs: 25_200 })
      expect(report.cost?.work).toBeCloseTo((2 * 3.6) / 3_600)
      expect(report.cost?.rent).toBeCloseTo((2 * 24 * 7) / 7)
    })

    test('without a workspace everything counts, and a longer time has more in it', async () => {
      expect((await make(null)).questions).toBe(16)
      expect((await make('slack:T1', 30)).questions).toBe(16)
      expect((await make('slack:T9')).questions).toBe(0)
    })

    test('more rows than a page has are all read, once', async () => {
      await db.query(
        `insert into turns (workspace, audience, lane, kind, queue, author, place, state, answer, created_at)
         select 'slack:T3', '', 'L' || n, 'answer', 'chat', 'U1', '{}', 'done', 'a', $1
         from generate_series(1, 1203) n`,
        [new Date(+END - 60_000)],
      )
      expect((await make('slack:T3')).questions).toBe(1_203)
    })
  })
}
