// A person's cases go, with all that belongs to them, and the words of others that are about them (about.ts). Of somebody on
// the team only the name goes: the cases are their customers'.
import { type Database, theirs } from '../store/db.ts'

/** The turn that shows a case's card; null before there is one. */
export interface CaseCard {
  workspace: string
  card: string | null
}

// What is written in a lane without its ticket is the bot's again. Rows of others stay without their words: the card is still
// to be taken away by one of them, and who has acted in the staff channel is staff.
const FORGET = `
  with about as materialized (
    select message, turn from damso_about($1, $2)
  ), gone as (
    delete from tickets where ${theirs('home')} and customer = $2 returning id, workspace, card
  ), free as (
    update lanes set ticket = null, side = null from gone where lanes.ticket = gone.id
  ), words as (
    update inbox set text = '', body = case when body ? 'id' then jsonb_build_object('id', body->'id') else '{}' end
    where id in (select message from about) and author <> $2 and state not in ('pending', 'taken')
  ), answers as (
    update turns set answer = null, facts = case when facts ? 'lang' then jsonb_build_object('lang', facts->'lang') else '{}' end
    where id in (select turn from about) and author <> $2 and state not in ('pending', 'running')
  )
  select workspace, card::text from gone`

// Where they have acted as staff. A case that is open stays with whoever has it.
const UNNAME = `
  with decided as (
    select distinct workspace, body->>'id' as turn from inbox
    where ${theirs('workspace')} and author = $2 and kind in ('relay-decision', 'draft-decision', 'answer-decision')
  ), pressed as (
    select workspace, id::text as press from turns where ${theirs('workspace')} and author = $2
  ), lines as (
    update ticket_lines set by = '', by_name = '' from tickets t
    where t.id = ticket_lines.ticket and ${theirs('t.workspace')} and ticket_lines.by = $2 and t.customer <> $2
    returning t.id, ticket_lines.event
  ), unnamed as (
    update tickets set assignee = case when assignee = $2 then null else assignee end,
      assignee_name = case when assignee = $2 then null else assignee_name end,
      resolved_by_name = case when assignee = $2 or id in (select id from lines where event = 'resolve') then null else resolved_by_name end
    where ${theirs('workspace')} and customer <> $2 and status in ('resolved', 'closed')
      and (assignee = $2 or id in (select id from lines where event = 'resolve'))
  ), unrated as (
    update ticket_ratings set person = null, person_name = null from tickets t
    where t.id = ticket_ratings.ticket and ${theirs('t.workspace')} and ticket_ratings.person = $2
  ), sent as (
    update staff_replies r set sent_by_name = '' from pressed p where r.workspace = p.workspace and r.press = p.press
  ), snippet_makers as (
    update snippets set updated_by = '' where ${theirs('workspace')} and updated_by = $2
  )
  update turns t set facts = facts
    || case when facts #>> '{relay,decided,by}' = $2
      then jsonb_build_object('relay', jsonb_set(facts->'relay', '{decided}', facts #> '{relay,decided}' || '{"by": "", "byName": ""}'))
      else '{}' end
    || case when facts #>> '{decision,by}' = $2
      then jsonb_build_object('decision', facts->'decision' || '{"by": "", "byName": ""}') else '{}' end
    || case when facts->>'correctedBy' = $2 then '{"correctedBy": ""}'::jsonb else '{}' end
    || case when facts->>'withdrawn' = $2 then '{"withdrawn": ""}'::jsonb else '{}' end
  from decided d where t.workspace = d.workspace and t.author <> $2 and t.id in (
    select d.turn::bigint where d.turn ~ '^\\d{1,18}$'
    union select p.turn from posts p where p.workspace = d.workspace and d.turn like 'message:%'
      and p.platform_id = substring(d.turn from '[^:]+$'))`

const CARDS = `select workspace, card::text from tickets where ${theirs('home')} and customer = $2`

export interface ForgetCases {
  cardsOf(home: string, person: string): Promise<CaseCard[]>
  /** Gives the cards that show cases no longer there. */
  forget(home: string, person: string): Promise<CaseCard[]>
}

export function createForgetCases(db: Database): ForgetCases {
  return {
    cardsOf: (home, person) => db.query<CaseCard>(CARDS, [home, person]),
    async forget(home, person) {
      await db.query(UNNAME, [home, person])
      return db.query<CaseCard>(FORGET, [home, person])
    },
  }
}
