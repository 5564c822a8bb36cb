// The knowledge base's import as one object, for the command line and for the bot.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../store/db.ts'
import type { AddressRules } from './addresses.ts'
import type { CrawlOptions } from './crawl.ts'
import { createDocuments, type Documents } from './documents.ts'
import { createFeed, type Feed } from './feed.ts'
import type { PageFetcher } from './fetch-page.ts'
import { findFiles } from './files.ts'
import { createImporter, type Importer } from './import.ts'
import type { Items } from './item.ts'
import { createReader, READ_LIMITS } from './reader.ts'

export interface KnowledgeOptions {
  db: Database
  log: Logger
  /** Of one file or page. */
  maxFileBytes: number
  /** For tests with a server of their own. */
  addresses?: AddressRules
}

export interface Knowledge extends AsyncDisposable, Importer {
  readonly documents: Documents
  readonly feed: Feed
  /** A path or an http(s) address. */
  find(input: string, options: CrawlOptions & { cwd: string }): Items
}

const FETCH_TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 5

/** Nothing is started before the first file. */
export function createKnowledge({ db, log, maxFileBytes, addresses }: KnowledgeOptions): Knowledge {
  const limits = { maxBytes: maxFileBytes, timeoutMs: FETCH_TIMEOUT_MS, maxRedirects: MAX_REDIRECTS }
  const documents = createDocuments(db)
  const reader = createReader({ ...READ_LIMITS, maxBytes: maxFileBytes }, log)
  let fetcher: PageFetcher | null = null
  async function* pages(start: string, how: CrawlOptions): Items {
    // Loaded when a page is asked for: most processes never fetch one.
    const [{ createPageFetcher }, { crawl }] = await Promise.all([
      import('./fetch-page.ts'),
      import('./crawl.ts'),
    ])
    fetcher ??= createPageFetcher(limits, addresses)
    yield* crawl(start, { ...how, fetcher, reader })
  }
  return {
    documents,
    feed: createFeed(db),
    ...createImporter({ documents, reader }),
    find: (input, { cwd, ...how }) =>
      isAddress(input) ? pages(input, how) : findFiles(input, { cwd, maxBytes: maxFileBytes }),
    async [Symbol.asyncDispose]() {
      await fetcher?.[Symbol.asyncDispose]()
      await reader[Symbol.asyncDispose]()
    },
  }
}

export function isAddress(input: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(input)
}
