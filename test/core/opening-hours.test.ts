import { describe, expect, test } from 'vitest'
import {
  parseClosedDays,
  parseOpeningHours,
  sayOpeningHours,
  writeOpeningHours,
} from '../../src/core/opening-hours.ts'

const READ: [typed: string, kept: string][] = [
  ['월-금 09:00-12:00, 13:00-18:00', 'mon-fri 09:00-12:00 13:00-18:00'],
  ['월~금 9~6', 'mon-fri 09:00-18:00'],
  ['평일 9시-18시, 점심 12시-13시', 'mon-fri 09:00-12:00 13:00-18:00'],
  ['평일 오전 9시 30분부터 오후 6시까지', 'mon-fri 09:30-18:00'],
  ['평일 9시 반 ~ 오후 5시 반', 'mon-fri 09:30-17:30'],
  ['매일 10:00-22:00', 'mon-sun 10:00-22:00'],
  ['월요일 10-17; 화요일-금요일 9-18; 토 10-14', 'mon 10:00-17:00; tue-fri 09:00-18:00; sat 10:00-14:00'],
  ['월, 수, 금 9-18', 'mon 09:00-18:00; wed 09:00-18:00; fri 09:00-18:00'],
  ['평일 09:00–18:00, 토요일 휴무', 'mon-fri 09:00-18:00'],
  ['09:00-18:00', 'mon-fri 09:00-18:00'],
  ['mon-fri 9am-6pm, lunch 12-1pm', 'mon-fri 09:00-12:00 13:00-18:00'],
  ['Monday to Friday 8:30 to 17:00', 'mon-fri 08:30-17:00'],
  ['weekdays 9-5, weekends 10-14', 'mon-fri 09:00-17:00; sat-sun 10:00-14:00'],
  ['Mon–Thu 9–18; Fri 9–15', 'mon-thu 09:00-18:00; fri 09:00-15:00'],
  ['매일 22:00-02:00', 'mon-sun 00:00-02:00 22:00-24:00'],
  ['금 22:00-02:00', 'fri 22:00-24:00; sat 00:00-02:00'],
  ['24시간', 'mon-sun 00:00-24:00'],
  ['24/7', 'mon-sun 00:00-24:00'],
  ['평일 정오-오후 8시', 'mon-fri 12:00-20:00'],
  ['sun-thu 09:00-17:00', 'mon-thu 09:00-17:00; sun 09:00-17:00'],
  ['평일 오전 9시-정오, 오후 1시-6시', 'mon-fri 09:00-12:00 13:00-18:00'],
  ['평일 9-18, 점심시간 11:30-13:00', 'mon-fri 09:00-11:30 13:00-18:00'],
  ['평일 9-18 토 10-13 점심 12-1', 'mon-fri 09:00-12:00 13:00-18:00; sat 10:00-12:00'],
]

describe('typed opening hours', () => {
  test.each(READ)('%s', (typed, kept) => {
    const week = parseOpeningHours(typed)
    expect(week && writeOpeningHours(week)).toBe(kept)
    // What is kept is read back the same.
    expect(week && parseOpeningHours(kept)).toEqual(week)
  })

  test.each([
    '',
    '언제든지',
    '평일',
    '월-금 9',
    '10:00-10:00',
    '평일 25-26',
    'mon 9-18 and some more',
    '휴무',
    '오후 13시-15시',
  ])('are refused when they cannot be read: %s', (typed) => expect(parseOpeningHours(typed)).toBeNull())

  test('read well in both languages', () => {
    const week = parseOpeningHours('평일 9-12, 13-18, 토 10-14')!
    expect(sayOpeningHours(week)).toEqual({
      ko: '월–금 09:00–12:00, 13:00–18:00 · 토 10:00–14:00',
      en: 'Mon–Fri 09:00–12:00, 13:00–18:00 · Sat 10:00–14:00',
    })
  })
})

describe('typed closed days', () => {
  test.each([
    ['2026-12-24', ['2026-12-24']],
    ['2026년 12월 24일, 2027. 3. 3.', ['2026-12-24', '2027-03-03']],
    ['12/31', ['12-31']],
    ['2026-12-30~2027-01-02', ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02']],
    ['2027-06-03, 2026-12-24, 2027-06-03', ['2026-12-24', '2027-06-03']],
    ['02-29', ['02-29']],
  ])('%s', (typed, days) => expect(parseClosedDays(typed)).toEqual(days))

  test.each([
    '',
    '내일',
    '2026-13-01',
    '2026-02-30',
    '2027-01-05~2027-01-01',
    '2026-01-01~2027-12-31',
    '2026-12-24 휴무',
  ])('are refused when they cannot be read: %s', (typed) => expect(parseClosedDays(typed)).toBeNull())
})
