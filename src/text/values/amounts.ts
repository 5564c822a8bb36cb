// Money, percentages, fractions and measures: 3만 5천 원, ₩35,000, $1.5 million, 백 퍼센트, 삼분의 일, 1.5 kg, 5기가, 30평.
import { EN_NUMBER, readNumeral, readSpan, SINO, spanOf, TO, WRITTEN } from './numerals.ts'
import { type Finder, type Found, type Span, writeNumber, writeSpan } from './value.ts'

const SYMBOLS: Readonly<Record<string, string>> = {
  '₩': 'KRW',
  '￦': 'KRW',
  $: 'USD',
  us$: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY|CNY',
  '￥': 'JPY|CNY',
}
const CODES = 'KRW|USD|EUR|JPY|GBP|CNY|VND|SGD|AUD|CAD|HKD|TWD'
const NAMES: readonly [pattern: RegExp, currency: string][] = [
  [/^(?:한국 )?원$|^(?:korean )?won$/i, 'KRW'],
  [/달러$|^불$|dollars?$|^bucks$/i, 'USD'],
  [/^유로$|^euros?$/i, 'EUR'],
  [/^엔$|yen$/i, 'JPY'],
  [/^위안$|yuan$|^rmb$/i, 'CNY'],
  [/^동$|dong$/i, 'VND'],
  // Without a name beside it a pound is money or weight.
  [/^파운드$|^pounds?$/i, 'GBP'],
  [/sterling$/i, 'GBP'],
  [/^센트$|^cents?$/i, 'cent'],
]
const KO_CURRENCY =
  '(?:미국\\s|미\\s)?달러|유로|위안|엔(?![가-힣]{2})|불(?![가-힣]|\\s?[가능])|파운드|센트|동(?=\\s?\\(?VND)'
const EN_CURRENCY =
  '(?:Korean )?won|(?:US |U\\.S\\. )?dollars?|bucks|euros?|(?:Japanese )?yen|(?:Chinese )?yuan|RMB|pounds? sterling|pounds?|cents?'
// After the words 만, 백, 천 only what is surely 원, the currency: 원하다, 원래, 원인 begin the same way.
const WON =
  '원(?!하|래|본|칙|격|활|룸|피스|두|서(?!비)|문|고(?!객)|작|유|형|단|료|액|인\\s|천|산|가(?![\\s\\p{P}]|$))'
const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mn: 1e6, b: 1e9, bn: 1e9 }

