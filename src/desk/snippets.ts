// Canned replies as they are kept, per workspace.
import { MAX_SNIPPETS, type Snippet, type Snippets, snippetKey } from '../core/snippet.ts'
import type { Database } from '../store/db.ts'

const PUT = `
  insert into snippets as s (workspace, key, name, ko, en, updated_by)
  select $1, $2, $3, $4, $5, $6
  where exists (select 1 from snippets where workspace = $1 and key = $2)
    or (select count(*) from snippets where workspace = $1) < $7::int
  on conflict (workspace, key) do update set name = excluded.name, ko = coalesce(excluded.ko, s.ko),
    en = coalesce(excluded.en, s.en), updated_by = excluded.updated_by, updated_at = now()
  returning xmax = 0 as "isNew"`

export function createSnippets(db: Database): Snippets {
  return {
    list: (workspace) =>
      db.query<Snippet>('select name, ko, en from snippets where workspace = $1 order by name', [workspace]),
    async find(workspace, name) {
      const where = 'workspace = $1 and key = $2'
      const rows = await db.query<Snippet>(`select name, ko, en from snippets where ${where}`, [
        workspace,
        snippetKey(name),
      ])
      return rows[0] ?? null
    },
    async put(workspace, name, { ko = null, en = null }, by) {
      const values = [workspace, snippetKey(name), name, ko, en, by, MAX_SNIPPETS]
      const rows = await db.query<{ isNew: boolean }>(PUT, values)
      if (!rows[0]) return 'full'
      return rows[0].isNew ? 'added' : 'changed'
    },
    async remove(workspace, name) {
      const gone = 'delete from snippets where workspace = $1 and key = $2 returning key'
      return (await db.query(gone, [workspace, snippetKey(name)])).length > 0
    },
  }
}
