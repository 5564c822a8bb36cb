import { describe, expect, test } from 'vitest'
import { parseOpeningHours } from '../../src/core/opening-hours.ts'
import { holidayOn, LAST_YEAR, nextHolidays } from '../../src/desk/holidays.ts'
import {
  addBusinessTime,
  type Calendar,
  inDaytime,
  isSameTime,
  nextOpening,
  sayMoment,
  whyClosed,
  zoneName,
} from '../../src/desk/hours.ts'

const KST = 'Asia/Seoul'

function calendar(hours = '평일 9-12, 13-18', zone = KST): Calendar {
  return { zone, week: parseOpeningHours(hours), closedOn: (date) => holidayOn(date, 'kr')?.name ?? null }
}

const at = (text: string): Date => new Date(text)
const iso = (date: Date | null): string | null => date?.toISOString() ?? null

describe('opening hours', () => {
  test.each([
    ['2026-12-01T09:00+09:00', true],
    ['2026-12-01T08:59+09:00', false],
    ['2026-12-01T12:00+09:00', false],
    ['2026-12-01T12:30+09:00', false],
    ['2026-12-01T13:00+09:00', true],
    ['2026-12-01T17:59+09:00', true],
    ['2026-12-01T18:00+09:00', false],
    ['2026-12-05T10:00+09:00', false],
    // 추석.
    ['2026-09-25T10:00+09:00', false],
    ['2026-12-25T10:00+09:00', false],
    // A working day in Korea, still the evening before in New York.
    ['2026-11-30T20:30-05:00', true],
  ])('%s', (moment, open) =>
    expect(nextOpening(calendar(), at(moment))?.getTime() === at(moment).getTime()).toBe(open),
  )

  test.each([
    ['2026-12-01T12:30+09:00', '2026-12-01T13:00+09:00'],
    ['2026-12-01T19:00+09:00', '2026-12-02T09:00+09:00'],
    ['2026-12-04T18:00+09:00', '2026-12-07T09:00+09:00'],
    // 추석 2026: Thursday 24th to Saturday 26th of September.
    ['2026-09-23T18:30+09:00', '2026-09-28T09:00+09:00'],
    // 설날 2027: Sunday, with a substitute on Tuesday.
    ['2027-02-05T18:00+09:00', '2027-02-10T09:00+09:00'],
    ['2027-07-18T10:00+09:00', '2027-07-20T09:00+09:00'],
  ])('after %s they are back at %s', (moment, back) =>
    expect(iso(nextOpening(calendar(), at(moment)))).toBe(iso(at(back))),
  )

  test('nobody comes back where no day is open', () => {
    const never: Calendar = { ...calendar(), closedOn: () => ({ ko: '휴무', en: 'closed' }) }
    expect(nextOpening(never, at('2026-12-01T10:00+09:00'))).toBeNull()
    expect(addBusinessTime(never, at('2026-12-01T10:00+09:00'), 10)).toBeNull()
  })

  test('business time leaves out lunch, nights, weekends and holidays', () => {
    const add = (moment: string, minutes: number): string | null =>
      iso(addBusinessTime(calendar(), at(moment), minutes))
    expect(add('2026-12-01T11:30+09:00', 60)).toBe(iso(at('2026-12-01T13:30+09:00')))
    expect(add('2026-12-01T17:30+09:00', 60)).toBe(iso(at('2026-12-02T09:30+09:00')))
    expect(add('2026-12-04T17:00+09:00', 120)).toBe(iso(at('2026-12-07T10:00+09:00')))
    expect(add('2026-09-23T17:00+09:00', 8 * 60)).toBe(iso(at('2026-09-28T17:00+09:00')))
    expect(add('2026-12-01T03:00+09:00', 0)).toBe(iso(at('2026-12-01T09:00+09:00')))
  })

  test('clocks that go forward or back in between do not matter', () => {
    const newYork = calendar('매일 9-17', 'America/New_York')
    // 2026-11-01: clocks go back at two in the night.
    expect(iso(nextOpening(newYork, at('2026-10-31T18:00-04:00')))).toBe(iso(at('2026-11-01T09:00-05:00')))
    expect(iso(nextOpening(newYork, at('2027-03-13T18:00-05:00')))).toBe(iso(at('2027-03-14T09:00-04:00')))
  })

  test('says why nobody is there', () => {
    expect(whyClosed(calendar(), at('2026-12-01T12:30+09:00'))).toBe('break')
    expect(whyClosed(calendar(), at('2026-12-01T19:30+09:00'))).toBe('day')
    expect(whyClosed(calendar(), at('2026-09-25T11:00+09:00'))).toEqual({
      holiday: { ko: '추석', en: 'Chuseok' },
    })
  })
})

