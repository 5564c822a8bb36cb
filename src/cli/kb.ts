// `npm run kb`: puts files and pages into the knowledge base, shows what is in it, takes things out again.
import type { Config } from '../config.ts'
import type { Both, Lang } from '../core/error.ts'
import { allMigrations } from '../features.ts'
import { folderSource } from '../knowledge/files.ts'
import { createKnowledge, isAddress, type Knowledge } from '../knowledge/index.ts'
import type { Item, Items } from '../knowledge/item.ts'
import type { Collection, ImportProblem, ImportReport } from '../knowledge/model.ts'
import { type SearchHelp, searchHelp } from '../search-help.ts'
import type { Database } from '../store/db.ts'
import { openForKnowledge } from './database.ts'
import { ArgumentError, type Command, type Io, parseOptions, UsageError } from './io.ts'
import { embed } from './kb-embed.ts'
import { type NamedScope, parseScope } from './kb-scope.ts'
import { MAX_LIMIT, noSuch, search } from './kb-search.ts'
import { createProgressBar } from './progress.ts'
import { toTable } from './table.ts'

const USAGE = `npm run kb -- import FILE|FOLDER|URL… --collection NAME [--workspace ID] [--audience CHANNEL]
         [--private | --public] [--depth 0] [--max-pages 200] [--prune] [--dry-run]
       npm run kb -- search QUESTION [--collection NAME] [--workspace ID] [--audience CHANNEL] [--limit 10] [--json]
       npm run kb -- search --batch FILE …   (a question a line; a line of JSON each)
       npm run kb -- list [--collection NAME] [--workspace ID]
       npm run kb -- remove SOURCE… --collection NAME   (without SOURCE: the whole collection)
       All: [--lang ko|en]`

