// What makes a Korean reader wince: 당신 and 귀하, honorifics for things (품절이세요), 되 for 돼 and 않 for 안. Each rule is
// narrow: what may be right stays unsaid.

export interface Slip {
  kind: 'address' | 'honorific' | 'spelling'
  /** As written. */
  text: string
}

const QUOTED = /"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|`[^`\n]*`/g

const THINGS = `(?:품절|매진|완판|무료|유료|할인|무료배송|배송|재고|사이즈|색상|가격|금액|결제|가입|요금|비용|상품|제품|물건|포인트|쿠폰|커피|음료|주문|번호|기간|수량|행사|이벤트|서비스|불량|정상|오류|신제품|신상품|판매|입고|출고|마감|환불|교환|반품|포함|별도|택배|영수증|화면|버튼|앱|파일|링크|계좌|한도|혜택|등급|문의|신청|예약|접수|기한|사용기한|유효기간|설치|승인|옵션|물량|비밀번호|인증|보증)`
const AMOUNT = String.raw`(?:\d[\d,.]*\s?(?:[만천백억]\s?)?(?:원|개|%|퍼센트|일|시간|달러|만\s?원|개월|박스|장|권)|\d{2,}\s?분|(?<![가-힣])(?:[이삼사오육칠팔구]?[십백천만억]\s?){1,8}원)`
/** What a customer may have or mean: 쿠폰이 있으세요? 고객님 주문이세요? */
const ASKED = String.raw`(?![^.!?\n]*\?)`
const WANTS = '(?:주문|예약|문의|신청|교환|환불|반품|접수|결제|택배|배송|가입|등급|취소)'
/** What happens to things; 가입, 등록, 해당 and 선정 also to people. */
const HAPPENS = `(?:할인|적용|결제|적립|취소|완료|환불|품절|배송|처리|만료|변경|포함|사용|이용|교환|반품|지급|충전|발송|출고|입고|연장|소요|청구|발급)`
const GOES_ON = '(?:배송|배달|출고|입고|처리|품절|발송|할인|제작|포장|점검|수리)'
const MENU = `(?:아메리카노|라떼|카푸치노|에스프레소|주스|스무디|에이드|차|음식|메뉴|세트|샌드위치|케이크|햄버거|버거|피자|치킨|빵|디저트|음료|커피|영수증|결과|요금|금액)`
/** 이세요, 세요 after a vowel, 이십니다, 이신데, 이셨어요 … */
const IS_HONOURED = `(?:이)?(?:세요|셔요|시에요|시예요|십니다|십니까|신데요?|시고요?|시구요|시며|시라|셔서|셨(?:어요|습니다|는데)|시네요|신가요)(?![가-힣])`
const DOES_HONOURED = `(?:나오|들어오|도착하|남|출발하|품절되|배송되|입고되|출고되|마감되|완료되|적용되|취소되|적립되|처리되|승인되|접수되|만료되|변경되|등록되|발송되|발급되|충전되|연장되|진행되|확인되|지나|끝나|늦|있|없|많|적|작|크|비싸|저렴하)(?:으)?(?:세요|십니다|십니까|셨(?:어요|습니다|는데)|시네요|셔서|신데요)`

