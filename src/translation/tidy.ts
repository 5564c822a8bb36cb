// Takes off what models put around a translation although they are told not to: a label, quotes, a fence.

const LABEL =
  /^(?:(?:here(?:['’]s| is)|sure|certainly|of course)[^\n]{0,80}:\s*\n+|(?:\*\*)?(?:translation|translated text|번역(?:문|\s?결과)?|korean|english|한국어|영어)(?:\*\*)?\s*[:：](?:\*\*)?\s*)/i
const QUOTES = /^(?:"([^"]*)"|“([^”]*)”)$/s
const FENCE = /^```[a-z]*\n([\s\S]*?)\n```$/

/** `source` may have all of that itself. */
export function tidy(said: string, source: string): string {
  let text = said.normalize('NFC').trim()
  const take = (pattern: RegExp, read: (match: RegExpExecArray) => string): void => {
    const match = pattern.exec(source.trim()) ? null : pattern.exec(text)
    if (match) text = read(match).trim()
  }
  take(LABEL, (match) => text.slice(match[0].length))
  take(FENCE, (match) => match[1]!)
  take(QUOTES, (match) => match[1] ?? match[2] ?? '')
  return text
}
