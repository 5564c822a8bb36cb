// The glossary of a workspace and of its channels, as it is kept and as it is looked words up in. A channel's own terms
// count before the workspace's.
import { TARGET_LANGS } from '../../core/target-lang.ts'
import type { Database } from '../../store/db.ts'
import type { Glossary, Term } from '../model.ts'
import { clashOf, MAX_TERMS, namesOf, readTermsCsv, whyBad, writeTermsCsv } from './csv.ts'
import { indexTerms, type TermIndex } from './index-terms.ts'
import { parseTypedTerm } from './typed.ts'

const COLUMNS = `channel, forms, kind, forbidden, is_case_sensitive as "isCaseSensitive"`
const TERMS = `select ${COLUMNS} from glossary_terms where workspace = $1 and channel in ('', $2) order by channel desc, name`
const OWN = `select ${COLUMNS} from glossary_terms where workspace = $1 and channel = $2 order by name`
const VERSION = `select version::text from glossary_versions where workspace = $1`

const RAISED = `raised as (
    insert into glossary_versions as v (workspace) select $1 from changed limit 1
    on conflict (workspace) do update set version = v.version + 1
  )`

const PUT = `
  with changed as (
    insert into glossary_terms (workspace, channel, name, forms, kind, forbidden, is_case_sensitive, added_by)
    select $1, $2, t->>'name', t->'forms', t->>'kind', t->'forbidden', (t->>'isCaseSensitive')::boolean, $4
    from jsonb_array_elements($3::jsonb) t
    on conflict (workspace, channel, name) do update set forms = excluded.forms, kind = excluded.kind,
      forbidden = excluded.forbidden, is_case_sensitive = excluded.is_case_sensitive, added_by = excluded.added_by,
      updated_at = now()
    returning id
  ), ${RAISED}
  select count(*)::int as count from changed`

const REMOVE = `
  with changed as (
    delete from glossary_terms where workspace = $1 and channel = $2 and name = any($3::text[]) returning id
  ), ${RAISED}
  select count(*)::int as count from changed`

/** Rows of one statement; larger imports come in batches. */
const BATCH = 500
const MAX_KNOWN = 200

export interface GlossaryStore extends Glossary {
  /** For a translation: what holds in the channel. */
  index(workspace: string, channel: string | null): Promise<TermIndex>
  /** The same as it was last; null where it was never asked for. */
  last(workspace: string, channel: string | null): TermIndex | null
}

type Row = Term & { channel: string }

export function createGlossary(db: Database): GlossaryStore {
  const known = new Map<string, { version: string; index: TermIndex }>()
  const keyOf = (workspace: string, channel: string | null): string => JSON.stringify([workspace, channel])
  const own = (workspace: string, channel: string | null): Promise<Row[]> =>
    db.query<Row>(OWN, [workspace, channel ?? ''])
  const put = async (workspace: string, channel: string | null, terms: readonly Term[], by: string) => {
    for (let at = 0; at < terms.length; at += BATCH) {
      const batch = terms.slice(at, at + BATCH).map((term) => ({ ...term, name: nameOf(term) }))
      await db.query(PUT, [workspace, channel ?? '', JSON.stringify(batch), by])
    }
  }

  return {
    async index(workspace, channel) {
      const version = (await db.query<{ version: string }>(VERSION, [workspace]))[0]?.version ?? '0'
      const key = keyOf(workspace, channel)
      const before = known.get(key)
      if (before?.version === version) return before.index
      const rows = version === '0' ? [] : await db.query<Row>(TERMS, [workspace, channel ?? ''])
      const index = indexTerms(withoutOverridden(rows), version)
      known.delete(key)
      known.set(key, { version, index })
      const oldest = known.keys().next().value
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
      return index
    },
    last: (workspace, channel) => known.get(keyOf(workspace, channel))?.index ?? null,
    list: own,
    async add(workspace, channel, typed, by) {
      const term = parseTypedTerm(typed)
      if (!term) return { outcome: 'unreadable' }
      const why = whyBad(term)
      if (why) return { outcome: 'bad', why }
      const terms = await own(workspace, channel)
      const others = terms.filter((one) => nameOf(one) !== nameOf(term))
      if (others.length >= MAX_TERMS) return { outcome: 'full', max: MAX_TERMS }
      const clash = firstClash(term, others)
      if (clash) return { outcome: 'contradiction', clash }
      const isNew = others.length === terms.length
      await put(workspace, channel, [term], by)
      return { outcome: isNew ? 'added' : 'changed', term }
    },
    async remove(workspace, channel, word) {
      const wanted = word.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
      const found = (await own(workspace, channel)).filter(({ forms }) =>
        Object.values(forms).some((form) => form.toLowerCase() === wanted),
      )
      if (found.length === 0) return 0
      const rows = await db.query<{ count: number }>(REMOVE, [workspace, channel ?? '', found.map(nameOf)])
      return rows[0]?.count ?? 0
    },
    async importCsv(workspace, channel, text, by) {
      const { terms, bad } = readTermsCsv(text)
      const before = await own(workspace, channel)
      const names = new Set(terms.map(nameOf))
      const kept = before.filter((term) => !names.has(nameOf(term)))
      const taken = terms.slice(0, Math.max(0, MAX_TERMS - kept.length))
      const clashes = taken.flatMap((term) => firstClash(term, kept) ?? [])
      await put(workspace, channel, taken, by)
      return { taken: taken.length, left: terms.length - taken.length, bad, clashes }
    },
    exportCsv: async (workspace, channel) => writeTermsCsv(await own(workspace, channel)),
  }
}

/** By which a term is found again: its first language in a fixed order. */
function nameOf({ forms }: Pick<Term, 'forms'>): string {
  const lang = TARGET_LANGS.find((one) => forms[one] !== undefined)!
  return `${lang}:${forms[lang]!.toLowerCase()}`
}

function firstClash(term: Term, others: readonly Term[]): string | null {
  const names = namesOf(term)
  for (const other of others) {
    const isSame = namesOf(other).some((name) => names.includes(name))
    const clash = isSame ? clashOf(other, term) : null
    if (clash) return clash
  }
  return null
}

/** Channel terms come first. */
function withoutOverridden(rows: readonly Row[]): Term[] {
  const taken = new Set(rows.filter(({ channel }) => channel !== '').flatMap(namesOf))
  return rows.filter((row) => row.channel !== '' || !namesOf(row).some((name) => taken.has(name)))
}
