// A canned reply as staff type it: a name, and its text in one language or both. Pure.
import type { Lang } from '../../src/core/error.ts'
import { MAX_SNIPPET_NAME_CHARS } from '../../src/core/snippet.ts'
import { replyLanguage } from '../../src/text/language.ts'

const NAMES: Readonly<Record<string, Lang>> = { ko: 'ko', 한국어: 'ko', en: 'en', 영어: 'en' }
const MARK = /(?:^|\s)(ko|한국어|en|영어)\s*[:：]\s*/giu

/**
 * "환불안내 ko: … en: …", or "환불안내 = …" in a language that is told by its words. Null without a name or a text, and when
 * one language is there twice.
 */
export function parseSnippet(typed: string): { name: string; texts: Partial<Record<Lang, string>> } | null {
  const [, name = '', rest = ''] = /^\s*([^\s=:：]+)\s*[=:：]?([\s\S]*)$/u.exec(typed.normalize('NFC')) ?? []
  if (!/[\p{L}\p{N}]/u.test(name) || name.length > MAX_SNIPPET_NAME_CHARS) return null
  const body = ` ${rest.replace(/^\s*=/, '')}`
  const marks = [...body.matchAll(MARK)]
  const texts: Partial<Record<Lang, string>> = {}
  // A mark in mid-text is no mark: "ko:" has to come first.
  if (marks.length === 0 || body.slice(0, marks[0]!.index).trim() !== '') {
    const text = body.trim()
    return text === '' ? null : { name, texts: { [replyLanguage({ text }).lang]: text } }
  }
  for (const [nth, mark] of marks.entries()) {
    const lang = NAMES[mark[1]!.toLowerCase()]!
    const text = body.slice(mark.index + mark[0].length, marks[nth + 1]?.index).trim()
    if (text === '' || texts[lang] !== undefined) return null
    texts[lang] = text
  }
  return { name, texts }
}
