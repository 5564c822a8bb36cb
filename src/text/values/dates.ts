// Calendar dates and weekdays, in the forms people type: 2026-11-25, 11월 25일(수), Nov 25–27, 11/25, the 25th, 월~금.
import { type Finder, type Found, pad2, type Reading } from './value.ts'

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
const DAY = '(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?'
const TO = '\\s?(?:~|-|–|—|to|through)\\s?'
const YEAR = '(?:19|20)\\d{2}'
const KO_DAYS = '일월화수목금토'
const EN_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const WEEKDAY = '(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day'
const SHORT_WEEKDAY = '(?:Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat)'
const KO_MONTHS: Readonly<Record<string, number>> = {
  일: 1,
  삼: 3,
  사: 4,
  오: 5,
  유: 6,
  칠: 7,
  팔: 8,
  구: 9,
  시: 10,
  십일: 11,
  십이: 12,
}

/** What 25일 is when nothing else says: a day of the month if it is fixed by these, a length if by those. */
const IS_DAY_BEFORE = /(?:\d월|달|매월|매달|오는|지난)\s?$/
const IS_DAY_AFTER =
  /^(?:\([일월화수목금토]\)|자(?![가-힣])|\s?(?:오전|오후|정오|자정|\d{1,2}시|[월화수목금토일]요일))/
const IS_LENGTH_BEFORE =
  /(?:영업일|근무일|평일)\s?(?:기준)?\s?(?:으로|약|최대|최소|평균)?\s?$|(?:최대|최소|약|평균|총|앞으로|이후|받은 뒤|무료|주)\s?$|(?:후|뒤|로부터|부터|기준|기간[은이]?)\s$/
const IS_LENGTH_AFTER =
  /^\s?(?:간|이내|내[에로,\s]|안[에으]|동안|정도|가량|이상|이하|초과|미만|만에|뒤|후|전|씩|마다|치|짜리|여|째|차|더|남|걸|소요|연장|지[나난]|이\s?(?:지[나난]|걸|소요|남|넘|경과)|을\s?(?:초과|넘)|[은의]\s?(?:기간|유예|무료))/

