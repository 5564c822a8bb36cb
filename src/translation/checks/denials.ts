// The words by which Korean and English deny, those that only look so, and those that say the same without a "not". A word
// stands here only if it means a denial wherever it is used: 무료, 비밀번호, information and discount do not.

const anyOf = (patterns: readonly string[], flags = ''): RegExp => new RegExp(patterns.join('|'), flags)
/** The words of a list, separated by spaces, each whole or as the beginning of a word where it ends in `*`. */
const wordsOf = (list: string): string =>
  `\\b(?:${list
    .trim()
    .split(/\s+/)
    .map((word) => word.replace('*', '\\w*'))
    .join('|')})\\b`
const beginnings = (head: string, list: string): string => `${head}(?:${list.trim().split(/\s+/).join('|')})`

const NOT_EN = [
  '\\b(?:not|cannot|never|nobody|nothing|none|neither|nor)\\b',
  "\\b(?:ca|wo|do|does|did|is|are|was|were|could|should|would|must|have|has|had|need)n['’]?t\\b",
]
/** Denials that a translation has to keep: a "not", and plain absence. */
export const DENIES_EN = anyOf([...NOT_EN, '\\bno(?=\\s[a-z])', '\\b(?:unable|unavailable|without)\\b'], 'i')

const NOT_BEFORE_VERB =
  '안(?:돼|되|된|될|됩|됐|해|하|합|한|할|했|가|갑|와|왔|옵|오[는지신]|나|보|봤|먹|받|써|쓰|씁|걸|맞|팔|열|켜|눌|들|떠|뜨|뜹|떴)'
const NOT_KO = [
  `(?<![가-힣])(?:안\\s[가-힣]|${NOT_BEFORE_VERB}|못\\s?[가-힣])`,
  // Typed without a space: 환불안돼요. 제안되다, 방안, 불안 are words.
  '(?<=[가-힣])(?<![제방편동보미]|(?<!환)불)안(?:돼|된|될|됩|됐)',
  '지\\s?(?:는|도|를)?\\s?(?:않|못|마|말)',
  '불가(?:능|합|해|하)|금지',
  '(?<![가-힣])아니(?!면|라\\s?면|라도)|아닙|아닌',
]
const ABSENT_KO = '없(?![애앴앨앤앱])'
export const DENIES_KO = anyOf([...NOT_KO, '수\\s?(?:는|가|도)?\\s?없', ABSENT_KO])

/** Ways of asking, offering and thanking that only look like a denial. */
export const IDIOMS_EN = anyOf(
  [
    "\\bwhy (?:don['’]?t|not)\\b",
    "\\b(?:can['’]?t|couldn['’]?t|cannot) (?:wait|thank|agree|help but|recommend)\\b",
    '\\bnot only\\b',
    "\\b(?:don['’]?t|do not|never) (?:hesitate|worry|forget|mind|miss|mention|delay)\\b",
    "\\b(?:isn|aren|doesn|don|won|can|couldn|wouldn|haven|hasn|didn|wasn)['’]?t (?:it|they|you|we|he|she|that|there|i)\\b",
    "(?:^|(?<=[,;]\\s))(?:isn|aren|doesn|don|won|can|couldn|wouldn|shouldn|haven|hasn|didn|wasn)['’]?t [^.!?\\n]*\\?",
    "\\b(?:won['’]?t|will not) (?:take|be) long\\b",
    '\\bif not\\b|\\bwhether or not\\b|\\bor not\\b|\\bnot sure\\b|\\bdo you not\\b',
    "\\bdon['’]?t you\\b|\\bnot yet\\b|\\bnever ?mind\\b|\\bnothing else\\b",
    '\\bno (?:problems?|worries|doubt|matter|wonder|way|big|rush|pressure|offen[cs]e|hurry|thanks|kidding|idea|show|stress)\\b',
    '\\bno (?:later|more|less|fewer|sooner|earlier) than\\b|\\bin no time\\b',
    '\\bno need to (?:worry|rush|apologi[sz]e|hurry)\\b',
    '\\bwithout (?:(?:any|a|further|undue) )?(?:fail|delays?|doubt|hesitation|problems?|issues?|trouble|hitch|interruptions?|exception|question|ado)\\b',
  ],
  'gi',
)
const ABSENT_ONLY_IN_NAME =
  '문제 상관 관계 틀림 어쩔\\s?수 밖에 빠짐 변함 다름 끊임 부담 걱정 주저 망설임 거침 아낌 형편 터무니 어이 정신 쓸데 소용 재미 말 지체 예외 차질 이상 무리 손색 휴무 더할\\s?나위'
