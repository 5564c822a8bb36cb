// Days on which Korea does not work, from the official gazette by way of @hyunbinseo/holidays-kr. The package knows the
// years that have been announced; later ones have none until it is updated, which the doctor says.
import * as announced from '@hyunbinseo/holidays-kr/all'
import type { Both } from '../core/error.ts'

export type HolidayRule = 'kr' | 'kr-labour' | 'none'

export interface Holiday {
  /** `YYYY-MM-DD`. */
  date: string
  name: Both
}

const YEARS = new Map<string, Readonly<Record<string, readonly string[]>>>(
  Object.entries(announced)
    .filter(([name]) => /^y\d{4}$/.test(name))
    .map(([name, days]) => [name.slice(1), days]),
)

/** The last year whose holidays are known. */
export const LAST_YEAR: number = Math.max(...[...YEARS.keys()].map(Number))

const LABOUR = /노동절|근로자의 날/
const LABOUR_DAY = '05-01'

const ENGLISH: readonly (readonly [RegExp, string])[] = [
  [/설날 전날/, 'the day before Seollal'],
  [/설날 다음 날/, 'the day after Seollal'],
  [/설날/, 'Seollal (Lunar New Year)'],
  [/추석 전날/, 'the day before Chuseok'],
  [/추석 다음 날/, 'the day after Chuseok'],
  [/추석/, 'Chuseok'],
  [/1월 1일|신정/, 'New Year’s Day'],
  [/3ㆍ1절|삼일절/, 'March 1st Movement Day'],
  [/노동절|근로자의 날/, 'Labour Day'],
  [/어린이날/, 'Children’s Day'],
  [/부처님/, 'Buddha’s Birthday'],
  [/현충일/, 'Memorial Day'],
  [/제헌절/, 'Constitution Day'],
  [/광복절/, 'Liberation Day'],
  [/개천절/, 'National Foundation Day'],
  [/한글날/, 'Hangeul Day'],
  [/기독탄신일|성탄절/, 'Christmas'],
  [/선거/, 'election day'],
  [/임시공휴일/, 'a temporary public holiday'],
]

/** Null on a day that is not one. Labour Day counts only where the rule says so. */
export function holidayOn(date: string, rule: HolidayRule): Holiday | null {
  if (rule === 'none') return null
  const all = YEARS.get(date.slice(0, 4))?.[date] ?? (date.slice(5) === LABOUR_DAY ? ['노동절'] : [])
  const names = all.filter((name) => rule === 'kr-labour' || !LABOUR.test(name))
  if (names.length === 0) return null
  const ko = names.map((name) => name.replace('기독탄신일', '성탄절').replace('1월 1일', '신정'))
  return { date, name: { ko: ko.join(', '), en: names.map(englishOf).join(', ') } }
}

/** From `date` on, that day too. */
export function nextHolidays(date: string, rule: HolidayRule, count: number): Holiday[] {
  if (rule === 'none') return []
  const found: Holiday[] = []
  for (let year = Number(date.slice(0, 4)); year <= LAST_YEAR && found.length < count; year++) {
    const days = Object.keys(YEARS.get(String(year)) ?? {}).toSorted()
    for (const day of days) {
      const holiday = day >= date ? holidayOn(day, rule) : null
      if (holiday) found.push(holiday)
    }
  }
  return found.slice(0, count)
}

function englishOf(name: string): string {
  const known = ENGLISH.find(([pattern]) => pattern.test(name))?.[1] ?? name
  return name.startsWith('대체공휴일') ? `substitute holiday for ${known}` : known
}