export const DATES: readonly Finder[] = [
  {
    kind: 'date',
    pattern:
      /(?<![\d.,/-])(?<y>(?:19|20)\d{2}|'?\d{2})(?<sep>[-./])\s?(?<m>1[0-2]|0?[1-9])\k<sep>\s?(?<d>3[01]|[12]\d|0?[1-9])(?![\d/-]|\.\d)(?:\.(?=\s|$|\())?/g,
    read: ({ groups, text }) => {
      // "1.5.10" is a version; two-digit years only where everything has two digits.
      if (groups.y!.length < 4 && !/^'?\d\d[./-]\d\d[./-]\d\d/.test(text)) return null
      const year = groups.y!.replace("'", '')
      return writeDate(year.length === 2 ? `20${year}` : year, groups.m, groups.d)
    },
  },
  {
    kind: 'date',
    pattern:
      /(?<!\d)(?:(?<y>(?:19|20)\d{2}|'?\d{2})년\s?)?(?<m>1[0-2]|0?[1-9])월\s?(?<d>3[01]|[12]\d|0?[1-9])(?:일)?(?:\s?[~–-]\s?(?<to>3[01]|[12]\d|0?[1-9]))?일/g,
    read: ({ groups }) => writeDays(groups.y?.replace(/^'?(\d\d)$/, '20$1'), groups.m, groups.d!, groups.to),
  },
  {
    kind: 'date',
    pattern: /(?<!\d)(?:(?<y>(?:19|20)\d{2}|'?\d{2})년\s?)(?:(?<m>1[0-2]|0?[1-9])월)(?!\s?\d{1,2}일)/g,
    read: ({ groups }) => writeDate(groups.y?.replace(/^'?(\d\d)$/, '20$1'), groups.m, undefined),
  },
  {
    kind: 'date',
    pattern:
      /(?<![\d.,])(?<m>1[0-2]|0?[1-9])(?:월?\s?[~–-]\s?(?<to>1[0-2]|0?[1-9]))?월(?!드|요일|\s?\d{1,2}\s?일|간)/g,
    read: ({ groups }) =>
      [groups.m, groups.to]
        .filter((month) => month !== undefined)
        .map((month) => writeDate(undefined, month, undefined))
        .join('..'),
  },
  {
    kind: 'date',
    pattern:
      /(?<![가-힣])(?<m>십일|십이|[일삼사오유칠팔구시])월(?=\s?(?:[일이삼]?십)?[일이삼사오육칠팔구십]일)\s?(?<d>(?:[이삼]?십)?[일이삼사오육칠팔구]?)일/g,
    read: ({ groups }) => writeDate(undefined, String(KO_MONTHS[groups.m!]), String(readDay(groups.d!))),
  },
  {
    kind: 'date',
    pattern: /(?<!\d)(?<y>(?:19|20)\d{2})년(?!\s?(?:간|동안|치))(?=도|형|식|산|[^도])?/g,
    read: ({ groups }) => writeDate(groups.y, undefined, undefined),
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `\\b(?<month>${MONTH})\\.?\\s(?<d>${DAY})(?!\\d|:|\\s?[ap]\\.?m)(?:${TO}(?<to>${DAY})(?!\\d|\\s?[ap]\\.?m))?(?:,?\\s(?<y>${YEAR}))?\\b`,
      'g',
    ),
    read: readEnglish,
  },
  {
    kind: 'date',
    pattern: new RegExp(
      `(?<![\\d.,])(?<d>${DAY})(?:${TO}(?<to>${DAY}))?(?:\\sof)?\\s(?<month>${MONTH})\\b\\.?(?:,?\\s(?<y>${YEAR}))?`,
      'g',
    ),
    read: readEnglish,
  },
  {
    kind: 'date',
    pattern: new RegExp(`\\b(?<month>${MONTH})\\.?,?\\s(?<y>${YEAR})\\b`, 'g'),
    read: readEnglish,
  },
  {
    kind: 'date',
    // May and March are words too: only after what goes with a month.
    pattern: new RegExp(
      `(?<=\\b(?:in|by|until|till|since|from|to|this|next|last|early|late|mid|every|of|through)[- ])(?<month>${MONTH})\\b|\\b(?<long>January|February|April|June|July|August|September|October|November|December)\\b`,
      'g',
    ),
    read: readEnglish,
  },
  {
    kind: 'date',
    pattern: /(?<![\d./])(?<a>\d{1,2})\/(?<b>\d{1,2})(?:\/(?<y>(?:19|20)\d{2}))?(?![\d/])/g,
    read: readSlashed,
  },
  {
    kind: 'date',
    pattern:
      /(?<![\d.,])(?<d>3[01]|[12]\d|[1-9])(?:일?\s?[~–-]\s?(?<to>3[01]|[12]\d|[1-9]))?일(?!반|시|요일|본|부|정|상|단|\s?시간)/g,
    read: readBareDay,
  },
  {
    kind: 'date',
    pattern:
      /\b(?:on |by |until |till |before |after |from )?the (?<d>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?!\s?(?:floor|time|place|item|generation))/gi,
    read: ({ groups, text }) => ({
      value: `${writeDate(undefined, undefined, groups.d)}${/^the/i.test(text) ? `|${groups.d} ordinal` : ''}`,
    }),
  },
  ...weekdays(),
]

function weekdays(): Finder[] {
  const readName = ({ groups, text }: Found): string =>
    [groups.low ?? text, groups.high]
      .filter((name) => name !== undefined)
      .map(weekdayOf)
      .join('..')
  return [
    {
      kind: 'date',
      pattern: new RegExp(
        `(?<![가-힣])(?<low>[${KO_DAYS}])(?:요일)?\\s?[~–-]\\s?(?<high>[${KO_DAYS}])(?:요일)?(?![가-힣]*요일)(?=$|[^가-힣]|에|은|는|까|이|만|의)`,
        'g',
      ),
      read: readName,
    },
    {
      kind: 'date',
      pattern: new RegExp(`(?<low>[${KO_DAYS}])요일|(?<=[힣\\d]\\s?\\()[${KO_DAYS}](?=\\))`, 'g'),
      read: readName,
    },
    { kind: 'date', pattern: /(?<![가-힣])평일|\bweekdays\b|\bevery weekday\b/gi, read: () => 'mon..fri' },
    { kind: 'date', pattern: /(?<![가-힣])주말(?!농장)|\bweekends?\b/gi, read: () => 'sat..sun' },
    {
      kind: 'date',
      pattern: new RegExp(
        `\\b(?<low>${WEEKDAY})s?\\b|\\b(?<low2>${SHORT_WEEKDAY})\\b(?=[.,)]|\\s?[~–-]|\\s\\d|\\sto\\s|$)`,
        'g',
      ),
      read: ({ text }) => weekdayOf(text),
    },
  ]
}

function weekdayOf(name: string): string {
  const korean = KO_DAYS.indexOf(name[0] ?? '')
  return korean >= 0 ? EN_DAYS[korean]! : name.slice(0, 3).toLowerCase()
}

function writeDate(year: string | undefined, month: string | undefined, day: string | undefined): string {
  const part = (digits: string | undefined) => (digits === undefined ? '*' : pad2(Number(digits)))
  return `${year ?? '*'}-${part(month)}-${part(day)}`
}

function writeDays(
  year: string | undefined,
  month: string | undefined,
  day: string,
  to: string | undefined,
): string {
  const from = writeDate(year, month, day)
  return to === undefined ? from : `${from}..${writeDate(year, month, to)}`
}

function readEnglish({ groups }: Found): string {
  const name = groups.month ?? groups.long ?? ''
  const month = String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)
  const bare = (day: string | undefined) => day?.replace(/\D+$/, '')
  return groups.d
    ? writeDays(groups.y, month, bare(groups.d)!, bare(groups.to))
    : writeDate(groups.y, month, undefined)
}

/** 11/25 is month and day; 3/4 may be a fraction, and the fourth of March or the third of April in English. */
function readSlashed({ groups, lang }: Found): Reading | string | null {
  const [a, b] = [Number(groups.a), Number(groups.b)]
  const isDate = (month: number, day: number) => month >= 1 && month <= 12 && day >= 1 && day <= 31
  const readings: string[] = []
  if (isDate(a, b)) readings.push(writeDate(groups.y, groups.a, groups.b))
  if (isDate(b, a) && (lang === 'en' || !isDate(a, b)) && a !== b)
    readings.push(writeDate(groups.y, groups.b, groups.a))
  if (a === 24 && b === 7 && !groups.y) return { kind: 'duration', value: 'PT86400S' }
  if (!groups.y && a < b && b <= 10) readings.push(String(Number((a / b).toPrecision(4))))
  return readings.length === 0 ? null : readings.join('|')
}

function readBareDay({ groups, before, after }: Found): Reading | string | null {
  const days = writeDays(undefined, undefined, groups.d!, groups.to)
  const seconds = (day: string) => `PT${Number(day) * 86_400}S`
  const length = groups.to ? `${seconds(groups.d!)}..${seconds(groups.to)}` : seconds(groups.d!)
  if (IS_DAY_BEFORE.test(before) || IS_DAY_AFTER.test(after)) return days
  // Lengths are read by their own finder, which knows business days.
  if (IS_LENGTH_BEFORE.test(before) || IS_LENGTH_AFTER.test(after)) return null
  return `${days}|${length}`
}

function readDay(text: string): number {
  const [tens, ones] = text.includes('십') ? text.split('십') : ['', text]
  const digit = (sign: string | undefined) => '일이삼사오육칠팔구'.indexOf(sign || ' ') + 1
  return (text.includes('십') ? (digit(tens) || 1) * 10 : 0) + digit(ones)
}