export const IDIOMS_KO = anyOf(
  [
    '지\\s?(?:않(?:나요|겠|을까|으시|습니까|니|아요\\?|을래)|못하)[^.!\\n]*\\?',
    '(?:안|못)\\s?(?:될까|되나|되겠|돼요\\?|될지|계신가)',
    '아닌가|아닐까|아니에요\\?|뿐만?\\s?(?:이\\s?)?아니|그렇지\\s?않(?:으면|다면|을\\s?경우)',
    '(?:걱정|염려|부담|주저|망설)[^.!?\\n]{0,8}(?:마|말|않)',
    // "아니에요, 찾았어요." is "never mind".
    '^아니(?:에요|예요|요)?[,.!]|^아니\\s',
    '얼마\\s?안|다름\\s?아니|못지않|문제\\s?없|괜찮',
    '수\\s?(?:는|가)?\\s?없(?:을까|나요|습니까|어요\\?|는지)|지\\s?(?:못하|않)는지',
    '없[가-힣]*\\s?\\?|없(?:나요|을까|는지|는가|습니까|으실까|으신가)|없어[지졌진질져]',
    `(?:${ABSENT_ONLY_IN_NAME.split(' ').join('|')})(?:은|는|이|가|도|을)?\\s?없`,
    '(?:얼마|몇\\s?\\S{1,4})\\s?없|밖에\\s(?:\\S+\\s)?(?:안|못)\\s?[가-힣]|밖에\\s\\S*지\\s?(?:않|못)',
  ],
  'g',
)

