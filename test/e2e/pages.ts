// A world whose bot has a knowledge base, and pages written into it as an import would.
import type { Clock } from '../../src/core/clock.ts'
import { createDocuments, type Documents } from '../../src/knowledge/documents.ts'
import type { Scope, Visibility } from '../../src/knowledge/model.ts'
import { SILENT } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/store/db.ts'
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { furnishedDatabase } from '../templates.ts'
import { openWorld, type World, type WorldOptions } from './harness.ts'
import { discordStage, type Stage, slackStage } from './stage.ts'

export interface PagesWorld extends AsyncDisposable {
  world: World
  stage: Stage
  db: Database
  documents: Documents
}

export interface Page {
  title: string
  text: string
  url?: string
  /** By default every workspace, everybody. */
  scope?: Scope
  collection?: string
  visibility?: Visibility
}

let pages = 0

export async function openPagesWorld(
  platform: 'slack' | 'discord',
  env: Record<string, string> = {},
  clock?: Clock,
  more: Pick<WorldOptions, 'log' | 'vllm'> = {},
): Promise<PagesWorld> {
  await using opening = new AsyncDisposableStack()
  const { url } = await furnishedDatabase()
  const world = opening.use(
    await openWorld({
      ...{ databaseUrl: url, platforms: [platform], ...more, ...(clock ? { clock } : {}) },
      // Nobody here waits for a model that is away, and it is asked for nothing that nobody asks for.
      env: { QUOTES_AFTER_SECONDS: '0', KB_TRANSLATE_AHEAD: 'off', ...env },
    }),
  )
  const stage = platform === 'slack' ? slackStage(world) : discordStage(world)
  const db = opening.use(await openDatabase({ url, dataDir: null, log: SILENT }))
  const opened = opening.move()
  return {
    ...{ world, stage, db, documents: createDocuments(db) },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export async function writePage(documents: Documents, page: Page): Promise<void> {
  const { scope = { workspace: '*', audience: '' }, collection = 'help', visibility = 'public' } = page
  const { title, text, url = null } = page
  const source = `page-${++pages}`
  await documents.save(
    await documents.openCollection(scope, collection, { visibility }),
    { source, title, url, lang: null, bytes: text.length, sourceHash: source, expiresAt: null },
    [{ headings: [], text }],
  )
}

/** The model is asked for a translation, in the background. */
export function isTranslating(request: RecordedRequest): boolean {
  return JSON.stringify(request.body.messages?.[0]).includes('You translate')
}

/** The model is asked what to search for, not to answer. */
export function isPreparing(request: RecordedRequest): boolean {
  return JSON.stringify(request.body.messages?.[0]).includes('You prepare a customer')
}