/** Base unit, and how many of it one is. Binary and decimal bytes are not converted into each other. */
const MEASURES: readonly [names: string, base: string, factor: number, guard?: string][] = [
  ['kg|킬로그램|킬로|㎏|kilos?|kilograms?', 'g', 1000, '(?!미터|와트|바이트|칼로리)'],
  ['mg|밀리그램|㎎', 'g', 0.001],
  ['g|그램|grams?', 'g', 1],
  ['톤|tons?|tonnes?', 'g', 1e6],
  ['lbs?|파운드|pounds?', 'lb', 1],
  ['oz|온스|ounces?', 'oz', 1],
  ['km|킬로미터|㎞|kilomet(?:er|re)s?', 'mm', 1e6],
  ['cm|센티미터|센티|센치|㎝|centimet(?:er|re)s?', 'mm', 10],
  ['mm|밀리미터|㎜|millimet(?:er|re)s?', 'mm', 1],
  ['m|미터|met(?:er|re)s?', 'mm', 1000],
  ['인치|inch(?:es)?', 'in', 1],
  ['ft|피트|feet|foot', 'ft', 1],
  ['마일|miles?', 'mile', 1],
  ['㎡|m²|m2|제곱미터|sqm|square met(?:er|re)s?', 'm2', 1],
  ['평|pyeong', 'pyeong', 1, '(?!가|점|균|일|생|소|판)'],
  ['ml|mL|밀리리터|㎖|cc|millilit(?:er|re)s?', 'ml', 1],
  ['L|ℓ|리터|lit(?:er|re)s?', 'ml', 1000],
  ['KB|kB|킬로바이트|kilobytes?', 'KB', 1],
  ['MB|메가바이트|메가|megabytes?', 'MB', 1, '(?!픽셀|헤르츠)'],
  ['GB|기가바이트|기가|gigabytes?|gigs?', 'GB', 1],
  ['TB|테라바이트|테라|terabytes?', 'TB', 1],
  ['Mbps', 'Mbps', 1],
  ['Gbps', 'Gbps', 1],
  ['kWh', 'kWh', 1],
  ['kW|킬로와트', 'W', 1000],
  ['W|와트|watts?', 'W', 1],
  ['mAh', 'mAh', 1],
  ['V|볼트|volts?', 'V', 1],
  ['GHz', 'Hz', 1e9],
  ['MHz', 'Hz', 1e6],
  ['Hz|헤르츠', 'Hz', 1],
  ['px|픽셀|pixels?', 'px', 1],
  ['dpi', 'dpi', 1],
  ['kcal|칼로리|calories', 'kcal', 1],
  ['°C|℃|degrees(?: Celsius)?', 'C', 1],
  ['도', 'C', 1, '(?=\\s|$|[.,)]|씨|이[상하]|에서|로|를|가|까지|입|의)'],
  ['°F|℉|degrees Fahrenheit', 'F', 1],
]
const UNIT_OF = MEASURES.map(([names, base, factor]) => ({
  names: new RegExp(`^(?:${names})$`),
  base,
  factor,
}))
const UNIT = MEASURES.map(([names, , , guard = '']) => `(?:${names})${guard}`).join('|')
const NATIVE_MEASURE = '(?<![가-힣])(?:한|두|세|네|다섯|열)\\s(?=평|인치|킬로)'

export const AMOUNTS: readonly Finder[] = [
  {
    kind: 'money',
    pattern: new RegExp(
      `(?<symbol>US\\$|[₩￦$€£¥￥]|\\b(?:${CODES})\\s?(?=\\d))\\s?${spanOf(WRITTEN).replace(TO, `(?:${TO})(?:[₩￦$€£¥￥]\\s?)?`)}(?:(?<scale>k|m|mn|bn|b)\\b)?(?:\\s?(?<word>million|billion|thousand|만|억))?(?:\\s?(?:${CODES})\\b)?`,
      'gi',
    ),
    read: readPrefixed,
  },
  {
    kind: 'money',
    pattern: new RegExp(
      `${spanOf(WRITTEN)}(?<scale>[km](?=\\s))?(?:\\s|-)?(?<unit>원(?!본|룸|피스)|(?:${KO_CURRENCY})|(?:${EN_CURRENCY})\\b|(?:${CODES})\\b)`,
      'gi',
    ),
    read: readSuffixed,
  },
  {
    kind: 'money',
    pattern: new RegExp(
      `${spanOf(SINO)}\\s?(?<unit>${WON}|달러|유로)|${spanOf(EN_NUMBER).replaceAll('<low>', '<low2>').replaceAll('<high>', '<high2>')}\\s(?<unit2>${EN_CURRENCY})\\b`,
      'giu',
    ),
    read: readSuffixed,
  },
  {
    kind: 'percent',
    pattern: new RegExp(
      `${spanOf(WRITTEN).replace(TO, `%?(?:${TO})`)}\\s?(?:%p?|퍼센트|(?<=\\d)프로(?![가-힣])|per\\s?cent\\b|pct\\b|percentage points?\\b)`,
      'gi',
    ),
    read: ({ groups }) => writePercent(readSpan(groups)),
  },
  {
    kind: 'percent',
    pattern: new RegExp(`(?<low>${SINO}|${EN_NUMBER})\\s?(?:퍼센트|percent\\b|per cent\\b)`, 'gi'),
    read: ({ groups }) => writePercent(readSpan(groups)),
  },
  {
    kind: 'number',
    pattern: new RegExp(
      `(?<of>\\d+|${SINO})\\s?분의\\s?(?<part>\\d+|[일이삼사오육칠팔구])(?![가-힣]{3})`,
      'g',
    ),
    read: ({ groups }) => {
      const [of, part] = [readNumeral(groups.of!), readNumeral(groups.part!)]
      return of && part && of[0] > 0 ? String(Number((part[0] / of[0]).toPrecision(4))) : null
    },
  },
  {
    kind: 'number',
    pattern:
      /\b(?<part>one|two|three|a)[- ](?<of>third|quarter|fifth|fourth)s?\b(?! (?:party|time|floor|place|person))/gi,
    read: ({ groups }) => {
      const of = { third: 3, quarter: 4, fourth: 4, fifth: 5 }[groups.of!.toLowerCase()] ?? 1
      const part = { one: 1, a: 1, two: 2, three: 3 }[groups.part!.toLowerCase()] ?? 1
      return String(Number((part / of).toPrecision(4)))
    },
  },
  {
    kind: 'number',
    pattern: /(?<![가-힣])절반|(?<!and a )\bhalf\b(?! (?:past|an|a)\b)/gi,
    read: () => ({ value: '0.5', isLoose: true }),
  },
  {
    kind: 'quantity',
    pattern: new RegExp(
      `${spanOf(`(?:${WRITTEN}|${SINO}|${NATIVE_MEASURE})`)}(?:\\s?|-)(?<unit>${UNIT})(?![A-Za-z²])`,
      'g',
    ),
    read: readMeasure,
  },
]

