// Days, weeks, months and years told from today: 오늘, 모레, 글피, 다음 주, the day after tomorrow, next week.
import type { Finder, Found } from './value.ts'

const KO_DAYS: Readonly<Record<string, number>> = {
  오늘: 0,
  금일: 0,
  내일: 1,
  익일: 1,
  명일: 1,
  모레: 2,
  내일모레: 2,
  글피: 3,
  그글피: 4,
  어제: -1,
  어저께: -1,
  어젯밤: -1,
  그저께: -2,
  그제: -2,
  그끄저께: -3,
}
const KO_NEAR: readonly [pattern: string, offset: number][] = [
  ['(?:다다음|다담)', 2],
  ['(?:다음|담)', 1],
  ['이번', 0],
  ['(?:지지난|저저번)', -2],
  ['(?:지난|저번)', -1],
]
const KO_PERIODS: readonly [pattern: string, name: string][] = [
  ['주(?!문|소|차|식|말농|년|제|의|인|장)', 'week'],
  ['달(?!러|력)', 'month'],
  ['해(?![가-힣]{2})', 'year'],
]
const KO_NAMES: Readonly<Record<string, string>> = {
  금주: 'week+0',
  차주: 'week+1',
  내주: 'week+1',
  이달: 'month+0',
  내달: 'month+1',
  올해: 'year+0',
  금년: 'year+0',
  내년: 'year+1',
  내후년: 'year+2',
  작년: 'year-1',
  재작년: 'year-2',
}
// What follows a bare name when it is the day itself and not part of a longer word ("내일배움카드", "오늘의집", "그제서야").
const AFTER_NAME =
  '(?=$|[^가-힣]|은|는|이|가|을|를|도|만|의\\s|과|와|로|중|안|밤|아침|저녁|오전|오후|새벽|낮|점심|부터|까지|이나|쯤|자|날|에|발송|출발|도착|배송|입니|이에|예정|처럼|마감)(?!의집|이나마)'

const EN_DAYS: Readonly<Record<string, number>> = {
  'the day after tomorrow': 2,
  'day after tomorrow': 2,
  'the day before yesterday': -2,
  'day before yesterday': -2,
  'last night': -1,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
  tonight: 0,
  today: 0,
  tomorrow: 1,
  yesterday: -1,
}
const EN_NEAR: Readonly<Record<string, number>> = { this: 0, next: 1, coming: 1, last: -1, past: -1 }
const EN_WEEKDAYS = '(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|weekend'

const day = (offset: number, name = 'day'): string => `${name}${offset < 0 ? '' : '+'}${offset}`
const oneOf = (words: readonly string[]): string => words.toSorted((a, b) => b.length - a.length).join('|')

export const RELATIVE: readonly Finder[] = [
  {
    kind: 'date',
    pattern: new RegExp(`(?<![가-힣])(?:${oneOf(Object.keys(KO_DAYS))})${AFTER_NAME}`, 'g'),
    read: ({ text }) => day(KO_DAYS[text]!),
  },
  ...KO_NEAR.flatMap(([near, offset]) =>
    KO_PERIODS.map(
      ([period, name]): Finder => ({
        kind: 'date',
        pattern: new RegExp(`(?<![가-힣])${near}\\s?${period}`, 'g'),
        read: (found) => (name === 'week' && offset === 0 && namesWeekday(found) ? '' : day(offset, name)),
      }),
    ),
  ),
  {
    kind: 'date',
    pattern: /(?<![가-힣])(?<near>다음|이번|지난)\s?(?=[월화수목금토일]요일)/g,
    read: ({ groups }) => ({
      value: groups.near === '이번' ? '' : day(groups.near === '다음' ? 1 : -1, 'week'),
    }),
  },
  {
    kind: 'date',
    pattern: new RegExp(`(?<![가-힣])(?:${oneOf(Object.keys(KO_NAMES))})${AFTER_NAME}`, 'g'),
    // "Last December" is 작년 12월.
    read: ({ text, after }) => ({ value: KO_NAMES[text]!, isLoose: /^\s?\d{1,2}월/.test(after) }),
  },
  {
    kind: 'date',
    pattern: new RegExp(`\\b(?:${oneOf(Object.keys(EN_DAYS))})\\b`, 'gi'),
    read: ({ text }) => day(EN_DAYS[text.toLowerCase()]!),
  },
  {
    kind: 'date',
    pattern: /\bthe (?<period>week|month|year) (?<side>after next|before last)\b/gi,
    read: ({ groups }) => day(/after/i.test(groups.side!) ? 2 : -2, groups.period!.toLowerCase()),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `\\b(?<near>this|next|last)\\s(?:(?<period>week|month|year)\\b|(?=${EN_WEEKDAYS}))`,
      'gi',
    ),
    read: readNear,
  },
]

function readNear(found: Found): string {
  const offset = EN_NEAR[found.groups.near!.toLowerCase()]!
  const period = found.groups.period?.toLowerCase()
  // "This Friday" is Friday.
  if (!period) return offset === 0 ? '' : day(offset, 'week')
  return period === 'week' && offset === 0 && namesWeekday(found) ? '' : day(offset, period)
}

/** 이번 주 금요일, Friday this week: the weekday alone says it. */
function namesWeekday({ before, after }: Found): boolean {
  return /^\s?(?:[월화수목금토일]요일|주?말)/.test(after) || new RegExp(`(?:${EN_WEEKDAYS})\\s$`).test(before)
}
