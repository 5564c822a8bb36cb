// Picks the Korean particle after any word by how it is read aloud: "Slack은", "API를", "7로", "100%를".
// Judges the last syllable only; the caller joins word and particle.

export type ParticlePair =
  | '은/는'
  | '이/가'
  | '을/를'
  | '와/과'
  | '으로/로'
  | '이나/나'
  | '이라/라'
  | '이랑/랑'
  | '이에요/예요'
  | '이었/였'

/** How a reading ends: in a vowel, in ㄹ (which takes 로, not 으로), or in another consonant. */
type Ending = 'vowel' | 'rieul' | 'consonant'

const PARTICLES: Record<ParticlePair, { consonant: string; vowel: string }> = {
  '은/는': { consonant: '은', vowel: '는' },
  '이/가': { consonant: '이', vowel: '가' },
  '을/를': { consonant: '을', vowel: '를' },
  '와/과': { consonant: '과', vowel: '와' },
  '으로/로': { consonant: '으로', vowel: '로' },
  '이나/나': { consonant: '이나', vowel: '나' },
  '이라/라': { consonant: '이라', vowel: '라' },
  '이랑/랑': { consonant: '이랑', vowel: '랑' },
  '이에요/예요': { consonant: '이에요', vowel: '예요' },
  '이었/였': { consonant: '이었', vowel: '였' },
}

// 영 일 이 삼 사 오 육 칠 팔 구
const DIGITS = endings(
  '0:consonant 1:rieul 2:vowel 3:consonant 4:vowel 5:vowel 6:consonant 7:rieul 8:rieul 9:vowel',
)
// 에이 비 씨 … 엘 엠 엔 … 알
const LETTERS = endings('L:rieul R:rieul M:consonant N:consonant')

const SYMBOLS: Record<string, Ending> = {
  ...endings('%:vowel +:vowel #:consonant &:vowel @:consonant *:vowel °:vowel ℃:vowel ℉:vowel =:consonant'),
  // 원, 달러, 유로, 엔, 파운드
  ...endings(
    '₩:consonant $:vowel €:vowel ¥:consonant £:vowel ㎏:consonant ㎝:vowel ㎞:vowel ㎡:vowel ™:vowel',
  ),
}

/** Units after a number are read in full: 10kg 킬로그램, 5km 킬로미터, 2GB 기가바이트, 3h 시간. */
const UNITS = endings(
  `kg:consonant g:consonant mg:consonant cm:vowel mm:vowel km:vowel m:vowel l:vowel ml:vowel kb:vowel mb:vowel gb:vowel tb:vowel
  h:consonant min:consonant s:vowel ms:vowel px:rieul x:vowel hz:vowel khz:vowel ghz:vowel w:vowel kw:vowel v:vowel kcal:vowel
  am:consonant pm:consonant st:vowel nd:vowel rd:vowel th:vowel`,
)

/** Acronyms read as a word rather than by letters. */
const SPOKEN_ACRONYMS = endings(
  `NASA:vowel SIM:consonant PIN:consonant RAM:consonant ROM:consonant JSON:consonant YAML:rieul CSAT:consonant LAN:consonant SQL:rieul
  GIF:vowel LINE:consonant VISA:vowel UNICEF:vowel ZIP:consonant FIFA:vowel SaaS:vowel EXAONE:consonant NAVER:vowel KAKAO:vowel ASAP:consonant`,
)

