// What a value is said of: the mug of "the mug is ₩18,000". A sentence that gives one thing what its passage gives another
// does not hold, although all of its words and values may stand somewhere. Only texts of the same language are compared.
import { stemmer } from 'stemmer'
import { findValues, type Value } from '../../text/values.ts'
import { givesValue } from './bounds.ts'
import { clausesOf } from './polarity.ts'
import { isMatter } from './rest.ts'
import { contentOf } from './wording.ts'

/** A clause with what it speaks of and the values it gives that. */
export interface Statement {
  text: string
  isKorean: boolean
  /** Stems. */
  subjects: readonly string[]
  values: readonly Value[]
  /** Its words but for the values. */
  content: ReadonlySet<string>
  /** A title or a heading: it speaks for all that stands below. */
  isTitle: boolean
  /** The titles that it stands under. */
  above: string
}

/** What shops call the same by several words, and what names no thing: nobody's product. */
const COMMON_KO =
  /^(?:상품|제품|물건|물품|품목|주문|주문서|주문건|고객|고객님|회원|회원님|손님|구매자|이용자|사용자|본인|누구|서비스|고객센터|콜센터|상담|상담원|상담사|상담팀|담당자|직원|기사|기사님|저희|회사|당사|매장|지점|점포|가게|홈페이지|웹사이트|사이트|누리집|어플|앱|화면|메뉴|버튼|페이지|계정|아이디|비밀번호|암호|번호|전화|전화번호|연락처|휴대폰|핸드폰|휴대전화|스마트폰|문자|메일|이메일|알림|알림톡|메시지|포인트|적립금|마일리지|쿠폰|할인권|요금|요금제|이용료|사용료|회비|수수료|비용|금액|가격|값|배송비|택배비|배송료|운송비|반품비|배송지|주소|택배|택배사|결제|결제일|구매|구입|이용|사용|신청|접수|문의|답변|답장|처리|확인|승인|도착|수령|수령일|출고|출고일|발송|기간|기한|유효기간|보증|보증기간|방문|설치|입력|로그인|가입|탈퇴|해지|변경|수정|취소|세탁|세척|수리|점검|충전|발급|재발급|인증|인증번호|조회|등록|예약|대여|반납|연장|갱신|전환|개봉|개통|포장|선물|제조일|제조|시간|시각|운영시간|영업시간|날짜|날|당일|이후|이전|이내|이상|이하|초과|미만|최대|최소|최소한|전체|전액|전부|모두|일부|나머지|절반|이번|다음|지난|매월|매일|매주|매년|하루|한달|평일|주말|공휴일|오전|오후|아침|저녁|밤|정오|자정|영업일|근무일|경우|때|동안|사이|정도|관련|대상|방법|내용|안내|정보|설정|조건|규정|정책|약관|기준|단위|개수|수량|횟수|한도|용량|공간|크기|무게|파일|서류|영수증|카드|카드사|현금|계좌|은행|통장|할부|세금|부가세|혜택|할인|할인율|적립|적립률|비율|추가|추가금|추가로|별도|별도로|무료|유료|무상|유상|왕복|편도|부담|필요|가능|지역|해외|국내|도서산간|제주|제주도|서울|단순|변심|불량|하자|파손|분실|오류|오류가|코드|결과|문제|이유|사유|사람|인원|명|분|분들|여러분|우리|자동|자동으로|직접|바로|즉시|각각|각자|그|이|저|것|수|중|후|전|안|내|외|뒤|앞)$/
const PARTICLE_KO =
  /(?<=[가-힣])(?:에서는|에서도|에서|으로는|으로도|으로|까지는|까지|부터)$|(?<=[가-힣]{2})(?:에는|에도|로는|로도|로|하고|이나|처럼|보다|마다|은|는|이|가|을|를|에|의|도|만|와|과|예요|이에요|입니다|이고|이며)$/
/** A word without a particle that ends like a verb, an adverb or a counter, and stems that only verbs have. */
const VERB_KO =
  /(?:다|요|까|죠|고|며|면|서|지|게|려|러|니|데|해|돼|어|여|시|음|함|됨|한|할|된|될|인|신|실|던|않)$|^.[은는을를에의]$/
const VERB_STEM_KO = /(?:하|되|시|받|드리|걸리|주시|하시|있|없|않|열|닫|쓰|쓸|할|될|한|된|신|실|인)$/

