// From a text to its translation: protect, cut into parts, ask, put back, check; what is wrong is asked for once more, and
// what is then still wrong is said.
import { normalizeText } from '../text/normalize.ts'
import { takeOutLinks } from './checks/links.ts'
import { checkPair } from './checks.ts'
import type { Ask, Flag, Translate, TranslateRequest, Translation } from './model.ts'
import { toParts } from './parts.ts'
import { retryNote, systemOf } from './prompt.ts'
import { type Protected, protect, restore, wordsOnly } from './protect.ts'
import { isWordless, readAs, sourceLang } from './source.ts'
import { tidy } from './tidy.ts'

export interface TranslatorDeps {
  ask: Ask
}

export function createTranslator({ ask }: TranslatorDeps): Translate {
  return async (request) => {
    const text = normalizeText(request.text)
    const from = request.from ?? sourceLang(text)
    const job: Job = { ...request, text, from, ask }
    if (isWordless(text)) return asItIs(job, 'nothing')
    if (from === request.to) return asItIs(job, 'same')
    return translateText(job)
  }
}

interface Job extends Omit<TranslateRequest, 'from'> {
  from: Translation['from']
  ask: Ask
}

function asItIs({ text, from, to }: Job, outcome: 'same' | 'nothing'): Translation {
  return { outcome, translation: text, from, to, flags: [], retries: 0, memory: null }
}

async function translateText(job: Job): Promise<Translation> {
  const { text, from, to } = job
  const open = protect(text, readAs(from), to)
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
  const first = await tryOnce(job, part, open, [])
  if (first.flags.length === 0) return { ...first, retries: 0 }
  const second = await tryOnce(job, part, open, first.flags)
  const better = second.flags.length <= first.flags.length ? second : first
  return { ...better, retries: 1 }
}

async function tryOnce(
  job: Job,
  part: string,
  { kept }: Protected,
  wrong: readonly Flag[],
): Promise<{ text: string; flags: Flag[] }> {
  const { to, from, tone, session, priority = 0, signal } = job
  const notes = wrong.length === 0 ? [] : [retryNote(wrong, to)]
  const system = [systemOf(from, to, tone ?? 'polite'), ...notes]
  const said = await job.ask({ system, text: part, to, session, priority, signal })
  const translated = tidy(said.text, part)
  const restored = restore(translated, part, kept, to)
  const flags = [
    ...(said.isWhole ? [] : [{ kind: 'cut' as const, detail: '' }]),
    ...restored.flags,
    ...checkPair({ source: part, translated, from, to }),
  ]
  return { text: restored.text, flags }
}

function unique(flags: readonly Flag[]): Flag[] {
  const known = new Map(flags.map((flag) => [`${flag.kind} ${flag.detail}`, flag]))
  return [...known.values()]
}
