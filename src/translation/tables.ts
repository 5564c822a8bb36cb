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

const MEMORY = `
create table translation_memory (
  id bigserial primary key,
  workspace text not null,
  audience text not null,
  -- Of the protected source with its languages, tone and revision.
  hash text not null,
  -- Whose words they are.
  author text,
  -- The customer to whom staff wrote them.
  about text,
  from_lang text,
  to_lang text not null,
  tone text not null,
  -- Of the glossary; '*' for a correction, which holds with any.
  revision text not null,
  source text not null,
  translation text not null,
  is_corrected boolean not null default false,
  corrected_by text,
  created_at timestamptz not null default now(),
  unique (workspace, audience, hash)
);
create index translation_memory_newer on translation_memory (workspace, audience, to_lang, id);
create index translation_memory_author on translation_memory (author);
create index translation_memory_about on translation_memory (about) where about is not null;
create index translation_memory_age on translation_memory (created_at) where not is_corrected;
`

export const translationMigrations: Record<string, Migration> = {
  'tr-001-glossary': {
    up: async (db) => {
      await sql.raw(GLOSSARY).execute(db)
    },
  },
  'tr-002-memory': {
    up: async (db) => {
      await sql.raw(MEMORY).execute(db)
    },
  },
}
