// How often, and for how long an amount counts: 월 9,900원, 하루에 두 번, 매년, twice a week, per month, yearly. Often left
// unsaid by the other language, so that a rate is never missing; but where both say one, they must not contradict.
import type { Finder, Found, Reading } from './value.ts'

const LENGTHS = { hour: 'PT3600S', day: 'PT86400S', week: 'PT604800S', month: 'P1M', year: 'P12M' } as const
type Period = keyof typeof LENGTHS

const KO_PERIODS: readonly (readonly [pattern: RegExp, period: Period])[] = [
  [/시간/, 'hour'],
  [/주/, 'week'],
  [/달|월/, 'month'],
  [/연|년|해/, 'year'],
  [/일|하루|날/, 'day'],
]
const EN_PERIODS: Readonly<Record<string, Period>> = { d: 'day', w: 'week', m: 'month', y: 'year', a: 'year' }
/** What "a month" is told of where it is a rate: twice, $5, 9,900 won, per user. */
const IS_RATE_BEFORE =
  /(?:\d|\b(?:once|twice|thrice|times|won|dollars?|euros?|yen|KRW|USD|EUR|users?|person|members?|seat|days?|hours?))\s$/i
const IS_LENGTH_AFTER = /^\s(?:after|before|ago|from|later|or so|in advance|earlier|long)\b/i

export const RATES: readonly Finder[] = [
  {
    kind: 'duration',
    // What was found before, money above all, stands blanked there as 힣.
    pattern:
      /(?<![가-힣\d])(?:하루|일주일|(?:한|1)\s?(?:주|달|해|시간)|1주일|1개월|(?:일|1)\s?년)에\s(?=[\d한두세네다힣]|최대|약|하루|이틀)|(?<![가-힣\d])(?:하루|일주일|(?:한|1)\s?(?:주|달|해)|1주일)\s(?=(?:최대\s)?(?:힣|(?:[\d,]+|[한두세네]|다섯)\s?(?:번|회|개|건|알|잔|끼|시간|분)(?!월)))/g,
    read: readKorean,
  },
  {
    kind: 'duration',
    pattern:
      /(?<![가-힣])(?:매일(?!유업|경제)|매주|매달|매월|매년|매해|(?:달|날|해)마다|일일(?=\s)|월간|연간|월정액|월회비|연회비)|(?<![가-힣\d])(?:월|연)\s(?=힣)|(?<![가-힣\d])(?:월|연|주|일)\s?(?=(?:최대\s)?\d+\s?회(?!의|사|원))|(?<![가-힣\d])(?:월|연)\s?(?=(?:요금|구독|이용료|결제|정액|한도|사용량|납입))/g,
    read: readKorean,
  },
  {
    kind: 'duration',
    pattern: /\b(?<each>an?|per|each|every)\s(?<unit>hour|day|week|month|year)\b/gi,
    read: ({ groups, before, after }) => {
      const isArticle = /^a/i.test(groups.each!)
      if (isArticle && (!IS_RATE_BEFORE.test(before) || IS_LENGTH_AFTER.test(after))) return null
      const period = groups.unit!.toLowerCase() as Period
      // "Every hour" is 한 시간마다 too.
      return /^e/i.test(groups.each!) ? rateOrLength(period) : rate(period)
    },
  },
  // "The monthly fee" is 한 달 요금 too.
  {
    kind: 'duration',
    pattern: /(?<![가-힣\d])(?:(?:한|1)\s?달|1개월|(?:일|1)\s?년)\s(?=요금|이용료|구독료)/g,
    read: ({ text }) => rateOrLength(koPeriod(text)),
  },
  {
    kind: 'duration',
    pattern: /\b(?:daily|weekly|monthly|yearly|annual(?:ly)?)\b/gi,
    read: ({ text }) => {
      return rateOrLength(EN_PERIODS[text[0]!.toLowerCase()]!)
    },
  },
]

function readKorean({ text }: Found): Reading {
  return rate(koPeriod(text))
}

function koPeriod(text: string): Period {
  return KO_PERIODS.find(([pattern]) => pattern.test(text))![1]
}

function rate(period: Period): Reading {
  return { value: `per ${LENGTHS[period]}`, isLoose: true }
}

function rateOrLength(period: Period): Reading {
  return { value: `${LENGTHS[period]}|per ${LENGTHS[period]}`, isLoose: true }
}

export function isRate({ value }: { value: string }): boolean {
  return value.includes('per ')
}