const COMMON_EN = new Set(
  `a an the is are was be been it its this that these those of to in on at for from with by as and or but so we you our
  your us they them their i any all every each one also do does did can will would should may must not no if when once
  item items good goods product products order orders customer customers member members user users account accounts
  buyer buyers everyone anyone person people store stores shop shops support team staff agent agents service services
  day days week weeks month months year years hour hours minute minutes time times date dates period today business
  price prices cost costs fee fees charge charges amount amounts payment payments total money rate rates discount half
  point points credit credits coupon coupons voucher vouchers plan plans subscription trial page pages site website app
  email emails phone number numbers message messages code codes password address file files photo photos limit limits
  delivery deliveries shipping shipment shipments parcel parcels package packages warranty guarantee refund refunds
  return returns exchange exchanges cancellation request requests receipt purchase purchases minimum maximum standard
  free extra new first last next own up per more most least less within after before until about around only just there
  cup cups glass piece pieces pack packs pair pairs set sets order here which who what how us weekday weekdays weekend weekends holiday holidays morning evening noon midnight card cards
  cash bank case cases note answer answers question questions tax way part rest bag box size colour color`.split(
    /\s+/,
  ),
)
/** Stands with values of every kind. */
const BOUND = /이내|이하|이상|까지|부터|최대|최소|\b(?:within|up to|at least|at most)\b/gi
/** Before these stands what a sentence speaks of. */
const VERB_EN =
  /\b(?:is|are|was|has|have|had|costs?|comes?|takes?|lasts?|includes?|holds?|weighs?|opens?|closes?|gives?|gets?|runs?|needs?|ships?|sells?|goes|go|can|may|will|must|should|offers?|starts?|ends?|expires?|carries|covers?|supports?|allows?|requires?|earns?|supplies|makes?|fits?|seats?)\b/i
/** And after these with what. */
const PLACE_EN =
  /\b(?:with|using|via|through|by|at|for|of|rent|buy|order|book|get|use)\s+(?:(?:the|an?|our|your|any|each|this|that)\s+)?((?:(?!(?:the|an?|and|or|in|on|at|for|of|to|with|by|is|are|you|we|it)\s)[a-z][a-z-]*\s*){1,2})/gi