describe('holidays', () => {
  test.each([
    ['2026-02-17', '설날'],
    ['2026-03-02', '대체공휴일(3ㆍ1절)'],
    ['2026-07-17', '제헌절'],
    ['2026-09-25', '추석'],
    ['2027-02-09', '대체공휴일(설날)'],
    ['2026-12-25', '성탄절'],
    ['2026-12-24', null],
    ['2026-05-01', null],
  ])('%s: %s', (date, name) => expect(holidayOn(date, 'kr')?.name.ko ?? null).toBe(name))

  test('Labour Day is a day off by setting, also in a year that is not announced yet', () => {
    expect(holidayOn('2026-05-01', 'kr-labour')?.name).toEqual({ ko: '노동절', en: 'Labour Day' })
    expect(holidayOn('2027-05-03', 'kr-labour')?.name.en).toBe('substitute holiday for Labour Day')
    expect(holidayOn('2027-05-03', 'kr')).toBeNull()
    expect(holidayOn(`${LAST_YEAR + 1}-05-01`, 'kr-labour')).not.toBeNull()
    expect(holidayOn('2026-09-25', 'none')).toBeNull()
  })

  test('every one that is announced has an English name', () => {
    for (const { name } of nextHolidays('2018-01-01', 'kr-labour', 1_000))
      expect(name.en).not.toMatch(/[가-힣]/)
  })

  test('the next twelve, from that day on, over the turn of the year', () => {
    const days = nextHolidays('2026-09-25', 'kr', 12)
    expect(days).toHaveLength(12)
    expect(days.map(({ date }) => date).slice(0, 3)).toEqual(['2026-09-25', '2026-09-26', '2026-10-03'])
    expect(days.at(-1)!.date.slice(0, 4)).toBe('2027')
  })
})

describe('moments in words', () => {
  const now = at('2026-11-29T20:00+09:00')
  test.each([
    ['2026-11-29T21:00+09:00', KST, '오늘 오후 9시', 'today at 9 PM'],
    ['2026-11-30T09:00+09:00', KST, '내일(월) 오전 9시', 'tomorrow (Mon) at 9 AM'],
    ['2026-11-30T09:00+09:00', 'America/New_York', '오늘 오후 7시', 'today at 7 PM'],
    ['2026-12-03T13:30+09:00', KST, '12월 3일(목) 오후 1시 30분', 'Thu, Dec 3 at 1:30 PM'],
    ['2026-11-30T12:05+09:00', KST, '내일(월) 오후 12시 5분', 'tomorrow (Mon) at 12:05 PM'],
  ])('%s in %s', (moment, zone, ko, en) => {
    const said = sayMoment(at(moment), now, zone)
    expect({ ko: said.ko, en: said.en.replaceAll('\u202f', ' ') }).toEqual({ ko, en })
  })

  test('zones have names', () => {
    expect(zoneName(KST)).toEqual({ ko: '한국 시간', en: 'Korean Time' })
    expect(zoneName('America/New_York').ko).toBe('미 동부 시간')
    expect(isSameTime(KST, 'Asia/Tokyo', now)).toBe(true)
    expect(isSameTime(KST, 'America/New_York', now)).toBe(false)
  })

  test('what can wait waits for the day of whom it is for', () => {
    const later = (moment: string, zone: string): string | null => iso(inDaytime(at(moment), zone))
    expect(later('2026-12-01T15:00+09:00', KST)).toBe(iso(at('2026-12-01T15:00+09:00')))
    expect(later('2026-12-01T20:00+09:00', KST)).toBe(iso(at('2026-12-02T09:00+09:00')))
    expect(later('2026-12-01T08:59+09:00', KST)).toBe(iso(at('2026-12-01T09:00+09:00')))
    expect(later('2026-12-01T15:00+09:00', 'America/New_York')).toBe(iso(at('2026-12-01T09:00-05:00')))
  })
})
