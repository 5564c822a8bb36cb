// The change feed: every process keeps its own index in memory and follows the database by revision. Notifications
// make it quick, polling makes it sure.
import type { Lang } from '../core/error.ts'
import type { Database } from '../store/db.ts'
import type { Changes, Chunk, Cursor } from './model.ts'
import type { PassageVector } from './search/model.ts'
import { fromBase64 } from './vector-bytes.ts'

const CHANNEL = 'damso_kb'

/** `with r as (RAISE)`: the revision of this transaction's changes. Holds the only row's lock until it commits. */
export const RAISE = 'update kb_revision set revision = revision + 1 returning revision'
/** The end of such a statement, whose other part is `w as (… returning 1)`: `n` is how many rows it wrote. */
export const NOTIFY = `select (select count(*)::int from w) as n, pg_notify('${CHANNEL}', r.revision::text) from r`

export interface Feed {
  /** Raised by every change, also to a collection alone. Cheap enough to ask each second. */
  revision(): Promise<number>
  /**
   * At most `limit` changes after `cursor`, across all workspaces: what may be shown where is the reader's business.
   * With vectors of `maker`; null = none are read.
   */
  changesSince(cursor: Cursor, limit?: number, maker?: string | null): Promise<Changes>
  /** Calls `heard` after each change, maybe several at once; a lost notification is made up for by polling. */
  onChange(heard: () => void): Promise<AsyncDisposable>
  /** Forgets tombstones older than `maxAgeMs`, `limit` at a time; a reader that was away longer starts over. */
  purge(maxAgeMs: number, limit: number): Promise<void>
}

interface Row {
  id: string
  revision: string
  is_gone: boolean
  workspace: string
  audience: string
  collection: string
  document: string
  headings: string[]
  text: string
  lang: Lang | null
  translation: string | null
  title: string | null
  url: string | null
  source: string | null
  expires_at: Date | null
  vector?: string | null
  vector_title?: string | null
}

const changes = (columns: string, join: string): string => `
  select c.id::text, c.revision::text, c.is_gone, c.workspace, c.audience, c.collection::text, c.document::text,
    c.headings, c.text, c.lang, c.translation, d.title, d.url, d.source, d.expires_at${columns}
  from kb_chunks c left join kb_documents d on d.id = c.document${join}
  where (c.revision, c.id) > ($1::bigint, $2::bigint) and (not c.is_gone or $1::bigint > 0)
  order by c.revision, c.id limit $3`
const CHANGES = changes('', '')
const CHANGES_WITH_VECTORS = changes(
  `, encode(v.vector, 'base64') as vector, v.title as vector_title`,
  ' left join kb_vectors v on v.chunk = c.id and v.maker = $4',
)

export function createFeed(db: Database): Feed {
  const state = async (): Promise<{ revision: number; purgedTo: number }> => {
    const rows = await db.query<{ revision: number; purgedTo: number }>(
      'select revision::float8 as revision, purged_to::float8 as "purgedTo" from kb_revision',
    )
    return rows[0] ?? { revision: 0, purgedTo: 0 }
  }
  return {
    revision: async () => (await state()).revision,
    async changesSince(cursor, limit = 2_000, maker = null) {
      const { revision, purgedTo } = await state()
      let [at = '0', id = '0', base = '0'] = cursor.split('.')
      // Behind what was purged, or ahead of a database that was restored from a copy.
      const seen = Math.max(Number(at), Number(base))
      const isReset = at !== '0' && (seen < purgedTo || seen > revision)
      if (isReset) [at, id] = ['0', '0']
      // What was gone before a reader began is no news to it, however far it has come.
      if (at === '0') base = String(revision)
      const rows = await (maker === null
        ? db.query<Row>(CHANGES, [at, id, limit])
        : db.query<Row>(CHANGES_WITH_VECTORS, [at, id, limit, maker]))
      const last = rows.at(-1)
      return {
        cursor: last ? `${last.revision}.${last.id}.${base}` : isReset ? '0' : cursor,
        chunks: rows.flatMap((row) => toChunk(row) ?? []),
        vectors: rows.flatMap((row) => toVector(row) ?? []),
        removed: rows.filter(isGone).map((row) => row.id),
        isReset,
        hasMore: rows.length === limit,
      }
    },
    onChange: (heard) => db.listen(CHANNEL, heard, heard),
    async purge(maxAgeMs, limit) {
      await db.query(
        `with old as (
           select id, revision from kb_chunks where is_gone and gone_at < now() - make_interval(secs => $1::float8 / 1000)
           order by gone_at limit $2),
         gone as (delete from kb_chunks c using old where c.id = old.id),
         -- One that was made while its passage went.
         late as (delete from kb_vectors v using kb_chunks c where c.id = v.chunk and c.is_gone)
         update kb_revision set purged_to = greatest(purged_to, coalesce((select max(revision) from old), 0))`,
        [maxAgeMs, limit],
      )
    },
  }
}

/** A chunk whose document is being deleted is gone, though its tombstone comes a moment later. */
function isGone(row: Row): boolean {
  return row.is_gone || row.title === null
}

function toChunk(row: Row): Chunk | null {
  if (isGone(row)) return null
  const { id, workspace, audience, collection, document, headings, text, lang, translation, url } = row
  return {
    ...{ id, workspace, audience, collection, document, headings, text, lang, translation, url },
    title: row.title ?? '',
    source: row.source ?? '',
    expiresAt: row.expires_at,
  }
}

function toVector({ id, vector, vector_title: title }: Row): PassageVector | null {
  return vector ? { chunk: id, title: title ?? '', vector: fromBase64(vector) } : null
}
