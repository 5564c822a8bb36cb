// Answers as staff handle them: a draft is decided about once, a shown answer is corrected or taken back. Each write takes
// the lane's lock first, as workers and intake do.
import type { Answers, Decided, DraftDecision, KeptAnswer } from '../core/answers.ts'
import type { Place } from '../core/inbound.ts'
import type { Database } from './db.ts'

const FIND = `
  select t.id::text as turn, t.kind, t.lane, t.audience, t.place, t.author, t.answer, t.answer_lang as lang, t.facts,
    coalesce((select string_agg(i.text, E'\\n' order by i.id) from inbox i where i.turn = t.id and i.state <> 'gone'), '') as question,
    coalesce((select jsonb_agg(jsonb_build_object('slot', p.slot, 'key', p.key, 'state', p.state, 'id', p.platform_id,
      'source', p.source, 'place', p.place) order by length(p.slot), p.slot) from posts p where p.turn = t.id), '[]') as posts,
    t.state in ('pending', 'running', 'held') as "isOpen",
    exists (select 1 from inbox i where i.turn = t.id
      and (i.body @> '{"isPrivate": true}' or i.body @> '{"room": "dm"}')) as "isPrivate",
    exists (select 1 from inbox i where i.turn = t.id
      and i.body @> '{"isPrivate": true}' and not i.body @> '{"room": "dm"}') as "isEphemeral",
    exists (select 1 from inbox i where i.turn = t.id and i.body @> '{"quotesQuestion": true}') as "quotesQuestion"
  from turns t where t.workspace = $1 and t.id = coalesce(
    -- Slack's ids are unique in a channel only.
    (select p.turn from posts p where p.workspace = $1 and p.platform_id = $3
      and ($4::text is null or p.place->>'channel' = $4) limit 1), $2::bigint)`

const HELD = `held as (
    select l.lane from turns t join lanes l on l.workspace = t.workspace and l.lane = t.lane
    where t.workspace = $1 and t.id = $2::bigint for update of l
  )`

// Visible, so that no later message joins it: what staff have read is what goes out.
export const ANEW = `state = 'pending', attempts = 0, crashes = 0, survived = 0, not_before = '-infinity',
    done_at = null, is_visible = true`

const AGAIN = `${ANEW}, queue = 'relay'`

const TAKEN = `taken as (
    update inbox set state = 'taken' from again where inbox.turn = again.id and inbox.state = 'done' returning inbox.id
  )`

const DECIDE = `
  with ${HELD}, old as (
    select t.id, t.facts from turns t where t.workspace = $1 and t.id = $2::bigint and t.kind = 'draft'
      and (select count(*) from held) >= 0 for update
  ), again as (
    update turns set ${AGAIN}, facts = turns.facts || jsonb_build_object('decision', $3::jsonb) from old
    where turns.id = old.id and turns.state = 'done' and old.facts ? 'draft' and not old.facts ? 'decision'
      and exists (select 1 from inbox i where i.turn = old.id and i.state <> 'gone')
    returning turns.id, turns.lane
  ), ${TAKEN}
  select (select lane from again) as lane, old.facts->'decision' as decision, (select count(*) from taken) as taken from old`

const RERUN = `
  with ${HELD}, again as (
    update turns set ${AGAIN} where workspace = $1 and id = $2::bigint and state = 'done'
      and (select count(*) from held) >= 0 returning id, lane
  ), ${TAKEN}
  select lane, (select count(*) from taken) as taken from again`

const REPLACE = `
  with ${HELD}
  update turns set answer = $3, facts = facts || $4::jsonb
  where workspace = $1 and id = $2::bigint and answer is not null and (select count(*) from held) >= 0 returning id`

const NOTE = `
  with ${HELD}
  update turns set facts = facts || $3::jsonb
  where workspace = $1 and id = $2::bigint and (select count(*) from held) >= 0`

const COPY_OF = `
  select p.place, p.platform_id as message from inbox i join posts p on p.turn = i.turn
  where i.workspace = $1 and i.source = $2 and i.kind = 'relay' and p.slot = 'copy.0' and p.platform_id is not null
  union all
  select t.place, i.source from posts p join turns t on t.id = p.turn join inbox i on i.turn = t.id
  where p.workspace = any(damso_copies_in($1, $5)) and p.platform_id = $3 and ($4::text is null or p.place->>'channel' = $4)
    and p.slot like 'copy.%' and t.kind = 'relay' and i.state <> 'gone' limit 1`

const REMOVED = `
  update posts set state = 'intent', platform_id = null, updated_at = now()
  where workspace = $1 and turn = $2::bigint and slot = $3`

const ACTED_LATELY = `select 1 from inbox where workspace = $1 and author = $2 and place->>'channel' = $3
  and kind <> 'case-article' and created_at > now() - interval '1 day' limit 1`

export function createAnswers(db: Database): Answers {
  return {
    async find(workspace, id) {
      const turn = toId(id)
      const [, channel = null, message = null] = /^message:(?:([^:]+):)?([^:]+)$/.exec(id) ?? []
      if (message === null && turn === null) return null
      return (await db.query<KeptAnswer>(FIND, [workspace, turn, message, channel]))[0] ?? null
    },
    async decide(workspace, turn, decision): Promise<Decided> {
      if (toId(turn) === null) return { outcome: 'gone' }
      const rows = await db.query<{ lane: string | null; decision: DraftDecision | null }>(DECIDE, [
        workspace,
        turn,
        JSON.stringify(decision),
      ])
      const found = rows[0]
      if (found?.lane) return { outcome: 'decided', lane: found.lane }
      return found?.decision ? { outcome: 'late', decision: found.decision } : { outcome: 'gone' }
    },
    async replace(workspace, turn, text, facts) {
      return (await db.query(REPLACE, [workspace, turn, text, JSON.stringify(facts)])).length > 0
    },
    async copyOf(workspace, message, person) {
      const [, channel = null, id] = /^(?:([^:]+):)?([^:]+)$/.exec(message) ?? []
      const rows = await db.query<{ place: Place; message: string }>(COPY_OF, [
        workspace,
        message,
        id,
        channel,
        person,
      ])
      return rows[0] ?? null
    },
    async note(workspace, turn, facts) {
      await db.query(NOTE, [workspace, turn, JSON.stringify(facts)])
    },
    async removed(workspace, turn, slot) {
      await db.query(REMOVED, [workspace, turn, slot])
    },
    async rerun(workspace, turn) {
      return (await db.query<{ lane: string }>(RERUN, [workspace, turn]))[0]?.lane ?? null
    },
    isStaff: async (workspace, person, staffChannel) =>
      (await db.query(ACTED_LATELY, [workspace, person, staffChannel])).length > 0,
  }
}

function toId(id: string): string | null {
  return /^\d{1,18}$/.test(id) ? id : null
}
