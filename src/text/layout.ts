// Text that was typed with the keyboard switched to the other language: dkssudgktpdy is 안녕하세요, ㅗ디ㅣㅐ is hello. Narrow:
// English that happens to spell syllables stays English. And Korean in Latin letters (annyeonghaseyo) is told.

const LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
const KEYS = new Map(
  [
    ...'ㅂqㅈwㄷeㄱrㅅtㅛyㅕuㅑiㅐoㅔpㅁaㄴsㅇdㄹfㅎgㅗhㅓjㅏkㅣlㅋzㅌxㅊcㅍvㅠbㅜnㅡmㅃQㅉWㄸEㄲRㅆTㅒOㅖP'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, jamo = '', key = '']) => [key, jamo]),
)
const DOUBLE = new Map(
  'ㅗㅏㅘ ㅗㅐㅙ ㅗㅣㅚ ㅜㅓㅝ ㅜㅔㅞ ㅜㅣㅟ ㅡㅣㅢ ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ'
    .split(' ')
    .map((three) => [three.slice(0, 2), three[2]!]),
)
const PARTED = new Map([...DOUBLE].map(([two, one]) => [one, two]))
const KEY_OF = new Map([...KEYS].map(([key, jamo]) => [jamo, key]))

/** A word of Korean as it comes in support; a syllable or two say too little. */
const KOREAN_WORD =
  /안녕|감사|고맙|배송|환불|주문|결제|취소|교환|반품|언제|어디|어떻게|문의|확인|로그인|계정|비밀번호|죄송|고객|상담|오류|왜\s?안|안\s?돼|안\s?되|주세요|해요|세요|어요|아요|나요|가요|까요|네요|죠|니다|니까|있나|없나|입니|했어|됐어|할게|한글|번역|사이즈|쿠폰|택배|가입|탈퇴|해지/
const ENGLISH_WORD =
  /(?<![a-z])(?:the|is|are|my|to|in|not|and|for|you|can|how|what|where|when|why|do|it|please|hello|hi|thanks|thank|order|refund|help|password|account|login|cancel|need|want|work|working|error|shipping|delivery)(?![a-z])/gi

/** Null where it reads as it is meant to. */
export function otherLayout(text: string): string | null {
  if (/[A-Za-z]{4}/.test(text) && !/[가-힣]/.test(text)) return toHangul(text)
  return /[ㄱ-ㅎㅏ-ㅣ]/.test(text) ? toLatin(text) : null
}

function toHangul(text: string): string | null {
  // Addresses, codes and other things that are kept are no typing.
  if (/[\w.+-]@|https?:|www\.|`|⟦/.test(text)) return null
  if (countOf(text, ENGLISH_WORD) > 0) return null
  const words = text.match(/[A-Za-z]+/g) ?? []
  const typed = text.replace(/[A-Za-z]+/g, (word) => compose(word))
  const isWhole = words.every((word) => {
    const made = compose(word)
    return /^[가-힣]+[ㅋㅎㅠㅜ]*$|^[ㅋㅎㅠㅜㅇㄱㄴ]{1,}$/.test(made)
  })
  return isWhole && KOREAN_WORD.test(typed) ? typed : null
}

function toLatin(text: string): string | null {
  if (countOf(text, /[ㄱ-ㅎㅏ-ㅣ]/g) < 2) return null
  const typed = [...text].map((sign) => keysOf(sign)).join('')
  const words = typed.match(/[A-Za-z]+/g) ?? []
  const known = countOf(typed, ENGLISH_WORD)
  return known > 0 && known * 3 >= words.length ? typed : null
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** As an input method of two sets would: a consonant before a vowel opens the next syllable. */
function compose(word: string): string {
  const jamo = [...word].map((key) => KEYS.get(key) ?? KEYS.get(key.toLowerCase()) ?? key)
  let made = ''
  for (let at = 0; at < jamo.length; ) {
    const lead = LEADS.indexOf(jamo[at]!)
    if (lead < 0 || !isVowel(jamo[at + 1])) {
      made += jamo[at++]!
      continue
    }
    at += 1
    const wide = DOUBLE.get(jamo[at]! + (jamo[at + 1] ?? ''))
    const vowel = VOWELS.indexOf(wide && isVowel(wide) ? wide : jamo[at]!)
    at += wide && isVowel(wide) ? 2 : 1
    const [final, taken] = finalAt(jamo, at)
    made += String.fromCharCode(0xac00 + (lead * 21 + vowel) * 28 + final)
    at += taken
  }
  return made
}

function finalAt(jamo: readonly string[], at: number): [final: number, taken: number] {
  const one = jamo[at]
  if (one === undefined || FINALS.indexOf(one) < 1 || isVowel(jamo[at + 1])) return [0, 0]
  const two = DOUBLE.get(one + (jamo[at + 1] ?? ''))
  if (two && FINALS.includes(two) && !isVowel(jamo[at + 2])) return [FINALS.indexOf(two), 2]
  return [FINALS.indexOf(one), 1]
}

function isVowel(jamo: string | undefined): boolean {
  return jamo !== undefined && VOWELS.includes(jamo)
}

function keysOf(sign: string): string {
  const code = sign.charCodeAt(0) - 0xac00
  const jamo =
    code < 0 || code > 11_171
      ? sign
      : LEADS[Math.floor(code / 588)]! + VOWELS[Math.floor((code % 588) / 28)]! + FINALS[code % 28]!.trim()
  return [...jamo]
    .flatMap((one) => [...(PARTED.get(one) ?? one)])
    .map((one) => KEY_OF.get(one) ?? one)
    .join('')
}

const ROMANISED =
  /^(?:annyeong\w*|anyeong\w*|(?:k|g)amsa\w*|gomaw\w*|hwanbul\w*|b(?:ae|e)song\w*|jumun\w*|gyeolje\w*|eonje\w*|eodi\w*|eotteo\w*|otto(?:k|g)e\w*|mwo\w*|jebal\w*|jinjja\w*|\w*ju(?:se|sy?e)yo|\w*haseyo|\w*haeyo|\w*(?:eu|sseu|su)?mnida|\w*mnikka|\w*iss(?:eo|o)yo|\w*eop(?:s|ss)(?:eo|o)yo|\w*(?:an)?dwaeyo|\w*wayo|\w*nayo|\w*kkayo|\w*geyo|\w*ieyo|\w*yeyo|aniyo|ne|oppa|unni|eonni)$/i

/** "annyeonghaseyo, baesong eonje wayo?" */
export function isRomanised(text: string): boolean {
  const words = text.match(/[A-Za-z]+/g) ?? []
  if (/[^\p{ASCII}]/u.test(text.replace(/[\p{P}\p{S}]/gu, ''))) return false
  const found = words.filter((word) => word.length > 2 && ROMANISED.test(word)).length
  return found > 0 && found * 2 >= words.length && countOf(text, ENGLISH_WORD) === 0
}
