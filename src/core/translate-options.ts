// Reads what people type before a text that they want translated: "영어로 …", "to English: …", "to=en tone=formal …". Pure.
import { LANG_WORDS, parseTargetLang, TARGET_LANGS } from './target-lang.ts'

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

/**
 * "영어로 번역해 줘: …", "please translate this: …": what stands before a text that follows a colon or a line break. The
 * language in it is read from there, so it is not taken off.
 */
export const saidTranslate = new RegExp(
  String.raw`^\s*(?:(?:이\s*(?:글|문장|메시지|말)|다음|아래)(?:을|를)?\s*)?번역${PLEASE_KO}[.!~]*\s*(?:[:：]|\n)|^\s*(?:please\s+)?translate\s+(?:this|the\s+following|it)(?:\s+(?:text|message|sentence))?(?:\s+for\s+me)?(?:,?\s+please)?\s*(?:[:：]|\n)`,
  'i',
)

const MY_LANGUAGE =
  /^(?:my\s+language|내\s*언어)(?:[은는을를])?(?:\s*[:=：]\s*|\s+|$)(?<lang>[^\n]{0,30}?)(?:(?:으로|로)?[.!~]?)$/i

/** "my language English", "내 언어 영어": the name that was typed, '' when none was; null when it is a text to translate. */
export function readMyLanguage(typed: string): string | null {
  const found = MY_LANGUAGE.exec(typed.trim())?.groups?.['lang']
  if (found === undefined || found === '') return found ?? null
  const isChoice = parseTargetLang(found) !== null || isNoLanguage(found)
  return isChoice ? found : null
}

/** Takes the choice of a language back. */
export function isNoLanguage(typed: string): boolean {
  return ['auto', 'none', 'off', '자동', '없음'].includes(typed.trim().toLowerCase())
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
