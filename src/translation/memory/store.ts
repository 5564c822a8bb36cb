// The translation memory as it is kept: found by a hash where the text is the same, by an index in this process where it is
// only similar. What it says of a row is read from the database each time, so a row that is gone is never used.
import { Recent } from '../../core/recent.ts'
import { type Database, theirs } from '../../store/db.ts'
import { ANY_REVISION, hashOf } from './key.ts'
import type { Memory, MemoryKey, MemoryScope, Remembered } from './model.ts'
import { createNewestIndex, type NearIndex } from './near.ts'

const FOUND = 'source, translation, is_corrected as "isCorrected"'
// With the glossary's version, which would take a statement of its own.
const EXACT = `
  select coalesce((select version from glossary_versions where workspace = $1), 0)::text as revision, m.* from (select 1) one
  left join lateral (select ${FOUND} from translation_memory where workspace = $1 and audience = $2 and hash in ($3, $4)
    order by is_corrected desc limit 1) m on true`
// Whoever keeps one has found what was there wrong for them, as after a change of how the bot speaks.
const KEEP = `
  insert into translation_memory (workspace, audience, hash, author, from_lang, to_lang, tone, revision, source, about, translation)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (workspace, audience, hash) do update set translation = excluded.translation, author = excluded.author,
    about = excluded.about, created_at = now() where not translation_memory.is_corrected`
const CORRECT = `
  insert into translation_memory
    (workspace, audience, hash, author, from_lang, to_lang, tone, revision, source, about, translation, is_corrected, corrected_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true, $12)
  on conflict (workspace, audience, hash) do update set translation = excluded.translation,
    corrected_by = excluded.corrected_by, created_at = now()`
const OF_SCOPE = `
  workspace = $1 and audience = $2 and to_lang = $3 and coalesce(from_lang, '') = $4 and tone = $5
    and revision in ($6, '${ANY_REVISION}')`
/** After which the newest come, so many. */
const OLDER = `select id::text from translation_memory where ${OF_SCOPE} order by id desc offset $7::int limit 1`
const NEWER = `
  select id::text, source from translation_memory
  where ${OF_SCOPE} and id > $7::bigint and id::text <> all($8::text[]) order by id limit $9::int`
const BY_ID = `select ${FOUND} from translation_memory where id = $1::bigint and workspace = $2 and audience = $3`
const FORGET = `
  delete from translation_memory where (author = $2 or about = $2)
    and ${theirs('workspace')} returning id`
const UNNAME_TERMS = `
  update glossary_terms set added_by = '' where added_by = $2
    and ${theirs('workspace')}`
const UNNAME = `
  update translation_memory set corrected_by = '' where corrected_by = $2
    and ${theirs('workspace')}`
const PURGE = `
  delete from translation_memory where id in (select id from translation_memory
    where created_at < now() - make_interval(days => $1::int) and not is_corrected
      and ($3::text is null or workspace = $3) limit $2::int) returning id`

const ROWS = `
  select id::text, workspace, audience, from_lang as "from", to_lang as "to", tone, ${FOUND}, created_at as at
  from translation_memory where id > $1::bigint order by id limit $2::int`

/** Of one audience, language pair and tone. */
const MAX_NEAR = 50_000
/** A row may be there to see a moment after one with a higher id: so many of the last ids are looked through again. */
const OVERLAP = 100
/** Read at once, between other work. */
const BATCH = 1_000
const MAX_SCOPES = 20
/** Shorter ones are cheap to translate, longer ones are not alike. */
const NEAR_CHARS = { min: 12, max: 1_500 }

export interface MemoryStore extends Memory {
  /** What a person says a text means; it counts before all else, and stays until they say otherwise. */
  correct(scope: MemoryScope, key: MemoryKey, translation: string, by: string): Promise<void>
  /** Words are kept no longer than messages are; corrections are staff's work, and stay. Returns how many went. */
  purge(retentionDays: number, limit: number, workspace?: string | null): Promise<number>
  forget(workspace: string, person: string): Promise<number>
  /** All of it, oldest first. */
  rows(): AsyncIterable<MemoryRow>
}

interface Exact extends Nullable<Remembered> {
  revision: string
}

