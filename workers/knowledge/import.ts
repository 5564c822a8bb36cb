// "Add to knowledge": reads a message and its files into the workspace's own collection. What an attempt that was cut
// off had written already is found unchanged by the next one.
import { isBotError, type Lang } from '../../src/core/error.ts'
import type { Attachment, Place } from '../../src/core/inbound.ts'
import { type Context, type Handler, isPrivate, type Outcome, type Turn } from '../../src/core/turn.ts'
import { words } from '../../src/core/wording.ts'
import type {
  Collection,
  ImportProblem,
  ImportProgress,
  ImportReport,
  ProblemCode,
  Scope,
  Visibility,
} from '../../src/knowledge/model.ts'
import { MAX_ATTEMPTS } from '../failure.ts'
import { type Home, SAY } from './import-words.ts'

/** A file or a message's text, as the knowledge base takes it in. */
export interface Upload {
  source: string
  url: string | null
  name: string
  bytes(): Promise<Buffer>
}

export interface ImportDeps {
  /** As src/knowledge has it. */
  import(
    items: AsyncIterable<Upload | ImportProblem>,
    target: Scope & { name: string; visibility?: Visibility },
    options: { total: number; signal: AbortSignal; onProgress(progress: ImportProgress): void },
  ): Promise<ImportReport>
  /** Those of a workspace, and those of every workspace. */
  collections(workspace: string): Promise<Collection[]>
  toProblem(code: ProblemCode, source: string, detail?: string): ImportProblem
  linkTo(place: Place, message: string | null): string | null
  maxFileBytes: number
}

/** Where no channel says which collections it answers from. */
const DEFAULT_COLLECTION = 'chat'
const MAX_NAME_CHARS = 150
const TITLE_CHARS = 80
const MAX_PROBLEMS_SHOWN = 20

export function createImport(deps: ImportDeps): Handler {
  return async (context) => {
    const { turn, signal, log } = context
    const lang = languageOf(turn)
    const say = SAY[lang]
    if (!turn.author.isAdmin) return tell(context, say.refused)
    const found = itemsOf(context, deps)
    const total = found.length
    if (total === 0) return tell(context, say.nothing[turn.place.platform])
    const name = collectionOf(turn)
    const home = await homeOf(deps, turn, name)
    const stop = { action: 'stop', value: turn.id, label: words(lang).stop, style: 'danger' } as const
    const reply = context.post.reply('answer', { growing: { buttons: [stop] }, isPrivate: isPrivate(turn) })
    const finish = async (text: string): Promise<Outcome> => {
      await reply.finish({ text, lang })
      return { type: 'done' }
    }
    // Nothing that only one person sees can be changed on Slack: there the beginning and the end are all that is told.
    if (isPrivate(turn) && turn.place.platform === 'slack')
      await context.post.send('begun', { text: say.reading(total), lang }, { isPrivate: true })
    else reply.show(say.reading(total))
    try {
      const report = await deps.import(
        loadEach(found),
        { workspace: turn.workspace, audience: home.audience, name, visibility: home.visibility },
        { total, signal, onProgress: ({ done }) => done < total && reply.show(say.progress(done, total)) },
      )
      const { added, changed, unchanged, problems } = report
      log.info({ collection: name, added, changed, unchanged, failed: problems.length }, 'imported')
      return await finish(toReport(report, home, lang))
    } catch (error) {
      if (signal.aborted && signal.reason === 'stop') return finish(say.stopped)
      throw error
    }
  }
}

type Load = () => Promise<Upload | ImportProblem>

/** One after the other: no file waits in memory for the one before it. */
async function* loadEach(loads: readonly Load[]): AsyncGenerator<Upload | ImportProblem> {
  for (const load of loads) yield await load()
}

function itemsOf(context: Context, deps: ImportDeps): Load[] {
  const { turn } = context
  const taken = new Set<string>()
  return turn.messages.flatMap((message) => {
    const target = String(message.body['target'] ?? message.source)
    const url = deps.linkTo(turn.place, target)
    const text = message.text.trim()
    const files = message.attachments.map((file) => {
      const name = freeName(file.name, taken)
      return () => load(context, deps, { ...file, name }, url)
    })
    return text === '' ? files : [async () => toText(text, target, url), ...files]
  })
}