/** Anything that can carry a denial over. */
const CARRIES_KO = [
  ...NOT_KO,
  '않|(?<!잘)못(?!박)|아니|아닐|아님|아녜|아녔|마세요|마십시오|마시(?:고|기|길)|말[고아]|불허|전혀|별로|절대',
  ABSENT_KO,
  beginnings(
    '(?<![가-힣])미',
    `개봉 사용 포함 지급 지원 배송 발송 도착 결제 납 수령 확인 완료 등록 가입 인증 달 정 참여 제공 적용 처리 승인 해결 성년 설치
     착용 작성 입력 응답 출고 반영 공개 표시 보유 선택 접수 설정 지정 허가 이용 제출 발급 답변 출시 비`,
  ),
  beginnings('(?<![가-힣])무', '효 제한 관(?!심) 단(?!계) 응답 반응 허가 기한 휴 향 설탕 알코올 소식 증상'),
  beginnings(
    '(?<![가-힣])비',
    '회원 공개 활성 정상 공식 영리 추천 과세 흡연 가입 허가 포함 호환 할인 대상 어\\s?있',
  ),
  beginnings(
    '불',
    '법 완전 일치 확실 필요 충분 참 합격 합리 명확 분명 안정 이행 통 량 공정 만족 가(?!피|사|리)',
  ),
  '부(?:적[절합격]|정확|재(?!료)|족|당한|실)',
  '제외|거절|거부|거절|반려|실패|품절|매진|소진|단종|중단|종료|만료|마감|폐[지점]|철회|차단|제한|사절|금해|삼가|자제|피해\\s?주',
  '어렵|어려[워운웠울움]|곤란|힘들|힘드|힘든|모르|모를|몰라|몰랐|틀[리린렸려]|잘못|싫|덜\\s|그대로|여전|떨어[졌지져진]|다\\s?팔렸',
  '쉬(?:어요|는|세요)|쉽니다|쉰다|쉬어|휴[무점관]|문을\\s?닫|빼[고주]|빠[져졌진지]|누락|멈[추췄춰춘]|먹통|고장|꺼[져졌진]|끊[겼겨긴기]',
  '늦[어었게은]|지연|달라|다르|다릅|밖에|대신|말고|외에는|아직(?:이|인|입)|잊|까먹|잃|해제|그만|취소해\\s?주실\\s?필요',
]
const CARRIES_EN = [
  ...NOT_EN,
  "\\bno\\b|n['’]t\\b",
  wordsOf(`without except unless instead hardly rarely barely difficult hard fail* refus* declin* deny denied denies prohibit*
    forbid* ban bans banned avoid* stop* lack* miss missed misses missing exclud* reject* restrict* disabled? expire* wrong
    forgot forgotten impossible improper* invalid* incorrect* incomplete inactive ineligible inaccessible incompatible
    insufficient inaccura* inappropriate irrelevant irreversible illegal* inexpensive disallow* disagree* dislike* disconnect*
    disappear* discontinu* disqualif* dissatisf* nowhere`),
  beginnings(
    '\\bun',
    `able\\b available authori[sz]ed opened used open\\b paid read\\b sold sent known confirmed verified processed resolved
     answered limited necessary needed wanted safe\\b likely aware clear\\b certain changed true\\b fit\\b usable well\\b
     happy satisfied finished supported successful locked lock\\b common usual expected reachable registered acceptable
     affected aided desired familiar fair helpful important restricted responsive stable suitable subscribed touched
     washed worn shipped refundable returnable reliable reasonable defined identified recognized recoverable delivered`,
  ),
  '\\bnon-?(?=\\w)\\w+|\\b(?!unless|nevertheless|nonetheless|wireless)\\w{3,}less\\b',
  '\\bsold out\\b|\\bout of (?!\\d|ten\\b)|\\brather than\\b|\\b(?:run|ran|runs|running) out\\b|\\bfree (?:of|from)\\b',
  '\\btoo \\w+ (?:to|for)\\b|(?<!%\\s?|percent )\\boff\\b',
]
export const HAS_KO = anyOf(CARRIES_KO)
export const HAS_EN = anyOf(CARRIES_EN, 'i')

/** What Korean says by a denial, in words that are none: 기억나지 않아요 is "I forgot". */
export const SAID_BY_NOT = anyOf(
  [
    HAS_EN.source,
    wordsOf(`forg* lost los* brok* break* dead stuck closed empty blank zero late delay* trouble problem* error* issue* nvm
      crash* froz* freez* bug bugs weird strange hate* regret* still just must gone away alone guest
      sealed less few fewer low short otherwise wireless direct*`),
    '\\boff\\b',
  ],
  'i',
)

export type Turns = readonly (readonly [said: RegExp, turned: RegExp])[]

