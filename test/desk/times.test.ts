// What a customer is told about when somebody is there, and what comes due for a case.
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { courseAfter, timersOf } from '../../src/desk/timers.ts'
import { createTimes, type DeskSettings, rulesFrom } from '../../src/desk/times.ts'

const at = (text: string): Date => new Date(text)
const SET: DeskSettings = {
  ...DEFAULT_SETTINGS,
  hours: 'mon-fri 09:00-12:00 13:00-18:00',
  sla: 'urgent 15m/2h, normal 1h/8h',
}

function ticket(fields: Partial<Ticket> = {}): Ticket {
  const openedAt = at('2026-12-01T10:00+09:00')
  return {
    ...({
      id: '1',
      workspace: 'slack:T1',
      number: 1,
      lang: 'ko',
      place: { platform: 'slack', workspace: 'slack:T1', channel: 'C1', thread: '1' },
      status: 'open',
      priority: 'normal',
    } as Ticket),
    ...{ zone: null, openedAt, waitingSince: null, pausedMinutes: 0, said: [], snoozedUntil: null },
    ...{ pausedSince: null, missed: [], wasLate: false },
    ...{ firstResponseAt: null, resolvedAt: null, opening: 1, rating: null, ratingComment: null },
    ...fields,
  }
}

function told(now: string, fields: Partial<Ticket> = {}, set: Partial<DeskSettings> = {}) {
  const said = createTimes(() => rulesFrom({ ...SET, ...set })).expected(ticket(fields), at(now))
  return said && { ko: said.ko, en: said.en.replaceAll('\u202f', ' ') }
}

describe('when somebody is there', () => {
  test('within hours: how soon', () => {
    expect(told('2026-12-01T10:00+09:00')).toEqual({
      ko: '지금은 상담 시간이라 보통 1시간 안에 답해 드려요.',
      en: 'Our team is here now and usually replies within 1 h.',
    })
    expect(told('2026-12-01T10:00+09:00', {}, { sla: null })?.ko).toBe(
      '지금은 상담 시간이라 담당자가 곧 답해 드려요.',
    )
  })

  test('shortly before they leave it is the next day that counts', () => {
    expect(told('2026-12-01T17:58+09:00')).toEqual({
      ko: '보통 내일(수) 오전 9시 58분(한국 시간)까지 답해 드려요.',
      en: 'Our team usually replies by tomorrow (Wed) at 9:58 AM (Korean Time).',
    })
  })

  test('at half past twelve, during lunch', () => {
    expect(told('2026-12-01T12:30+09:00')).toEqual({
      ko: '지금은 쉬는 시간이라 담당자가 오늘 오후 1시(한국 시간)부터 답해 드려요.',
      en: 'Our team is on a break and will reply from today at 1 PM (Korean Time).',
    })
  })

  test('on Chuseok', () => {
    expect(told('2026-09-25T11:00+09:00')).toEqual({
      ko: '오늘은 추석이라 상담을 쉬어요. 담당자가 9월 28일(월) 오전 9시(한국 시간)부터 답해 드려요.',
      en: 'Our team is off today (Chuseok) and will reply from Mon, Sep 28 at 9 AM (Korean Time).',
    })
  })

  test('at 23:00 for a customer in New York: in their time, and in the desk’s', () => {
    // It is one in the afternoon in Korea: a working day, so within hours; at 03:00 in New York it is not.
    expect(told('2026-12-01T23:00-05:00', { zone: 'America/New_York', lang: 'en' })?.en).toMatch(/here now/)
    expect(told('2026-12-01T04:00-05:00', { zone: 'America/New_York', lang: 'en' })).toEqual({
      ko: '지금은 상담 시간이 아니라서 담당자가 오늘 오후 7시(미 동부 시간, 한국 시간으로는 내일(수) 오전 9시)부터 답해 드려요.',
      en: 'Our team is out of the office now and will reply from today at 7 PM (Eastern Time, Korean Time: tomorrow (Wed) at 9 AM).',
    })
    const desk = { hours: 'mon-fri 09:00-18:00', timezone: 'America/New_York', holidays: 'none' as const }
    expect(told('2026-12-01T23:00-05:00', { zone: 'Asia/Seoul' }, desk)?.ko).toBe(
      '지금은 상담 시간이 아니라서 담당자가 오늘 오후 11시(한국 시간, 미 동부 시간으로는 내일(수) 오전 9시)부터 답해 드려요.',
    )
  })

  test('nothing is promised where nobody has set hours, or nobody comes back', () => {
    expect(told('2026-12-01T12:30+09:00', {}, { hours: null })).toBeNull()
  })

  test('own days off count, also such as come every year', () => {
    expect(told('2026-12-24T10:00+09:00', {}, { closed: '2026-12-24' })?.ko).toMatch(
      /^오늘은 휴무일이라.*12월 28일\(월\)/,
    )
    expect(told('2026-06-03T10:00+09:00')?.ko).toMatch(/선거라 상담을 쉬어요/)
    expect(told('2026-10-05T10:00+09:00')?.ko).toMatch(/^오늘은 대체공휴일\(개천절\)이라 상담을 쉬어요/)
    expect(told('2026-12-31T10:00+09:00', {}, { closed: '12-31' })?.ko).toMatch(/1월 4일\(월\) 오전 9시/)
  })
})

