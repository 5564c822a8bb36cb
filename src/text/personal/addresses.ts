// Where somebody lives: a street or a lot with its number, the flat, and the code of the door. A place's name alone is
// nobody's address.
import type { Rule } from './rule.ts'

const PROVINCES =
  '(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청[남북]|전북|전남|전라[남북]|경북|경남|경상[남북]|제주)(?:특별자치시|특별자치도|특별시|광역시|시|도)?'
const DISTRICT = '[가-힣]{1,6}[시군구]'
const FLAT = String.raw`(?:,? ?(?:[가-힣A-Za-z\d]{1,20} ?)?\(?(?:제?\d{1,4}동 ?)?(?:제?\d{1,3}층 ?)?제?\d{1,5}호\)?)?`
/** 다시 바로 30분, 필요 시 별도로 2개: words that only end like a district or a street. */
const NO_DISTRICT =
  /^(?:다시|역시|혹시|즉시|잠시|일시|동시|당시|필시|또는|누구|친구|가구|도구|요구|문구|출구|입구|공구|기구|[가-힣]*(?:구매|주문|필요|결제|배송|교환|환불|신청|이용|사용|접속|변경|취소) ?시) /
const UNIT_AFTER =
  /^ ?(?:분|시|일|개|월|주|년|원|%|차|회|명|배|단계|가지|건|박|점|cm|mm|kg|m\b|만|천|번(?!지|길))/

/** 공동현관 비밀번호는 #1234*, 현관 비번 종 1234 호출. */
const DOOR = `(?:공동 ?현관|현관 ?문?|출입 ?문|도어락|대문|(?:건물|아파트|빌라|단지|집|뒤|앞)? ?입구|1층 ?문) ?(?:출입)? ?(?:비밀 ?번호|비번|번호|암호|코드|키)? {0,2}(?:은|는|이|가)? {0,2}[:=(]? {0,2}`

export const ADDRESSES: readonly Rule[] = [
  {
    kind: 'door',
    pattern: new RegExp(
      String.raw`${DOOR}(?<value>(?:[#*＃＊]|(?:종|열쇠|경비|호출|별|샵|우물정자?)(?: ?버튼)?){0,3} ?\d[\d#*]{2,11}(?: ?(?:종|열쇠|호출|별|샵)(?![가-힣]))?)(?![\d-]| ?(?:동|층|원|개|번 출구|월|일|시))`,
      'g',
    ),
    accepts: ({ text, before }) =>
      /[#*종열경호별샵우]/.test(text) || /비밀|비번|번호|암호|코드|키/.test(before),
  },
  {
    kind: 'door',
    pattern:
      /(?:door|gate|entrance|entry|lobby|building)(?: (?:access|entry|entrance))? (?:code|password|passcode|pin)(?: is| was)? ?[:=(]? ?(?<value>[#*]{0,2}\d[#*\d]{2,11})(?!\d)/gi,
  },
  {
    kind: 'address',
    pattern: new RegExp(
      String.raw`${PROVINCES} ?(?:${DISTRICT} ){0,3}(?:[가-힣]{1,6}[읍면] )?[가-힣\d·]{1,12}(?:로|길|동|리|가)(?: ?\d{1,4}번?가?길)? ?\d{1,5}(?:-\d{1,5})?(?:번지)?${FLAT}`,
      'g',
    ),
    accepts: ({ after }) => !UNIT_AFTER.test(after),
  },
  {
    kind: 'address',
    pattern: new RegExp(
      String.raw`(?<![가-힣])(?:${DISTRICT} ){1,2}(?:[가-힣]{1,6}[읍면] )?[가-힣\d·]{1,12}(?:로|길|[동리](?= ?\d{1,5}-\d))(?: ?\d{1,4}번?가?길)? ?\d{1,5}(?:-\d{1,5})?(?:번지)?${FLAT}`,
      'g',
    ),
    accepts: ({ text, after }) => !NO_DISTRICT.test(text) && !UNIT_AFTER.test(after),
  },
  {
    kind: 'address',
    pattern:
      /(?<![\d가-힣A-Za-z])(?:[가-힣A-Za-z\d]{1,20} ?)?(?:제?\d{1,4}|[A-Za-z가나다라마바사])동 ?(?:제?\d{1,3}층 ?)?제?\d{1,5}호(?![가-힣]*(?:선|점|기|차))/g,
  },
  {
    kind: 'address',
    pattern: /[가-힣A-Za-z\d]{0,20}(?:아파트|빌라|오피스텔|맨션|연립|원룸) ?(?:\d{1,3}층 ?)?제?\d{1,5}호/g,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\w-])\d{1,5}(?:-\d{1,5})?,? (?:[NSEW]\.? )?(?:[A-Z][a-z]{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl)\b\.?(?:,? ?(?:Apt|Apartment|Unit|Suite|Ste|#)\.? ?\w{1,8})?/g,
  },
  {
    kind: 'address',
    pattern:
      /(?:(?:Apt|Apartment|Unit|Room|#)\.? ?\d{1,5}(?:-\d{1,5})?, ?)?(?<![\w-])\d{1,5}(?:-\d{1,5})?,? [A-Z][a-z]{1,20}-?(?:daero|ro|gil)\b(?: ?\d{1,4}(?:beon)?-?gil)?/g,
  },
  {
    kind: 'address',
    pattern: /\b(?:Apt|Apartment|Flat)\.? ?#?\d{1,5}(?:-\d{1,5})?\b/g,
  },
]
