// Writing and listing what the knowledge base holds. Every statement is a transaction of its own, small enough to take
// a few milliseconds, so that an import never stands in the way of a question; one that is cut off is completed by the next.
import type { Lang } from '../core/error.ts'
import type { Database } from '../store/db.ts'
import { batches, bury, buryAll, chunksOf, insert, move, touch } from './chunk-rows.ts'
import { type Difference, differenceOf } from './difference.ts'
import { NOTIFY, RAISE } from './feed.ts'
import type { Collection, Document, DocumentState, NewDocument, Passage, Scope, Visibility } from './model.ts'
import { createTranslations, type Translations } from './translations.ts'

export interface Documents extends Translations {
  /** Null when there is none of that name. */
  collection(scope: Scope, name: string): Promise<Collection | null>
  /** Creates it, or changes what is given. */
  openCollection(
    scope: Scope,
    name: string,
    how: { visibility?: Visibility; lang?: Lang | null },
  ): Promise<Collection>
  /** Of one workspace, or of all. */
  collections(workspace?: string): Promise<Collection[]>
  /** By source: the hash of the bytes they were read from, or null when not all of it was written. */
  hashes(collection: Collection): Promise<Map<string, string | null>>
  /** The sources of those that were files of whoever imported them: no pages, nothing from a chat, no articles. */
  files(collection: Collection): Promise<string[]>
  list(collection: Collection): Promise<Document[]>
  /** What save would do. `collection` null = not there yet. */
  compare(collection: Collection | null, document: NewDocument, passages: readonly Passage[]): Promise<Saved>
  save(collection: Collection, document: NewDocument, passages: readonly Passage[]): Promise<Saved>
  /** The number of chunks removed; null when there is no such document. */
  remove(collection: Collection, source: string): Promise<number | null>
  removeCollection(collection: Collection): Promise<void>
}

export interface Saved {
  outcome: 'added' | 'changed' | 'unchanged'
  added: number
  removed: number
}

interface Row {
  id: string
  title: string
  url: string | null
  lang: Lang | null
  state: DocumentState
  expires_at: Date | null
}

export function createDocuments(db: Database): Documents {
  const find = async (collection: Collection, source: string): Promise<Row | null> => {
    const rows = await db.query<Row>(
      `select id::text, title, url, lang, state, expires_at from kb_documents
       where collection = $1::bigint and workspace = $2 and source = $3`,
      [collection.id, collection.workspace, source],
    )
    return rows[0] ?? null
  }
  return {
    ...createCollections(db),
    ...createTranslations(db),
    async hashes(collection) {
      const rows = await db.query<{ source: string; hash: string | null }>(
        `select source, case when state = 'ready' then source_hash end as hash from kb_documents
         where collection = $1::bigint and workspace = $2`,
        [collection.id, collection.workspace],
      )
      return new Map(rows.map(({ source, hash }) => [source, hash]))
    },
    async files(collection) {
      const rows = await db.query<{ source: string }>(
        'select source from kb_documents where collection = $1::bigint and workspace = $2 and is_file order by source',
        [collection.id, collection.workspace],
      )
      return rows.map(({ source }) => source)
    },
    list: (collection) => list(db, collection),
    async compare(collection, document, passages) {
      const row = collection && (await find(collection, document.source))
      const difference = differenceOf(passages, row ? await chunksOf(db, row.id) : [])
      return toSaved(row, document, difference)
    },
    async save(collection, document, passages) {
      const row = await find(collection, document.source)
      const id = await begin(db, collection, document)
      const difference = differenceOf(passages, row ? await chunksOf(db, id) : [])
      for (const part of batches(difference.added)) await insert(db, collection, id, document.lang, part)
      for (const part of batches(difference.moved)) await move(db, part)
      for (const part of batches(difference.removed)) await bury(db, part)
      // What a source list shows changed for all of its chunks, also those that stay; or it did when an import was cut off.
      if (row && (row.state !== 'ready' || isRenamed(row, document))) await touch(db, id)
      await db.query(`update kb_documents set state = 'ready', source_hash = $2 where id = $1::bigint`, [
        id,
        document.sourceHash,
      ])
      return toSaved(row, document, difference)
    },
    async remove(collection, source) {
      const row = await find(collection, source)
      return row && (await removeDocument(db, row.id))
    },
    async removeCollection(collection) {
      const mine = [collection.id, collection.workspace]
      for (;;) {
        const rows = await db.query<{ id: string }>(
          `select id::text from kb_documents where collection = $1::bigint and workspace = $2 limit 100`,
          mine,
        )
        if (rows.length === 0) break
        for (const { id } of rows) await removeDocument(db, id)
      }
      await db.query(
        `with r as (${RAISE}), w as (delete from kb_collections where id = $1::bigint and workspace = $2 returning 1)
         ${NOTIFY}`,
        mine,
      )
    },
  }
}

