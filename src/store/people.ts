// What is kept about persons: whether they had the first notice, their language, their feedback; and how all of it goes.

import type { TargetLang } from '../core/target-lang.ts'
import type { Tone } from '../core/tone.ts'
import { type Database, theirs } from './db.ts'
import type { People } from './model.ts'

const THEIRS = theirs('workspace')

type Own = 'reads' | 'tone' | 'zone'

const own = (name: Own): string => `
  select ${name} as value from people where ${THEIRS} and person = $2 and ${name} is not null
  order by workspace = $1 desc limit 1`

// What they chose on another server goes: the newest choice holds everywhere.
const setOwn = (name: Own): string => `
  with others as (
    update people set ${name} = null where ${THEIRS} and workspace <> $1 and person = $2 and ${name} is not null)
  insert into people (workspace, person, ${name}) values ($1, $2, $3)
  on conflict (workspace, person) do update set ${name} = excluded.${name}`

const TONE_FOR = `select coalesce((${own('tone')}),
  (select staff_tone from people where workspace = $3 and person = $2)) as value`
const SET_STAFF_TONE = `
  insert into people (workspace, person, staff_tone) values ($1, $2, $3)
  on conflict (workspace, person) do update set staff_tone = excluded.staff_tone`

const STAFF = `
  select s.workspace, s.value #>> '{}' as channel from settings s
  where s.workspace like 'discord:%' and s.name = 'staffChannel' and s.scope = '' and s.value #>> '{}' is not null
    and exists (select 1 from inbox i where i.workspace = s.workspace and i.author = $1) limit 2`

// A person on Discord has one id in all servers and in direct messages; on Slack one in each workspace. What was handed on to
// staff is taken as deleted instead: the sweeper takes its copies away (sweep.ts), and nothing says whose they were.
const FORGET = `
  with people_gone as (delete from people where ${THEIRS} and person = $2),
  feedback_gone as (delete from feedback where ${THEIRS} and person = $2),
  handed_on as (
    update turns set author = '', answer = null, facts = '{}' where ${THEIRS} and author = $2 and id::text <> $3 and kind = 'relay'
      and state in ('done', 'failed', 'stopped')
      and exists (select 1 from posts p where p.turn = turns.id and p.slot like 'copy.%' and p.platform_id is not null) returning id
  ),
  turns_gone as (delete from turns where ${THEIRS} and author = $2 and id::text <> $3
    and state not in ('pending', 'running', 'held') and id not in (select id from handed_on) returning id),
  -- Of a command the lane is named by what the platform called it, which may name them.
  commands_gone as (delete from lanes where ${THEIRS} and asker = $2 and lane like 'cmd:%' and lease_until < now()),
  lanes_gone as (update lanes set asker = null where ${THEIRS} and asker = $2 and not (lane like 'cmd:%' and lease_until < now())),
  settings_gone as (update settings set updated_by = null where ${THEIRS} and updated_by = $2),
  deleted as (
    update inbox set state = 'gone', author = '', author_name = '', author_lang = null, text = '', body = '{}', handle = null
    where ${THEIRS} and author = $2 and turn in (select id from handed_on) returning id
  ), gone as (
    delete from inbox where ${THEIRS} and author = $2 and coalesce(turn::text, '') <> $3 and state <> 'taken'
      and not coalesce(turn in (select id from handed_on), false) returning id
  )
  select id from deleted union all select id from gone`

// Who changes their mind takes the reason back too. The turn says what was thought of it last.
const RATE = `
  with rated as (
    insert into feedback (workspace, audience, turn, person, value) values ($1, $2, $3::bigint, $4, $5)
    on conflict (turn, person) do update set value = excluded.value, created_at = now(),
      reason = case when feedback.value = excluded.value then feedback.reason end,
      words = case when feedback.value = excluded.value then feedback.words end
    returning reason
  )
  update turns set facts = facts || jsonb_build_object('feedback', $5::text, 'reason', rated.reason) from rated
  where id = $3::bigint`

const EXPLAIN = `
  with explained as (
    update feedback set reason = $4, words = $5
    where workspace = $1 and turn = $2::bigint and person = $3 and value = 'down' returning turn
  )
  update turns set facts = facts || jsonb_build_object('reason', $4::text) from explained
  where turns.id = explained.turn returning turns.id`

export function createPeople(db: Database): People {
  return {
    async forget(workspace, person, exceptTurn) {
      const rows = await db.query<{ id: string }>(FORGET, [workspace, person, exceptTurn])
      await db.query(
        `update inbox set text = '', author_name = '' where workspace = $1 and author = $2 and turn::text = $3`,
        [workspace, person, exceptTurn],
      )
      return rows.length
    },
    async readsOf(workspace, person) {
      const rows = await db.query<{ value: TargetLang }>(own('reads'), [workspace, person])
      return rows[0]?.value ?? null
    },
    async setReads(workspace, person, lang) {
      await db.query(setOwn('reads'), [workspace, person, lang])
    },
    async toneOf(workspace, person) {
      return (await db.query<{ value: Tone }>(own('tone'), [workspace, person]))[0]?.value ?? null
    },
    async setTone(workspace, person, tone) {
      await db.query(setOwn('tone'), [workspace, person, tone])
    },
    async toneFor(workspace, person, staffWorkspace = workspace) {
      const rows = await db.query<{ value: Tone | null }>(TONE_FOR, [workspace, person, staffWorkspace])
      return rows[0]?.value ?? null
    },
    async setStaffTone(staffWorkspace, person, tone) {
      await db.query(SET_STAFF_TONE, [staffWorkspace, person, tone])
    },
    async zoneOf(workspace, person) {
      return (await db.query<{ value: string }>(own('zone'), [workspace, person]))[0]?.value ?? null
    },
    async setZone(workspace, person, zone) {
      await db.query(setOwn('zone'), [workspace, person, zone])
    },
    async staffOf(person) {
      const found = await db.query<{ workspace: string; channel: string }>(STAFF, [person])
      return found.length === 1 ? found[0]! : null
    },
    async rate(workspace, audience, turn, person, value) {
      await db.query(RATE, [workspace, audience, turn, person, value])
    },
    explain: async (workspace, turn, person, reason, said) =>
      /^\d{1,18}$/.test(turn) &&
      (await db.query(EXPLAIN, [workspace, turn, person, reason, said])).length > 0,
  }
}
