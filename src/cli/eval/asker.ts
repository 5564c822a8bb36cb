// Asks one question on the way that a question in chat takes: search, understanding, prompt, model, checked citations.
// Only the platform is missing, and the database is in memory.
import { basename } from 'node:path'
import { createAnswer } from '../../../workers/answer.ts'
import { createGrounding } from '../../../workers/knowledge/grounding.ts'
import { createUnderstand } from '../../../workers/knowledge/understand.ts'
import { type Clock, delay } from '../../core/clock.ts'
import { type BotError, isBotError } from '../../core/error.ts'
import type { TurnFacts } from '../../core/facts.ts'
import { DEFAULT_SETTINGS } from '../../core/settings.ts'
import type { Context, Outcome, Poster, Turn } from '../../core/turn.ts'
import { allMigrations } from '../../features.ts'
import { checkCitations } from '../../knowledge/citations.ts'
import { createKnowledge, type Knowledge } from '../../knowledge/index.ts'
import { isProblem } from '../../knowledge/item.ts'
import { createRetriever } from '../../knowledge/retriever.ts'
import { withAnswer } from '../../llm/before.ts'
import type { Model } from '../../llm/model.ts'
import { SILENT } from '../../log.ts'
import type { SearchHelp } from '../../search-help.ts'
import { type Database, openDatabase } from '../../store/db.ts'
import { keepHosts, keepHostsGrowing } from '../../text/links.ts'
import type { Question } from './questions.ts'

/** What came of a question. */
export interface Asked {
  question: Question
  /** `refused`: it said that the documents do not have it. `failed`: there was no answer at all. */
  outcome: 'answered' | 'refused' | 'failed'
  /** What a person would read, without sources and small print; '' when it failed. */
  text: string
  /** The articles of the sources under the answer, in order. */
  cited: readonly string[]
  /** Sentences that no passage bore out, and that were not shown. */
  dropped: number
  firstWordMs: number | null
  ms: number
  tokens: number | null
  promptTokens: number | null
  flags: readonly string[]
  /** Why it failed. */
  error: BotError | null
  tries: number
}

export interface Asker extends AsyncDisposable {
  /** Never rejects for what a model does wrong; see `error`. */
  ask(question: Question): Promise<Asked>
}

export interface AskerOptions {
  model: Model
  /** Markdown files called `<article>.<language>.md`. */
  articles: string
  /** The servers that help search, as they are configured. */
  help(db: Database): SearchHelp
  clock: Clock
}

const COLLECTION = 'shop'
const WAITS_MS: readonly number[] = [1_000, 4_000, 10_000]
const MAX_FILE_BYTES = 1024 * 1024

