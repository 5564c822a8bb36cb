// Reads what people type before a text that they want translated: "영어로 …", "to English: …", "to=en tone=formal …". Pure.
import { LANG_WORDS, TARGET_LANGS } from './target-lang.ts'

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