describe('on Discord', () => {
  const place = { platform: 'discord' as const, workspace: 'discord:1', channel: '2', thread: '3' }

  test('the customer’s client says the moment in their zone, and the desk’s time stands beside it', () => {
    const unix = at('2026-12-01T13:00+09:00').getTime() / 1_000
    expect(told('2026-12-01T12:30+09:00', { place })).toEqual({
      ko: `지금은 쉬는 시간이라 담당자가 <t:${unix}:f>(한국 시간으로는 오늘 오후 1시)부터 답해 드려요.`,
      en: `Our team is on a break and will reply from <t:${unix}:f> (Korean Time: today at 1 PM).`,
    })
  })

  test('where nobody has said their zone, it is the desk’s that counts, whatever they write', () => {
    const desk = { hours: null, timezone: 'America/New_York', holidays: 'none' as const }
    const times = createTimes(() => rulesFrom({ ...SET, ...desk }))
    const isDaytime = (fields: Partial<Ticket>, moment: string): boolean =>
      times.isDaytime(ticket({ place, ...fields }), at(moment))
    expect(isDaytime({ lang: 'ko' }, '2026-12-01T10:00-05:00')).toBe(true)
    expect(isDaytime({ lang: 'ko' }, '2026-12-01T23:00-05:00')).toBe(false)
    expect(isDaytime({ lang: 'ko', zone: 'Asia/Seoul' }, '2026-12-01T10:00-05:00')).toBe(false)
  })
})

