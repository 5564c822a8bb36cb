// From a text to its translation: protect, cut into parts, ask, put back, check; what is wrong is asked for once more, and
// what is then still wrong is said.
import { setImmediate } from 'node:timers/promises'
import { TARGET_LANGS, type TargetLang } from '../core/target-lang.ts'
import { isRomanised, otherLayout } from '../text/layout.ts'
import { normalizeText } from '../text/normalize.ts'
import { backCheck } from './back-check.ts'
import { takeOutLinks } from './checks/links.ts'
import { checkPair } from './checks.ts'
import { checkTerms, mendTerms, type Wanted, wantedIn } from './glossary/enforce.ts'
import { type FoundTerm, indexTerms, type TermIndex } from './glossary/index-terms.ts'
import { keptTermsIn } from './glossary/kept.ts'
import { findItems, type Item } from './items.ts'
import type { Memory } from './memory/model.ts'
import { costliest, NO_RECALL, type Recall, recallIn } from './memory/recall.ts'
import type { Ask, Flag, FromMemory, Translate, TranslateRequest, Translation } from './model.ts'
import { toParts } from './parts.ts'
import {
  contextNote,
  ROMANISED_NOTE,
  retryNote,
  similarNote,
  systemOf,
  termsNote,
  topicNote,
} from './prompt.ts'
import { type Protected, protect, restore, wordsOnly } from './protect.ts'
import { isWordless, sourceLang } from './source.ts'
import { tidy } from './tidy.ts'

export interface TranslatorDeps {
  ask: Ask
  /** The words that hold there; none where it is absent. */
  glossary?(workspace: string, channel: string | null): Promise<TermIndex>
  /** What held there last, without asking: most of the time it still does. */
  lastGlossary?(workspace: string, channel: string | null): TermIndex | null
  memory?: Memory
}

export function createTranslator({ ask, glossary, lastGlossary, memory }: TranslatorDeps): Translate {
  const translateBy = async (
    request: TranslateRequest,
    terms: TermIndex,
    ask: Ask,
    hear: (revision: string) => void = () => undefined,
  ): Promise<Translation> => {
    const typed = normalizeText(request.text)
    const meant = otherLayout(typed)
    const text = meant ?? typed
    const from = meant === null ? (request.from ?? sourceLang(text)) : sourceLang(text)
    const recall = recallIn(memory, request, { from, revision: terms.revision, hear })
    const items = findItems(text)
    const job: Job = { ...request, text, items, from, ask, terms, recall }
    if (isWordless(text, items)) return asItIs(job, 'nothing')
    await letOthers(text)
    const made = from === request.to ? asItIs(job, 'same') : await translateText(job)
    return meant === null ? made : asRead(made, meant)
  }

  return async (request) => {
    const { workspace, channel } = request
    let looking: Promise<TermIndex> | null = null
    const look = (): Promise<TermIndex> => {
      looking ??= glossary?.(workspace, channel) ?? Promise.resolve(NO_TERMS)
      return looking
    }
    const last = lastGlossary?.(workspace, channel) ?? null
    if (last === null) return translateBy(request, await look(), ask)
    // The memory says by the way whether it still holds; who does not ask that looks beside the rest.
    if (!memory || !request.memory) look().catch(() => undefined)
    let isKnown = false
    const hear = (revision: string): void => {
      if (!isKnown && revision !== last.revision) throw CHANGED
      isKnown = true
    }
    const holds = async (): Promise<boolean> => isKnown || (await look()) === last
    // Neither a model nor anybody else hears of it when it does not.
    const asked: Ask = async (prompt) => {
      if (!(await holds())) throw CHANGED
      return ask(prompt)
    }
    const made = await translateBy(request, last, asked, hear).catch((error: unknown) => {
      if (error !== CHANGED) throw error
      return null
    })
    return made !== null && (await holds()) ? made : translateBy(request, await look(), ask)
  }
}

/** Each step over a text of this length takes a few milliseconds, in which nobody else of the process gets anything done. */
const LONG_CHARS = 4_000

async function letOthers({ length }: string): Promise<void> {
  if (length > LONG_CHARS) await setImmediate()
}

const CHANGED = new Error('The glossary has changed.')

/** In the language already, once it is read as it was meant: that reading is what was asked for. */
function asRead(made: Translation, meant: string): Translation {
  const detail = `“${meant.length > 80 ? `${meant.slice(0, 80).toWellFormed()}…` : meant}”`
  return { ...made, outcome: 'translated', flags: [{ kind: 'layout', detail }, ...made.flags] }
}

const NO_TERMS = indexTerms([])

interface Job extends Omit<TranslateRequest, 'from' | 'memory'> {
  from: Translation['from']
  /** What is kept of the text as it is. */
  items: readonly Item[]
  ask: Ask
  terms: TermIndex
  recall: Recall
}

/** A name that is not translated is written in its own language or in any other. */
function termsIn(text: string, { terms, from, to }: Job): FoundTerm[] {
  return terms.find(text, from === null ? TARGET_LANGS.filter((lang) => lang !== to) : [from])
}

function asItIs({ text, from, to }: Job, outcome: 'same' | 'nothing'): Translation {
  return { outcome, translation: text, from, to, flags: [], retries: 0, memory: null }
}