export function toStatements(text: string, isKorean: boolean): Statement[] {
  const lines = text.split('\n')
  const titles: Statement[] = []
  return lines.flatMap((line, at) => {
    const bare = line.replace(/^[\s#>*•|-]+/, '')
    const isTitle = at < lines.length - 1 && (/^\s*#/.test(line) || !/[.!?。|]\s*$|\d/.test(bare))
    const clauses = clausesOf(bare).flatMap((clause) =>
      isKorean ? [clause] : clause.split(/,\s+|\s+and\s+(?=.*\d)/),
    )
    const statements = clauses.map((clause) => toStatement(clause, isKorean, isTitle))
    if (isTitle) titles.push(...statements)
    return isTitle ? statements : statements.map((one) => under(titles, one))
  })
}

function toStatement(text: string, isKorean: boolean, isTitle: boolean): Statement {
  const values = findValues(text, isKorean ? 'ko' : 'en').filter(({ isLoose }) => !isLoose)
  let words = text
  for (const { start, end } of values)
    words = words.slice(0, start) + '\uE000'.repeat(end - start) + words.slice(end)
  const subjects = isKorean ? koreanSubjects(words, isTitle) : englishSubjects(words, isTitle)
  return {
    text,
    isKorean,
    subjects: [...new Set(subjects)],
    values,
    content: contentOf(words.replace(BOUND, ' ')),
    isTitle,
    above: '',
  }
}

/** What names nothing itself is said of what its titles name: the page's and the nearest. */
function under(titles: readonly Statement[], statement: Statement): Statement {
  const near = titles.filter((_, at) => at === 0 || at === titles.length - 1)
  const subjects = statement.subjects.length > 0 ? statement.subjects : near.flatMap((one) => one.subjects)
  return { ...statement, subjects, above: near.map(({ text }) => text).join('\n') }
}

function koreanSubjects(text: string, isTitle: boolean): string[] {
  return [...text.matchAll(/(?<![가-힣\uE000])([가-힣]{2,})(\s*[|:(])?/g)].flatMap(([, word = '', end]) => {
    const stem = word.replace(PARTICLE_KO, '')
    // In a title, in the first cell of a row and before a colon it is a noun however it ends.
    const isVerb = !end && !isTitle && (stem === word ? VERB_KO : VERB_STEM_KO).test(stem)
    return stem.length < 2 || isVerb || COMMON_KO.test(stem) ? [] : [stem]
  })
}

function englishSubjects(text: string, isTitle: boolean): string[] {
  const verb = VERB_EN.exec(text)
  const head = isTitle || /^[^:\d]*:/.test(text) ? text.split(':')[0]! : text.slice(0, verb?.index ?? 0)
  const parts = [head.length > 60 ? '' : head, ...[...text.matchAll(PLACE_EN)].map((found) => found[1]!)]
  // A row of a table or of a list begins with what it is about.
  if (!verb && parts[0] === '') parts.push(text.split('\uE000')[0]!.slice(0, 60))
  return parts.flatMap((part) =>
    [...part.matchAll(/[A-Za-z][a-z'’-]{2,}/g)].flatMap(([word]) => {
      const plain = word.toLowerCase()
      return COMMON_EN.has(plain) || /(?:ing|ed|ly)$/.test(plain) ? [] : [stemmer(plain)]
    }),
  )
}

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((text.match(/[A-Za-z][a-z'’-]+/g) ?? []).map((word) => stemmer(word.toLowerCase())))

type Words = Pick<Statement, 'text' | 'isKorean' | 'above'>

function speaksOf({ text, above, isKorean }: Words, subject: string): boolean {
  const words = above === '' ? text : `${above}\n${text}`
  return isKorean ? words.replaceAll(' ', '').includes(subject) : wordsOf(words).has(subject)
}

/** 강남 매장 speaks of 강남점 as well. */
function mayMean(source: Words, subject: string): boolean {
  return speaksOf(source, source.isKorean && subject.length > 2 ? subject.slice(0, 2) : subject)
}

/**
 * Whether a value of the sentence is of something else in the passages that it cites: `cited` and `others` are the
 * statements of those passages and of the ones that were given besides, in the sentence's language.
 */
export function isOfAnother(
  sentence: Pick<Statement, 'text' | 'isKorean'>,
  cited: readonly Statement[],
  others: readonly Statement[],
): boolean {
  return toStatements(sentence.text, sentence.isKorean).some((clause) =>
    clause.values.some((value) => {
      const sources = cited.filter((source) => givesValue(clause.text, value, source.values))
      return (
        sources.length > 0 &&
        clause.subjects.some((subject) => isAnothers(clause, subject, value, { sources, cited, others }))
      )
    }),
  )
}

function isAnothers(
  clause: Statement,
  subject: string,
  value: Value,
  { sources, cited, others }: Record<'sources' | 'cited' | 'others', readonly Statement[]>,
): boolean {
  if (sources.some((source) => mayMean(source, subject))) return false
  const gives = (statement: Statement) =>
    speaksOf(statement, subject) &&
    (statement.isTitle || statement.values.some(({ kind }) => kindOf(kind) === kindOf(value.kind)))
  const rivalsOf = (source: Statement) => {
    const shared = clause.subjects.find((one) => one !== subject && source.subjects.includes(one))
    const rivals = source.subjects.filter((one) => !speaksOf(clause, one))
    return shared ? rivals.filter((rival) => standsBefore(source.text, rival, shared)) : rivals
  }
  if (cited.some((one) => speaksOf(one, subject)))
    return (
      sources.every((source) => rivalsOf(source).length > 0) &&
      cited.some((one) => !one.isTitle && gives(one) && !isNarrower(one, subject, clause))
    )
  if (isMatter(subject)) return false
  return sources.every((source) => {
    const rivals = rivalsOf(source).filter((rival) => !isMatter(rival))
    const isRivalled = others.some(
      (one) => gives(one) && (one.isTitle || isAlike(one, [clause, source], subject)),
    )
    return rivals.length > 0 && (isRivalled || isSameBut(clause.text, source.text, subject, rivals))
  })
}

/** Whether it tells the same of its subject: classes last 50 minutes is no rival of when to cancel them. */
function isAlike({ content }: Statement, asked: readonly Statement[], subject: string): boolean {
  const name = contentOf(subject)
  const rest = [...content].filter((part) => !name.has(part) && !part.startsWith(subject))
  return rest.length === 0 || rest.some((part) => asked.some((one) => one.content.has(part)))
}

/** 햇살 원두, of which 노을빛 원두 is another. */
function standsBefore(text: string, rival: string, shared: string): boolean {
  return new RegExp(`${rival}.*${shared}`, 'i').test(text)
}

/** "분쇄한 커피", "ground coffee" is not all coffee. */
function isNarrower({ text, isKorean }: Statement, subject: string, clause: Statement): boolean {
  const before = new RegExp(`([가-힣A-Za-z]+)\\s+${subject}`, 'i').exec(text)?.[1]?.toLowerCase()
  if (before === undefined || clause.text.toLowerCase().includes(before)) return false
  return isKorean ? /[한된은는던진]$/.test(before) : !COMMON_EN.has(before)
}

/** "7일" is a length and a day of the month. */
function kindOf(kind: Value['kind']): Value['kind'] {
  return kind === 'date' ? 'duration' : kind
}

/** The same words and values about another thing: nobody has said it of this one. */
function isSameBut(text: string, source: string, subject: string, rivals: readonly string[]): boolean {
  const [rival] = rivals
  if (rivals.length !== 1 || rival!.slice(0, 2) === subject.slice(0, 2)) return false
  const frame = (words: string, name: string) =>
    words
      .toLowerCase()
      .replace(new RegExp(`${name}[a-z]{0,3}`), '')
      .replaceAll(/[\s.,!?*]|[은는이가을를]/g, '')
  return frame(text, subject) === frame(source, rival!)
}
