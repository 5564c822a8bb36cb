import { describe, expect, test } from 'vitest'
import type { LogLine } from './app-process.ts'
import { rehearseFrom } from './handbook.ts'
import { timesOf } from './print.ts'
import { createTraces } from './traces.ts'

const line = (at: number, msg: string, fields: Record<string, unknown>): LogLine => ({
  at,
  level: 'info',
  msg,
  fields,
})

describe('the times of a message', () => {
  test('are put together from the log and from what is seen', () => {
    const traces = createTraces()
    traces.line(line(990, 'received', { source: 'C1:0', lane: 'C1:0' }))
    traces.line(line(995, 'queued', { source: 'C1:0' }))
    traces.sent('C1:1', 1_000)
    traces.line(line(1_012, 'received', { source: 'C1:1', lane: 'C1:1', ms: 7 }))
    traces.line(line(1_015, 'queued', { source: 'C1:1' }))
    traces.line(line(1_020, 'turn started', { sources: ['C1:1'], turn: 't1' }))
    traces.shown('C1:1', 1_100)
    traces.line(line(1_300, 'turn ended', { turn: 't1', outcome: 'done' }))
    expect(traces.get('C1:1')).toMatchObject({
      receivedAt: 1_005,
      savedAt: 1_012,
      queuedAt: 1_015,
      ahead: 1,
      writingAt: 1_020,
      firstWordAt: 1_100,
      doneAt: 1_300,
      outcome: 'done',
      starts: 1,
    })
  })

  test('are kept when the message is delivered again and a second worker goes on with it', () => {
    const traces = createTraces()
    traces.sent('7', 1_000)
    for (const at of [1_010, 5_000]) {
      traces.line(line(at, 'received', { source: '7', ms: 1 }))
      traces.line(line(at + 1, 'turn started', { sources: ['7'], turn: 't1' }))
    }
    expect(traces.get('7')).toMatchObject({ savedAt: 1_010, writingAt: 1_011, starts: 2 })
  })

  test('are the same for all messages that are answered together', () => {
    const traces = createTraces()
    for (const source of ['1', '2']) traces.sent(source, 1_000)
    traces.line(line(1_100, 'turn started', { sources: ['1', '2'], turn: 't1' }))
    traces.line(line(1_200, 'turn ended', { turn: 't1', outcome: 'done' }))
    expect(traces.all().map(({ doneAt }) => doneAt)).toEqual([1_200, 1_200])
  })

  test('are there too for a message that joined while the answer was being written', () => {
    const traces = createTraces()
    for (const source of ['1', '2']) traces.sent(source, 1_000)
    traces.line(line(1_100, 'turn started', { sources: ['1'], turn: 't1' }))
    traces.line(line(1_150, 'turn begins again', { sources: ['1', '2'], turn: 't1' }))
    traces.line(line(1_200, 'turn ended', { turn: 't1', outcome: 'done' }))
    expect(traces.get('1')).toMatchObject({ writingAt: 1_100, doneAt: 1_200, starts: 1 })
    expect(traces.get('2')).toMatchObject({ writingAt: 1_150, doneAt: 1_200, starts: 0 })
  })

  test('may come from the log before the sender has noted the message', () => {
    const traces = createTraces()
    traces.line(line(1_012, 'received', { source: '1', ms: 2 }))
    expect(timesOf(traces.sent('1', 1_000))).toContain('저장 saved 12 ms')
  })
})

test('the rehearsal model quotes what fits the question, in its language, and always says what it is', () => {
  expect(rehearseFrom('배송이 언제 오나요?')).toMatch(/^\[리허설\] 결제하신 다음 날/)
  expect(rehearseFrom('When will my order arrive?')).toMatch(/^\[리허설\] We ship/)
  expect(rehearseFrom('점심 메뉴 추천해 줘')).toBe('[리허설] 점심 메뉴 추천해 줘')
})