type Nullable<T> = { [K in keyof T]: T[K] | null }

function isFound(row: Nullable<Remembered>): row is Remembered {
  return row.source !== null
}

export interface MemoryRow extends Remembered {
  id: string
  workspace: string
  audience: string
  from: string | null
  to: string
  tone: string
  at: Date
}

interface Near {
  index: NearIndex
  /** The id before the oldest that counts; null before the first look. */
  after: number | null
  /** The highest id that was read. */
  last: number
  /** Those that were read and will be looked through again. */
  recent: number[]
  isReadIn: boolean
  reading: Promise<void> | null
}

export function createMemory(db: Database, { maxNear = MAX_NEAR } = {}): MemoryStore {
  const scopes = new Recent<string, Near>({ max: MAX_SCOPES })
  const valuesOf = (
    { workspace, audience, author, about = null }: MemoryScope,
    key: MemoryKey,
    revision: string,
  ) => [
    ...[workspace, audience, hashOf(key, revision), author],
    ...[key.from, key.to, key.tone, revision, key.source, about],
  ]

  const read = async (scope: MemoryScope, key: MemoryKey, near: Near): Promise<void> => {
    const of = [scope.workspace, scope.audience, key.to, key.from ?? '', key.tone, key.revision]
    near.after ??= Number((await db.query<{ id: string }>(OLDER, [...of, maxNear]))[0]?.id ?? 0)
    for (let count = BATCH; count === BATCH; ) {
      const after = Math.max(near.after, near.last - OVERLAP)
      const values = [...of, after, near.recent.map(String), BATCH]
      const rows = await db.query<{ id: string; source: string }>(NEWER, values)
      for (const { id, source } of rows) near.index.add(id, source)
      const ids = rows.map(({ id }) => Number(id))
      near.last = Math.max(near.last, ...ids)
      near.recent = [...near.recent, ...ids].filter((id) => id > near.last - OVERLAP)
      count = rows.length
    }
    near.isReadIn = true
  }

  return {
    async exact({ workspace, audience }, key) {
      const hashes = [hashOf(key, key.revision), hashOf(key, ANY_REVISION)]
      const rows = await db.query<Exact>(EXACT, [workspace, audience, ...hashes])
      const { revision, ...known } = rows[0]!
      return { known: isFound(known) ? known : null, revision }
    },
    async near(scope, key) {
      if (key.source.length < NEAR_CHARS.min || key.source.length > NEAR_CHARS.max) return null
      const name = JSON.stringify([scope.workspace, scope.audience, key.from, key.to, key.tone, key.revision])
      const near = scopes.get(name) ?? {
        ...{ index: createNewestIndex(maxNear), after: null, last: 0, recent: [] },
        ...{ isReadIn: false, reading: null },
      }
      if (!scopes.has(name)) scopes.set(name, near)
      near.reading ??= read(scope, key, near).finally(() => {
        near.reading = null
      })
      // Nobody waits for thousands to be read in; the few that are new are no wait.
      if (!near.isReadIn) near.reading.catch(() => undefined)
      else await near.reading
      const found = near.index.find(key.source)
      if (found === null) return null
      return (await db.query<Remembered>(BY_ID, [found.id, scope.workspace, scope.audience]))[0] ?? null
    },
    async keep(scope, key, translation) {
      await db.query(KEEP, [...valuesOf(scope, key, key.revision), translation])
    },
    async correct(scope, key, translation, by) {
      await db.query(CORRECT, [...valuesOf(scope, key, ANY_REVISION), translation, by])
    },
    purge: async (days, limit, workspace = null) => (await db.query(PURGE, [days, limit, workspace])).length,
    async *rows() {
      for (let last = '0', count = BATCH; count === BATCH; ) {
        const rows = await db.query<MemoryRow>(ROWS, [last, BATCH])
        yield* rows
        last = rows.at(-1)?.id ?? last
        count = rows.length
      }
    },
    async forget(workspace, person) {
      for (const unname of [UNNAME, UNNAME_TERMS]) await db.query(unname, [workspace, person])
      return (await db.query(FORGET, [workspace, person])).length
    },
  }
}