/** "Not after it ships" is "until it ships", "not more than three" is "up to three": the limit turns with the verb. */
export const TURNED_TO_KO: Turns = [
  [/\b(?:until|before|unless|yet)\b/i, /부터|[뒤후](?!기|에도)|야(?:만)?\s|[가-힣\d]만(?=\s|[.!?이입])|필요/],
  [/\bwithout\b/i, /야(?:만)?\s|[가-힣\d]만(?=\s|[.!?이입])|필요|먼저|따로|자동/],
  [/\b(?:after|once|past)\b/i, /전(?:에만|까지|이라)|까지|[가-힣\d]만(?=\s|[.!?이입])/],
  [
    /\b(?:more|over|exceed\w*|longer|larger|above|beyond|later|(?<!(?:fewer|less) )than)\b/i,
    /이하|까지|이내|미만|최대|안에/,
  ],
  [/\b(?:outside|other than|except|any\w*|else|non-?\w+|all)\b/i, /[가-힣\d]만(?=\s|[.!?이입])|뿐|까지만/],
  [/\b(?:yet|been|still|before)\b/i, /\s전(?:이[라에고었]|입|인)/],
  [/\b(?:never|before|first)\b/i, /처음/],
  [/\b(?:charg\w*|fees?|costs?|pay\w*|price\w*)\b/i, /무료|무상|공짜/],
  [/\bunavailable\b|\b(?:isn|aren|not|no longer)\b.*\b(?:available|on sale)\b/i, /점검|종료|끝[났나난]/],
]
export const TURNED_TO_EN: Turns = [
  [
    /전에|까지|않으면|없으면|아니면|못하면|없이|(?:안|못)\s?\S+면|(?:않은|아닌)\s/,
    /\b(?:only|once|must|need\w*|requir\w*|ha(?:ve|s) to|unless|if|provided)\b/i,
  ],
  [/[후뒤]|지나|넘|이후/, /\b(?:before|until|within|only|by|up to|at most|expire\w*)\b/i],
  [/외에|밖|이외|말고|다른/, /\b(?:only|just|all)\b/i],
  [/연락|답|소식|반응|변화|차이/, /\b(?:still|same|silen\w+|ignor\w+|identical|waiting)\b/i],
  [/비용|요금|수수료|료|[가-힣]비(?:가|는|를|도)?\s/, /\bfree\b/i],
  [/없/, /\b(?:lost|los(?:e|ing)|guests?|walk-ins?|automatic\w*)\b/i],
  [/아니(?:어|라)도|않아도|없어도|않은|없는/, /\b(?:any|every)\w*\b/i],
  [/안|못|없/, /\b(?:is|are|was|were|went|been|goes) down\b/i],
  [/재고|남|아무것도|잔액|내용|돈|물건|칸/, /\b(?:gone|empty|blank|zero|left)\b/i],
]

/** The same denial inside both: in "did not fail" and 실패했어요 the second carries only the "fail". */
export const TWINS: readonly (readonly [en: RegExp, ko: RegExp])[] = [
  [/\bfail\w*/gi, /실패/g],
  [/\b(?:declin|refus|reject|den(?:y|ied))\w*/gi, /거절|거부|반려/g],
  [/\b(?:prohibit|forbid|ban(?:ned)?\b)\w*/gi, /금지/g],
  [/\b(?:sold out|out of stock)\b/gi, /품절|매진|소진/g],
  [/\b(?:stop|discontinu|suspend|paus)\w*/gi, /중단|멈[추췄춰춘]|단종|그만/g],
  [/\b(?:expire|end|finish|clos)\w*/gi, /만료|종료|마감|끝[났나난]/g],
  [/\b(?:exclud\w*|except)/gi, /제외|빼[고주]/g],
  [/\b(?:wrong|incorrect|mistake)\w*/gi, /잘못|틀[리린렸려]/g],
  [/(?<!\btoo )\b(?:delay|late)\w*/gi, /늦[어었게은]|지연/g],
  [/\b(?:limit|restrict)\w*/gi, /제한/g],
  [/(?<!\btoo )\b(?:hard|difficult)\b/gi, /어렵|어려[워운웠울움]|힘들|힘드|힘든/g],
  [/\b(?:unlock|releas|disabl|turn\w* off|cancel)\w*/gi, /해제|꺼[져졌진]/g],
  [/\b(?:miss|omit|lack)\w*/gi, /누락|빠[져졌진지]|부족/g],
  [/\b(?:forg[eo]t)\w*/gi, /잊|까먹/g],
  [/\b(?:block)\w*/gi, /차단/g],
  [/\b(?:broke|break|malfunction)\w*/gi, /고장/g],
  [/\bdiffer\w*/gi, /달라|다르|다릅/g],
]
