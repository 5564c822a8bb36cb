// From a text to its translation: protect, cut into parts, ask, put back, check; what is wrong is asked for once more, and
// what is then still wrong is said.
import { TARGET_LANGS } from '../core/target-lang.ts'
import { normalizeText } from '../text/normalize.ts'
import { takeOutLinks } from './checks/links.ts'
import { checkPair } from './checks.ts'
import { checkTerms, mendTerms, type Wanted, wantedIn } from './glossary/enforce.ts'
import { type FoundTerm, indexTerms, type TermIndex } from './glossary/index-terms.ts'
import type { Ask, Flag, Translate, TranslateRequest, Translation } from './model.ts'
import { toParts } from './parts.ts'
import { retryNote, systemOf, termsNote } from './prompt.ts'
import { type Protected, protect, restore, wordsOnly } from './protect.ts'
import { isWordless, readAs, sourceLang } from './source.ts'
import { tidy } from './tidy.ts'

export interface TranslatorDeps {
  ask: Ask
  /** The words that hold there; none where it is absent. */
  glossary?(workspace: string, channel: string | null): Promise<TermIndex>
}

export function createTranslator({ ask, glossary }: TranslatorDeps): Translate {
  return async (request) => {
    const text = normalizeText(request.text)
    const from = request.from ?? sourceLang(text)
    const terms = (await glossary?.(request.workspace, request.channel)) ?? NO_TERMS
    const job: Job = { ...request, text, from, ask, terms }
    if (isWordless(text)) return asItIs(job, 'nothing')
    if (from === request.to) return asItIs(job, 'same')
    return translateText(job)
  }
}

const NO_TERMS = indexTerms([])

interface Job extends Omit<TranslateRequest, 'from'> {
  from: Translation['from']
  ask: Ask
  terms: TermIndex
}

/** A name that is not translated is written in its own language or in any other. */
function termsIn(text: string, { terms, from, to }: Job): FoundTerm[] {
  return terms.find(text, from === null ? TARGET_LANGS.filter((lang) => lang !== to) : [from])
}

function keptTerms(text: string, { terms }: Job): FoundTerm[] {
  return terms.find(text, TARGET_LANGS).filter(({ term }) => term.kind === 'keep')
}

function asItIs({ text, from, to }: Job, outcome: 'same' | 'nothing'): Translation {
  return { outcome, translation: text, from, to, flags: [], retries: 0, memory: null }
}

async function translateText(job: Job): Promise<Translation> {
  const { text, from, to } = job
  const open = protect(text, readAs(from), to, keptTerms(text, job))
  const done: Tried[] = []
  let translation = ''
  for (const part of toParts(open.text)) {
    const tried = await translatePart(job, part.text, open)
    done.push(tried)
    translation += part.before + tried.text + part.after
  }
  const { text: safe, flags } = takeOutLinks(text, translation)
  return {
    ...{ outcome: 'translated', from, to, memory: null },
    translation: safe,
    flags: unique([...done.flatMap((one) => one.flags), ...flags]),
    retries: done.reduce((sum, { retries }) => sum + retries, 0),
  }
}

interface Tried {
  text: string
  flags: Flag[]
  retries: number
}

async function translatePart(job: Job, part: string, open: Protected): Promise<Tried> {
  // Between two code blocks there may be nothing but signs.
  if (!/\p{L}/u.test(wordsOnly(part))) return { ...restore(part, part, open.kept, job.to), retries: 0 }
  const wanted = wantedIn(termsIn(part, job), part, job.to)
  const first = await tryOnce(job, part, open, wanted, [])
  if (first.flags.length === 0) return { ...first, retries: 0 }
  const second = await tryOnce(job, part, open, wanted, first.flags)
  const better = second.flags.length <= first.flags.length ? second : first
  return { ...better, retries: 1 }
}

async function tryOnce(
  job: Job,
  part: string,
  { kept }: Protected,
  wanted: readonly Wanted[],
  wrong: readonly Flag[],
): Promise<{ text: string; flags: Flag[] }> {
  const { to, from, tone, session, priority = 0, signal } = job
  const notes = wrong.length === 0 ? [] : [retryNote(wrong, to)]
  const words = wanted.length === 0 ? [] : [termsNote(wanted)]
  const system = [systemOf(from, to, tone ?? 'polite'), ...words, ...notes]
  const said = await job.ask({ system, text: part, to, session, priority, signal })
  const translated = mendTerms(tidy(said.text, part), wanted, to)
  const restored = restore(translated, part, kept, to)
  const flags = [
    ...(said.isWhole ? [] : [{ kind: 'cut' as const, detail: '' }]),
    ...restored.flags,
    ...checkTerms(translated, wanted),
    ...checkPair({ source: part, translated, from, to, tone: tone ?? 'polite' }),
  ]
  return { text: restored.text, flags }
}

function unique(flags: readonly Flag[]): Flag[] {
  const known = new Map(flags.map((flag) => [`${flag.kind} ${flag.detail}`, flag]))
  return [...known.values()]
}