/** Words whose spelling misleads; by their usual Korean spelling (구글, 애플, 마이크, 이메일, 링크, 가이드 …). */
const WORDS = endings(
  `google:rieul apple:rieul oracle:rieul title:rieul table:rieul file:rieul profile:rieul mobile:rieul email:rieul mail:rieul gmail:rieul
  style:rieul module:rieul schedule:rieul role:rieul console:rieul people:rieul simple:rieul sale:rieul kindle:rieul bundle:rieul bottle:rieul
  rule:rieul tile:rieul article:rieul example:rieul sample:rieul couple:rieul cable:rieul noble:rieul single:rieul circle:rieul
  line:consonant online:consonant offline:consonant timeline:consonant machine:consonant magazine:consonant engine:consonant phone:consonant iphone:consonant
  zone:consonant tone:consonant drone:consonant clone:consonant airline:consonant headline:consonant pipeline:consonant routine:consonant
  time:consonant realtime:consonant name:consonant username:consonant game:consonant theme:consonant home:consonant chrome:consonant frame:consonant
  type:consonant tape:consonant recipe:vowel escape:vowel skype:vowel scope:vowel
  app:consonant map:consonant tip:consonant shop:consonant stop:consonant group:consonant backup:consonant popup:consonant setup:consonant startup:consonant
  top:consonant step:consonant zip:consonant clip:consonant laptop:consonant workshop:consonant ship:consonant dropship:consonant sitemap:consonant
  slack:consonant click:consonant check:vowel stock:consonant block:consonant lock:consonant rock:consonant track:consonant hack:consonant back:consonant feedback:consonant
  pack:consonant pick:consonant quick:consonant kick:consonant logic:consonant topic:consonant music:consonant public:consonant basic:consonant classic:consonant mac:consonant
  book:consonant facebook:consonant macbook:consonant notebook:consonant webhook:consonant hook:consonant look:consonant cook:consonant kickback:consonant tiktok:consonant talk:consonant
  bot:consonant chatbot:consonant robot:consonant chat:consonant set:consonant reset:consonant internet:consonant net:consonant cat:consonant market:consonant ticket:consonant
  pocket:consonant tablet:consonant budget:consonant target:consonant widget:consonant socket:consonant websocket:consonant packet:consonant format:consonant hot:consonant
  outlook:consonant shot:consonant screenshot:consonant snapshot:consonant git:consonant kit:consonant hit:consonant unit:consonant edit:consonant credit:consonant
  audit:consonant submit:consonant commit:consonant limit:consonant reddit:consonant pixel:rieul planet:consonant dot:consonant spot:consonant slot:consonant
  web:consonant club:consonant lab:consonant job:consonant tab:consonant github:vowel hub:vowel youtube:vowel pub:consonant
  discord:vowel dashboard:vowel board:vowel card:vowel word:vowel password:vowel keyword:vowel cloud:vowel android:vowel id:vowel
  one:consonant none:consonant done:consonant cookie:vowel movie:vowel service:vowel interface:vowel office:vowel device:vowel price:vowel invoice:vowel notice:vowel voice:vowel
  gitlab:consonant big:vowel bug:vowel log:vowel blog:vowel tag:vowel flag:vowel hashtag:vowel config:vowel`,
)

// The last sounds of other Latin words. English stops after a long vowel or consonant get an extra vowel in Korean
// (노트, 링크, 테스트), so most words end in a vowel; nasals and l do not.
const LATIN_RULES: [pattern: RegExp, ending: Ending][] = [
  [/(?:ll|[^aeiou]le|[aeiou]l|(?:a|i|o|u)le)$/, 'rieul'],
  [/(?:ng|n|m|mn|mb|(?:[aeiou]|sh)in|[aeo]gne)$/, 'consonant'],
  [/(?:[aeiou]ne|[aeiou]me)$/, 'consonant'],
  [/(?<![aeiouy])[aeiou](?:ck|p|c)$/, 'consonant'],
]

/** The particle that follows `word`: josa('Slack', '은/는') is "은". */
export function josa(word: string, pair: ParticlePair): string {
  const forms = PARTICLES[pair]
  const ending = readingEnding(word)
  if (ending === 'rieul') return pair === '으로/로' ? forms.vowel : forms.consonant
  return forms[ending]
}

/** `word` with its particle: "Slack은". */
export function withJosa(word: string, pair: ParticlePair): string {
  return word + josa(word, pair)
}

/**
 * What may follow a word whose ending has changed, as people write it: one of the two forms, or both ("을(를)", "은/는").
 * A form that is also the head of another word ("가격", "이미") is only taken where the word ends with it.
 */
const FOLLOWING: readonly (readonly [pattern: RegExp, pair: ParticlePair])[] = [
  [/^(?:은\(는\)|는\(은\)|은\/는|는\/은|[은는](?=요?(?![가-힣])))/, '은/는'],
  [/^(?:이\(가\)|가\(이\)|이\/가|가\/이|[이가](?![가-힣]))/, '이/가'],
  [/^(?:을\(를\)|를\(을\)|을\/를|를\/을|[을를](?![가-힣]))/, '을/를'],
  [/^(?:와\(과\)|과\(와\)|와\/과|과\/와|[와과](?=(?:의|는|도|만)?(?![가-힣])))/, '와/과'],
  [
    /^(?:\(으\)로|으로\(로\)|으로\/로|로\/으로|(?:으로|로)(?=(?:는|도|만|의|부터|서|써)?(?![가-힣])))/,
    '으로/로',
  ],
  [/^(?:\(이\)나|이나\/나|(?:이나|나)(?![가-힣]))/, '이나/나'],
  [/^(?:\(이\)라|이라\/라|(?:이라|라)(?=(?:고|는|면|서|도|며)(?![가-힣])|고\s?하))/, '이라/라'],
  [/^(?:\(이\)랑|이랑\/랑|(?:이랑|랑)(?=요?(?![가-힣])))/, '이랑/랑'],
  [/^(?:이에요|예요|이예요|에요)(?![가-힣])/, '이에요/예요'],
  [/^(?:이었|였)(?=[가-힣])/, '이었/였'],
]

