// The knowledge base's tables, oldest change first. A migration that has been released is never edited: add one.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const TABLES = `
create table kb_collections (
  id bigserial primary key,
  workspace text not null,
  audience text not null default '',
  name text not null,
  visibility text not null default 'public',
  lang text,
  created_at timestamptz not null default now(),
  unique (workspace, audience, name)
);

create table kb_documents (
  id bigserial primary key,
  workspace text not null,
  audience text not null,
  collection bigint not null references kb_collections (id),
  source text not null,
  title text not null,
  url text,
  lang text,
  -- importing: some chunks are missing, or are still there that should not be · ready
  state text not null default 'importing',
  -- Of the file's bytes, so that an unchanged file is not even read; null until it is ready.
  source_hash text,
  bytes bigint not null default 0,
  updated_at timestamptz not null default now(),
  expires_at timestamptz,
  -- Read from a file of whoever ran the import, who may have it removed with the file.
  is_file boolean not null default false,
  unique (collection, source)
);

-- Chunks outlive their document as tombstones until every reader of the feed has seen them gone.
create table kb_chunks (
  id bigserial primary key,
  workspace text not null,
  audience text not null,
  collection bigint not null,
  document bigint not null,
  position int not null,
  headings text[] not null,
  text text not null,
  -- Of headings and text, and the how-manieth of its kind in the document.
  key text not null,
  lang text,
  translation text,
  -- The model that translated the text, or that could not; null: nobody tried, or people wrote the translation.
  translator text,
  is_gone boolean not null default false,
  gone_at timestamptz,
  revision bigint not null
);
create unique index kb_chunks_key on kb_chunks (document, key) where not is_gone;
-- What is said in several places is translated once.
create index kb_chunks_text on kb_chunks (workspace, md5(text)) where not is_gone;
create index kb_chunks_untranslated on kb_chunks (id) where translation is null and not is_gone;
create index kb_chunks_feed on kb_chunks (revision, id);
create index kb_chunks_gone on kb_chunks (gone_at) where is_gone;

-- What an embeddings server made of a passage; only where one is configured.
create table kb_vectors (
  chunk bigint primary key references kb_chunks (id) on delete cascade,
  -- The model, the prefix and how the text was put together: vectors of different makers cannot be compared.
  maker text not null,
  -- The document's title when it was made; the rest of a passage never changes.
  title text not null,
  -- One signed byte for each dimension: the direction, without the length.
  vector bytea not null
);

-- One row. Whoever changes chunks raises it in the same transaction, so its lock puts revisions in the order of their
-- commits; a sequence would let a reader pass one that commits late. Tombstones up to purged_to are gone for good.
create table kb_revision (
  only_one boolean primary key default true check (only_one),
  revision bigint not null default 0,
  purged_to bigint not null default 0
);
insert into kb_revision default values;
`

const PROPOSALS = `
-- Articles that staff may approve, made of what they have written to customers. Personal data is masked before it is here.
create table kb_proposals (
  id bigserial primary key,
  workspace text not null,
  -- Of the conversation that it comes from.
  audience text not null,
  turn bigint not null,
  -- Of the article, and the name of the collection that it goes into.
  visibility text not null,
  -- Whether it stays with the audience of that conversation.
  bound boolean not null,
  collection text not null,
  lang text not null,
  title text not null,
  question_ko text not null default '',
  question_en text not null default '',
  answer_ko text not null default '',
  answer_en text not null default '',
  -- waiting · done · failed
  translation text not null default 'waiting',
  -- proposed · approved · rejected
  state text not null default 'proposed',
  -- Raised with every change of its text.
  revision int not null default 1,
  -- The collection that it stands in.
  published bigint,
  -- The turn that shows its card.
  card bigint,
  proposed_by text not null,
  proposed_by_name text not null,
  -- The turns of the presses, which after a crash come again.
  press text not null,
  decided_by text,
  decided_by_name text,
  decided_press text,
  created_at timestamptz not null default now(),
  decided_at timestamptz
);
-- A later correction of the same answer takes the place of one that nobody has decided about.
create unique index kb_proposals_open on kb_proposals (workspace, turn) where state = 'proposed';
create index kb_proposals_turn on kb_proposals (workspace, turn);
`

export const knowledgeMigrations: Record<string, Migration> = {
  'kb-001-tables': {
    up: async (db) => {
      await sql.raw(TABLES).execute(db)
    },
  },
  'kb-002-proposals': {
    up: async (db) => {
      await sql.raw(PROPOSALS).execute(db)
    },
  },
}
