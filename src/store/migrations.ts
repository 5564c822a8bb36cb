// The tables, oldest change first. A migration that has been released is never edited: add one.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { CLAIM, FINISH, FRONT, IS_THEIRS, RUNNING } from './functions.ts'
import { RECEIVE } from './receive.ts'
import { TAKE_OVER } from './take-over.ts'

const TABLES = `
create table inbox (
  id bigserial primary key,
  workspace text not null,
  audience text not null,
  source text not null,
  lane text not null,
  kind text not null,
  queue text not null,
  -- pending: waits · taken: part of a turn · done: answered · noted: context only · gone: deleted, also before it came
  -- ahead: only its edit has come · refused: one too many of its author
  state text not null,
  burst text,
  author text not null,
  author_name text not null default '',
  author_kind text not null default 'member',
  author_lang text,
  is_admin boolean not null default false,
  text text not null,
  body jsonb not null default '{}',
  place jsonb not null default '{}',
  handle text,
  turn bigint,
  -- Of its wake-up: lower is sooner.
  priority int not null default 1,
  ready_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique (workspace, source)
);
-- Here and below the workspace comes late: to a planner that has no statistics yet, an index which begins with it would do
-- for whatever is asked in a workspace.
create index inbox_open on inbox (lane, workspace, id) where state in ('pending', 'taken');
-- An index of what waits looks empty to the planner, so it would take either of these two for a look into one lane, and
-- walk through all that waits: they can be chosen only by what mentions the time.
-- For intake alone, which counts.
create index inbox_waiting on inbox (workspace, author) where state = 'pending' and created_at > '-infinity';
-- For the sweeper alone, which looks at what goes first.
create index inbox_due on inbox (priority, id) where state in ('pending', 'taken') and ready_at > '-infinity';
-- How many rows wait swings between none and all: the planner must not learn it, or it walks through all that wait.
alter table inbox alter column state set statistics 0;
create index inbox_burst on inbox (burst, workspace, author) where state in ('pending', 'taken') and burst is not null;
create index inbox_lane on inbox (lane, workspace, id);
create index inbox_turn on inbox (turn);
create index inbox_gone on inbox (turn) where state = 'gone' and turn is not null;
-- What is shown in a channel's order: by what the platform calls it, which grows with time.
create index inbox_order on inbox (workspace, (place->>'channel'), length(source), source collate "C")
  where kind = 'auto' and state in ('pending', 'taken');
-- What was said before in such a channel.
create index inbox_said on inbox (workspace, (place->>'channel'), id) where kind = 'auto';
create index inbox_author on inbox (author, workspace);
create index inbox_age on inbox (created_at);

-- How many messages wait in a workspace where many do: counted now and then.
create table busy (
  workspace text primary key,
  waiting int not null,
  counted_at timestamptz not null default now()
);

create table lanes (
  workspace text not null,
  lane text not null,
  audience text not null,
  -- Ownership: whoever holds the newest epoch may write.
  epoch bigint not null default 0,
  owner text,
  lease_until timestamptz not null default '-infinity',
  signals text[] not null default '{}',
  woken_at timestamptz not null default '-infinity',
  told_at timestamptz not null default '-infinity',
  -- Of its next wake-up: lower is sooner.
  priority int not null default 1,
  -- The conversation: who asked last, and whether another person has written since.
  asker text,
  is_interrupted boolean not null default false,
  -- With a person instead of the bot: the ticket, and whose end of it this lane is: customer · staff · ended.
  ticket bigint,
  side text,
  updated_at timestamptz not null default now(),
  primary key (workspace, lane)
);
create index lanes_age on lanes (updated_at);

create table turns (
  id bigserial primary key,
  workspace text not null,
  audience text not null,
  lane text not null,
  kind text not null,
  queue text not null,
  author text not null,
  place jsonb not null,
  -- pending · running · held: others of its channel come first · done · failed · stopped · gone
  state text not null,
  attempts int not null default 0,
  crashes int not null default 0,
  -- How often a worker that lost the turn turned out to be alive: too slow, not dead.
  survived int not null default 0,
  is_visible boolean not null default false,
  not_before timestamptz not null default '-infinity',
  answer text,
  answer_lang text,
  facts jsonb not null default '{}',
  error_code text,
  error_hint text,
  code text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  done_at timestamptz
);
create index turns_open on turns (lane, workspace, id) where state in ('pending', 'running');
create index turns_running on turns (queue) where state = 'running';
create index turns_held on turns (workspace, (place->>'channel')) where state = 'held';
create index turns_lane on turns (lane, workspace, id);
alter table turns alter column state set statistics 0;
create index turns_failed on turns (id) where state = 'failed';
create index turns_author on turns (author, workspace);
create index turns_forget on turns (done_at) where kind = 'forget';
create index turns_age on turns (created_at);

create table posts (
  turn bigint not null references turns (id) on delete cascade,
  slot text not null,
  place jsonb not null,
  workspace text not null,
  audience text not null,
  key text not null default substr(md5(gen_random_uuid()::text), 1, 20),
  -- intent: the platform may or may not have it · open: has it, still growing · final
  state text not null default 'intent',
  platform_id text,
  text_hash text,
  source text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (turn, slot)
);
create index posts_platform on posts (platform_id, workspace);

create table settings (
  workspace text not null,
  scope text not null default '',
  name text not null,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by text,
  primary key (workspace, scope, name)
);
create table people (
  workspace text not null,
  person text not null,
  notified_at timestamptz,
  -- The turn whose answer carries the notice, or is about to.
  notified_by bigint,
  refused_at timestamptz not null default '-infinity',
  -- The language that translations for them go into, in their own words "my language".
  reads text,
  -- How politely they are written: as they want it, and as this workspace's staff do, who come second.
  tone text,
  staff_tone text,
  -- IANA name: what they say of their own clock.
  zone text,
  primary key (workspace, person)
);
create table feedback (
  workspace text not null,
  audience text not null,
  turn bigint not null references turns (id) on delete cascade,
  person text not null,
  value text not null,
  created_at timestamptz not null default now(),
  primary key (turn, person)
);
create table budgets (
  key text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null default now(),
  not_before timestamptz not null default '-infinity'
);
-- Named leases (a Discord shard) and marks (how far it has read).
create table leases (
  name text primary key,
  owner text,
  lease_until timestamptz not null default '-infinity',
  mark text,
  updated_at timestamptz not null default now()
);
`

async function runAll(db: Kysely<unknown>, statements: string): Promise<void> {
  await sql.raw(statements).execute(db)
}

const REASONS = `
-- Why an answer was not helpful; words go with the reason "other". Personal data is masked before they are here.
alter table feedback add column reason text, add column words text;
`

export const storeMigrations: Record<string, Migration> = {
  '001-tables': { up: (db) => runAll(db, TABLES) },
  '002-functions': {
    up: async (db) => {
      for (const text of [RECEIVE, RUNNING, CLAIM, FINISH, FRONT, IS_THEIRS, TAKE_OVER])
        await runAll(db, text)
    },
  },
  '003-feedback-reasons': { up: (db) => runAll(db, REASONS) },
}
