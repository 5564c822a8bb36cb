// Reads what people type before a text that they want translated: "영어로 …", "to English: …", "to=en tone=formal …". Pure.
import { LANG_WORDS, parseTargetLang, TARGET_LANGS, type TargetLang } from './target-lang.ts'
import { parseTone, type Tone } from './tone.ts'

export interface TypedTranslate {
  text: string
  /** As typed; whoever reads it says what is wrong with it. */
  to?: string
  from?: string
  tone?: string
}

const NAMES = TARGET_LANGS.flatMap((lang) => {
  const { name, aliases } = LANG_WORDS[lang]
  return [lang, name.ko, name.en, ...aliases]
})
  .sort((a, b) => b.length - a.length)
  .join('|')

const NAMED =
  /^(?:--)?(?<name>to|from|tone|도착어|출발어|말투)\s?[=:]\s?(?:"(?<quoted>[^"\n]*)"|(?<bare>\S+))\s*/i
const FLAG = /^--(?<name>to|from|tone|도착어|출발어|말투)\s+(?<bare>\S+)\s*/i
const KEYS: Readonly<Record<string, 'to' | 'from' | 'tone'>> = { 도착어: 'to', 출발어: 'from', 말투: 'tone' }
const INTO_EN = new RegExp(
  String.raw`^(?:from\s+(?<from>${NAMES})\s+)?(?:in)?to\s+(?<to>${NAMES})\b\s*[:,]?\s*`,
  'i',
)
const INTO_KO = new RegExp(
  String.raw`^(?:(?<from>${NAMES})(?:에서|를|을)\s*)?(?<to>${NAMES})(?:으로|로)(?![가-힣])\s*[:,]?\s*`,
  'i',
)

/** Only what stands in front of the text; the rest is the text, sign for sign. */
export function readTranslateOptions(typed: string): TypedTranslate {
  let text = typed.trim()
  const read: Omit<TypedTranslate, 'text'> = {}
  for (;;) {
    const named = NAMED.exec(text) ?? FLAG.exec(text)
    const into = named || read.to !== undefined ? null : (INTO_EN.exec(text) ?? INTO_KO.exec(text))
    if (named?.groups) {
      const typedName = named.groups['name']!.toLowerCase()
      read[KEYS[typedName] ?? (typedName as 'to')] = named.groups['quoted'] ?? named.groups['bare'] ?? ''
    } else if (into?.groups) {
      read.to = into.groups['to']
      if (into.groups['from'] !== undefined) read.from = into.groups['from']
    } else return { ...read, text }
    text = text.slice((named ?? into)![0].length)
  }
}

const PLEASE_KO = String.raw`\s*(?:좀\s*)?(?:해\s*)?(?:줘요?|주세요|주십시오|줄래요?|주실래요|부탁\s*(?:해요?|드려요|드립니다))`

/** Take a choice back. */
const BACK = ['auto', 'automatic', 'none', 'off', 'default', '자동', '없음', '끔', '기본']
const TONE_NAMES =
  '격식(?:\\s*있게)?|정중하게|합니다체?|합쇼체|존댓말|부드럽게|친절하게|해요체?|편하게|반말|해체?|formal|polite|friendly|casual|informal'
const DONE_KO = String.raw`(?:\s*해\s*(?:줘요?|주세요))?[.!~]*\s*$`

/** "내 말투 편하게": nothing but what somebody chooses for themselves, or the question what it is. */
function saidOwn(en: string, ko: string, names: string): string {
  const choice = String.raw`\s*[:=：]?\s*(?:to\s+)?(?:${names}|${BACK.join('|')})(?:으로|로)?`
  return String.raw`^\s*(?:(?:settings|설정)\s+)?(?=(?:my\s+${en}|내\s*${ko})[은는을를]?(?:${choice})?${DONE_KO})`
}

/**
 * "영어로 번역해 줘: …", "please translate this: …": what stands before a text that follows a colon or a line break. The
 * language in it is read from there, so it is not taken off. Of "my language English" nothing is.
 */
export const saidTranslate = new RegExp(
  [
    String.raw`^\s*(?:(?:이\s*(?:글|문장|메시지|말)|다음|아래)(?:을|를)?\s*)?번역${PLEASE_KO}[.!~]*\s*(?:[:：]|\n)`,
    String.raw`^\s*(?:please\s+)?translate\s+(?:this|the\s+following|it)(?:\s+(?:text|message|sentence))?(?:\s+for\s+me)?(?:,?\s+please)?\s*(?:[:：]|\n)`,
    saidOwn('language', '언어', NAMES),
    saidOwn('tone', '말투', TONE_NAMES),
  ].join('|'),
  'i',
)

/** What a person chooses for themselves: into what, and how politely, translations for them are written. */
interface OwnValues {
  reads: TargetLang
  tone: Tone
}

export type Own = keyof OwnValues

const OWN: { readonly [K in Own]: { typed: RegExp; parse(typed: string): OwnValues[K] | null } } = {
  reads: { typed: ownAs('language', '언어'), parse: parseTargetLang },
  tone: { typed: ownAs('tone', '말투'), parse: parseTone },
}

function ownAs(en: string, ko: string): RegExp {
  return new RegExp(
    String.raw`^(?:my\s+${en}|내\s*${ko})(?:[은는을를])?(?:\s*[:=：]\s*|\s+|$)(?:to\s+)?(?<choice>[^\n]{0,30}?)(?:\s*해\s*(?:줘요?|주세요))?[.!~]?$`,
    'i',
  )
}

/**
 * "my language English", "내 말투 격식 있게": which of them, and its value; undefined where it is asked for, null where the
 * choice is taken back. Null for anything else, such as a text to translate.
 */
export function readOwn(typed: string): { own: Own; value: string | null | undefined } | null {
  for (const own of ['reads', 'tone'] as const) {
    const choice = OWN[own].typed.exec(typed.trim())?.groups?.['choice']
    if (choice === undefined) continue
    if (choice === '') return { own, value: undefined }
    const value = readChoice(own, choice)
    return value === undefined ? null : { own, value }
  }
  return null
}

/** As chosen from a list or typed; null takes it back, undefined is none of them. */
export function readChoice<K extends Own>(own: K, typed: string): OwnValues[K] | null | undefined {
  // "영어로", "to English", but "편하게" as it is.
  const words = [typed, typed.replace(/(?:으로|로)$/, '')]
  if (words.some(isNoChoice)) return null
  for (const word of words) {
    const value = OWN[own].parse(word)
    if (value !== null) return value
  }
  return undefined
}

function isNoChoice(typed: string): boolean {
  return BACK.includes(typed.trim().toLowerCase())
}

const LAST =
  /^(?:(?:the\s+)?last\s+(?<en>\d{1,4})(?:\s+(?:messages?|lines?))?|(?:최근|마지막|지난)\s*(?:(?:메시지|글|대화)\s*)?(?<ko>\d{1,4})\s*(?:개|건|줄)?(?:의?\s*(?:메시지|글|대화))?(?:[을를])?)(?:\s+(?<after>.+))?$/i

/** "last 10", "최근 10개 영어로": the messages that were written last; null when it is a text to translate. */
export function readLast(asked: TypedTranslate): (TypedTranslate & { last: number }) | null {
  const found = LAST.exec(asked.text.trim())?.groups
  if (!found) return null
  const after = readTranslateOptions(found['after'] ?? '')
  if (after.text !== '') return null
  return { ...asked, ...after, text: '', last: Number(found['en'] ?? found['ko']) }
}
