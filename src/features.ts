// The features that bring tables of their own. Every process that opens the database for writing knows all of them.
import type { Migration } from 'kysely/migration'
import { aboutMigrations } from './desk/about.ts'
import { staffHelpMigrations } from './desk/staff-help-tables.ts'
import { deskMigrations } from './desk/tables.ts'
import { knowledgeMigrations } from './knowledge/tables.ts'
import { storeMigrations } from './store/migrations.ts'
import { translationMigrations } from './translation/tables.ts'

export const featureMigrations: Readonly<Record<string, Migration>> = {
  ...knowledgeMigrations,
  ...deskMigrations,
  ...staffHelpMigrations,
  ...aboutMigrations,
  ...translationMigrations,
}

/** In the order in which they are applied. */
export const allMigrations: Readonly<Record<string, Migration>> = { ...storeMigrations, ...featureMigrations }
