// A term as people type it: "예치금 = deposit", "Damso", "ko:예치금 = ja:預り金 (금지: 보증금 | 적금) (대소문자)".
import { parseTargetLang, type TargetLang } from '../../core/target-lang.ts'
import type { Term } from '../model.ts'

const FORBIDDEN = /\((?:금지|쓰지\s?않기|not|forbidden|never)\s*[:：]\s*([^()]+)\)/gi
const CASE = /\((?:대소문자|case)\)/gi
const PREFIX = /^([A-Za-z]{2}|[가-힣]{2,6}어)\s*[:：]\s*(?=\S)/

/** Null when it names no word. One word alone is one that is not translated. */
export function parseTypedTerm(typed: string): Term | null {
  const forbidden = [...typed.matchAll(FORBIDDEN)].flatMap(([, words = '']) => words.split('|'))
  const rest = typed.replaceAll(FORBIDDEN, ' ').replaceAll(CASE, ' ')
  const words = rest.split(/\s*(?:=|→|->|⇄)\s*/).flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
  const forms: Term['forms'] = {}
  for (const word of words) {
    const { lang, form } = readForm(word)
    if (forms[lang] !== undefined) return null
    forms[lang] = form
  }
  if (words.length === 0) return null
  return {
    forms,
    kind: words.length === 1 ? 'keep' : 'fixed',
    forbidden: forbidden.map((word) => word.trim()).filter((word) => word !== ''),
    isCaseSensitive: CASE.test(typed),
  }
}

function readForm(word: string): { lang: TargetLang; form: string } {
  const form = word.normalize('NFC').replace(/\s+/g, ' ')
  const prefix = PREFIX.exec(form)
  const named = prefix && parseTargetLang(prefix[1]!)
  if (prefix && named) return { lang: named, form: form.slice(prefix[0].length) }
  if (/[가-힣]/.test(form)) return { lang: 'ko', form }
  if (/[\u3041-\u30FF]/.test(form)) return { lang: 'ja', form }
  return { lang: /\p{Script=Han}/u.test(form) ? 'zh' : 'en', form }
}
