// What is kept about a person that others wrote, or that was made for others: it goes out with an export, and its words go
// when they want to be forgotten. Rows of their own are found by their id.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * damso_about(ws, person): ids of messages (`inbox`) and of turns.
 * - in the lanes of their cases: the card, the summary, what staff wrote
 * - what moved or noted a case, wherever it was done: also staff's answers in the customer's own thread
 * - commands in the thread of a case's card, or with a case's number, and what they showed
 * - what staff decided about their messages, answers and drafts, with the texts of forms
 * - what others had translated of theirs
 * A person on Discord has one id in all servers and in direct messages; on Slack one in each workspace.
 */
const ABOUT = `
create index inbox_decided on inbox (workspace, (body->>'id')) where kind like '%-decision';
create index inbox_numbered on inbox (workspace, (body->>'number')) where kind = 'ticket-command';
create index inbox_commands on inbox (workspace, (place->>'thread')) where lane like 'cmd:%';
create index inbox_pointed on inbox (workspace, (body->>'target')) where body ? 'target';
create index inbox_pointed_author on inbox (workspace, (body->>'targetAuthor')) where body ? 'targetAuthor';

create function damso_about(ws text, person text) returns table (message bigint, turn bigint) language sql stable as $$
  with cases as (
    select * from tickets k where damso_is_theirs(ws, k.home) and k.customer = person
  ), own_turns as (
    select t.id, t.workspace from turns t where damso_is_theirs(ws, t.workspace) and t.author = person
  ), case_lanes as (
    select c.workspace, 'ticket:' || c.id as lane from cases c
    union select c.workspace, 'ticket-summary:' || c.id from cases c
    union select c.workspace, c.staff_lane from cases c where c.staff_lane is not null
  ), shown as (
    select r.workspace, r.turn, r.press from staff_replies r join cases c on c.id = r.ticket
  ), acts as (
    select l.press from ticket_lines l join cases c on c.id = l.ticket
    union select turn from shown union select press from shown
  ), lane_turns as (
    select t.id, t.workspace from turns t join case_lanes l on l.workspace = t.workspace and l.lane = t.lane
    union select t.id, t.workspace from acts join turns t on t.id = acts.press::bigint where acts.press ~ '^\\d{1,18}$'
  ), named as (
    select t.workspace, t.id::text from own_turns t union select t.workspace, t.id::text from lane_turns t
    union select s.workspace, s.turn from shown s
    union select p.workspace, 'message:' || p.platform_id from posts p join own_turns t on t.id = p.turn
    union select p.workspace, 'message:' || (p.place->>'channel') || ':' || p.platform_id from posts p join own_turns t on t.id = p.turn
  ), messages as (
    select i.id from inbox i join case_lanes l on l.workspace = i.workspace and l.lane = i.lane
    union select i.id from inbox i join lane_turns t on i.turn = t.id
    union select i.id from inbox i join cases c on i.workspace = c.workspace and i.kind = 'ticket-command'
      and i.body->>'number' = c.number::text
    union select i.id from inbox i join cases c on i.workspace = c.workspace and i.lane like 'cmd:%'
      and i.place->>'thread' = substring(c.staff_lane from '[^:]+$')
    union select i.id from inbox i join named n on i.workspace = n.workspace and i.body->>'id' = n.id
      and i.kind in ('draft-decision', 'answer-decision', 'relay-decision', 'reply-decision')
    union select i.id from inbox i join inbox own on own.workspace = i.workspace and own.source = i.body->>'target'
      where i.body ? 'target' and i.kind <> 'reaction' and damso_is_theirs(ws, own.workspace) and own.author = person
    union select i.id from inbox i
      where i.body ? 'targetAuthor' and damso_is_theirs(ws, i.workspace) and i.body->>'targetAuthor' = person
  )
  select i.id, i.turn from messages m join inbox i on i.id = m.id
  union all select null, t.id from lane_turns t
$$;
`

export const aboutMigrations: Record<string, Migration> = {
  '026-about': {
    up: async (db) => {
      await sql.raw(ABOUT).execute(db)
    },
  },
}
