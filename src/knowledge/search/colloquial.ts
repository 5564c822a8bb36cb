// How customers write to a shop or a help desk, and how its pages say the same: spoken forms, dialect, short forms and
// common misspellings in Korean and English. Order matters: what is corrected first is found by what follows.

export type Rule = readonly [pattern: RegExp, replacement: string]

/** Said otherwise, the same word: these replace. */
export const SPELLINGS: readonly Rule[] = [
  // Misspellings.
  [/베송|배숑|뱨송|배성(?=비|지|은|이|언|조)/g, '배송'],
  [/택베|텍배|택뱨/g, '택배'],
  [/환블|환뷸|한불(?=해|요|받|좀)/g, '환불'],
  [/쿠퐁|큐폰/g, '쿠폰'],
  [/몇\s?일/g, '며칠'],
  [/어떻해|어떻케|어떡케|어케|우째|우예|우에(?=\s?(?:하|해))|어째|어뜨케|오또케/g, '어떻게'],
  [/왜케|와이리|와\s?이래|왤케/g, '왜 이렇게'],
  [/됬/g, '됐'],
  [/되요/g, '돼요'],
  [/싶퍼|시퍼|시포|싶포/g, '싶어'],
  [/갯수/g, '개수'],
  [/설겆/g, '설거지'],
  [/로긴|로그(?:언|잉)/g, '로그인'],
  [/(?<=[월화수목금토일])욜/g, '요일'],
  // Dialect and playful endings.
  [/(?:이소|으이소|주이소)(?=[\sㅋㅎㅠㅜ?!.~]|$)/g, '주세요'],
  [/(?<=[습합됩입갑옵])니(?:꺼|껴)/g, '니까'],
  [/(?:는교|능교)(?=[\sㅋㅎㅠㅜ?!.~]|$)/g, '나요'],
  [/(?:당께|랑께|구마잉)(?=[\sㅋㅎㅠㅜ?!.~]|$)/g, '다'],
  // Only after what a verb ends in: 비용, 내용 and 이유 are words.
  [/(?<=[해돼나까어아죠세에예네데줘려지워와게])(?:여|용|염|욤|욥|유)(?=[\sㅋㅎㅠㅜ?!.~;]|$)/g, '요'],
  [/(?<![가-힣])머(?=\s?(?:에|예|임|야|죠|꼬|하|가))/g, '뭐'],
  [/제꺼|내꺼/g, '제 것'],
  // Short forms.
  [/비번/g, '비밀번호'],
  [/까먹/g, '잊어버리'],
  [/(?<![가-힣])폰(?=[\s이을은에번]|$)/g, '휴대폰'],
  [/(?<![가-힣])카톡/g, '카카오톡'],
  [/(?<![가-힣])알바/g, '아르바이트'],
  [/(?<![가-힣])걍\s?|(?<![가-힣])넘(?=\s)/g, ''],
  [/(?<![A-Za-z가-힣])as(?![A-Za-z])(?=\s?(?:[가-힣]))|에이에스|에이에쓰/gi, 'AS'],
  // English.
  [/\b(?:u|ya)\b/gi, 'you'],
  [/\bur\b/gi, 'your'],
  [/\b(?:pw|pwd|passwrd|passw)\b/gi, 'password'],
  [/\baddy\b/gi, 'address'],
  [/\b(?:acct|acc)\b/gi, 'account'],
  [/\blog(?:ging|ged)?[\s-]in\b|\bsign(?:ing|ed)?[\s-]in\b/gi, 'login'],
  [/\bset(?:ting)?[\s-]up\b/gi, 'setup'],
  [/\bpick(?:ing|ed)?[\s-]up\b/gi, 'pickup'],
  [/\bre[\s-]fund/gi, 'refund'],
  [/\be[\s-]mail/gi, 'email'],
]

