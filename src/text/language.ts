// Tells the language of a chat message and which language to answer in. Korean chat is full of English words, so
// statistics come last: script, sentence endings and particles decide first. Romanised Korean is left to the model.
import { createRequire } from 'node:module'

export type Language = 'ko' | 'en' | 'ja' | 'zh' | 'other' | 'unknown'
export type ReplyLanguage = {
  lang: 'ko' | 'en'
  why: 'asked' | 'message' | 'thread' | 'user' | 'locale' | 'default'
}

// Its tables take 48 MB: loaded for the first message that no rule can tell, which in most processes never comes.
const load = createRequire(import.meta.url)

const NOT_PROSE = [
  /```[\s\S]*?(?:```|$)|`[^`\n]*`/g,
  /<[@#!:][^<>\s]*(?:\|[^<>]*)?>|<a?:\w+:\d+>|<https?:[^<>]*>/g,
  /https?:\/\/\S+|\bwww\.\S+|(?<![^\s@])[^\s@]+@[^\s@]+\.\w+/g,
  /(?<![\w가-힣])@[\w.가-힣-]+|:[a-z0-9_+-]+:/gi,
  /\p{Extended_Pictographic}|[\uFE0F\u200D]|[\u{1F1E6}-\u{1F1FF}]/gu,
]
const QUOTED = /"[^"\n]+"|“[^“”\n]+”|「[^「」\n]+」|『[^『』\n]+』|^>.*$/gm

const ENGLISH_FUNCTION_WORDS = new Set(
  `a an the i i'm im my me you your u we our us they it its it's this that these those is are was were am be been do
  does did don't doesn't didn't can can't could would will won't should have has had haven't hasn't not no of to in on
  at for from with by about as if when where what which who why how and or but so any some there here please pls
  want need get got`.split(/\s+/),
)

// What a polite or plain Korean sentence ends in, and the endings that a name may have as well ("노아", "하나").
const SURE_ENDING = /(?:요|니다|니까|습니까|까|죠|줘|됐나|인가|는데|네여|여|함|됨|음|임|셈|용|구만|거든)$/
const ENDING = /(?:다|네|나|니|냐|지|해|돼|야|어|아|자|라|듯|중|가|데)$/
const PARTICLE =
  /(?:은|는|이|가|을|를|에|에서|에게|한테|으로|로|와|과|랑|이랑|도|만|의|까지|부터|보다|처럼|이나|하고)$/
const VERB_ON_LATIN = /^[A-Za-z0-9][\w.+-]*(?:하|해|할|한|함|했|되|돼|된|될|됐|시키|시켜)[가-힣]*$/

const HANGUL = /[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]/
const LATIN = /\p{Script=Latin}/u
const KANA = /[\u3040-\u30FF\u31F0-\u31FF\uFF66-\uFF9F]/
const HAN = /\p{Script=Han}/u

const ENGLISH_NAME = '(?:영어|영문|잉글리시|english)'
const KOREAN_NAME = '(?:한국어|한국말|우리말|한글|국문|korean)'
const ANSWER_VERB =
  '(?:답|대답|응답|회신|말씀|말해|말하|얘기|이야기|설명|알려|안내|써\\s*[줘주]|적어|부탁|대화|진행|해\\s*(?:줘|주|줄|요)|바꿔|ㄱㄱ)'

/** The language of the prose in a message; `unknown` when it has none (code, links, emoji, numbers). */
export function detectLanguage(text: string): Language {
  const prose = NOT_PROSE.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
  const unquoted = prose.replace(QUOTED, ' ')
  return detectProse(/\p{L}/u.test(unquoted) ? unquoted : prose)
}

function detectProse(prose: string): Language {
  const words = prose.split(/[^\p{L}\p{M}\p{N}'’.+_-]+/u).filter((word) => /\p{L}/u.test(word))
  if (words.length === 0) return 'unknown'
  const hangulWords = words.filter((word) => HANGUL.test(word))
  if (hangulWords.length > 0 && (!LATIN.test(prose) || readsKorean(words, hangulWords))) return 'ko'
  if (hangulWords.length === 0 && KANA.test(prose)) return 'ja'
  if (!LATIN.test(prose)) return HAN.test(prose) ? 'zh' : 'other'
  return detectLatin(words.filter((word) => LATIN.test(word)))
}

function readsKorean(words: string[], hangulWords: string[]): boolean {
  if (hangulWords.length * 2 >= words.length) return true
  const functionWords = countFunctionWords(words)
  // English terms strung together by Korean: what is Korean in it is the sentence.
  if (hangulWords.length >= 3 && functionWords === 0) return true
  const last = words.at(-1)!.replace(/[\u3130-\u318F.'’_-]+$/, '') || (words.at(-2) ?? '')
  if (HANGUL.test(last)) {
    // "How do I say 감사합니다": English with one Korean word in it.
    const isSure = SURE_ENDING.test(last) && !(hangulWords.length === 1 && functionWords >= 3)
    if (isSure || (ENDING.test(last) && functionWords < 2)) return true
  }
  const inflected = hangulWords.filter(
    (word) => VERB_ON_LATIN.test(word) || (word.length > 1 && PARTICLE.test(word)),
  )
  return inflected.length >= 2 && inflected.length >= functionWords
}

function detectLatin(words: string[]): Language {
  const text = words.join(' ')
  const isAscii = /^[\x20-\x7E’]*$/.test(text)
  if (isAscii && (words.length < 4 || countFunctionWords(words) >= 2)) return 'en'
  const { detectAll } = load('tinyld') as typeof import('tinyld')
  const guesses = detectAll(text).map(({ lang }) => lang)
  if (guesses.length === 0 || guesses.slice(0, 3).includes('en')) return 'en'
  // Short ASCII lists of product words confuse statistics; without a strong sign they are English.
  return isAscii && countFunctionWords(words) > 0 && words.length < 6 ? 'en' : 'other'
}

function countFunctionWords(words: string[]): number {
  return words.filter((word) =>
    ENGLISH_FUNCTION_WORDS.has(word.toLowerCase().replace('’', "'").replace(/[.]+$/, '')),
  ).length
}

/**
 * The answer speaks the question's language unless the person asks for another. A name, an "ok" or a product number
 * says little, so there the thread, the person's setting and the platform's locale (BCP 47) are heard first.
 */
export function replyLanguage(input: {
  text: string
  threadLang?: Language
  userLang?: Language
  platformLocale?: string
}): ReplyLanguage {
  const asked = requestedLanguage(input.text)
  if (asked) return { lang: asked, why: 'asked' }
  const detected = detectLanguage(input.text)
  if (detected === 'ko' || (detected === 'en' && !isWeakEnglish(input.text)))
    return { lang: detected, why: 'message' }
  if (isOurs(input.threadLang)) return { lang: input.threadLang, why: 'thread' }
  if (isOurs(input.userLang)) return { lang: input.userLang, why: 'user' }
  if (detected === 'en') return { lang: 'en', why: 'message' }
  if (input.platformLocale) return { lang: /^ko\b/i.test(input.platformLocale) ? 'ko' : 'en', why: 'locale' }
  return { lang: detected === 'unknown' ? 'ko' : 'en', why: 'default' }
}

/** Of its letters. A Korean page is full of English names; an English one has a Korean name here and there. */
const KOREAN_SHARE = 0.3

/** Whether a page, or a passage of one, is written in Korean. For a message see `detectLanguage`. */
export function isKoreanText(text: string): boolean {
  const korean = text.match(/[가-힣]/g)?.length ?? 0
  return korean > 0 && korean >= (text.match(/\p{L}/gu)?.length ?? 0) * KOREAN_SHARE
}

function isOurs(lang: Language | undefined): lang is 'ko' | 'en' {
  return lang === 'ko' || lang === 'en'
}

function isWeakEnglish(text: string): boolean {
  const words = text.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []
  return words.length <= 3 && countFunctionWords(words) === 0
}

/** The language a message asks to be answered in ("영어로 답해 줘", "in Korean please"), if it does. */
export function requestedLanguage(text: string): 'ko' | 'en' | null {
  const english = lastRequest(text, ENGLISH_NAME)
  const korean = lastRequest(text, KOREAN_NAME)
  if (english < 0 && korean < 0) return null
  return english > korean ? 'en' : 'ko'
}

function lastRequest(text: string, name: string): number {
  const patterns = [
    `${name}\\s*(?:으로|로)\\s*(?:좀|만|다시|편하게|짧게|간단히|계속)?\\s*${ANSWER_VERB}(?!\\S*지\\s*(?:마|말|않))`,
    `^\\s*(?:그냥|다시|이제|그럼)?\\s*${name}(?:으로|로)(?:\\s*(?:요|좀|만))*\\s*[.!~ㅎㅋ]*$`,
    `\\b(?:answer|reply|respond|speak|talk|explain)\\b(?<!\\b(?:don't|not|never) \\w+)[^.?!\\n]{0,40}\\bin ${name}\\b`,
    `\\bin ${name}\\s*,?\\s*(?:please|pls|plz)\\b`,
    `\\b(?:please|pls|plz),? (?:in )?${name}[.!]*$`,
    `^\\s*${name}(?: only)?[ ,]*(?:please|pls|plz|부탁\\S*|좀요?)`,
    `\\b(?:switch|change|go) (?:back )?to ${name}\\b`,
    `\\b(?:can|could) (?:you|we) (?:speak|use|do) ${name}\\b`,
  ]
  const found = patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gim'))])
  return Math.max(-1, ...found.map(({ index }) => index))
}
