// A person's cases go, with all that belongs to them: notes, suggestions, what staff wrote to them, and the transcripts that
// their summaries were made of. Of somebody on the team only the name goes: the cases are their customers'.
import { type Database, theirs } from '../store/db.ts'

/** The turn that shows a case's card; null before there is one. */
export interface CaseCard {
  workspace: string
  card: string | null
}

// What is written in a lane without its ticket is the bot's again. The rows of its own lanes stay without their words: the
// card is still to be taken away by one of them.
const FORGET = `
  with gone as (
    delete from tickets where ${theirs('home')} and customer = $2 returning id, workspace, card, staff_lane
  ), free as (
    update lanes set ticket = null, side = null from gone where lanes.ticket = gone.id
  ), own as (
    select workspace, 'ticket:' || id as lane from gone
    union select workspace, 'ticket-summary:' || id from gone
    union select workspace, staff_lane from gone where staff_lane is not null
  ), words as (
    update inbox set text = '', body = case when body ? 'id' then jsonb_build_object('id', body->'id') else '{}' end
    from own where inbox.workspace = own.workspace and inbox.lane = own.lane and inbox.state not in ('pending', 'taken')
  ), answers as (
    update turns set answer = null, facts = facts - '{asked,written,relay,draft,auto}'::text[]
    from own where turns.workspace = own.workspace and turns.lane = own.lane and turns.state not in ('pending', 'running')
  ), anonymous as (
    update ticket_lines set by = '', by_name = '' from tickets t
    where t.id = ticket_lines.ticket and ${theirs('t.workspace')} and ticket_lines.by = $2 and t.customer <> $2
  ), unrated as (
    update ticket_ratings set person = null, person_name = null from tickets t
    where t.id = ticket_ratings.ticket and ${theirs('t.workspace')} and ticket_ratings.person = $2
  ), unnamed as (
    update tickets set assignee = null, assignee_name = null, resolved_by_name = null
    where ${theirs('workspace')} and assignee = $2 and customer <> $2 and status in ('resolved', 'closed')
  )
  select workspace, card::text from gone`

const CARDS = `select workspace, card::text from tickets where ${theirs('home')} and customer = $2`

export interface ForgetCases {
  cardsOf(home: string, person: string): Promise<CaseCard[]>
  /** Gives the cards that show cases no longer there. */
  forget(home: string, person: string): Promise<CaseCard[]>
}

export function createForgetCases(db: Database): ForgetCases {
  return {
    cardsOf: (home, person) => db.query<CaseCard>(CARDS, [home, person]),
    forget: (home, person) => db.query<CaseCard>(FORGET, [home, person]),
  }
}
