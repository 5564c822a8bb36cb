// The languages that texts are translated from and into: what people call them, and which flag asks for which.
import type { Both } from './error.ts'

export const TARGET_LANGS = [
  'ko',
  'en',
  'ja',
  'zh',
  'vi',
  'es',
  'de',
  'fr',
  'pt',
  'it',
  'id',
  'th',
  'ru',
] as const
export type TargetLang = (typeof TARGET_LANGS)[number]

export interface LangWords {
  name: Both
  /** Also understood when typed; lower case. */
  aliases: readonly string[]
}

const words = (ko: string, en: string, ...aliases: string[]): LangWords => ({ name: { ko, en }, aliases })

export const LANG_WORDS: Readonly<Record<TargetLang, LangWords>> = {
  ko: words('한국어', 'Korean', '한국말', '우리말', '한글', '국문', 'kr', 'kor'),
  en: words('영어', 'English', '영문', '잉글리시', 'eng', 'us', 'uk'),
  ja: words('일본어', 'Japanese', '일어', '일문', 'jp', 'jpn'),
  zh: words('중국어', 'Chinese', '중문', 'cn', 'mandarin'),
  vi: words('베트남어', 'Vietnamese', 'vn'),
  es: words('스페인어', 'Spanish', '에스파냐어', 'español'),
  de: words('독일어', 'German', '독어', 'deutsch'),
  fr: words('프랑스어', 'French', '불어', 'français'),
  pt: words('포르투갈어', 'Portuguese', 'português'),
  it: words('이탈리아어', 'Italian', 'italiano'),
  id: words('인도네시아어', 'Indonesian', 'bahasa'),
  th: words('태국어', 'Thai'),
  ru: words('러시아어', 'Russian', '노어'),
}

/** By code or by name, in either language; null for anything else. */
export function parseTargetLang(typed: string): TargetLang | null {
  const wanted = typed.trim().toLowerCase()
  const found = TARGET_LANGS.find((lang) => {
    const { name, aliases } = LANG_WORDS[lang]
    return [lang, name.ko, name.en.toLowerCase(), ...aliases].includes(wanted)
  })
  return found ?? null
}

/** Countries whose flag asks for a language. Those with more than one of ours (Canada, Switzerland) ask for none. */
const COUNTRIES: Readonly<Record<string, TargetLang>> = {
  ...{ KR: 'ko', US: 'en', GB: 'en', AU: 'en', NZ: 'en', IE: 'en', JP: 'ja', CN: 'zh', TW: 'zh', VN: 'vi' },
  ...{ ES: 'es', MX: 'es', AR: 'es', CO: 'es', CL: 'es', PE: 'es', DE: 'de', AT: 'de', FR: 'fr' },
  ...{ PT: 'pt', BR: 'pt', IT: 'it', ID: 'id', TH: 'th', RU: 'ru' },
}

const REGIONAL_A = 0x1f1e6

/** The language that a flag emoji asks for; null for other emoji and other flags. */
export function langOfFlag(emoji: string): TargetLang | null {
  const letters = [...emoji].map((sign) => sign.codePointAt(0)! - REGIONAL_A)
  if (letters.length !== 2 || letters.some((letter) => letter < 0 || letter > 25)) return null
  return COUNTRIES[letters.map((letter) => String.fromCharCode(65 + letter)).join('')] ?? null
}

/** The flag of a country by its two letters: "kr" is 🇰🇷. */
export function flagOf(country: string): string {
  return [...country.toLowerCase()]
    .map((letter) => String.fromCodePoint(REGIONAL_A + letter.charCodeAt(0) - 97))
    .join('')
}

/** Under which a flag on a message is known: once per message and language, however many people put it there. */
export function flagSource(message: string, to: TargetLang): string {
  return `flag:${message}:${to}`
}
