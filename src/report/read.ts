// What a report is made from, read in pages so that no statement holds up an answer.
import type { Database } from '../store/db.ts'
import type { AnswerRow, CaseRow, DocumentRow, Period, PersonRow } from './model.ts'

export interface ReportReader {
  /** In the order in which they were asked. */
  answers(period: Period): AsyncIterable<AnswerRow>
  cases(period: Period): Promise<CaseRow[]>
  persons(period: Period): Promise<PersonRow[]>
  /** Expired ones of the workspace, and those with these ids. */
  documents(workspace: string | null, now: Date, ids: readonly string[]): Promise<DocumentRow[]>
}

const PAGE = 500
const MAX_DOCUMENTS = 500
/** A question is an example in a report, not a record. */
const QUESTION_CHARS = 400

const FIRST = 'select min(id)::text as id from turns where created_at >= $1'

// A draft counts once it is an answer that a customer sees.
const ANSWERS = `
  select t.id::text as turn, t.workspace, t.lane, t.state, t.created_at as at, t.answer_lang as lang, t.facts,
    coalesce(left(m.question, ${QUESTION_CHARS}), '') as question,
    greatest(0, coalesce(extract(epoch from t.started_at - m.since) * 1000, 0))::float8 as "waitedMs",
    f.up, f.down, f.words
  from turns t
  left join lateral (select string_agg(i.text, ' ' order by i.id) as question, min(i.created_at) as since
    from inbox i where i.turn = t.id and i.state <> 'gone') m on true
  left join lateral (select count(*) filter (where value = 'up')::int as up,
    count(*) filter (where value = 'down')::int as down,
    coalesce(array_agg(left(feedback.words, ${QUESTION_CHARS}) order by created_at)
      filter (where value = 'down' and feedback.words is not null), '{}') as words
    from feedback where feedback.turn = t.id) f on true
  where t.id >= $1::bigint and t.created_at >= $2 and t.created_at < $3 and ($4::text is null or t.workspace = $4)
    and t.state in ('done', 'failed', 'stopped') and (t.kind = 'answer' or (t.kind = 'draft' and t.answer is not null))
  order by t.id limit ${PAGE}`

const PERSONS = `
  select distinct t.workspace, t.lane, t.facts->'handover'->>'turn' as answer from turns t
  where t.kind = 'person' and t.created_at >= $1 and t.created_at < $2 and ($3::text is null or t.workspace = $3)
    and t.state = 'done'`

const CASES = `
  select lang, s.stars as rating, s.by as "ratedBy", s.person as "ratedPerson", s.person_name as "ratedName",
    -- Of one that was opened again, the first answer was long ago.
    case when first_response_at >= opened_at then extract(epoch from first_response_at - opened_at)::float8 * 1000 end as "firstMs",
    extract(epoch from resolved_at - opened_at)::float8 * 1000 as "resolvedMs", 
    -- An open one may have passed a target since anything happened to it.
    was_late or missed <> '[]' or coalesce(least(first_due_at, resolve_due_at) <= now(), false) as "isLate"
  from tickets
  -- The newest stars of a case count; those of an end before it was opened again are its history.
  left join lateral (select stars, by, person, person_name from ticket_ratings r
    where r.ticket = tickets.id and r.stars is not null order by r.opening desc limit 1) s on true
  where opened_at >= $1 and opened_at < $2 and ($3::text is null or workspace = $3)
  order by id limit 10000`

const DOCUMENTS = `
  select id::text, title, source, url, updated_at as "updatedAt", expires_at as "expiresAt" from kb_documents
  where ($1::text is null or workspace in ($1, '*')) and (expires_at < $2 or id = any($3::bigint[]))
  order by id limit ${MAX_DOCUMENTS}`

export function createReportReader(db: Database): ReportReader {
  return {
    async *answers({ from, to, workspace }) {
      let next = (await db.query<{ id: string | null }>(FIRST, [from]))[0]?.id ?? null
      while (next !== null) {
        const page: AnswerRow[] = await db.query<AnswerRow>(ANSWERS, [next, from, to, workspace])
        yield* page
        const last = page.at(-1)
        next = last && page.length === PAGE ? String(BigInt(last.turn) + 1n) : null
      }
    },
    cases: ({ from, to, workspace }) => db.query(CASES, [from, to, workspace]),
    persons: ({ from, to, workspace }) => db.query(PERSONS, [from, to, workspace]),
    documents: (workspace, now, ids) =>
      db.query(DOCUMENTS, [workspace, now, ids.filter((id) => /^\d{1,18}$/.test(id))]),
  }
}
