// Counted things, ordinals and plain numbers: 세 명, 두 번, 3개, twice, the second, thirty-five. Words that only look like
// numbers (한 번 해 보세요, 하나도, one of them) are not values.
import { EN_NUMBER, KO_NUMBER, NATIVE, readNumeral, readSpan, SINO, spanOf, WRITTEN } from './numerals.ts'
import { type Finder, type Found, type Reading, writeNumber, writeSpan } from './value.ts'

const PEOPLE =
  '명|인(?=$|[^가-힣]|이|은|당|분|용|실|의|까지|만|석|승)|분(?=$|[^가-힣]|이|은|께|의|까지|만|을|도|과|은)|사람|식구'
const TIMES = '번(?!호|역|째|지|거|갈)|회(?!사|원|의|복|수|신|비|계|전)|차례|건(?!강|물|의|너|전)'
const THINGS =
  '개(?!월|년|인|선|봉|발)|가지|장(?!소|애|점|바|기|비)|권(?!한)|대(?!상|기|신|부|략|로|표|화)|마리|병(?!원)|잔(?!액)|벌|켤레|송이|그루|곳|군데|통(?!화|신|해|장)|박스|상자|세트|팩|봉지|줄|쪽|페이지|층|단계|종류|종(?=$|[^가-힣]|의|을|이|은)|점|매(?!월|주|일|장|출)|자루|채(?![널팅])|편(?!리|의|하)|판|조각|알(?!림|려)|캔|자리|글자|좌석|칸|항목|문항|문제|글|대목|그릇|입(?=$|[^가-힣])|포(?=$|[^가-힣])|인분|묶음|계정|기기|지점|매장|나라|주제|방법|이유|옵션|색상|사이즈|플랜|상품'
const EN_ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
  ' ',
)
const KO_ORDINALS: Readonly<Record<string, number>> = { 첫: 1, 둘: 2, 셋: 3, 넷: 4 }
const PEOPLE_EN =
  'people|persons?|guests?|users?|members?|seats?|travell?ers?|customers?|participants?|adults?|children'
/** Where one is meant as a number: only one, up to one, one per person. */
const IS_STRICT_BEFORE =
  /(?:only|just|exactly|at most|up to|at least|than|maximum of|limit(?: of|ed to)?)\s$/i
const IS_STRICT_AFTER = /^(?:만|까지|씩|당|이상|이하|미만|초과|\s(?:이상|이하|한정|per\b|each\b|only\b))/

const IDIOMS = new RegExp(
  [
    '(?:다시|또|꼭|언제)\\s한\\s?번',
    '한\\s?번(?:\\s?더|에|만|도|쯤|씩)?',
    '하나(?=도|하나|같이|둘|님|은행|뿐|의|로)',
    '둘\\s?(?:다|이서|째치고)',
    '두\\s?번\\s?다시',
    '두말|세상|[한두]눈',
    '한\\s?(?:가지|마디|눈|판|줄|통속|몫|숨|참|층\\s더|쪽|편|곳|자리|대)',
    '네(?=\\s)',
    '(?:1|한\\s?)(?:인|명|계정|건|개|회|박|주문)\\s?당',
  ]
    .map((idiom) => `(?<![가-힣])${idiom}`)
    .join('|'),
  'g',
)
const IS_RATE_BEFORE = /(?:하루|달|주일|주|년|해|시간|분기|계정|당|매일|매주|매월|매년|딱|인)에?\s?$/
const COUNTER = new RegExp(`^\\s?(?:${PEOPLE}|${TIMES}|${THINGS})`)

/** "한 번" is a count in "하루에 한 번" and where 만, 까지 or 씩 limit it; nearly everywhere else it is "please" or "once". */
function readIdiom({ text, before, after }: Found): '' | null {
  if (text === '네') return COUNTER.test(after) ? null : ''
  if (/^한\s?번$/.test(text) && (IS_RATE_BEFORE.test(before) || /^(?:까지|이상|이하|\s이상|당)/.test(after)))
    return null
  if (/^한\s?번(?:만|씩)$/.test(text) && IS_RATE_BEFORE.test(before)) return null
  if (/^한\s?(?:가지|곳|자리|대|쪽|통|줄|판)$/.test(text) && IS_STRICT_AFTER.test(after)) return null
  return ''
}

