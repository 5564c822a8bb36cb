// One import: every item is read, cut and compared with what is there; only what changed is written. What cannot be
// read is reported and the rest goes on.
import { basename, extname, isAbsolute } from 'node:path'
import type { Lang } from '../core/error.ts'
import { hashOf } from './difference.ts'
import type { Documents, Saved } from './documents.ts'
import { type Item, type Items, isProblem } from './item.ts'
import type {
  Collection,
  ImportOutcome,
  ImportProblem,
  ImportProgress,
  ImportReport,
  NewDocument,
  Passage,
  ReadPassages,
  Scope,
  Visibility,
} from './model.ts'
import { problemOf } from './problems.ts'
import type { Reader } from './reader.ts'

/** Of how files are read and cut: raised when that changes, so that the next import reads unchanged files again. */
const READ_VERSION = 3

export interface ImportTarget extends Scope {
  /** The collection's name; created when it is not there. */
  name: string
  visibility?: Visibility
  /** Of documents that do not say themselves. */
  lang?: Lang | null
}

export interface ImportOptions {
  isDryRun?: boolean
  /** How many items there will be, when that is known. */
  total?: number | null
  /** Folders, as folderSource names them: of the files that were imported from these, those that did not come again go. */
  prune?: readonly string[]
  onProgress?(progress: ImportProgress): void
  signal?: AbortSignal
}

export interface Importer {
  import(items: Items, target: ImportTarget, options?: ImportOptions): Promise<ImportReport>
}

interface Deps {
  documents: Documents
  reader: Reader
}

interface Run extends Deps {
  options: ImportOptions
  /** Null in a dry run into a collection that is not there. */
  collection: Collection | null
  target: ImportTarget
  hashes: ReadonlyMap<string, string | null>
  report: ImportReport
}

export function createImporter(deps: Deps): Importer {
  const { documents } = deps
  return {
    async import(items, target, options = {}) {
      const isDryRun = options.isDryRun ?? false
      const collection = isDryRun
        ? await documents.collection(target, target.name)
        : await documents.openCollection(target, target.name, target)
      const run: Run = {
        ...{ ...deps, options, collection, target },
        hashes: collection ? await documents.hashes(collection) : new Map(),
        report: {
          ...{ collection: target.name, isDryRun, added: 0, changed: 0, unchanged: 0, removed: 0 },
          ...{ chunks: { added: 0, removed: 0 }, problems: [] },
        },
      }
      const seen = new Set<string>()
      for await (const item of items) {
        options.signal?.throwIfAborted()
        // The same file may be named twice, by itself and in its folder.
        if (seen.has(item.source)) continue
        seen.add(item.source)
        tell(run, item.source, seen.size, await take(run, item))
      }
      await prune(run, seen)
      return run.report
    },
  }
}

function tell({ options }: Run, source: string, done: number, outcome: ImportOutcome): void {
  options.onProgress?.({ done, total: options.total ?? null, source, outcome })
}

async function take(run: Run, item: Item | ImportProblem): Promise<ImportOutcome> {
  const { report } = run
  if (isProblem(item)) {
    report.problems.push(item)
    return 'failed'
  }
  try {
    const { outcome, added, removed } = await write(run, item)
    report[outcome]++
    report.chunks.added += added
    report.chunks.removed += removed
    return outcome
  } catch (error) {
    run.options.signal?.throwIfAborted()
    const problem = problemOf(error, item.source)
    // The database is away, or we made a mistake: the next file would fare no better.
    if (!problem) throw error
    report.problems.push(problem)
    return 'failed'
  }
}

async function write(run: Run, item: Item): Promise<Saved> {
  const { documents, reader, collection, options } = run
  const bytes = await item.bytes()
  const sourceHash = hashOf(Buffer.concat([Buffer.from(`${READ_VERSION} ${item.name} `), bytes]))
  if (run.hashes.get(item.source) === sourceHash) return { outcome: 'unchanged', added: 0, removed: 0 }
  const { name, url, charset } = item
  const read = item.read ?? (await reader.read({ name, bytes, url, charset }, options.signal))
  const document: NewDocument = {
    ...{ source: item.source, bytes: bytes.length, sourceHash },
    url: url ?? (item.isFile ? (read.url ?? null) : null),
    isFile: item.isFile ?? false,
    title: titleOf(item, read),
    expiresAt: read.expiresAt,
    lang: read.lang ?? run.target.lang ?? null,
  }
  return collection && !run.report.isDryRun
    ? documents.save(collection, document, read.passages)
    : documents.compare(collection, document, read.passages)
}

/** What the document calls itself, its first heading, or the name of the file or page. */
function titleOf(item: Item, { title, passages }: ReadPassages): string {
  const first: Passage | undefined = passages[0]
  const own = title ?? first?.headings[0] ?? nameOf(item)
  return own.normalize('NFC').replaceAll(/\s+/g, ' ').trim().slice(0, 200) || item.name
}

/** A page is named by its address; a file in a chat has its own name, and the address of its message. */
function nameOf({ source, url, name }: Item): string {
  if (source !== url) return basename(name, extname(name))
  const { host, pathname } = new URL(url)
  const last = pathname.split('/').findLast((part) => part !== '') ?? ''
  return decoded(last).replace(ENDING, '') || host
}

/** Of a file's name, and not the "2" of "v1.2". */
const ENDING = /\.[a-z][a-z\d]{0,4}$/i

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

async function prune(
  { options, collection, documents, report }: Run,
  seen: ReadonlySet<string>,
): Promise<void> {
  const { prune: folders } = options
  if (!collection || !folders) return
  // In a folder that could not be opened nothing was missed.
  const closed = report.problems.map(({ source }) => (source === '' ? '' : `${source}/`))
  for (const source of await documents.files(collection)) {
    if (seen.has(source) || !folders.some((folder) => isIn(source, folder))) continue
    if (closed.some((folder) => isIn(source, folder))) continue
    if (!report.isDryRun) report.chunks.removed += (await documents.remove(collection, source)) ?? 0
    report.removed++
  }
}

/** The working directory is '': of sources that are named from elsewhere it has none. */
function isIn(source: string, folder: string): boolean {
  return folder === '' ? !isAbsolute(source) : source.startsWith(folder)
}
