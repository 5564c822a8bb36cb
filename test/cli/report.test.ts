// npm run report as an operator reads it, on the bot's own database.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allMigrations } from '../../src/features.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { openDatabase } from '../../src/store/db.ts'
import { addDocument, ask } from '../report/rows.ts'
import { run, temporaryFolder } from './support.ts'

const END = new Date('2026-11-28T11:00:00Z')
const clock = { ...realClock, now: () => +END }

test('a week in one page, in the reader’s language, and as JSON', { timeout: 60_000 }, async () => {
  await using folder = await temporaryFolder()
  const env = { DATA_DIR: join(folder.path, 'data'), GPU_COST_PER_HOUR: '2.5 USD' }
  const report = (...args: string[]) => run(['report', ...args], env, clock)
  expect(await report()).toMatchObject({ code: 1, err: expect.stringContaining('no tables of the bot yet') })
  {
    await using db = await openDatabase({ url: null, dataDir: env.DATA_DIR, log: SILENT })
    await db.migrate({ ...allMigrations })
    const document = await addDocument(db, {
      title: '배송 안내',
      updatedAt: new Date('2025-01-01T00:00:00Z'),
    })
    const model = { firstWordMs: 700, ms: 2_400, tokens: 120, promptTokens: 800, modelMs: 1_600 }
    const sources = [{ chunk: '1', document, title: '배송 안내' }]
    await ask(db, END, {
      ...{
        question: '배송비?',
        hoursAgo: 5,
        feedback: ['down'],
        facts: { ...model, sources, reason: 'outdated' },
      },
    })
    await ask(db, END, {
      question: 'hi there, refund?',
      hoursAgo: 6,
      lang: 'en',
      feedback: ['up'],
      facts: model,
    })
    for (const question of ['주차 되나요?', '주차되나요', '주차 되나요'])
      await ask(db, END, { question, hoursAgo: 30, facts: { noEvidence: true } })
  }
  const korean = await report('--lang', 'ko')
  expect(korean.out.split('\n')).toEqual([
    '2026년 11월 21일~28일',
    '',
    '질문과 답변',
    '  질문 5개',
    '  상담원 없이 답함: 2 (40%)',
    '  상담원 연결: 0 (0%)',
    '  문서에 답이 없음: 3 (60%)',
    '  오류로 답하지 못함: 0 (0%)',
    '',
    '속도와 만족도',
    '  한국어 4개: 첫 글자 0.7초 (95%: 0.7초), 답변 전체 2.4초 (95%: 2.4초), 만족 0% (👍 0 👎 1)',
    '  영어 1개: 첫 글자 0.7초 (95%: 0.7초), 답변 전체 2.4초 (95%: 2.4초), 만족 100% (👍 1 👎 0)',
    '',
    '답하지 못한 질문(문서가 필요해요)',
    '  3번 — 주차 되나요?',
    '',
    '👎 받은 답변',
    '  오래된 내용 1',
    '  1번 — 배송 안내 (오래된 내용 1)',
    '',
    '손볼 문서',
    '  배송 안내: 2025-01-01 이후 그대로, 👎 1',
    '',
    '모델 사용량',
    '  입력 토큰 1,600, 출력 토큰 240(답변당 120)',
    '  답변당 비용: GPU를 기간 내내 빌린 비용 기준 210 USD, 모델이 일한 시간 기준 0.0011 USD',
  ])
  expect((await report()).out).toContain('Unanswered: articles to write\n  3 times — 주차 되나요?')
  expect(JSON.parse((await report('--json')).out)).toMatchObject({ questions: 5, clusters: [{ count: 3 }] })
  expect((await report('--since', '3h')).out).toContain('Nobody asked anything in this time.')
  expect((await report('--workspace', 'slack:T9')).out).toContain('Nobody asked anything in this time.')
  for (const wrong of [['--since', '7'], ['--since', '0d'], ['--lang', 'fr'], ['--no']])
    expect(await report(...wrong)).toMatchObject({
      code: 2,
      err: expect.stringContaining('usage: npm run report'),
    })
})