export async function openAsker({ model, articles, help, clock }: AskerOptions): Promise<Asker> {
  await using opening = new AsyncDisposableStack()
  const db = opening.use(await openDatabase({ url: null, dataDir: null, log: SILENT }))
  await db.migrate({ ...allMigrations })
  const knowledge = opening.use(createKnowledge({ db, log: SILENT, maxFileBytes: MAX_FILE_BYTES }))
  const articleOf = await importAll(knowledge, articles)
  const finder = opening.use(await createRetriever({ ...knowledge, ...help(db), clock, log: SILENT }))
  await finder.catchUp()
  await finder.meaning?.fill(() => true, new AbortController().signal)
  const opened = opening.move()

  const once = async (question: Question): Promise<Omit<Asked, 'tries'>> => {
    // Anew for each, so that what fails for one question is not another's.
    const heard = listenTo(model)
    const answer = createAnswer({
      model: heard.model,
      knowledge: {
        ground: createGrounding({ finder, understand: createUnderstand(heard.model) }),
        checkCitations,
        keepHosts,
        keepHostsGrowing,
        // Nobody waits: a model that is away is a failure of the run.
        patienceMs: Number.POSITIVE_INFINITY,
      },
      botName: () => 'Damso',
      retentionDays: 1,
    })
    const started = clock.monotonic()
    const failed = (error: BotError): Omit<Asked, 'tries'> => ({
      ...{ question, outcome: 'failed', text: '', cited: [], dropped: 0, firstWordMs: null },
      ...{ ms: clock.monotonic() - started, tokens: null, promptTokens: null, flags: [], error },
    })
    try {
      const outcome = await answer(contextOf(question, clock))
      // The answer gets by without a model where it can; here it is the model that is asked.
      return heard.failure ? failed(heard.failure) : toAsked(question, outcome, articleOf)
    } catch (error) {
      if (!isBotError(error)) throw error
      return failed(error)
    }
  }

  return {
    async ask(question) {
      for (let tries = 1; ; tries += 1) {
        const asked = await once(question)
        const waitMs = WAITS_MS[tries - 1]
        if (!asked.error?.retryable || isSaid(asked.error) || waitMs === undefined) return { ...asked, tries }
        await delay(clock, asked.error.retryAfterMs ?? waitMs)
      }
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** The model did answer, and badly: to ask until it does better would flatter it. */
function isSaid({ code }: BotError): boolean {
  return code === 'model-garbled' || code === 'model-empty'
}

/** A collection for each language, so that a question can be left with the pages of the other one. */
async function importAll(knowledge: Knowledge, folder: string): Promise<ReadonlyMap<string, string>> {
  for (const lang of ['ko', 'en'] as const) {
    async function* items() {
      const found = knowledge.find(folder, { cwd: folder, depth: 0, maxPages: 0 })
      for await (const item of found) if (isProblem(item) || item.name.endsWith(`.${lang}.md`)) yield item
    }
    const target = { workspace: '*', audience: '', name: `${COLLECTION}-${lang}`, lang }
    const { problems } = await knowledge.import(items(), target)
    if (problems[0]) throw new Error(`${folder}: ${problems[0].say.en}`)
  }
  const collections = await knowledge.documents.collections()
  const documents = (await Promise.all(collections.map((one) => knowledge.documents.list(one)))).flat()
  return new Map(documents.map(({ id, source }) => [id, basename(source).split('.')[0] ?? source]))
}

function toAsked(
  question: Question,
  outcome: Outcome,
  articleOf: ReadonlyMap<string, string>,
): Omit<Asked, 'tries'> {
  if (outcome.type !== 'answered') throw new Error(`a question ended as ${outcome.type}`)
  const facts: TurnFacts = outcome.facts ?? {}
  return {
    question,
    outcome: facts.noEvidence ? 'refused' : 'answered',
    text: outcome.text,
    cited: (facts.sources ?? []).map(({ document }) => articleOf.get(document) ?? ''),
    dropped: facts.dropped ?? 0,
    firstWordMs: facts.firstWordMs ?? null,
    ms: facts.ms ?? 0,
    tokens: facts.tokens ?? null,
    promptTokens: facts.promptTokens ?? null,
    flags: facts.flags ?? [],
    error: null,
  }
}

/** The model, and the first failure of any call to it: those that the way around it hides as well. */
function listenTo(model: Model): { model: Model; failure: BotError | null } {
  const heard: { model: Model; failure: BotError | null } = {
    failure: null,
    model: withAnswer(model, async (...call) => {
      try {
        return await model.answer(...call)
      } catch (error) {
        if (isBotError(error)) heard.failure ??= error
        throw error
      }
    }),
  }
  return heard
}

/** A channel in which nothing was said before, on no platform. */
function contextOf(question: Question, clock: Clock): Context {
  const place = { platform: 'slack' as const, workspace: 'eval', channel: 'eval', thread: null }
  const turn: Turn = {
    ...{
      id: '0',
      workspace: 'eval',
      audience: 'eval',
      lane: question.text,
      kind: 'answer',
      queue: 'chat',
      place,
    },
    author: { id: 'eval', name: '', kind: 'member', lang: null, isAdmin: false },
    messages: [{ source: '0', text: question.text, body: {}, attachments: [], at: clock.now() }],
    ...{ history: [], attempt: 1, isNotified: true, handle: null, facts: {} },
    settings: {
      ...DEFAULT_SETTINGS,
      collections: question.pages.map((lang) => `${COLLECTION}-${lang}`).join(','),
    },
  }
  const keep = (): void => undefined
  const claimNotice = async (): Promise<boolean> => false
  const { signal } = new AbortController()
  return { turn, post: silentPost(clock), signal, written: null, keep, claimNotice, log: SILENT, clock }
}

const nothing = async (): Promise<void> => undefined

/** Shows nobody anything, and knows when the first word could have been seen. */
function silentPost(clock: Clock): Poster {
  return {
    send: nothing,
    whisper: nothing,
    reply() {
      const first = Promise.withResolvers<number>()
      let isVisible = false
      return {
        show() {
          isVisible = true
          first.resolve(clock.now())
        },
        get isVisible() {
          return isVisible
        },
        firstShown: first.promise,
        finish: nothing,
        discard: async () => false,
      }
    },
    get outbound(): never {
      throw new Error('a first attempt has no business with the platform')
    },
  }
}