/** What else a page may call it: these are added to the question. */
export const SYNONYMS: readonly Rule[] = [
  // Confused by many, and both are words (approval, payment).
  [/결재/, '결제'],
  [
    /언제\s?(?:와|오|도착|받|배송|옴)|안\s?(?:[와왔]|옴|오(?:네|나|는|고|지))|늦(?:어|네|게)/,
    '배송 도착 기간 지연',
  ],
  [/택배|물건|주문한\s?(?:거|것)|제 것/, '배송 상품 주문'],
  [/돈.{0,6}(?:돌려|언제|들어)|물러|돌려\s?(?:줘|주|받)/, '환불'],
  [/다른\s?(?:게|거|것|물건|상품|색)|잘못\s?(?:왔|온|보내|배송)|엉뚱/, '다른 상품 오배송 잘못'],
  [/(?:빠져|빠졌|덜|안\s?들어)\s?(?:서|있|왔|음)?/, '누락 구성품'],
  [/깨(?:져|졌|진)|부서|금\s?(?:간|이|가)|박살|찌그러/, '파손 깨진'],
  [/안\s?켜|켜지지|먹통/, '전원 고장'],
  [/볶(?:은|았|는)/, '로스팅 날짜'],
  [/유통기한|소비기한|얼마나\s?(?:가|두)/, '소비기한 유통기한'],
  [/사람(?:이랑|하고|과|한테)?\s?(?:연결|상담|통화|바꿔)|상담사|직원/, '상담원 고객센터'],
  [/안\s?쓸래|끊을래|그만|해지|끊고/, '해지 취소'],
  [/얼마(?:예|에|인|죠|야|임|나)/, '가격 요금 비용'],
  [/공짜|꽁짜/, '무료'],
  [/비밀번호.{0,4}(?:잊|모르|분실)/, '비밀번호 찾기 재설정'],
  [/고장|이상해|안\s?되/, '고장 문제'],
  [/에러/, '오류'],
  [/고쳐|고치|에이에스|(?<![A-Za-z])AS(?![A-Za-z])/, '수리 AS'],
  [/쉬고|쉴|멈추|멈춰|잠깐\s?(?:안|끊)/, '쉬기 일시정지'],
  [/환급/, '환불'],
  [/가게|(?<![가-힣])샵/, '매장'],
  [/어데|어딨/, '어디'],
  [/어디(?:쯤|까지)?\s?(?:갔|왔|있는지|야)/, '배송 조회'],
  [/몇\s?시(?:에|까지|부터)/, '시간'],
  [/어플/, '앱'],
  [/끄고|끄려|끄는|꺼\s?(?:줘|주)/, '끄기 해제'],
  [/이메일|(?<![가-힣])메일/, '이메일 메일'],
  [/와이파이/, 'Wi-Fi 무선'],
  [
    /\b(?:where(?:['’]?s| is| are)?\s+(?:my|the)|(?:has|have)n['’]?t (?:come|arrived)|when will .{0,20}(?:arrive|come))/i,
    'delivery track order parcel',
  ],
  [/\b(?:stuff|package|parcel|goods)\b/i, 'order parcel delivery'],
  [/\b(?:another|different|new|wrong) (?:adress|address)\b|\bsent? (?:it )?to\b/i, 'change delivery address'],
  [/\bmoney back\b/i, 'refund'],
  [/\b(?:smashed|shattered|cracked|broke|busted)\b/i, 'broken damaged'],
  [/\b(?:unsub\w*|cancel my sub\w*)\b/i, 'cancel subscription'],
  [/\b(?:real person|human|agent|somebody|someone real)\b/i, 'contact support staff'],
  [/\b(?:promo|voucher|discount) ?code\b|\bcoupon\b/i, 'coupon discount code'],
  [/\b(?:forgot|lost|reset)\b.{0,12}\bpass/i, 'forgot reset password'],
  [/\b(?:cant|can['’]?t|cannot|unable to)\s+(?:login|access)\b/i, 'login account locked'],
  [/\b(?:free|no) (?:shipping|delivery)\b/i, 'shipping fee free'],
]

/** Courtesies and question forms, which say nothing about what is asked. */
export const FILLERS: readonly RegExp[] = [
  /[ㅋㅎㅠㅜㅡㅇ]{2,}/g,
  /[~^;!?.]+(?=\s|$)/g,
  /(?:안녕하세요|안녕하십니까|수고하세요|수고하십니다|감사합니다|고맙습니다|감사해요|부탁드립니다|부탁드려요|부탁해요)/g,
  /(?<![가-힣])(?:혹시|저기요?|제가|저는|좀|그냥|근데|그런데|진짜|너무|아니|저희)(?![가-힣])/g,
  /(?:문의\s?(?:드립니다|드려요|드림|합니다|해요))|(?:알려\s?(?:주세요|줘요?|주실래요|주시겠어요))|(?:궁금(?:합니다|해요|한데요?|해서요))/g,
  /(?:어떻게|어떡해야)\s?(?:하나요|해요|하죠|해야\s?(?:하나요|되나요|돼요|하죠|할까요)|하면\s?(?:되나요|돼요|될까요)|되나요|됩니까|합니까|함|하지)/g,
  /(?:가능(?:한가요|할까요|합니까|해요|한지요?))|(?:뭐(?:에요|예요|죠|야|임|냐))|(?:인가요|일까요|입니까|나요|까요)(?=[\s?!.~]*$)/g,
  /\b(?:hi|hello|hey|thanks?(?: you)?|please|pls|plz|asap|help(?: me)?|could you|can you|i (?:need|want|would like) to|how (?:do|can|should) i)\b/gi,
]
