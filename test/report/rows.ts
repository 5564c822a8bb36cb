// A week of questions, written into the tables as the bot leaves them.
import type { TurnFacts } from '../../src/core/facts.ts'
import type { Database } from '../../src/store/db.ts'

export interface Asked {
  question: string
  /** Hours before the end of the period. */
  hoursAgo: number
  workspace?: string
  lane?: string
  kind?: 'answer' | 'draft' | 'person' | 'say'
  state?: 'done' | 'failed' | 'stopped' | 'running'
  lang?: 'ko' | 'en' | null
  answer?: string | null
  /** From the message to the start of the work. */
  waitedMs?: number
  facts?: TurnFacts
  feedback?: ('up' | 'down')[]
  /** Of whoever gave a 👎. */
  words?: string
}

let next = 0

/** Returns the turn's id. */
export async function ask(db: Database, end: Date, asked: Asked): Promise<string> {
  const at = new Date(+end - asked.hoursAgo * 3_600_000)
  const { workspace = 'slack:T1', kind = 'answer', state = 'done', waitedMs = 0 } = asked
  const lane = asked.lane ?? `C1:${++next}`
  const lang = asked.lang === undefined ? 'ko' : asked.lang
  const [row] = await db.query<{ id: string }>(
    `insert into turns (workspace, audience, lane, kind, queue, author, place, state, answer, answer_lang, facts, created_at, started_at, done_at)
     values ($1, $1 || ':C1', $2, $3, 'chat', 'U1', '{}', $4, $5, $6, $7::jsonb, $8, $9, $9) returning id::text`,
    [
      ...[workspace, lane, kind, state, asked.answer === undefined ? '답변' : asked.answer, lang],
      ...[JSON.stringify(asked.facts ?? {}), at, new Date(+at + waitedMs)],
    ],
  )
  const id = row?.id ?? ''
  await db.query(
    `insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text, turn, created_at)
     values ($1, $1 || ':C1', $2, $3, $4, 'chat', 'done', 'U1', $5, $6::bigint, $7)`,
    [workspace, `C1:m${++next}`, lane, kind, asked.question, id, at],
  )
  for (const [nth, value] of (asked.feedback ?? []).entries())
    await db.query(
      `insert into feedback (workspace, audience, turn, person, value, words)
       values ($1, $1 || ':C1', $2::bigint, $3, $4, $5)`,
      [workspace, id, `U${nth}`, value, value === 'down' ? (asked.words ?? null) : null],
    )
  return id
}

export async function addCase(
  db: Database,
  end: Date,
  one: {
    hoursAgo: number
    firstMin?: number
    resolvedMin?: number
    rating?: number
    lang?: 'ko' | 'en'
    isLate?: boolean
    workspace?: string
    /** Who had it; by default nobody. */
    person?: string
    /** For how it had ended before it was opened again. */
    oldRating?: number
  },
): Promise<void> {
  const {
    hoursAgo,
    firstMin,
    resolvedMin,
    rating = null,
    lang = 'ko',
    isLate = false,
    workspace = 'slack:T1',
    person = null,
    oldRating,
  } = one
  const opened = +end - hoursAgo * 3_600_000
  const after = (minutes?: number): Date | null =>
    minutes === undefined ? null : new Date(opened + minutes * 60_000)
  const [kept] = await db.query<{ id: string }>(
    `insert into tickets (workspace, number, audience, home, lane, place, customer, customer_name, lang, reason, question, staff_place,
       opened_at, first_response_at, resolved_at, missed)
     values ($1, $2::int, '', $1, 'K' || $2::int, '{}', 'U1', '민지', $3, 'button', '', '{}', $4, $5, $6, $7::jsonb) returning id::text`,
    [
      ...[workspace, ++next, lang, new Date(opened), after(firstMin), after(resolvedMin)],
      JSON.stringify(isLate ? ['first'] : []),
    ],
  )
  const stars = oldRating === undefined ? [rating] : [oldRating, rating]
  for (const [at, given] of stars.entries())
    await db.query(
      'insert into ticket_ratings (ticket, opening, by, person, person_name, stars) values ($1::bigint, $2::int, $3, $4, $4, $5::int)',
      [kept?.id, at + 1, person === null ? 'bot' : 'person', person, given],
    )
}

export async function addDocument(
  db: Database,
  document: { title: string; workspace?: string; updatedAt: Date; expiresAt?: Date | null },
): Promise<string> {
  const { title, workspace = '*', updatedAt, expiresAt = null } = document
  const [row] = await db.query<{ id: string }>(
    `with c as (insert into kb_collections (workspace, name) values ($1, $2) returning id)
     insert into kb_documents (workspace, audience, collection, source, title, state, updated_at, expires_at)
     select $1, '', c.id, $2 || '.md', $2, 'ready', $3, $4 from c returning id::text`,
    [workspace, title, updatedAt, expiresAt],
  )
  return row?.id ?? ''
}