const HONORIFIC: readonly RegExp[] = [
  new RegExp(`${AMOUNT}${IS_HONOURED}`, 'g'),
  new RegExp(`${AMOUNT}\\s?되(?:시겠습니다|시겠어요|세요|십니다)(?![가-힣])`, 'g'),
  new RegExp(`(?<![가-힣])(?:[가-힣]{0,4})${THINGS}(?<!${WANTS})${IS_HONOURED}`, 'g'),
  new RegExp(`(?<![가-힣])(?:[가-힣]{0,4})${WANTS}${IS_HONOURED}${ASKED}`, 'g'),
  new RegExp(`${THINGS}(?:이|가|은|는|도)?\\s(?!있|없|많|적(?!용|립))${DOES_HONOURED}(?![가-힣])`, 'g'),
  new RegExp(
    `${THINGS}(?:이|가|은|는|도)?\\s(?=있|없|많|적(?!용|립))${DOES_HONOURED}(?![가-힣])${ASKED}`,
    'g',
  ),
  new RegExp(
    `(?:${AMOUNT}|${MENU}(?:이|가|은|는)?)\\s?나오(?:세요|십니다|셨(?:어요|습니다))(?![가-힣])`,
    'g',
  ),
  new RegExp(`${GOES_ON}\\s?중이(?:세요|십니다|셨(?:어요|습니다))(?![가-힣])${ASKED}`, 'g'),
  // 사용이 가능하세요, 적용되세요, 교환 안 되세요.
  new RegExp(
    `${HAPPENS}(?:(?:이|은|도)?\\s불?가능하||(?:이|은|도)?\\s?(?:안\\s?)?되)(?:세요|십니다|셨(?:어요|습니다))(?![가-힣])${ASKED}`,
    'g',
  ),
  // 환불은 사흘 걸리세요, 할인이 안 되세요, 색상은 블랙이세요: no question, which may be about a person.
  new RegExp(
    `${THINGS}(?:이|가|은|는)\\s(?:[가-힣\\d~]{1,6}\\s){0,2}(?:걸리|소요되|안\\s?되|늦어지)(?:세요|십니다|셨어요|셨습니다)(?![가-힣?])`,
    'g',
  ),
  /(?:색상|사이즈|가격|금액|비용|배송비|기간|기한|수량)[은는이가]\s[가-힣A-Za-z\d]{1,10}이(?:세요|십니다)(?![가-힣?])/g,
  new RegExp(
    `(?<![가-힣])(?:이|그|저)(?:게|건|것[이은])\\s(?:더|제일|가장|좀)\\s${DOES_HONOURED}(?![가-힣?])`,
    'g',
  ),
]

const ADDRESS =
  /(?<![가-힣])(?:당신|귀하)(?=(?:은|는|이|가|을|를|의|에게|께|께서|도|만|과|와|들)?(?![가-힣]))/g

const SPELLING: readonly RegExp[] = [
  /[가-힣]{0,20}됬[가-힣]*/g,
  // 되어요 → 돼요, 되어서 → 돼서, 되어야 → 돼야
  /[가-힣]{0,20}되(?:요|서|야)(?![가-힣])/g,
  /[가-힣]{0,20}되(?:도|었)(?:\s?(?:되|돼|괜찮|상관)[가-힣]*)/g,
  // 돼 is 되어, which no ending follows.
  /[가-힣]{0,20}돼(?:다|면|니|니까|는|고|지만|겠[가-힣]+|기|므로|자|냐|는데)(?![가-힣])/g,
  /(?<=[가-힣]면\s?|안\s?|도\s?)되(?=[.!?~\s]*$)/gm,
  // 않 stands behind -지 only, 안 in front of a verb only.
  /(?<![가-힣]|지\s)않\s?(?:되|돼|됩|된|됐|해|하|합|한|했|가|갑|와|옵|먹|보|봅|나|납|써|씁)[가-힣]*/g,
  /[가-힣]{1,20}지\s?안(?:아|았|는|습|을|은|고|으|던|다)[가-힣]*/g,
]

/** Quotes and code may say what they like. */
export function slipsIn(text: string): Slip[] {
  const own = text.replace(QUOTED, (quoted) => ' '.repeat(quoted.length))
  const find = (kind: Slip['kind'], patterns: readonly RegExp[]): Slip[] =>
    patterns.flatMap((pattern) => [...own.matchAll(pattern)].map(([found]) => ({ kind, text: found.trim() })))
  return [...find('address', [ADDRESS]), ...find('honorific', HONORIFIC), ...find('spelling', SPELLING)]
}