type Collections = Pick<Documents, 'collection' | 'openCollection' | 'collections'>

const COLLECTION = 'id::text, workspace, audience, name, visibility, lang'

function createCollections(db: Database): Collections {
  return {
    async collection({ workspace, audience }, name) {
      const rows = await db.query<Collection>(
        `select ${COLLECTION} from kb_collections where workspace = $1 and audience = $2 and name = $3`,
        [workspace, audience, name.normalize('NFC')],
      )
      return rows[0] ?? null
    },
    async openCollection({ workspace, audience }, name, { visibility, lang }) {
      const rows = await db.query<Collection>(
        // Raised, so that readers see a collection that has become private as soon as its chunks.
        `with r as (${RAISE}), c as (
           insert into kb_collections as k (workspace, audience, name, visibility, lang)
           values ($1, $2, $3, coalesce($4, 'public'), $5)
           on conflict (workspace, audience, name) do update
             set visibility = coalesce($4, k.visibility), lang = coalesce($5, k.lang)
           returning ${COLLECTION})
         select c.*, pg_notify('damso_kb', r.revision::text) from c, r`,
        [workspace, audience, name.normalize('NFC'), visibility ?? null, lang ?? null],
      )
      const row = rows[0] as Collection
      return {
        id: row.id,
        workspace,
        audience,
        name: row.name,
        visibility: row.visibility,
        lang: row.lang,
      }
    },
    collections: (workspace) =>
      db.query<Collection>(
        `select ${COLLECTION} from kb_collections where $1::text is null or workspace in ($1, '*')
         order by workspace, audience, name`,
        [workspace ?? null],
      ),
  }
}

async function list(db: Database, collection: Collection): Promise<Document[]> {
  const rows = await db.query<Omit<Document, keyof Scope | 'collection'>>(
    `select d.id::text, source, title, url, d.lang, state, bytes::int8::float8 as bytes, updated_at as "updatedAt",
       expires_at as "expiresAt",
       (select count(*)::int from kb_chunks c where c.document = d.id and not c.is_gone) as chunks
     from kb_documents d where d.collection = $1::bigint and d.workspace = $2 order by source`,
    [collection.id, collection.workspace],
  )
  const { workspace, audience, id } = collection
  return rows.map((row) => ({ ...row, workspace, audience, collection: id }))
}

async function begin(db: Database, collection: Collection, document: NewDocument): Promise<string> {
  const { source, title, url, lang, bytes, expiresAt, isFile = false } = document
  const rows = await db.query<{ id: string }>(
    `insert into kb_documents (workspace, audience, collection, source, title, url, lang, bytes, expires_at, is_file)
     values ($1, $2, $3::bigint, $4, $5, $6, $7, $8::bigint, $9::timestamptz, $10)
     on conflict (collection, source) do update set title = excluded.title, url = excluded.url, lang = excluded.lang,
       bytes = excluded.bytes, expires_at = excluded.expires_at, is_file = excluded.is_file, state = 'importing', updated_at = now()
     returning id::text`,
    [
      collection.workspace,
      collection.audience,
      collection.id,
      source,
      title,
      url,
      lang,
      bytes,
      expiresAt,
      isFile,
    ],
  )
  return (rows[0] as { id: string }).id
}

/** Its chunks first, so that a removal cut short leaves a document that can be removed again. */
async function removeDocument(db: Database, document: string): Promise<number> {
  const chunks = await buryAll(db, document)
  await db.query('delete from kb_documents where id = $1::bigint', [document])
  return chunks
}

function toSaved(row: Row | null, document: NewDocument, { added, removed }: Difference): Saved {
  const counts = { added: added.length, removed: removed.length }
  if (!row) return { outcome: 'added', ...counts }
  const isSame = added.length + removed.length === 0 && !isRenamed(row, document)
  return { outcome: isSame ? 'unchanged' : 'changed', ...counts }
}

function isRenamed(row: Row, document: NewDocument): boolean {
  return (
    row.title !== document.title ||
    row.url !== document.url ||
    row.lang !== document.lang ||
    row.expires_at?.getTime() !== document.expiresAt?.getTime()
  )
}
