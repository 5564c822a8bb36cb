// Formal English: no contractions and no slang.
import type { Flag } from '../model.ts'

const QUOTED = /"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`/g
const CONTRACTION =
  /\b[A-Za-z]+n['’]t\b|\b(?:I|you|he|she|it|we|they|that|there|who|what|this)['’](?:m|re|ve|ll|d)\b|\b(?:it|that|there|here|what|who|where|how|he|she|let)['’]s\b/gi
const SLANG =
  /\b(?:gonna|wanna|gotta|kinda|sorta|dunno|lemme|gimme|yeah|yep|yup|nope|nah|hey|guys|folks|btw|fyi|lol|omg|pls|plz|thx|u|ur|cuz|ok(?:ay)?|awesome|super|cool|stuff|no worries|no problem|hang on|my bad|oops|sucks|ASAP|a bunch of|tons of)\b/gi
const MAX_NAMED = 5

/** Both without what was protected. A word that the source has itself may be a name. */
export function checkFormalEnglish(source: string, translated: string): Flag[] {
  const own = translated.replace(QUOTED, ' ')
  const slang = (own.match(SLANG) ?? []).filter((word) => !source.toLowerCase().includes(word.toLowerCase()))
  const found = new Set([...(own.match(CONTRACTION) ?? []), ...slang])
  return [...found].slice(0, MAX_NAMED).map((detail) => ({ kind: 'level', detail }))
}
