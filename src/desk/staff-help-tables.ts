// What helps staff to answer: canned replies, and who was warned for how they write.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const TABLES = `
create table snippets (
  workspace text not null,
  -- The name without spaces and case.
  key text not null,
  name text not null,
  ko text,
  en text,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  primary key (workspace, key)
);

-- What staff were shown to send, by the turn that showed it.
create table staff_replies (
  workspace text not null,
  turn text not null,
  ticket bigint not null references tickets (id) on delete cascade,
  text text not null,
  press text,
  sent_by_name text,
  primary key (workspace, turn)
);
create index staff_replies_ticket on staff_replies (ticket);

-- Turns of a case in which its customer was abusive: the first is warned for, the second goes to the lead.
create table ticket_abuse (
  ticket bigint not null references tickets (id) on delete cascade,
  press text not null,
  at timestamptz not null default now(),
  primary key (ticket, press)
);
`

export const staffHelpMigrations: Record<string, Migration> = {
  '025-staff-help': {
    up: async (db) => {
      await sql.raw(TABLES).execute(db)
    },
  },
}
