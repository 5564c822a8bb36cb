// All that is kept of one person, row by row: for whoever asks what there is, and before it is erased.
import { type Database, theirs } from './store/db.ts'

export interface KeptRow {
  table: string
  row: Record<string, unknown>
}

const CASES = `select id from tickets where ${theirs('home')} and customer = $2`
const TURNS = `select id from turns where ${theirs('workspace')} and author = $2`
/** What others wrote about them, or had translated of theirs: src/desk/about.ts. */
const ABOUT_THEM = 'select %COLUMN% from damso_about($1, $2)'

/** By table: which of its rows are about them. `$1` is the workspace, `$2` the person; `t` is the row. */
const ABOUT: Readonly<Record<string, string>> = {
  people: `${theirs('t.workspace')} and t.person = $2`,
  inbox: `(${theirs('t.workspace')} and t.author = $2) or t.id in (${ABOUT_THEM.replace('%COLUMN%', 'message')})
    or t.kind = 'proposal-decision' and (t.workspace, t.body->>'id') in (
      select p.workspace, unnest(array[p.id::text, 'turn:' || p.turn]) from kb_proposals p where p.turn in (${TURNS}))`,
  turns: `(${theirs('t.workspace')} and t.author = $2) or t.id in (${ABOUT_THEM.replace('%COLUMN%', 'turn')})`,
  posts: `t.turn in (${TURNS})`,
  feedback: `(${theirs('t.workspace')} and t.person = $2) or t.turn in (${TURNS})`,
  tickets: `(${theirs('t.home')} and t.customer = $2) or (${theirs('t.workspace')} and t.assignee = $2)`,
  ticket_lines: `t.ticket in (${CASES})
    or (t.by = $2 and t.ticket in (select id from tickets where ${theirs('workspace')}))`,
  ticket_ratings: `t.ticket in (${CASES})
    or (t.person = $2 and t.ticket in (select id from tickets where ${theirs('workspace')}))`,
  timers: `t.ticket in (${CASES})`,
  staff_replies: `t.ticket in (${CASES}) or (t.workspace, t.press) in (
    select workspace, id::text from turns where ${theirs('workspace')} and author = $2)`,
  ticket_abuse: `t.ticket in (${CASES})`,
  translation_memory: `${theirs('t.workspace')} and $2 in (t.author, t.about, t.corrected_by)`,
  kb_proposals: `${theirs('t.workspace')} and (t.proposed_by = $2 or t.decided_by = $2 or t.turn in (${TURNS}))`,
  // The lead is set as "id|name".
  settings: `${theirs('t.workspace')} and (t.updated_by = $2 or starts_with(t.value #>> '{}', $2 || '|'))`,
  snippets: `${theirs('t.workspace')} and t.updated_by = $2`,
  glossary_terms: `${theirs('t.workspace')} and t.added_by = $2`,
  lanes: `${theirs('t.workspace')} and t.asker = $2`,
}

/** Where not all of a row is theirs. A case that staff have been given is its customer's. */
const SHOWN: Readonly<Record<string, string>> = {
  tickets: `case when ${theirs('t.home')} and t.customer = $2 then to_jsonb(t) else jsonb_build_object('workspace', t.workspace,
    'number', t.number, 'status', t.status, 'assignee', t.assignee, 'assignee_name', t.assignee_name) end`,
}

/** Tables that say nothing of anybody: counters, leases, and what a company publishes. */
export const OF_NOBODY: readonly string[] = [
  ...['busy', 'budgets', 'leases', 'glossary_versions', 'ticket_numbers'],
  ...['kb_collections', 'kb_documents', 'kb_chunks', 'kb_vectors', 'kb_revision'],
]

export const OF_PEOPLE: readonly string[] = Object.keys(ABOUT)

const BATCH = 500

/** Oldest first within each table; a table is read in pieces, so that years of messages fit. */
export async function* keptOf(
  db: Database,
  workspace: string,
  person: string,
): AsyncGenerator<KeptRow, void, undefined> {
  for (const [table, about] of Object.entries(ABOUT)) {
    for (let last: string | null = '(0,0)'; last !== null; ) {
      // By place in the table: not all of them have a number.
      const rows: { at: string; row: Record<string, unknown> }[] = await db.query(
        `select t.ctid::text as at, ${SHOWN[table] ?? 'to_jsonb(t)'} - 'hash' as row from ${table} t
         where t.ctid > $3::tid and (${about}) order by t.ctid limit ${BATCH}`,
        [workspace, person, last],
      )
      for (const { row } of rows) yield { table, row }
      last = rows.length === BATCH ? (rows.at(-1)?.at ?? null) : null
    }
  }
}
