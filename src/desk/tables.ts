// Tickets, and what happened to each. The lanes of their two ends are marked in `lanes`, where intake looks.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const TABLES = `
create table tickets (
  id bigserial primary key,
  workspace text not null,
  number int not null,
  audience text not null,
  -- The customer's end: a lane of this workspace, or of Discord's direct messages.
  home text not null,
  lane text not null,
  place jsonb not null,
  source text,
  customer text not null,
  customer_name text not null,
  lang text not null,
  status text not null default 'open',
  assignee text,
  assignee_name text,
  mood text,
  reason text not null,
  question text not null,
  tried jsonb not null default '[]',
  summary_ko text,
  summary_en text,
  staff_place jsonb not null,
  staff_lane text,
  card bigint,
  first_response_at timestamptz,
  resolved_at timestamptz,
  resolved_by_name text,
  rating int,
  rating_comment text,
  zone text,
  reads text,
  category text,
  priority text not null default 'normal',
  tags jsonb not null default '[]',
  snoozed_until timestamptz,
  merged_into bigint references tickets (id) on delete set null,
  opening int not null default 1,
  opened_at timestamptz not null default now(),
  waiting_since timestamptz,
  paused_since timestamptz,
  paused_minutes int not null default 0,
  missed jsonb not null default '[]',
  was_late boolean not null default false,
  -- When its targets are missed as things stand: whoever reports need not know the hours of a desk.
  first_due_at timestamptz,
  resolve_due_at timestamptz,
  said jsonb not null default '[]',
  is_marked boolean not null default false,
  dropped_tag text,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace, number)
);
create unique index tickets_lane on tickets (home, lane) where status <> 'closed';
create index lanes_ticket on lanes (ticket) where ticket is not null;
create index tickets_status on tickets (workspace, status, id);
create index tickets_customer on tickets (workspace, customer);

-- The last number that a case has had. It outlives the case: what has been said of a number is never said of another's.
create table ticket_numbers (
  workspace text primary key,
  last int not null
);

create table ticket_lines (
  id bigserial primary key,
  ticket bigint not null references tickets (id) on delete cascade,
  event text not null,
  by text not null,
  by_name text not null,
  text text,
  -- The turn that did it: one that comes again does nothing again.
  press text not null,
  at timestamptz not null default now(),
  unique (ticket, press, event)
);
create index ticket_lines_note on ticket_lines (press) where event = 'note';
create index ticket_lines_by on ticket_lines (by, by_name);

-- Each time that it was resolved: who had it then, and what its customer thought of it.
create table ticket_ratings (
  ticket bigint not null references tickets (id) on delete cascade,
  opening int not null,
  -- The bot, when nobody had taken it.
  by text not null check (by in ('person', 'bot')),
  person text,
  person_name text,
  stars int,
  comment text,
  at timestamptz,
  primary key (ticket, opening)
);
create index ticket_ratings_person on ticket_ratings (person) where person is not null;

-- What comes due, at most one of a kind for a ticket; replaced whenever the ticket moves.
create table timers (
  ticket bigint not null references tickets (id) on delete cascade,
  kind text not null,
  due_at timestamptz not null,
  primary key (ticket, kind)
);
create index timers_due on timers (due_at);
`

/**
 * damso_open_ticket(t jsonb): the ticket of the customer's lane. Locks the lane first, as intake and workers do, so
 * that no message falls between the bot and the person.
 */
const OPEN = `
create function damso_open_ticket(t jsonb) returns table (id bigint, is_new boolean) language plpgsql as $$
#variable_conflict use_column
declare
  v_home text := t->'place'->>'workspace';
  v_id bigint;
  v_number int;
  v_status text;
  v_new boolean := false;
begin
  insert into lanes (workspace, lane, audience) values (v_home, t->>'lane', t->>'audience') on conflict do nothing;
  perform 1 from lanes where lanes.workspace = v_home and lanes.lane = t->>'lane' for update;
  select k.id, k.status into v_id, v_status from tickets k where k.home = v_home and k.lane = t->>'lane' and k.status <> 'closed';
  if v_id is null then
    insert into ticket_numbers (workspace, last) values (t->>'workspace', 1)
      on conflict (workspace) do update set last = ticket_numbers.last + 1 returning last into v_number;
    insert into tickets (workspace, number, audience, home, lane, place, source, customer, customer_name, lang, mood, reason,
        question, tried, staff_place, zone, opened_at)
      values (t->>'workspace', v_number, t->>'audience', v_home, t->>'lane', t->'place', t->>'source',
        t->>'customer', t->>'customerName', t->>'lang', t->>'mood', t->>'reason', t->>'question', t->'tried', t->'staffPlace',
        t->>'zone', (t->>'openedAt')::timestamptz)
      returning tickets.id into v_id;
    v_new := true;
  elsif v_status = 'resolved' then
    update tickets set status = case when assignee is null then 'open' else 'waiting-staff' end, revision = revision + 1,
      resolved_at = null, updated_at = now(), opened_at = (t->>'openedAt')::timestamptz, waiting_since = null,
      paused_since = null, paused_minutes = 0, said = '[]', opening = opening + 1, rating = null, rating_comment = null, was_late = was_late or missed <> '[]', missed = '[]', resolved_by_name = null, snoozed_until = null where tickets.id = v_id;
    v_new := true;
  end if;
  -- What the bot was about to say there goes to the person (store/take-over.ts).
  update lanes set ticket = v_id, side = 'customer' where lanes.workspace = v_home and lanes.lane = t->>'lane';
  return query select v_id, v_new;
end $$;
`

/** damso_copies_in(workspace, person): where copies of what that person can see may be kept. */
const COPIES = `
create function damso_copies_in(ws text, person text) returns text[] language sql stable as $$
  select array[ws]
    || case when ws like 'discord:%' and ws <> 'discord:dm' then array['discord:dm'] else '{}' end
    || case when ws = 'discord:dm'
      then array(select distinct k.workspace from tickets k where k.home = ws and k.customer = person) else '{}' end
$$;
`

/**
 * damso_of_open_case(workspace, lane): what a case stands on: until it has ended its two ends, and for as long as it is kept
 * its card, which has to show what becomes of it.
 */
const OPEN_CASE = `
create function damso_of_open_case(ws text, ln text) returns boolean language sql stable as $$
  select exists (
      select 1 from lanes l join tickets k on k.id = l.ticket
      where l.workspace = ws and l.lane = ln and k.status not in ('resolved', 'closed'))
    or exists (
      select 1 from tickets k where k.workspace = ws and k.id = substring(ln from '^ticket(?:-summary)?:(\\d{1,18})$')::bigint)
$$;
`

async function run(db: Kysely<unknown>, statements: string): Promise<void> {
  await sql.raw(statements).execute(db)
}

export const deskMigrations: Record<string, Migration> = {
  '020-desk': {
    async up(db) {
      await run(db, TABLES)
      await run(db, OPEN)
      await run(db, COPIES)
      await run(db, OPEN_CASE)
    },
  },
}