export const COUNTS: readonly Finder[] = [
  // Idioms with a one, and a two: once more, at all, at once, both, never again.
  {
    kind: 'number',
    pattern: IDIOMS,
    read: readIdiom,
  },
  {
    kind: 'ordinal',
    pattern: new RegExp(
      `(?<low>${WRITTEN}|${NATIVE}|(?<![가-힣])첫)\\s?(?:번째|째(?=$|[^가-힣]|로|는|가|를|주|날|달))`,
      'g',
    ),
    read: readKoOrdinal,
  },
  {
    kind: 'ordinal',
    pattern:
      /(?<![가-힣])(?<low>첫|둘|셋|넷)(?:째|\s?(?=구매|주문|결제|방문|달|날|이용|가입|로그인))(?![가-힣]*치고)/g,
    read: readKoOrdinal,
  },
  {
    kind: 'ordinal',
    pattern: /(?<![가-힣])제\s?(?<low>\d+)(?=\s?(?:[조항호장절회차대]|[가-힣]?$))/g,
    read: readKoOrdinal,
  },
  {
    kind: 'ordinal',
    pattern: /(?<![\d,.])(?<low>\d+)(?:st|nd|rd|th)\b/gi,
    read: ({ groups }) => `${groups.low} ordinal`,
  },
  {
    kind: 'ordinal',
    pattern: new RegExp(`\\b(?<word>${EN_ORDINALS.join('|')})\\b(?!-hand|-party| hand| party|,)`, 'gi'),
    read: readEnOrdinal,
  },
  {
    kind: 'number',
    pattern: /(?<![A-Za-z가-힣])(?:Q(?<q>[1-4])|(?<k>[1-4])분기)(?![A-Za-z\d])/g,
    read: ({ groups }) => `Q${groups.q ?? groups.k}`,
  },
  {
    kind: 'number',
    pattern: new RegExp(
      `${spanOf(KO_NUMBER)}\\s?(?:(?<people>${PEOPLE})|(?<times>${TIMES})|(?<fold>배(?!송|달|터|너|경|포|치|우|지))|(?<age>살|세(?=$|[^가-힣]|이|부터|까지|미만|의|는|가))|(?<night>박(?!스|물|사|람))|(?<thing>${THINGS}))`,
      'g',
    ),
    read: readKoCount,
  },
  {
    kind: 'number',
    pattern: /\b(?<word>once|twice|thrice)\b(?! (?:you|the|your|it|we|they|i|a|an|this|that|he|she|all)\b)/gi,
    read: readTimes,
  },
  {
    kind: 'number',
    pattern: new RegExp(
      `${spanOf(EN_NUMBER)}(?:\\s|-)?(?:(?<times>times\\b)|(?<fold>[x×](?![\\w])|-?fold\\b)|(?<night>nights?\\b)|(?<people>(?:${PEOPLE_EN})\\b))`,
      'gi',
    ),
    read: readEnCount,
  },
  {
    kind: 'number',
    pattern: /\b(?:double|triple)(?= (?:the|your|points?|rewards?)\b)/gi,
    read: ({ text }) => ({ value: /^d/i.test(text) ? '2 x' : '3 x', isLoose: true }),
  },
  // A 백만 or a 서른다섯 needs no counter; 열, 다섯 and short words do, as do 천, 만, 이, 일 …
  {
    kind: 'number',
    pattern:
      /(?<low>(?<![가-힣])(?:스물|서른|마흔|쉰|예순|일흔|여든|아흔|열)(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))(?![가-힣]{3})/g,
    read: readPlain,
  },
  // "아이가 셋이에요": counted without a counter.
  {
    kind: 'number',
    pattern:
      /(?<![가-힣])(?<low>둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?=이에요|이고|이라|이며|입니다|이다|이\s있|만\s)/g,
    read: readPlain,
  },
  {
    kind: 'number',
    pattern: new RegExp(`(?<low>${SINO})(?=\\s?(?:여\\s)?(?:포인트|마일|점|명|개|건|배|권|장|회|번))`, 'g'),
    read: ({ groups }) =>
      /^[일이삼사오육칠팔구십백천만억]$/.test(groups.low!) ? null : readSpanPlain(groups),
  },
  { kind: 'number', pattern: /\bone(?=[ -]\w)/gi, read: readOne },
  {
    kind: 'number',
    pattern: new RegExp(spanOf(`(?:${WRITTEN}(?!\\p{L}*\\d)|${EN_NUMBER})`), 'giu'),
    read: readPlain,
  },
]

function readKoOrdinal({ groups, text }: Found): Reading | null {
  const word = groups.low!
  const span = word in KO_ORDINALS ? [KO_ORDINALS[word]!] : readNumeral(word)
  if (!span) return null
  return { value: `${span[0]} ordinal`, isLoose: /^첫/.test(text) }
}

