// Finds the words of a glossary in a text, the longest first, in a time that does not depend on how many there are.
import { TARGET_LANGS, type TargetLang } from '../../core/target-lang.ts'
import type { Term } from '../model.ts'

export interface FoundTerm {
  term: Term
  lang: TargetLang
  start: number
  end: number
}

export interface TermIndex {
  readonly size: number
  /** Changes with the glossary. */
  readonly revision: string
  /** None overlap. `langs`: in which languages the text may name them. */
  find(text: string, langs: readonly TargetLang[]): FoundTerm[]
}

interface Entry {
  term: Term
  lang: TargetLang
  form: string
}

interface Forms {
  /** Code units with which a form begins: at most places of a text none does. */
  firsts: ReadonlySet<number>
  /** By the form, folded. */
  entries: ReadonlyMap<string, Entry[]>
  /** By the first two signs of a form: how long such forms are, the longest first. */
  lengths: ReadonlyMap<string, readonly number[]>
}

/** What may follow a Korean word that is still that word: a particle, a verb made of it, a form of address. */
const AFTER_KOREAN =
  /^(?:은|는|이|가|을|를|와|과|의|도|만|에|에서|에게|께|께서|한테|으로|로|부터|까지|보다|처럼|이나|나|이라|라|이랑|랑|하고|이며|며|이고|이에요|예요|입니다|인|일|님|들|별|용|적|시|등|중|하|해|한|할|함|합|했|되|돼|된|될|됨|됩|됐|받|드|없|있|이?었|였|이?(?:니까|면|고|지만|든지|란|야|요)(?:요|서|은|도)?(?![가-힣]))/
const AFTER_LATIN = /^(?:['’]?s|es|['’])?(?![\p{L}\p{N}_])/u

export function indexTerms(terms: readonly Term[], revision = '0'): TermIndex {
  const entries = new Map<string, Entry[]>()
  const lengths = new Map<string, Set<number>>()
  for (const term of terms) {
    for (const lang of TARGET_LANGS) {
      const form = term.forms[lang]?.normalize('NFC')
      if (!form) continue
      const folded = form.toLowerCase()
      entries.set(folded, [...(entries.get(folded) ?? []), { term, lang, form }])
      const head = folded.slice(0, 2)
      lengths.set(head, (lengths.get(head) ?? new Set()).add(folded.length))
    }
  }
  const sorted = [...lengths].map(([head, all]) => [head, [...all].sort((a, b) => b - a)] as const)
  const firsts = new Set([...lengths.keys()].map((head) => head.charCodeAt(0)))
  const forms = { firsts, entries, lengths: new Map(sorted) }
  return { size: terms.length, revision, find: (text, langs) => find(forms, text, langs) }
}

function find(forms: Forms, text: string, langs: readonly TargetLang[]): FoundTerm[] {
  const folded = text.toLowerCase()
  // "İ" grows when it is folded; then places would not fit.
  const open = folded.length === text.length ? folded : text
  const found: FoundTerm[] = []
  for (let at = 0; at < text.length; ) {
    const entry = forms.firsts.has(open.charCodeAt(at)) ? entryAt(forms, text, open, at, langs) : undefined
    if (entry) found.push({ term: entry.term, lang: entry.lang, start: at, end: at + entry.form.length })
    at += entry?.form.length ?? 1
  }
  return found
}

function entryAt(
  { entries, lengths }: Forms,
  text: string,
  open: string,
  at: number,
  langs: readonly TargetLang[],
): Entry | undefined {
  for (const head of [open.slice(at, at + 2), open[at]!]) {
    for (const length of lengths.get(head) ?? []) {
      const entry = entries
        .get(open.slice(at, at + length))
        ?.find(
          ({ term, lang, form }) =>
            langs.includes(lang) && (!term.isCaseSensitive || text.startsWith(form, at)),
        )
      if (entry && isWord(text, at, at + length)) return entry
    }
  }
  return undefined
}

/** Whether a word begins and ends there: "환불" does in "환불은", and does not in "환불신청서". */
export function isWord(text: string, start: number, end: number): boolean {
  const [first, last] = [text[start]!, text[end - 1]!]
  const [before, after] = [text[start - 1] ?? '', text.slice(end, end + 8)]
  const isHangul = (sign: string): boolean => /[가-힣]/.test(sign)
  const isLatin = (sign: string): boolean => /[\p{Script=Latin}\p{N}_]/u.test(sign)
  if ((isHangul(first) && isHangul(before)) || (isLatin(first) && isLatin(before))) return false
  if (isHangul(last)) return !isHangul(after[0] ?? '') || AFTER_KOREAN.test(after)
  // "Slack은" is Slack; "Slacker" is not.
  return !isLatin(last) || isHangul(after[0] ?? '') || AFTER_LATIN.test(after)
}
