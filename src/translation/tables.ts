// The translation feature's tables, oldest change first. A migration that has been released is never edited: add one.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const GLOSSARY = `
create table glossary_terms (
  id bigserial primary key,
  workspace text not null,
  -- '' = everywhere in the workspace.
  channel text not null default '',
  -- "ko:환불": the first language that it has; a term is found again by it.
  name text not null,
  forms jsonb not null,
  -- fixed · keep
  kind text not null,
  forbidden jsonb not null default '[]',
  is_case_sensitive boolean not null default false,
  added_by text not null,
  updated_at timestamptz not null default now(),
  unique (workspace, channel, name)
);
-- Raised with every change, so that every process sees when what it remembers is old.
create table glossary_versions (
  workspace text primary key,
  version bigint not null default 1
);
`

export const translationMigrations: Record<string, Migration> = {
  'tr-001-glossary': {
    up: async (db) => {
      await sql.raw(GLOSSARY).execute(db)
    },
  },
}
