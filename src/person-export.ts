// All that is kept of one person, row by row: for whoever asks what there is, and before it is erased.
import { type Database, theirs } from './store/db.ts'

export interface KeptRow {
  table: string
  row: Record<string, unknown>
}

const CASES = `select id, workspace, staff_lane from tickets where ${theirs('home')} and customer = $2`
const TURNS = `select id from turns where ${theirs('workspace')} and author = $2`
/** What staff wrote in the thread of their cases, and what was noted for the cases' cards. */
const CASE_LANES = `
  select workspace, 'ticket:' || id as lane from (${CASES}) c
  union select workspace, 'ticket-summary:' || id from (${CASES}) c
  union select workspace, staff_lane from (${CASES}) c where staff_lane is not null`

/** By table: which of its rows are about them. `$1` is the workspace, `$2` the person; `t` is the row. */
const ABOUT: Readonly<Record<string, string>> = {
  people: `${theirs('t.workspace')} and t.person = $2`,
  inbox: `(${theirs('t.workspace')} and t.author = $2) or (t.workspace, t.lane) in (${CASE_LANES})`,
  turns: `(${theirs('t.workspace')} and t.author = $2) or (t.workspace, t.lane) in (${CASE_LANES})`,
  posts: `t.turn in (${TURNS})`,
  feedback: `(${theirs('t.workspace')} and t.person = $2) or t.turn in (${TURNS})`,
  tickets: `(${theirs('t.home')} and t.customer = $2) or (${theirs('t.workspace')} and t.assignee = $2)`,
  ticket_lines: `t.ticket in (select id from (${CASES}) c)
    or (t.by = $2 and t.ticket in (select id from tickets where ${theirs('workspace')}))`,
  ticket_ratings: `t.ticket in (select id from (${CASES}) c)
    or (t.person = $2 and t.ticket in (select id from tickets where ${theirs('workspace')}))`,
  timers: `t.ticket in (select id from (${CASES}) c)`,
  staff_replies: `t.ticket in (select id from (${CASES}) c)`,
  ticket_abuse: `t.ticket in (select id from (${CASES}) c)`,
  translation_memory: `${theirs('t.workspace')} and (t.author = $2 or t.corrected_by = $2)`,
  kb_proposals: `${theirs('t.workspace')} and (t.proposed_by = $2 or t.decided_by = $2 or t.turn in (${TURNS}))`,
  settings: `${theirs('t.workspace')} and t.updated_by = $2`,
  snippets: `${theirs('t.workspace')} and t.updated_by = $2`,
  glossary_terms: `${theirs('t.workspace')} and t.added_by = $2`,
  lanes: `${theirs('t.workspace')} and t.asker = $2`,
}

/** Tables that say nothing of anybody: counters, leases, and what a company publishes. */
export const OF_NOBODY: readonly string[] = [
  ...['busy', 'budgets', 'leases', 'glossary_versions'],
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
        `select t.ctid::text as at, to_jsonb(t) - 'hash' as row from ${table} t
         where t.ctid > $3::tid and (${about}) order by t.ctid limit ${BATCH}`,
        [workspace, person, last],
      )
      for (const { row } of rows) yield { table, row }
      last = rows.length === BATCH ? (rows.at(-1)?.at ?? null) : null
    }
  }
}