/** A newer file of the same name takes the place of the older one, as with a file that is imported again. */
function freeName(raw: string, taken: Set<string>): string {
  const plain =
    raw
      .normalize('NFC')
      .replaceAll(/[\p{C}/\\]/gu, ' ')
      .trim()
      .slice(-MAX_NAME_CHARS) || 'file'
  const dot = plain.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, '']
  let name = plain
  for (let n = 2; taken.has(name); n++) name = `${stem} (${n})${ending}`
  taken.add(name)
  return name
}

/** Named by its message, so that adding it again after an edit changes it. */
function toText(text: string, message: string, url: string | null): Upload {
  const [first = ''] = text.split('\n', 1)
  const title = first
    .replaceAll(/^[#>*\s-]+|[*_`]/g, '')
    .trim()
    .slice(0, TITLE_CHARS)
  const matter = title === '' ? '' : `---\ntitle: "${title}"\n---\n`
  return {
    source: `message/${message}`,
    url,
    name: 'message.md',
    bytes: async () => Buffer.from(matter + text),
  }
}

async function load(
  { turn, post, log }: Context,
  { toProblem, maxFileBytes }: ImportDeps,
  file: Attachment,
  url: string | null,
): Promise<Upload | ImportProblem> {
  const { name } = file
  const maxMb = Math.round(maxFileBytes / 1024 / 1024)
  if (file.bytes > maxFileBytes) return toProblem('too-large', name, String(maxMb))
  try {
    const bytes = Buffer.from(await post.outbound.fetch(turn.place, file, maxFileBytes))
    return { source: name, url, name, bytes: async () => bytes }
  } catch (error) {
    if (!isBotError(error)) throw error
    // The next attempt may get it; the last one reports it, so that the other files are reported too.
    if (error.retryable && turn.attempt < MAX_ATTEMPTS) throw error
    log.warn({ code: error.code, hint: error.hint }, 'a file was not fetched')
    return toProblem('not-readable', name, error.code)
  }
}

function collectionOf({ settings }: Turn): string {
  const [first = ''] = (settings.collections ?? '').split(',')
  return first.trim().normalize('NFC') || DEFAULT_COLLECTION
}

/**
 * A name that stands for pages of this channel alone, or for private ones, in this workspace or in all, must not become
 * open to all here.
 */
async function homeOf(
  { collections }: ImportDeps,
  { workspace, audience }: Turn,
  name: string,
): Promise<Home> {
  const named = (await collections(workspace)).filter((one) => one.name === name)
  const found =
    named.find((one) => one.audience === audience && audience !== '') ??
    named.find((one) => one.audience === '' && one.workspace === workspace) ??
    named.find((one) => one.audience === '')
  return { audience: found?.audience ?? '', visibility: found?.visibility ?? 'public' }
}

function languageOf({ settings, author, messages }: Turn): Lang {
  if (settings.language !== 'auto') return settings.language
  return messages[0]?.body['lang'] === 'en' ? 'en' : (author.lang ?? 'ko')
}

function toReport(report: ImportReport, home: Home, lang: Lang): string {
  const { added, changed, unchanged, problems, collection } = report
  const say = SAY[lang]
  const isNothing = added + changed + unchanged === 0
  const head = isNothing ? say.none : say.done({ collection, added, changed, unchanged }, home)
  const shown = problems.slice(0, MAX_PROBLEMS_SHOWN).map((problem) => `- ${problem.say[lang]}`)
  const hidden = problems.length - shown.length
  const failed = problems.length > 0 ? ['', say.failed(problems.length), ...shown] : []
  return [head, ...failed, ...(hidden > 0 ? [`- ${say.more(hidden)}`] : [])].join('\n')
}

async function tell({ turn, post }: Context, text: string): Promise<Outcome> {
  await post.send('say', { text, lang: languageOf(turn) }, { isPrivate: isPrivate(turn) })
  return { type: 'done' }
}
