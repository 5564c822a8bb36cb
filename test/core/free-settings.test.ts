import { describe, expect, test } from 'vitest'
import { labelOf, parseSettingValue } from '../../src/core/setting-words.ts'
import type { SettingName } from '../../src/core/settings.ts'
import { parseTargets, sayTargets, writeTargets } from '../../src/core/targets.ts'

describe('settings that people write themselves', () => {
  test.each<[SettingName, string, string | null]>([
    ['hours', '평일 9-12, 13-18', 'mon-fri 09:00-12:00 13:00-18:00'],
    ['hours', '없음', null],
    ['timezone', '한국', 'Asia/Seoul'],
    ['timezone', 'america/new_york', 'America/New_York'],
    ['closed', '2026년 12월 24일', '2026-12-24'],
    ['closed', 'none', null],
    ['sla', '긴급 15분/2시간, 보통 1시간/1일', 'urgent 15m/2h, normal 1h/8h'],
    ['sla', 'off', null],
    ['holidays', '노동절', 'kr-labour'],
    ['autoclose', '14일', '14'],
    ['autoclose', '끔', 'off'],
    ['staffChannel', '<#C0STAFF01>', 'C0STAFF01'],
    ['collections', '모두', null],
    ['retention', '30일', '30'],
    ['retention', '180 days', '180'],
    ['retention', 'none', null],
  ])('%s: %s', (name, typed, kept) => expect(parseSettingValue(name, typed, 'C1')).toEqual({ value: kept }))

  test.each<[SettingName, string]>([
    ['hours', '언젠가'],
    ['timezone', 'Seoul City'],
    ['timezone', 'Mars/Olympus'],
    ['closed', '크리스마스'],
    ['sla', '빨리'],
    ['sla', 'urgent 0m/2h'],
    ['sla', 'urgent -/-'],
    ['sla', 'urgent 15m/9000h'],
    ['autoclose', '8'],
    ['retention', '0'],
    ['retention', '영원히'],
    ['retention', '9999'],
  ])('%s refuses %s', (name, typed) => expect(parseSettingValue(name, typed, 'C1')).toBeUndefined())

  test('are said back in both languages', () => {
    expect(labelOf('hours', 'mon-fri 09:00-18:00')).toEqual({
      ko: '월–금 09:00–18:00',
      en: 'Mon–Fri 09:00–18:00',
    })
    expect(labelOf('hours', null)).toEqual({ ko: '정하지 않음', en: 'none' })
    expect(labelOf('sla', 'urgent 15m/2h, low -/24h')).toEqual({
      ko: '긴급: 첫 답변 15분, 해결 2시간 · 낮음: 첫 답변 –, 해결 24시간',
      en: 'urgent: first reply 15 min, resolved 2 h · low: first reply –, resolved 24 h',
    })
  })
})

describe('targets', () => {
  test.each([
    [
      'urgent 15m/2h, high 30m/4h',
      { urgent: { first: 15, resolve: 120 }, high: { first: 30, resolve: 240 } },
    ],
    ['보통: 1시간 30분', { normal: { first: 90, resolve: null } }],
    ['낮음 -/3일', { low: { first: null, resolve: 1_440 } }],
  ])('%s', (typed, targets) => {
    expect(parseTargets(typed)).toEqual(targets)
    expect(parseTargets(writeTargets(targets))).toEqual(targets)
    expect(sayTargets(targets).ko).not.toBe('')
  })
})
