// The vectors' rows: written like changes to their passages, so that every reader of the feed gets them.
import type { Database } from '../store/db.ts'
import { NOTIFY, RAISE } from './feed.ts'
import { toBase64 } from './vector-bytes.ts'

export interface NewVector {
  chunk: string
  /** The document's title that it was made with. */
  title: string
  vector: Float32Array
}

/** Readers are told of the passages as of changed ones. A passage that has gone meanwhile gets none. */
export async function writeVectors(db: Database, maker: string, made: readonly NewVector[]): Promise<void> {
  const rows = made.map(({ chunk, title, vector }) => ({ chunk, title, vector: toBase64(vector) }))
  await db.query(
    `with r as (${RAISE}),
     x as (select * from jsonb_to_recordset($2::jsonb) as x(chunk bigint, title text, vector text)),
     w as (
       update kb_chunks c set revision = r.revision from r, x where c.id = x.chunk and not c.is_gone returning c.id),
     v as (
       insert into kb_vectors (chunk, maker, title, vector)
       select x.chunk, $1, x.title, decode(x.vector, 'base64') from x join w on w.id = x.chunk
       on conflict (chunk) do update
         set maker = excluded.maker, title = excluded.title, vector = excluded.vector)
     ${NOTIFY}`,
    [maker, JSON.stringify(rows)],
  )
}

export interface VectorCounts {
  passages: number
  /** Of them, those that have a vector by the maker. */
  made: number
  /** Of these vectors; null when there is none. */
  dimensions: number | null
}

export async function countVectors(db: Database, maker: string): Promise<VectorCounts> {
  const rows = await db.query<VectorCounts>(
    `select count(*)::int as passages, count(v.chunk)::int as made, max(octet_length(v.vector)) as dimensions
     from kb_chunks c left join kb_vectors v on v.chunk = c.id and v.maker = $1 where not c.is_gone`,
    [maker],
  )
  return rows[0] as VectorCounts
}