/** 카드고, 카드면, 카드지만: behind a consonant they take 이. Behind a vowel 이 may stay. */
const COPULA = /^(?:고|며|면|니까|지만|든지|란|야|라도)(?:요|서|은)?(?![가-힣])/

/** The text behind `word`, with the particle at its head made to fit: ("Slack", "를 켜 주세요") is "을 켜 주세요". */
export function repairParticle(word: string, after: string): string {
  for (const [pattern, pair] of FOLLOWING) {
    const found = pattern.exec(after)?.[0]
    if (found) return josa(word, pair) + after.slice(found.length)
  }
  return COPULA.test(after) && readingEnding(word) !== 'vowel' ? `이${after}` : after
}

function readingEnding(word: string): Ending {
  // Brackets, quotes and marks are not read; a bracketed gloss at the end is passed over: "비밀번호(Password)" + "를".
  const spoken = word
    .normalize('NFC')
    .replace(/(?<=[^\s([{])\s*[([{][^()[\]{}]*[)\]}]\s*$/u, '')
    .replace(/(?:(?![%+#&@*°℃℉=₩$€¥£])[\p{P}\p{S}\s\p{C}\u200B])+$/u, '')
  const last = spoken.at(-1) ?? ''
  if (/[가-힣]/.test(last)) return hangulEnding(last)
  if (/\d/.test(last)) return numberEnding(spoken)
  if (/[A-Za-z]/.test(last)) return latinEnding(spoken)
  if (/[\u3131-\u314E]/.test(last)) return last === 'ㄹ' ? 'rieul' : 'consonant'
  return (
    SYMBOLS[last] ??
    (/[\p{L}]/u.test(last) ? latinEnding(spoken.normalize('NFD').replace(/\p{M}/gu, '')) : 'vowel')
  )
}

function hangulEnding(syllable: string): Ending {
  const final = (syllable.charCodeAt(0) - 0xac00) % 28
  return final === 0 ? 'vowel' : final === 8 ? 'rieul' : 'consonant'
}

function numberEnding(spoken: string): Ending {
  // 엠피쓰리.
  if (/MP3$/i.test(spoken)) return 'vowel'
  const digits = /\d[\d,]*$/.exec(spoken)![0].replaceAll(',', '')
  const isFraction = /\d\.\d+$/.test(spoken)
  const zeros = /0*$/.exec(digits)![0].length
  if (isFraction || zeros === 0 || zeros === digits.length) return DIGITS[digits.at(-1)!]!
  // 십, 백, 천, 만 and 억 end in a consonant, 조 (12 to 15 zeros) in a vowel.
  return zeros >= 12 && zeros < 16 ? 'vowel' : 'consonant'
}

function latinEnding(spoken: string): Ending {
  const word = /[A-Za-z]+$/.exec(spoken)?.[0] ?? ''
  if (word === '') return 'vowel'
  const lower = word.toLowerCase()
  const isAfterNumber = /\d\s?[A-Za-z]+$/.test(spoken)
  // 3g weighs; 5G is a network.
  if (isAfterNumber && word !== 'G' && UNITS[lower]) return UNITS[lower]
  if (SPOKEN_ACRONYMS[word]) return SPOKEN_ACRONYMS[word]
  if (word.length === 1 || isSpelled(word)) return LETTERS[word.at(-1)!.toUpperCase()] ?? 'vowel'
  const known = WORDS[lower] ?? WORDS[/[A-Z]?[a-z]+$/.exec(word)?.[0].toLowerCase() ?? '']
  return known ?? LATIN_RULES.find(([pattern]) => pattern.test(lower))?.[1] ?? 'vowel'
}

/** "API", "GPUs", "URL", "html": read letter by letter. */
function isSpelled(word: string): boolean {
  return /^[A-Z]{2,5}$/.test(word) || /[A-Z]{2}$/.test(word) || !/[aeiouy]/i.test(word)
}

function endings(list: string): Record<string, Ending> {
  return Object.fromEntries(
    list
      .trim()
      .split(/\s+/)
      .map((entry) => entry.split(/:(?=\w+$)/) as [string, Ending]),
  )
}