const OPTIONS = {
  collection: { type: 'string' },
  // Every workspace that this deployment serves.
  workspace: { type: 'string' },
  audience: { type: 'string', default: '' },
  private: { type: 'boolean', default: false },
  public: { type: 'boolean', default: false },
  depth: { type: 'string', default: '0' },
  'max-pages': { type: 'string', default: '200' },
  prune: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  limit: { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
  batch: { type: 'string' },
  lang: { type: 'string' },
} as const

const MAX_PROBLEMS_SHOWN = 50
/** Nobody waits for an answer here. */
const HELP_LIMIT_MS = 10_000

const parse = (args: string[]) => parseOptions(USAGE, { args, allowPositionals: true, options: OPTIONS })

interface Call {
  io: Io
  lang: Lang
  db: Database
  knowledge: Knowledge
  help: SearchHelp
  values: ReturnType<typeof parse>['values']
  inputs: string[]
  scope: NamedScope
}

type Action = (call: Call) => Promise<number>

const WHERE = { import: 'import into', remove: 'remove from' } as const
const ACTIONS: Readonly<Record<string, Action>> = { import: importAll, search: find, list, remove }

export const kb: Command = async (args, { config }, io) => {
  const { positionals, values } = parse(args)
  const [name = '', ...inputs] = positionals
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  const lang = values.lang ?? (io.locale.startsWith('ko') ? 'ko' : 'en')
  if (!action || (name === 'import' && inputs.length === 0)) throw new UsageError(USAGE)
  if (lang !== 'ko' && lang !== 'en') throw new ArgumentError('--lang', 'ko or en')
  for (const option of ['depth', 'max-pages', 'limit'] as const) {
    if (!/^\d{1,6}$/.test(values[option])) throw new ArgumentError(`--${option}`, 'a whole number')
  }
  if (values.private && values.public) throw new ArgumentError('--private', 'not together with --public')
  if ((name === 'import' || name === 'remove') && !values.collection?.trim())
    throw new ArgumentError('--collection', `name the one to ${WHERE[name]}, e.g. --collection help`)
  if (name === 'search' && inputs.length > 0 === (values.batch !== undefined)) throw new UsageError(USAGE)
  const scope = parseScope(values)
  await using db = await openForKnowledge(config, io.log)
  await db.migrate({ ...allMigrations })
  await using knowledge = createKnowledge({ db, log: io.log, maxFileBytes: maxFileBytes(config) })
  const help = searchHelp(config, db, HELP_LIMIT_MS)
  return await action({ io, lang, db, knowledge, help, values, inputs, scope })
}

function maxFileBytes({ KB_MAX_FILE_MB }: Config): number {
  return KB_MAX_FILE_MB * 1024 * 1024
}

async function importAll(call: Call): Promise<number> {
  const { io, lang, knowledge, values, inputs, scope } = call
  const cwd = process.cwd()
  const how = { cwd, depth: Number(values.depth), maxPages: Number(values['max-pages']) }
  const { items, total } = await gather(knowledge, inputs, how)
  using bar = createProgressBar(process.stderr, io.clock.monotonic)
  const folders = values.prune ? await foldersOf(call, cwd) : undefined
  const visibility = values.private ? 'private' : values.public ? 'public' : undefined
  const started = io.clock.monotonic()
  const report = await knowledge.import(
    items,
    { ...scope, name: values.collection as string, visibility },
    {
      total,
      isDryRun: values['dry-run'],
      prune: folders,
      onProgress: ({ done, source }) => bar.show(done, total, source),
    },
  )
  bar.clear()
  for (const line of toLines(report, lang)) io.out(line)
  io.out(`${((io.clock.monotonic() - started) / 1000).toFixed(1)} s`)
  if (!values['dry-run']) await embed(call)
  report.problems.slice(0, MAX_PROBLEMS_SHOWN).forEach(({ say }) => void io.err(`✗ ${say[lang]}`))
  const hidden = report.problems.length - MAX_PROBLEMS_SHOWN
  if (hidden > 0) io.err({ ko: `✗ 이 밖에 ${hidden}개가 더 있어요.`, en: `✗ … and ${hidden} more.` }[lang])
  const isNothing = report.added + report.changed + report.unchanged === 0
  if (isNothing && report.problems.length === 0)
    io.err({ ko: '가져올 파일이 없어요.', en: 'There is nothing to import there.' }[lang])
  return isNothing ? 1 : 0
}

/** Files are counted before the first is read; how many pages there are turns out on the way. */
async function gather(
  knowledge: Knowledge,
  inputs: readonly string[],
  how: Parameters<Knowledge['find']>[1],
): Promise<{ items: Items; total: number | null }> {
  const files: (Item | ImportProblem)[] = []
  const pages = inputs.filter(isAddress)
  for (const input of inputs) {
    if (!isAddress(input)) for await (const item of knowledge.find(input, how)) files.push(item)
  }
  async function* items(): Items {
    yield* files
    for (const page of pages) yield* knowledge.find(page, how)
  }
  return { items: items(), total: pages.length > 0 ? null : files.length }
}

/** Where nothing can be missed, nothing is removed, and that is said. */
async function foldersOf({ io, lang, inputs }: Call, cwd: string): Promise<string[]> {
  const folders: string[] = []
  for (const input of inputs) {
    const folder = isAddress(input) ? null : await folderSource(input, cwd)
    if (folder !== null) folders.push(folder)
    else
      io.err(
        {
          ko: `${input}: --prune는 폴더에만 적용돼요. 없어진 문서는 npm run kb -- remove로 지워 주세요.`,
          en: `${input}: --prune works on folders only. Take out what is gone with npm run kb -- remove.`,
        }[lang],
      )
  }
  return folders
}

function toLines(report: ImportReport, lang: Lang): string[] {
  const { collection, added, changed, unchanged, removed, chunks, problems, isDryRun } = report
  const failed = problems.length
  const counts: Both = {
    ko: `${collection}: 추가 ${added}, 변경 ${changed}, 그대로 ${unchanged}, 삭제 ${removed}, 실패 ${failed} (문단 +${chunks.added} −${chunks.removed})`,
    en: `${collection}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${failed} failed (passages +${chunks.added} −${chunks.removed})`,
  }
  const dry: Both = { ko: '시험 실행이라 저장하지 않았어요.', en: 'A dry run: nothing was written.' }
  return isDryRun ? [counts[lang], dry[lang]] : [counts[lang]]
}

function find({ io, lang, knowledge, help, values, inputs, scope }: Call): Promise<number> {
  return search({
    ...{ io, lang, knowledge, help, inputs, isJson: values.json },
    batch: values.batch ?? null,
    limit: Math.min(Math.max(Number(values.limit), 1), MAX_LIMIT),
    collection: values.collection ?? null,
    scope,
  })
}

async function list({ io, lang, knowledge, values, scope }: Call): Promise<number> {
  const all = await knowledge.documents.collections(scope.isNamed ? scope.workspace : undefined)
  const shown = values.collection ? all.filter(isNamed(values.collection)) : all
  if (shown.length === 0 && values.collection) {
    io.err(noSuch(values.collection, lang))
    return 1
  }
  if (shown.length === 0) io.out({ ko: '아직 비어 있어요.', en: 'There is nothing yet.' }[lang])
  const mine = scope.audience === '' ? shown : shown.filter(({ audience }) => audience === scope.audience)
  for (const collection of mine) {
    io.out(toHeadline(collection, lang))
    const documents = await knowledge.documents.list(collection)
    const header = {
      ko: ['문서', '제목', '문단', '언어', '갱신'],
      en: ['source', 'title', 'passages', 'lang', 'updated'],
    }
    const rows = documents.map(({ source, title, chunks, lang, updatedAt, state }) => [
      ...[`  ${source}`, title.slice(0, 40), `${chunks}${state === 'ready' ? '' : ' …'}`, lang ?? '-'],
      updatedAt.toISOString().slice(0, 10),
    ])
    const [first = '', ...rest] = header[lang]
    for (const line of toTable([[`  ${first}`, ...rest], ...rows])) io.out(line)
  }
  return 0
}

function toHeadline({ name, workspace, audience, visibility }: Collection, lang: Lang): string {
  const kind = { public: { ko: '공개', en: 'public' }, private: { ko: '비공개', en: 'private' } }[visibility][
    lang
  ]
  const where = workspace === '*' ? { ko: '모든 워크스페이스', en: 'every workspace' }[lang] : workspace
  return `${name} (${[kind, where, audience].filter((each) => each !== '').join(', ')})`
}

function isNamed(name: string): (collection: Collection) => boolean {
  return (collection) => collection.name === name.normalize('NFC')
}

async function remove({ io, lang, knowledge, values, inputs, scope }: Call): Promise<number> {
  const { documents } = knowledge
  const name = values.collection as string
  const collection = await documents.collection(scope, name)
  if (!collection) {
    io.err(noSuch(name, lang))
    return 1
  }
  if (inputs.length === 0) {
    await documents.removeCollection(collection)
    io.out(
      { ko: `${name}: 컬렉션을 통째로 지웠어요.`, en: `${name}: the whole collection is removed.` }[lang],
    )
    return 0
  }
  let missing = 0
  for (const source of inputs) {
    const chunks = await documents.remove(collection, source.normalize('NFC'))
    if (chunks === null) {
      missing++
      io.err({ ko: `✗ ${source}: 컬렉션에 없어요.`, en: `✗ ${source}: not in the collection.` }[lang])
    } else
      io.out(
        {
          ko: `${source}: 지웠어요(문단 ${chunks}개).`,
          en: `${source}: removed (${chunks} ${chunks === 1 ? 'passage' : 'passages'}).`,
        }[lang],
      )
  }
  return missing > 0 ? 1 : 0
}
