// What sentences say yes or no to, and of which kinds of goods, places and days, in both languages.

/** What can be done or not. */
export const ACTS: Readonly<Record<string, RegExp>> = {
  refund: /환불|돈을\s?돌려|\brefund(?:s|ed|able|ing)?\b|\bmoney back\b/i,
  return: /반품|\breturn(?:s|ed|able|ing)?\b(?! (?:label|address|form))/i,
  exchange: /교환|\bexchang(?:e|es|ed|eable|ing)\b/i,
  cancel:
    /(?:주문|예약|구독|결제)[을를]?\s?취소|취소(?:가|는|를)?\s?(?:가능|불가|하실|할|됩|돼|되|안)|\bcancel(?:s|led|ed|able|lation|lations)?\b/i,
  deliver:
    /배송(?!비|료|지)|배달|택배[를을]?\s?보내|\bdeliver(?:s|ed|y|ing)?\b|\bship(?:s|ped|ping)?\b(?! (?:fee|cost|charge|address))/i,
  change:
    /(?:주소|배송지|날짜|옵션|사이즈|이름|비밀번호)[을를]?\s?(?:변경|바꾸|바꿀|수정)|\bchange[sd]?\b (?:the|your|an?) /i,
  combine:
    /함께\s?(?:쓸|사용|쓰)|중복\s?(?:사용|적용|할인)|같이\s?(?:쓸|사용)|\bcombin(?:e|ed|able)\b|\bused? together\b|\bstack(?:ed|able)?\b/i,
  pets: /반려(?:동물|견)|강아지|애완|\bpets?\b|\bdogs?\b/i,
  reserve: /예약(?!\s?취소|번호)|\breserv(?:e|ed|ation|ations)\b|\bbook(?:ed|ing|ings)?\b(?! store)/i,
  pay: /(?:카드|현금|간편|페이|계좌)[가-힣]*\s?(?:결제|로 낼|로 내실)|할부|\bpay(?:ment|ments)? (?:by|with|in)\b|\binstal?lments?\b/i,
  open: /상담(?!원|팀)|영업|운영|문을?\s?(?:열|여)|\bopen\b|\bclosed\b|휴무|쉽니다|쉬어요/i,
}

export interface Pair {
  about: RegExp
  yes: RegExp
  no: RegExp
}

/** Asked for or not; to be paid or free. Their words deny in ways of their own. */
export const PAIRS: Readonly<Record<string, Pair>> = {
  receipt: need(/영수증|\breceipts?\b/i),
  member: need(
    /회원\s?가입|가입(?=을|이|해|하)|로그인|\bsign(?:ing)? (?:up|in)\b|\baccount\b|\bmember(?:ship)?\b/i,
  ),
  shippingFee: fee(/배송비|배송료|배송(?:은|이)(?=\s)|\bshipping\b|\bdelivery\b/i),
  installFee: fee(/설치비|설치(?:는|가)(?=\s)|\binstallation\b/i),
}

function need(about: RegExp): Pair {
  return {
    about,
    yes: /있어야|(?<!안\s?)해야|하셔야|필요(?:해|합|하(?!지))|필수|\bmust\b|(?<!n['’]t |not |no )\bneed\b(?! not)|\b(?:is|are) (?:needed|required)\b|\bhave to\b|\brequires?\b/i,
    no: /없어도|없이도|안\s?(?:해|하셔)도|않(?:아|으셔)도|필요\s?없|필요하지\s?않|필요는\s?없|\bnot (?:need|required|needed)\b|n['’]t (?:need|have to|require)|\bno need\b|\bwithout (?:an?|the|your|signing)\b|\bno [a-z ]{1,20}(?:needed|required)\b/i,
  }
}

function fee(about: RegExp): Pair {
  return {
    about,
    yes: /부담|유료|별도(?:입|예|이|로)|\bat your (?:own )?(?:cost|expense)\b|\bnot (?:included|free)\b|\bcosts? extra\b|\bcharged\b/i,
    no: /무료|무상|공짜|\bfree\b|\bno (?:extra )?(?:charge|cost|fee)\b|\b(?:is|are) included\b/i,
  }
}

export const FEE = /배송비|수수료|요금|\bfees?\b|\bcosts?\b|(?<!free of )\bcharges?\b/i
/** Of what is said only where it holds for the same. */
export const KINDS: readonly RegExp[] = [
  /(?<!미)개봉(?!하지|\s?전)(?:한|된|하신|하면)|뜯|(?<!un)\bopened\b/i,
  /미개봉|개봉하지|\bunopened\b/i,
  /세일|할인\s?(?:상품|품목)|(?<!final )\bsale\b|\bdiscounted\b/i,
  /상품권|기프트\s?카드|\bgift ?cards?\b/i,
  /쿠폰|\bcoupons?\b|\bvouchers?\b/i,
  /해외|국외|외국|\babroad\b|\boverseas\b|\binternational/i,
  /제주|\bjeju\b/i,
  /주말|토요일|일요일|\bweekends?\b|\bsaturdays?\b|\bsundays?\b/i,
  /평일|\bweekdays?\b/i,
  /공휴일|명절|\b(?:public )?holidays?\b/i,
  /불량|파손|하자|\bdefect|\bdamaged\b|\bfaulty\b/i,
  /변심|\bchange of mind\b|\bchanged your mind\b/i,
  FEE,
  /현금|\bcash\b/i,
  /카드|\bcards?\b/i,
  /디지털|전자책|다운로드|\bdigital\b|\be-?books?\b|\bdownloads?\b/i,
  /식품|음식|\bfoods?\b|\bgroceries\b/i,
  /맞춤|주문\s?제작|\bcustom\b|\bpersonali[sz]ed\b/i,
]