function readEnOrdinal({ groups, text, before, after }: Found): Reading | string | null {
  const number = EN_ORDINALS.indexOf(groups.word!.toLowerCase()) + 1
  // "Please wait a second", "one second", "per second": a length or none.
  if (
    number === 2 &&
    (/\b(?:a|per|each|every|one|half a)\s$/i.test(before)
      ? !/^\s[a-z]/i.test(after) || /\bwait a\s$/i.test(before)
      : false)
  )
    return ''
  if (/^First$/.test(text) && /(?:^|[.!?]\s|\n)$/.test(before)) return ''
  if (number === 1 && /\bat\s$/i.test(before)) return ''
  return { value: `${number} ordinal`, isLoose: number === 1 }
}

function readKoCount(found: Found): Reading | string | null {
  const { groups, text, after, before } = found
  const number = groups.low!
  const span = readSpan(groups)
  if (!span) return null
  const isWord = !/^\d/.test(number)
  if (isWord && !groups.high && isOtherWord(number, text, groups)) return null
  const write = (name: string) => writeSpan(span, (count) => `${writeNumber(count)}${name}`)
  const isLoose =
    isWord && span[0] === 1 && span[1] === 1 && !IS_STRICT_AFTER.test(after) && !/당\s$/.test(before)
  if (groups.people) return { value: write(' person'), isLoose }
  // "3번": three times, or number three.
  if (groups.times === '번')
    return { value: isWord ? write(' times') : `${write(' times')}|${write('')}`, isLoose }
  if (groups.times === '회' || groups.times === '차례') return { value: write(' times'), isLoose }
  if (groups.fold) return { value: write(' x') }
  if (groups.age) return { value: write(' age') }
  if (groups.night) return { value: write(' night') }
  return { value: write(''), isLoose }
}

/** "이 상품" (this product), "일 건", "세 종류", "사 장": short Sino-Korean signs are other words far more often. */
function isOtherWord(number: string, text: string, groups: Found['groups']): boolean {
  if (/^[일이삼사오육칠팔구십백천만억]$/.test(number))
    return !(/^[삼오육칠팔십백천]$/.test(number) && /\s?(?:회|배|인분|층|단계)$/.test(text))
  // 세 and 네 glued to something: 세트, 세일, 네이버; a native numeral counts age with 살 only.
  if (groups.age === '세' && !/[십백]/.test(number)) return true
  return /^(?:서|너|석|넉)$/.test(number) && !/\s/.test(text)
}

function readTimes({ groups }: Found): Reading {
  const count = ['once', 'twice', 'thrice'].indexOf(groups.word!.toLowerCase()) + 1
  return { value: count === 1 ? '1 times' : `${count} times|${count} x`, isLoose: count === 1 }
}

function readEnCount({ groups, before }: Found): Reading | null {
  const span = readSpan(groups)
  if (!span) return null
  const write = (name: string) => writeSpan(span, (count) => `${writeNumber(count)}${name}`)
  const isLoose = /^one$/i.test(groups.low!) && !groups.high && !IS_STRICT_BEFORE.test(before)
  if (groups.times) return { value: `${write(' times')}|${write(' x')}`, isLoose }
  if (groups.fold) return { value: write(' x') }
  return { value: write(groups.night ? ' night' : ' person'), isLoose }
}

function readOne({ before, after }: Found): Reading | string | null {
  if (/^[ -](?:hundred|thousand|million|billion|dozen|to |or two)/i.test(after)) return null
  const isStrict = IS_STRICT_BEFORE.test(before) || /^\s\w+\s(?:per|each|only)\b/i.test(after)
  if (isStrict) return '1'
  return /^\s(?:of|another|who|that|more|which|with|is|by|and|in|on|for|from|you|we|to)\b/i.test(after) ||
    /\b(?:this|that|no|each|any|which|the|every|another|new|right|wrong)\s$/i.test(before)
    ? ''
    : { value: '1', isLoose: true }
}

function readSpanPlain(groups: Found['groups']): string | null {
  const span = readSpan(groups)
  return span && writeSpan(span, writeNumber)
}

function readPlain({ groups, text, before }: Found): Reading | string | null {
  const value = readSpanPlain(groups)
  if (value === null || /^one$/i.test(text)) return null
  // A year is also a number.
  if (/^(?:19|20)\d\d$/.test(text)) return `${value}|${value}-*-*`
  return /^\d/.test(text) || !/\b(?:the|these|those)\s$/i.test(before) || value !== '1' ? value : null
}