function readPrefixed({ groups }: Found): string | null {
  const span = readSpan(groups)
  if (!span) return null
  const symbol = groups.symbol!.trim().toLowerCase()
  const word =
    { million: 1e6, billion: 1e9, thousand: 1e3, 만: 1e4, 억: 1e8 }[groups.word?.toLowerCase() ?? ''] ?? 1
  const factor = (SCALES[groups.scale?.toLowerCase() ?? ''] ?? 1) * word
  return writeMoney(SYMBOLS[symbol] ?? symbol.toUpperCase(), [span[0] * factor, span[1] * factor])
}

function readSuffixed({ groups, text }: Found): string | null {
  const isSino = /^[일이삼사오육륙칠팔구십백천만억]/.test(text)
  const span = readSpan({ low: groups.low ?? groups.low2, high: groups.high ?? groups.high2 })
  const unit = (groups.unit ?? groups.unit2 ?? '').trim()
  // "이 원": this one; "일원", "사원", "구원" are words.
  if (!span || (isSino && /^[일이사구오칠팔육삼]$/.test(groups.low ?? ''))) return null
  const factor = SCALES[groups.scale?.toLowerCase() ?? ''] ?? 1
  const full: Span = [span[0] * factor, span[1] * factor]
  const currency = NAMES.find(([name]) => name.test(unit))?.[1] ?? unit.toUpperCase()
  if (currency === 'cent') return writeMoney('USD', [full[0] / 100, full[1] / 100])
  const isPound = /^(?:파운드|pounds?)$/i.test(unit)
  return (
    writeMoney(currency, full) +
    (isPound ? `|${writeSpan(full, (number) => `${writeNumber(number)} lb`)}` : '')
  )
}

function writeMoney(currency: string, span: Span): string {
  return currency
    .split('|')
    .map((name) => writeSpan(span, (number) => `${name} ${writeNumber(number)}`))
    .join('|')
}

function writePercent(span: Span | null): string | null {
  return span && writeSpan(span, (number) => `${writeNumber(number)}%`)
}

function readMeasure({ groups }: Found): string | null {
  const unit = UNIT_OF.find(({ names }) => names.test(groups.unit!))
  const span = readSpan(groups)
  if (
    !unit ||
    !span ||
    (/^[일이삼사오육칠팔구십백천만억]$/.test(groups.low ?? '') &&
      !/^(?:킬로|그램|센티|리터|미터|기가|인치)/.test(groups.unit!))
  )
    return null
  return writeSpan(span, (number) => `${writeNumber(number * unit.factor)} ${unit.base}`)
}
