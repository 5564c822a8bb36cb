// Proposed articles as they are kept. Each statement is safe to repeat: a press that comes again after a crash finds what
// it has done.
import { type Database, theirs } from '../store/db.ts'
import type { NewProposal, Proposal, Proposals } from './model.ts'

const COLUMNS = `id::text, workspace, audience, turn::text, visibility, bound as "isBound", collection, lang, title, translation, state, revision,
  question_ko as "questionKo", answer_ko as "answerKo", question_en as "questionEn", answer_en as "answerEn",
  published::text, card::text, proposed_by_name as "proposedByName", decided_by_name as "decidedByName",
  decided_press as "decidedPress"`

const PROPOSE = `
  with old as (
    select ${COLUMNS} from kb_proposals where workspace = $1 and turn = $3::bigint and press = $13 order by id desc limit 1
  ), made as (
    insert into kb_proposals as p (workspace, audience, turn, visibility, collection, lang, title, question_ko, answer_ko,
      question_en, answer_en, proposed_by, press, proposed_by_name, bound)
    select $1, $2, $3::bigint, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::boolean where not exists (select 1 from old)
    on conflict (workspace, turn) where state = 'proposed' do update set visibility = excluded.visibility, bound = excluded.bound,
      collection = excluded.collection, lang = excluded.lang, title = excluded.title,
      question_ko = excluded.question_ko, answer_ko = excluded.answer_ko, question_en = excluded.question_en,
      answer_en = excluded.answer_en, proposed_by = excluded.proposed_by, press = excluded.press,
      proposed_by_name = excluded.proposed_by_name, translation = 'waiting', revision = p.revision + 1
    returning ${COLUMNS}
  )
  select * from old union all select * from made`

const FIND = `select ${COLUMNS} from kb_proposals where workspace = $1 and id = $2::bigint`

const EDIT = `
  update kb_proposals set title = $3, question_ko = $4, answer_ko = $5, question_en = $6, answer_en = $7,
    revision = revision + 1, translation = case when $5 <> '' and $7 <> '' then 'done' else 'waiting' end,
    lang = case when $5 = '' then 'en' when $7 = '' then 'ko' else lang end
  where workspace = $1 and id = $2::bigint and state = 'proposed' returning ${COLUMNS}`

const TRANSLATED = `
  update kb_proposals set translation = case when $4::text is null then 'failed' else 'done' end,
    question_en = case when lang = 'ko' then coalesce($4, question_en) else question_en end,
    answer_en = case when lang = 'ko' then coalesce($5, answer_en) else answer_en end,
    question_ko = case when lang = 'en' then coalesce($4, question_ko) else question_ko end,
    answer_ko = case when lang = 'en' then coalesce($5, answer_ko) else answer_ko end
  where workspace = $1 and id = $2::bigint and revision = $3::int and translation = 'waiting'`

const DECIDE = `
  update kb_proposals set state = $3, decided_by = $4, decided_by_name = $5, decided_press = $6, decided_at = now()
  where workspace = $1 and id = $2::bigint and (state = 'proposed' or $7::boolean and state = 'approved') returning id`

// What staff approved is the company's article.
const THEIRS = `${theirs('p.workspace')} and p.state <> 'approved'
    and t.id = p.turn and t.author = $2`

const CARDS = `select p.workspace, p.card::text from kb_proposals p, turns t where ${THEIRS}`
// With what staff wrote about them into forms.
const FORGET = `
  with gone as (
    delete from kb_proposals p using turns t where ${THEIRS} returning p.workspace, p.card::text, p.id::text, p.turn::text
  ), words as (
    update inbox i set body = jsonb_build_object('id', i.body->'id') from gone
    where i.workspace = gone.workspace and i.kind = 'proposal-decision' and i.body->>'id' in (gone.id, 'turn:' || gone.turn)
      and i.state not in ('pending', 'taken')
  )
  select workspace, card from gone`

// Of somebody on the team only the name goes.
const UNNAME = `
  update kb_proposals p set proposed_by = case when proposed_by = $2 then '' else proposed_by end,
    proposed_by_name = case when proposed_by = $2 then '' else proposed_by_name end,
    decided_by = case when decided_by = $2 then '' else decided_by end,
    decided_by_name = case when decided_by = $2 then '' else decided_by_name end
  where (p.workspace = $1 or ($1 like 'discord:%' and p.workspace like 'discord:%')) and $2 in (proposed_by, decided_by)`

const PURGE = `
  delete from kb_proposals where id in (select id from kb_proposals
    where state <> 'approved' and created_at < now() - make_interval(days => $1::int)
      and ($3::text is null or workspace = $3) limit $2::int) returning id`

export function createProposals(db: Database): Proposals {
  return {
    async propose(proposal) {
      const rows = await db.query<Proposal>(PROPOSE, valuesOf(proposal))
      return rows[0] as Proposal
    },
    async find(workspace, id) {
      if (!/^\d{1,18}$/.test(id)) return null
      return (await db.query<Proposal>(FIND, [workspace, id]))[0] ?? null
    },
    ofTurn: (workspace, turn) =>
      db.query<Proposal>(
        `select ${COLUMNS} from kb_proposals where workspace = $1 and turn = $2::bigint order by id`,
        [workspace, turn],
      ),
    async edit(workspace, id, { title, questionKo, answerKo, questionEn, answerEn }) {
      const values = [workspace, id, title, questionKo, answerKo, questionEn, answerEn]
      return (await db.query<Proposal>(EDIT, values))[0] ?? null
    },
    async translated(workspace, id, revision, other) {
      await db.query(TRANSLATED, [workspace, id, revision, other?.question ?? null, other?.answer ?? null])
    },
    async decide(workspace, id, { state, by, byName, press }, isWithdrawal = false) {
      const values = [workspace, id, state, by, byName, press, isWithdrawal]
      return (await db.query(DECIDE, values)).length > 0
    },
    async carded(workspace, id, turn) {
      await db.query('update kb_proposals set card = $3::bigint where workspace = $1 and id = $2::bigint', [
        workspace,
        id,
        turn,
      ])
    },
    purge: async (days, limit, workspace = null) => (await db.query(PURGE, [days, limit, workspace])).length,
    cardsOf: (workspace, person) => db.query(CARDS, [workspace, person]),
    async forget(workspace, person) {
      await db.query(UNNAME, [workspace, person])
      return db.query(FORGET, [workspace, person])
    },
  }
}

function valuesOf(proposal: NewProposal): unknown[] {
  const { workspace, audience, turn, visibility, isBound, collection, lang, title, by, press, byName } =
    proposal
  const { questionKo, answerKo, questionEn, answerEn } = proposal
  return [
    ...[workspace, audience, turn, visibility, collection, lang, title],
    ...[questionKo, answerKo, questionEn, answerEn, by, press, byName, isBound],
  ]
}
