// The chunks' rows: every statement writes a few of them, raises the revision with them and tells the readers.
import type { Lang } from '../core/error.ts'
import type { Database } from '../store/db.ts'
import type { Kept, Keyed } from './difference.ts'
import { NOTIFY, RAISE } from './feed.ts'
import type { Collection } from './model.ts'

/** Rows in one statement: a few milliseconds, also on the embedded database. */
const BATCH = 64
const READ_BATCH = 1_000

export async function insert(
  db: Database,
  { workspace, audience, id }: Collection,
  document: string,
  lang: Lang | null,
  part: readonly Keyed[],
): Promise<void> {
  await db.query(
    // Two imports of one file at a time write each chunk once.
    `with r as (${RAISE}), w as (
       insert into kb_chunks (workspace, audience, collection, document, lang, position, headings, text, key, revision,
         translation, translator)
       select $1, $2, $3::bigint, $4::bigint, $5, x.position, x.headings, x.text, x.key, r.revision,
         t.translation, t.translator
       from r cross join jsonb_to_recordset($6::jsonb) as x(position int, headings text[], text text, key text)
       left join lateral (
         -- A passage that is under another heading now is not gone yet.
         select o.translation, o.translator from kb_chunks o
         where o.workspace = $1 and md5(o.text) = md5(x.text) and o.text = x.text and not o.is_gone
           and o.translation is not null and o.translator is not null limit 1) t on true
       on conflict (document, key) where not is_gone do nothing returning 1)
     ${NOTIFY}`,
    [workspace, audience, id, document, lang, JSON.stringify(part)],
  )
}

export async function move(db: Database, part: readonly Kept[]): Promise<void> {
  await db.query(
    `update kb_chunks c set position = x.position
     from jsonb_to_recordset($1::jsonb) as x(id bigint, position int) where c.id = x.id`,
    [JSON.stringify(part)],
  )
}

/** What a removed chunk keeps is only that it was there. */
const BURY = `update kb_chunks c set is_gone = true, gone_at = now(), text = '', headings = '{}', translation = null,
  translator = null, revision = r.revision from r`
/** A vector says what a text was about; it goes with it. */
const DROP_VECTORS = 'v as (delete from kb_vectors where chunk in (select id from w))'

export async function bury(db: Database, ids: readonly string[]): Promise<void> {
  await db.query(
    `with r as (${RAISE}), w as (${BURY} where c.id = any($1::bigint[]) and not c.is_gone returning c.id), ${DROP_VECTORS}
     ${NOTIFY}`,
    [ids],
  )
}

export async function touch(db: Database, document: string): Promise<void> {
  for (let last = '0'; ; ) {
    const rows = await db.query<{ id: string }>(
      `select id::text from kb_chunks where document = $1::bigint and not is_gone and id > $2::bigint order by id limit ${BATCH}`,
      [document, last],
    )
    if (rows.length === 0) return
    last = (rows.at(-1) as { id: string }).id
    await db.query(
      `with r as (${RAISE}), w as (
         update kb_chunks c set revision = r.revision, lang = d.lang from r, kb_documents d
         where c.id = any($1::bigint[]) and d.id = c.document returning 1)
       ${NOTIFY}`,
      [rows.map(({ id }) => id)],
    )
  }
}

export async function chunksOf(db: Database, document: string): Promise<Kept[]> {
  const all: Kept[] = []
  for (;;) {
    const rows = await db.query<Kept>(
      `select id::text, key, position from kb_chunks where document = $1::bigint and not is_gone and id > $2::bigint
       order by id limit ${READ_BATCH}`,
      [document, all.at(-1)?.id ?? '0'],
    )
    all.push(...rows)
    if (rows.length < READ_BATCH) return all
  }
}

/** All of a document's; how many there were. */
export async function buryAll(db: Database, document: string): Promise<number> {
  let total = 0
  for (;;) {
    const rows = await db.query<{ n: number }>(
      `with r as (${RAISE}), w as (${BURY} where c.id in (
         select id from kb_chunks where document = $1::bigint and not is_gone order by id limit ${BATCH}) returning c.id),
         ${DROP_VECTORS} ${NOTIFY}`,
      [document],
    )
    const n = rows[0]?.n ?? 0
    total += n
    if (n < BATCH) return total
  }
}

export function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH)
}
