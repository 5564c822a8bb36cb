// Lengths of time: 사흘, 보름, 1년 6개월, 영업일 기준 2~3일, 24 hours, two and a half months. Hours and days are one scale,
// months and years another, business days a third.
import { EN_NUMBER, KO_HALF, KO_NUMBER, readNumeral, readSpan, spanOf } from './numerals.ts'
import { type Finder, type Found, type Reading, type Span, writeNumber, writeSpan } from './value.ts'

const DAY = 86_400
const KO_DAYS: Readonly<Record<string, Span>> = {
  하루: [1, 1],
  이틀: [2, 2],
  사흘: [3, 3],
  나흘: [4, 4],
  닷새: [5, 5],
  엿새: [6, 6],
  이레: [7, 7],
  여드레: [8, 8],
  아흐레: [9, 9],
  열흘: [10, 10],
  보름: [15, 15],
  하루이틀: [1, 2],
  '하루 이틀': [1, 2],
  사나흘: [3, 4],
  네댓새: [4, 5],
  대엿새: [5, 6],
}
const KO_UNITS = [
  '년(?!도|산|형|식|생|전통)',
  '개월',
  '달(?!러|력|성|콤|라|걀|리)',
  '주일',
  '주간',
  '주(?!년|문|소|차|식|요|의|제|인|장|기|택|변)',
  '영업일',
  '근무일',
  '업무일',
  '일(?!반|시|요일|본|부|정|상|단)',
  '시간',
  '분(?!기|의\\s?[\\d일이삼]|할|류|석|야|께|들|과)',
  '초(?!과|대|반|안|보|등)',
].join('|')
const EN_UNITS =
  '(?<business>(?:business|working|work|banking|week)(?:[ -]?days?))|(?<unit>years?|yrs?|months?|mos?|weeks?|wks?|fortnights?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|(?<=\\d)[hs])'
const BUSINESS = '(?:영업일|근무일|평일|업무일)\\s?(?:기준)?\\s?(?:으?로)?\\s?(?:약|최대|최소|평균|총)?\\s?'
/** Where "a day" is a length and not "per day". */
const IS_LENGTH_BEFORE =
  /\b(?:in|within|for|after|about|takes?|took|than|least|most|only|of|every|another|over|just|under|by|lasts?|is|to)\s$/i
const IS_LENGTH_AFTER = /^\s(?:after|before|ago|from|later|or so|in advance|earlier|long)\b/i

const FINDERS: readonly Finder[] = [
  {
    kind: 'duration',
    pattern: new RegExp(
      `(?:(?<business>${BUSINESS}))?${spanOf(KO_NUMBER)}\\s?(?<unit>${KO_UNITS})(?:\\s(?<half>${KO_HALF}))?`,
      'g',
    ),
    read: readKorean,
  },
  // "하루 종일", "하루빨리", "하루하루" and "좋은 하루 보내세요" are no lengths.
  {
    kind: 'duration',
    pattern:
      /(?<![가-힣])(?:좋은|즐거운|행복한|편안한|멋진|따뜻한|기분 좋은|평안한)\s?하루|(?<![가-힣])하루\s?(?=(?:되세요|되십시오|보내세요|보내십시오|잘 보내|즐겁게|행복하게|마무리))|(?<![가-힣])하루(?:\s?종일|빨리|속히|아침|하루|살이|가 다르)/g,
    read: () => '',
  },
  {
    kind: 'duration',
    pattern: new RegExp(
      `(?:(?<business>${BUSINESS}))?(?<![가-힣])(?<day>${Object.keys(KO_DAYS)
        .sort((a, b) => b.length - a.length)
        .join(
          '|',
        )})(?=$|[^가-힣]|간|이내|안|내|동안|만|전|뒤|후|정도|이상|이하|쯤|씩|째|치|은|는|이|가|을|를|도|의|까|마|남|걸|로|면|에|이나|입|예|이에)`,
      'g',
    ),
    read: ({ groups }) => {
      const span = KO_DAYS[groups.day!]!
      if (groups.business) return writeSpan(span, (days) => `P${days}BD`)
      // 보름 is said of fifteen days and of two weeks.
      const isFortnight = groups.day === '보름'
      return writeSpan(span, (days) => seconds(days * DAY)) + (isFortnight ? `|${seconds(14 * DAY)}` : '')
    },
  },
  { kind: 'duration', pattern: /\bhalf a month\b/gi, read: () => seconds(15 * DAY) },
  { kind: 'duration', pattern: /(?<![가-힣])반년(?![가-힣]{3})|\bhalf a year\b/gi, read: () => 'P6M' },
  {
    kind: 'duration',
    pattern: /(?<![가-힣])반\s시간|\bhalf an hour\b|\ba half[- ]hour\b/gi,
    read: () => seconds(1800),
  },
  {
    kind: 'duration',
    pattern: new RegExp(
      `${spanOf(EN_NUMBER)}(?<more>\\sand\\sa\\shalf)?(?:\\s(?:more|additional|extra|full|calendar|consecutive|whole)(?=\\s))?(?:\\s|-)?(?:${EN_UNITS})\\b(?<old>[ -]olds?\\b)?`,
      'gi',
    ),
    read: readEnglish,
  },
  {
    kind: 'duration',
    pattern:
      /\b(?:an?|one)\s(?:(?<business>(?:business|working)\sday)|(?<unit>year|month|week|fortnight|day|hour|minute))\b(?:(?<more>\sand\sa\shalf)|(?<two>\sor\stwo))?/gi,
    read: (found) => {
      const { groups, before, after, text } = found
      const { unit, business, more, two } = groups
      if (
        !more &&
        !two &&
        !/^one/i.test(text) &&
        !IS_LENGTH_BEFORE.test(before) &&
        !IS_LENGTH_AFTER.test(after)
      )
        return null
      const span: Span = more ? [1.5, 1.5] : [1, two ? 2 : 1]
      return business ? writeSpan(span, (days) => `P${writeNumber(days)}BD`) : writeLength(span, unit!)
    },
  },
  { kind: 'duration', pattern: /\b(?:around the clock|round-the-clock)\b/gi, read: () => seconds(DAY) },
]

