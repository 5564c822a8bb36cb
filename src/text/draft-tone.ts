// What a customer would take amiss in a draft: Korean that is too blunt, English that is too casual or curt. Each rule is
// narrow; what may be right stays unsaid.
import type { Lang } from '../core/error.ts'
import { slipsIn } from './korean-slips.ts'
import { wrongLevels } from './speech-level.ts'

export interface ToneSlip {
  /** `level` 반말 · `blunt` · `casual` · `shouting` · `address` 당신 · `honorific` 품절이세요 · `spelling` 되요 */
  kind: 'level' | 'blunt' | 'casual' | 'shouting' | 'address' | 'honorific' | 'spelling'
  /** As written. */
  text: string
}

const MAX_SLIPS = 8
const MAX_CHARS = 80
const QUOTED = /"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|`[^`\n]*`|^\s*>.*$/gm

const BLUNT_KO: readonly RegExp[] = [
  /말씀\s?드렸잖아요|말했잖아요|(?:아까|이미|몇\s?번이나?)\s?(?:말씀\s?드렸|말했)[가-힣]*/g,
  /(?:고객님|그쪽)\s?(?:잘못|책임|실수)(?:이에요|입니다|이죠|이잖아요|예요)/g,
  /(?<![가-힣])(?:불가합니다|불가능합니다|안\s?됩니다|안\s?돼요|못\s?해\s?드립니다|못\s?해요|못합니다)(?=[.!?~\s]*$)/gm,
  /(?<![가-힣])(?:몰라요|모릅니다|모르겠는데요|모르겠네요|알아서\s?하(?:세요|십시오|시면\s?됩니다))(?=[.!?~\s]*$)/gm,
  /(?<![가-힣])어쩔\s?수\s?(?:없어요|없습니다|없네요|없죠)/g,
  /(?:규정|원칙|정책)(?:이에요|입니다|이라서요|이라\s?안\s?(?:됩니다|돼요))(?=[.!?~\s]*$)/gm,
  /(?<![가-힣])(?:똑바로|제대로\s?(?:읽|보|확인하)(?:세요|고))[가-힣\s]*/g,
  /(?<![가-힣])(?:그쪽|댁)(?:이|은|에서|의|께서)(?![가-힣])/g,
]
const CASUAL_KO: readonly RegExp[] = [
  /[ㅋㅎㅠㅜ]{2,}/g,
  /(?<![가-힣])(?:넹|넵넵|ㅇㅋ|ㄱㄱ|ㄴㄴ|오케이)(?![가-힣])/g,
]

const CASUAL_EN: readonly RegExp[] = [
  /\b(?:gonna|wanna|gotta|gimme|lemme|kinda|sorta|dunno|ain['’]t|y['’]all|yeah|yep|yup|nope|nah|thx|tnx|pls|plz|ur|lol|lmao|omg|idk|btw|tbh|fyi|asap|np|dude|bro|buddy|guys|folks|hiya|sup)\b/gi,
  /(?<![\w'’])u(?![\w.'’&])(?=\s)/g,
  /\b(?:no worries|my bad|no biggie|hang tight|oops|whoops|cheers)\b/gi,
  /[!?]{2,}/g,
]
const BLUNT_EN: readonly RegExp[] = [
  /\b(?:as I (?:already )?(?:said|told you|mentioned)|like I said|I already told you|per my last (?:email|message))\b/gi,
  /\b(?:that['’]s|it['’]s|this is) (?:not (?:my|our) (?:problem|fault|job)|your (?:own )?(?:fault|problem|mistake)|impossible)\b/gi,
  /\byou (?:must|have to|should have|need to understand|failed to|didn['’]t bother)\b/gi,
  /\b(?:calm down|read (?:it|the \w+) again|it['’]s obvious|obviously|whatever)\b/gi,
  /^(?:no|nope|wrong|impossible)[.!]?$/gim,
]
const SHOUTING = /\b(?:[A-Z]{3,}[ ,]+){3,}[A-Z]{3,}\b/g

export function toneSlips(draft: string, lang: Lang): ToneSlip[] {
  const own = draft.replace(QUOTED, (quoted) => quoted.replace(/[^\n]/g, ' '))
  const find = (kind: ToneSlip['kind'], patterns: readonly RegExp[]): ToneSlip[] =>
    patterns.flatMap((pattern) => [...own.matchAll(pattern)].map(([found]) => ({ kind, text: found.trim() })))
  const found: ToneSlip[] =
    lang === 'ko'
      ? [
          ...wrongLevels(own, 'polite').map((text) => ({ kind: 'level' as const, text })),
          ...find('blunt', BLUNT_KO),
          ...find('casual', CASUAL_KO),
          ...slipsIn(own),
        ]
      : [...find('blunt', BLUNT_EN), ...find('casual', CASUAL_EN), ...find('shouting', [SHOUTING])]
  const seen = new Set<string>()
  return found
    .filter(({ text }) => text !== '' && !seen.has(text) && seen.add(text))
    .slice(0, MAX_SLIPS)
    .map(({ kind, text }) => ({ kind, text: text.slice(0, MAX_CHARS).toWellFormed() }))
}
