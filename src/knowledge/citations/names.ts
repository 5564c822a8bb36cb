// Product names and other terms that a sentence must have from its passage: Latin words in Korean, capitalised and
// code-like words in English, tiers (Premium, 프리미엄) in both. A name may be spelled in the other script: 슬랙 is Slack.

const GENERIC = new Set(
  `i i'm i'll id ok faq cs as a/s pc tv ai qr vip dm sms url pdf app web wi-fi wifi pin otp ceo ui pm am kst utc vat mr ms
  korea korean english japan japanese china chinese usa us uk eu asia seoul
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
  christmas seollal chuseok please yes no note`.split(/\s+/),
)
/** Names of tiers, in both scripts; a sentence about one is not borne out by a passage about another. */
const TIERS: readonly RegExp[] = [
  /베이직|\bbasic\b/i,
  /프리미엄|\bpremium\b/i,
  /(?<![가-힣])프로(?!그|모|필|젝|세|토)|\bpro\b/i,
  /플러스|\bplus\b/i,
  /스탠다드|스탠더드|\bstandard\b/i,
  /엔터프라이즈|\benterprise\b/i,
  /비즈니스|\bbusiness\b(?! (?:days?|hours?))/i,
  /스타터|\bstarter\b/i,
  /골드|\bgold\b/i,
  /실버|\bsilver\b/i,
  /플래티넘|\bplatinum\b/i,
  /(?<![A-Za-z])VIP(?![A-Za-z])/,
  /패밀리|\bfamily\b/i,
  /라이트(?!닝)|\blite\b/i,
  /울트라|\bultra\b/i,
  /맥스|\bmax\b/i,
  /미니(?!멈)|\bmini\b/i,
  /(?<![가-힣])에어(?!컨|프)|\bair\b/i,
]
const WORD = /[A-Za-z][A-Za-z0-9+#&]*(?:['’.-][A-Za-z0-9+#]+)*/g

/** The terms of a sentence from which its values were taken out. `isSure`: surely a name, whatever the language. */
export interface Term {
  text: string
  isSure: boolean
}

export function termsOf(sentence: string, isKorean: boolean): Term[] {
  const terms: Term[] = []
  for (const found of sentence.matchAll(WORD)) {
    const text = found[0].replace(/['’]s$/, '')
    if (text.length < 2 || GENERIC.has(text.toLowerCase())) continue
    const isSure = /\d|[A-Z].*[A-Z]|[a-z][A-Z]/.test(text)
    const isFirst =
      /^\W*$/.test(sentence.slice(0, found.index)) || /[:“"(*]\s?$/.test(sentence.slice(0, found.index))
    if (isKorean || isSure || (/^[A-Z]/.test(text) && !isFirst)) terms.push({ text, isSure })
  }
  return terms
}

/** Whether the text has the term, in either script. */
export function hasTerm(text: string, term: string): boolean {
  const plain = (part: string) => part.toLowerCase().replaceAll(/[\s-]/g, '')
  if (plain(text).includes(plain(term)) || plain(text).includes(plain(term).replace(/s$/, ''))) return true
  const wanted = soundOfLatin(term)
  if (wanted.length < 2) return false
  const sounds = (text.match(/[가-힣]+/g) ?? []).map(soundOfHangul)
  return (
    sounds.some((sound) => sound.startsWith(wanted)) ||
    (wanted.length > 2 && sounds.some((sound) => sound.includes(wanted)))
  )
}

/** Whether the sentence names tiers, the passage names others, and none is common to both. */
export function namesOtherTier(sentence: string, passage: string): boolean {
  const ours = TIERS.filter((tier) => tier.test(sentence))
  const theirs = TIERS.filter((tier) => tier.test(passage))
  return ours.length > 0 && theirs.length > 0 && ours.some((tier) => !theirs.includes(tier))
}

const INITIALS = ['k', 'k', 'n', 't', 't', 'l', 'm', 'p', 'p', 's', 's', '', 's', 's', 's', 'k', 't', 'p', '']
const FINALS = ' k k ks n ns n t l lk lm lp ls lt lp l m p ps s s n s s k t p '.split(' ')

/** The consonants of a Korean word, alike ones as one: 프리미엄 → plm. */
function soundOfHangul(word: string): string {
  let sound = ''
  for (const letter of word) {
    const index = letter.charCodeAt(0) - 0xac00
    sound += INITIALS[Math.floor(index / 588)]! + (FINALS[index % 28] ?? '')
  }
  return collapse(sound)
}

/** The same of an English word: Premium → plm, Slack → slk, Discord → tskt. */
function soundOfLatin(word: string): string {
  const sound = word
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replaceAll(/ph/g, 'p')
    .replaceAll(/th|sh|ch|[jz]|dge|g(?=[eiy])|c(?=[eiy])/g, 's')
    .replaceAll(/ng/g, 'n')
    .replaceAll(/x/g, 'ks')
    .replaceAll(/r(?![aeiouy])/g, '')
    .replaceAll(/[ckqg]/g, 'k')
    .replaceAll(/[bfv]/g, 'p')
    .replaceAll(/d/g, 't')
    .replaceAll(/r/g, 'l')
    .replaceAll(/[aeiouyhw]/g, '')
  return collapse(sound)
}

function collapse(sound: string): string {
  return sound.replaceAll(/(.)\1+/g, '$1')
}