export const DURATIONS: readonly Finder[] = FINDERS.map((finder) => ({
  ...finder,
  read: (found) => withSide(finder.read(found), found),
}))

/** A length with the side of today on which it ends, where that is said. */
function withSide(reading: Reading | string | null, { before, after }: Found): Reading | string | null {
  const isAgo = /^\s(?:ago|back)\b/i.test(after) || /^\s?전에?(?=\s)/.test(after)
  const isAhead =
    /\bin\s(?:about |around |roughly )?$/i.test(before) ||
    /^\s(?:later|from (?:now|today))\b/i.test(after) ||
    /^\s?[뒤후]에?(?=\s)/.test(after)
  if (!reading || isAgo === isAhead) return reading
  const side = isAgo ? 'ago' : 'ahead'
  return typeof reading === 'string' ? { value: reading, side } : { ...reading, side }
}

function readKorean(found: Found): Reading | string | null {
  const { groups, after } = found
  const unit = groups.unit!
  if (isNotLength(found)) return null
  const span = readSpan(groups)
  if (!span) return null
  if (groups.business || /영업일|근무일|업무일/.test(unit)) {
    if (groups.business && unit !== '일' && !/영업일|근무일|업무일/.test(unit)) return null
    return writeSpan(span, (days) => `P${writeNumber(days)}BD`)
  }
  if (unit === '년' && span[0] === span[1] && /^\s?\d{1,2}월/.test(after)) return null
  const more = groups.half ? 0.5 : 0
  return writeLength([span[0] + more, span[1] + more], unit)
}

/** Words in front of a unit that are no number there: "이 분" (this person), "이 주" (this week), "한 분", "이 일" (this work). */
function isNotLength({ groups, text }: Found): boolean {
  const number = groups.low ?? ''
  const unit = groups.unit!
  if (/^\d/.test(number)) return unit === '년' && /^(?:19|20)\d\d$/.test(number)
  const isSpaced = /\s/.test(text.slice(number.length, -unit.length))
  if (readNumeral(number) === null) return true
  if (number === '이') return isSpaced ? !/개월|주일/.test(unit) : unit !== '주일' && unit !== '개월'
  if (/^[일이삼사오육칠팔구]$/.test(number)) {
    // "일 분", "사 년" are read with a space, "일주일" and "삼년" also without; 일일, 사일, 구분, 오일, 일초 are words.
    if (isSpaced) return unit === '일' || unit === '시간' || (number === '일' && unit === '주')
    return !/개월|주일|년/.test(unit) || /[사오]년/.test(number + unit)
  }
  // Native numbers count people with 분 and are not used with 일, 개월, 초.
  if (/[한두세네석넷셋둘섯곱덟홉물른흔쉰순열]/.test(number))
    return !/^(?:달|주|시간|해|주일|주간)$/.test(unit) && !/^년/.test(unit)
  // Only 만 and 천 alone are words of other use: "만일", "만 일".
  return /^[십백천만억]$/.test(number) && !/^(?:분|년|초)$/.test(unit) && !(number === '십' && unit === '일')
}

function readEnglish({ groups }: Found): Reading | null {
  const span = readSpan(groups)
  if (!span) return null
  const more = groups.more ? 0.5 : 0
  const full: Span = [span[0] + more, span[1] + more]
  if (groups.old) return { kind: 'number', value: writeSpan(full, (number) => `${writeNumber(number)} age`) }
  if (groups.business) return { value: writeSpan(full, (days) => `P${writeNumber(days)}BD`) }
  return { value: writeLength(full, groups.unit!.toLowerCase()) }
}

function writeLength(span: Span, unit: string): string {
  const [factor, isMonths] = scaleOf(unit)
  return writeSpan(span, (number) =>
    isMonths ? `P${writeNumber(number * factor)}M` : seconds(number * factor),
  )
}

function scaleOf(unit: string): [factor: number, isMonths: boolean] {
  if (/^(?:년|해|y)/.test(unit)) return [12, true]
  if (/^(?:개월|달|mo)/.test(unit)) return [1, true]
  if (/^fortnight/.test(unit)) return [14 * DAY, false]
  if (/^(?:주|w)/.test(unit)) return [7 * DAY, false]
  if (/^(?:일|d)/.test(unit)) return [DAY, false]
  if (/^(?:시간|h)/.test(unit)) return [3600, false]
  return [/^(?:분|m)/.test(unit) ? 60 : 1, false]
}

function seconds(count: number): string {
  return `PT${writeNumber(count)}S`
}

/** "1년" + "6개월", "1 hour" + "30 minutes": one length, if both are on one scale and neither is a range. */
export function addLengths(a: string, b: string): string | null {
  const [first, second] = [a.match(/^(PT?)([\d.]+)([SM])$/), b.match(/^(PT?)([\d.]+)([SM])$/)]
  if (!first || !second || first[3] !== second[3] || Number(first[2]) <= Number(second[2])) return null
  return `${first[1]}${writeNumber(Number(first[2]) + Number(second[2]))}${first[3]}`
}