describe('what comes due', () => {
  const rules = rulesFrom(SET)
  const due = (one: Ticket, now: Date, set = rules): Record<string, string> =>
    Object.fromEntries(timersOf(one, now, set).map(({ kind, due }) => [kind, due.toISOString()]))
  const iso = (text: string): string => at(text).toISOString()

  test('targets count in business time, and warn before they are missed', () => {
    const late = ticket({ openedAt: at('2026-12-01T17:30+09:00') })
    expect(due(late, late.openedAt)).toEqual({
      'first-warn': iso('2026-12-02T09:18+09:00'),
      'first-breach': iso('2026-12-02T09:30+09:00'),
      'resolve-warn': iso('2026-12-02T15:54+09:00'),
      'resolve-breach': iso('2026-12-02T17:30+09:00'),
    })
  })

  test('what was said is not said again, and a first answer ends its timers', () => {
    const answered = ticket({ said: ['resolve-warn'], firstResponseAt: at('2026-12-01T10:10+09:00') })
    expect(Object.keys(due(answered, answered.openedAt))).toEqual(['resolve-breach'])
  })

  test('the clock of the target stands while the customer owes a reply', () => {
    const now = at('2026-12-01T11:00+09:00')
    const waiting = ticket({
      status: 'waiting-customer',
      waitingSince: at('2026-12-01T10:30+09:00'),
      pausedSince: at('2026-12-01T10:30+09:00'),
      firstResponseAt: now,
    })
    expect(Object.keys(due(waiting, now))).toEqual(['remind', 'expire'])
    const course = courseAfter(
      waiting,
      { status: 'waiting-staff' },
      'customer-wrote',
      at('2026-12-01T14:00+09:00'),
      rules,
    )
    // From 10:30 to 12 and from 13 to 14.
    expect(course).toMatchObject({ pausedMinutes: 150, waitingSince: null })
    const back = { ...waiting, ...course, status: 'waiting-staff' as const }
    // 10:00 and 480 + 150 minutes: 2 h, 5 h, and 3.5 h of the next day.
    expect(due(back, now)['resolve-breach']).toBe(iso('2026-12-02T13:30+09:00'))
  })

  test('who does not reply is reminded by day, and the case ends as long after', () => {
    const waitingSince = at('2026-12-01T22:00+09:00')
    const waiting = ticket({ status: 'waiting-customer', waitingSince, firstResponseAt: waitingSince })
    expect(due(waiting, waitingSince)).toEqual({
      remind: iso('2026-12-09T09:00+09:00'),
      expire: iso('2026-12-16T09:00+09:00'),
    })
    const abroad = { ...waiting, zone: 'America/New_York' }
    expect(due(abroad, waitingSince)['remind']).toBe(iso('2026-12-08T09:00-05:00'))
    expect(due(waiting, waitingSince, { ...rules, staleDays: null })).toEqual({})
    // A word of either gives time again, and the next reminder is a new one.
    const reminded = { ...waiting, said: ['remind' as const] }
    expect(courseAfter(reminded, waiting, 'staff-wrote', at('2026-12-10T10:00+09:00'), rules)).toMatchObject({
      said: [],
      waitingSince: at('2026-12-10T10:00+09:00'),
    })
  })

  test('what staff write after the end waits for a reply like anything else', () => {
    const now = at('2026-12-02T10:00+09:00')
    const ended = ticket({ status: 'resolved', resolvedAt: at('2026-12-01T15:00+09:00'), said: ['rate'] })
    const course = courseAfter(ended, { status: 'waiting-customer' }, 'staff-wrote', now, rules)
    const again = { ...ended, ...course, status: 'waiting-customer' as const, firstResponseAt: now }
    expect(due(again, now)).toEqual({
      remind: iso('2026-12-09T10:00+09:00'),
      expire: iso('2026-12-16T10:00+09:00'),
    })
  })

  test('a nudge by staff takes nothing from the time that the customer owed', () => {
    const since = at('2026-12-01T10:00+09:00')
    const waiting = ticket({ status: 'waiting-customer', waitingSince: since, pausedSince: since })
    const nudged = courseAfter(waiting, waiting, 'staff-wrote', at('2026-12-02T10:00+09:00'), rules)
    expect(nudged).toMatchObject({ pausedSince: since, waitingSince: at('2026-12-02T10:00+09:00') })
    const replied = courseAfter(
      { ...waiting, ...nudged },
      { status: 'waiting-staff' },
      'customer-wrote',
      at('2026-12-02T11:00+09:00'),
      rules,
    )
    // A business day of eight hours, and one more.
    expect(replied.pausedMinutes).toBe(540)
  })

  test('after a long snooze the reminder comes first, by day, and the end a week after it', () => {
    const waiting = ticket({
      status: 'waiting-customer',
      waitingSince: at('2026-12-01T10:00+09:00'),
      firstResponseAt: at('2026-12-01T10:00+09:00'),
    })
    const now = at('2026-12-22T23:00+09:00')
    expect(due(waiting, now)).toEqual({
      remind: iso('2026-12-23T09:00+09:00'),
      expire: iso('2026-12-30T09:00+09:00'),
    })
  })

  test('stars are asked for at once by day, in the morning after a night', () => {
    const by = (now: Date) => {
      const course = courseAfter(ticket(), { status: 'resolved' }, 'resolve', now, rules)
      return due({ ...ticket({ status: 'resolved', resolvedAt: now }), ...course }, now)
    }
    expect(Object.keys(by(at('2026-12-01T15:00+09:00')))).toEqual(['close'])
    expect(by(at('2026-12-01T23:00+09:00'))['rate']).toBe(iso('2026-12-02T09:00+09:00'))
  })

  test('a case that is put off comes back, and meanwhile only its first reply can be late; one that has closed has nothing to come', () => {
    const snoozedUntil = at('2026-12-03T09:00+09:00')
    expect(Object.keys(due(ticket({ snoozedUntil }), at('2026-12-01T10:00+09:00')))).toEqual([
      ...['first-warn', 'first-breach', 'snooze'],
    ])
    const firstResponseAt = at('2026-12-01T10:00+09:00')
    expect(due(ticket({ snoozedUntil, firstResponseAt }), firstResponseAt)).toEqual({
      snooze: snoozedUntil.toISOString(),
    })
    expect(due(ticket({ status: 'closed' }), at('2026-12-01T10:00+09:00'))).toEqual({})
    expect(
      courseAfter(
        ticket({ snoozedUntil }),
        { status: 'open' },
        'customer-wrote',
        at('2026-12-01T11:00+09:00'),
        rules,
      ).snoozedUntil,
    ).toBeNull()
  })

  test('opened again, everything counts anew', () => {
    const now = at('2026-12-05T10:00+09:00')
    const missed = ['first' as const]
    const ended = ticket({ status: 'resolved', said: ['first-breach', 'rate'], pausedMinutes: 90, missed })
    expect(courseAfter(ended, { status: 'open' }, 'customer-wrote', now, rules)).toEqual({
      ...{ openedAt: now, waitingSince: null, pausedMinutes: 0, said: [], snoozedUntil: null },
      // But not that it has been late before.
      ...{ pausedSince: null, missed: [], wasLate: true },
      ...{ opening: 2, rating: null, ratingComment: null },
    })
  })
})

describe('putting a case off', () => {
  const until = (typed: string): string | null =>
    createTimes(() => rulesFrom(SET))
      .snoozeUntil('slack:T1', typed, at('2026-12-04T16:00+09:00'))
      ?.toISOString() ?? null
  test.each([
    ['1h', '2026-12-04T17:00+09:00'],
    ['30분', '2026-12-04T16:30+09:00'],
    // At seven in the evening of a Friday nobody is there.
    ['3시간 뒤', '2026-12-07T09:00+09:00'],
    ['내일', '2026-12-07T09:00+09:00'],
    ['다음 주', '2026-12-11T09:00+09:00'],
    ['2주', '2026-12-18T09:00+09:00'],
  ])('%s', (typed, moment) => expect(until(typed)).toBe(at(moment).toISOString()))
  test.each(['', '언젠가', '0h', '90일', '2026'])('%s is not understood', (typed) =>
    expect(until(typed)).toBeNull(),
  )
})