async function translateText(job: Job): Promise<Translation> {
  const { text, from, to } = job
  const open = protect(text, to, keptTermsIn(text, job.terms), job.items)
  await letOthers(text)
  const parts = toParts(open.text)
  const done: Tried[] = []
  let translation = ''
  for (const part of parts) {
    await letOthers(text)
    const tried = await translatePart(job, part.text, open)
    done.push(tried)
    translation += part.before + tried.text + part.after
  }
  await letOthers(text)
  const { text: safe, flags } = takeOutLinks(text, translation)
  const doubts = job.isBackChecked
    ? await backCheck(text, safe, from, (back) => translateBack(job, back))
    : []
  return {
    ...{ outcome: 'translated', from, to, memory: costliest(done.map(({ memory }) => memory)) },
    translation: safe,
    flags: unique([...done.flatMap((one) => one.flags), ...flags, ...doubts]),
    retries: done.reduce((sum, { retries }) => sum + retries, 0),
  }
}

/** Plainly, and by the source's language: only to be compared. */
async function translateBack(job: Job, { text, to }: { text: string; to: TargetLang }): Promise<string> {
  const plainly = { tone: null, context: [], topic: null, isBackChecked: false, recall: NO_RECALL }
  const back = { ...job, ...plainly, text, items: findItems(text), from: job.to, to }
  const { translation } = await translateText(back)
  return translation
}

interface Tried {
  text: string
  flags: Flag[]
  retries: number
  memory: FromMemory | null
}

async function translatePart(job: Job, part: string, open: Protected): Promise<Tried> {
  // Between two code blocks there may be nothing but signs.
  if (!/\p{L}/u.test(wordsOnly(part)))
    return { ...restore(part, part, open.kept, job.to), retries: 0, memory: 'exact' }
  const wanted = wantedIn(termsIn(part, job), part, job.to)
  const judge = (said: string): Judged => judgeIn(job, part, open, wanted, said)
  const { known, near, keep } = await job.recall(part, open.kept)
  const again = known === null ? null : judge(known.translation)
  // What a person has said counts, as long as all that was taken out can be put back and the glossary is followed.
  const counts = (flag: Flag): boolean =>
    known?.isCorrected !== true || flag.kind === 'protected' || flag.kind === 'term'
  if (again && !again.flags.some(counts))
    return { text: again.text, flags: [], retries: 0, memory: known?.isCorrected ? 'corrected' : 'exact' }
  const memory = near === null ? null : ('fuzzy' as const)
  const notes = near === null ? [] : [similarNote(wordsOnly(near.source), wordsOnly(near.translation))]
  const first = await tryOnce(job, part, wanted, judge, notes)
  if (first.flags.length === 0) {
    await keep(first.said)
    return { ...first, retries: 0, memory }
  }
  const second = await tryOnce(job, part, wanted, judge, [retryNote(first.flags, job.to)])
  const better = second.flags.length <= first.flags.length ? second : first
  if (better.flags.length === 0) await keep(better.said)
  return { ...better, retries: 1, memory }
}

interface Judged {
  /** As the model said it, with its placeholders. */
  said: string
  text: string
  flags: Flag[]
}

function judgeIn(
  job: Job,
  part: string,
  { kept }: Protected,
  wanted: readonly Wanted[],
  said: string,
): Judged {
  const { to, from } = job
  const translated = mendTerms(tidy(said, part), wanted, to)
  const restored = restore(translated, part, kept, to)
  const flags = [
    ...restored.flags,
    ...checkTerms(translated, wanted),
    ...checkPair({ source: part, translated, from, to, ...voiceOf(job) }),
  ]
  return { said: translated, text: restored.text, flags }
}

/** How it speaks. */
function voiceOf({ tone, isStrict, address }: Job) {
  return { tone: tone ?? 'polite', isStrict: isStrict ?? false, ...(address ? { address } : {}) }
}

async function tryOnce(
  job: Job,
  part: string,
  wanted: readonly Wanted[],
  judge: (said: string) => Judged,
  notes: readonly string[],
): Promise<Judged> {
  const { ask, from, to, workspace, session, priority = 0, signal } = job
  const context = (await job.context) ?? []
  const words = wanted.length === 0 ? [] : [termsNote(wanted)]
  const latin = from === null && isRomanised(part) ? [ROMANISED_NOTE] : []
  const before = context.length === 0 ? [] : [contextNote(context)]
  const topic = await job.topic
  // It is the same for all of a channel, so it stands with what a server has in its cache.
  const about = topic ? [topicNote(topic)] : []
  const system = [systemOf(from, to, voiceOf(job)), ...about, ...words, ...latin, ...before, ...notes]
  const { text: said, isWhole } = await ask({ system, text: part, to, workspace, session, priority, signal })
  const judged = judge(said)
  return isWhole ? judged : { ...judged, flags: [{ kind: 'cut', detail: '' }, ...judged.flags] }
}

function unique(flags: readonly Flag[]): Flag[] {
  const known = new Map(flags.map((flag) => [`${flag.kind} ${flag.detail}`, flag]))
  return [...known.values()]
}
