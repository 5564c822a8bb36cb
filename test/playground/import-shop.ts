// The process that imports the shop's pages and makes its settings. Arguments: the data directory, the settings.
import { fileURLToPath } from 'node:url'
import { allMigrations } from '../../src/features.ts'
import { createKnowledge } from '../../src/knowledge/index.ts'
import type { Visibility } from '../../src/knowledge/model.ts'
import { SILENT } from '../../src/log.ts'
import { openDatabase } from '../../src/store/db.ts'
import { createSettingsStore } from '../../src/store/settings.ts'
import type { Preset } from './cast.ts'

const SHOP = fileURLToPath(new URL('./shop/', import.meta.url))
const COLLECTIONS: readonly { name: string; folder: string; visibility: Visibility }[] = [
  { name: '도움말', folder: 'articles', visibility: 'public' },
  { name: '직원용', folder: 'staff', visibility: 'private' },
]

const [, , dataDir = '', presets = '[]'] = process.argv
await using db = await openDatabase({ url: null, dataDir, log: SILENT })
await db.migrate({ ...allMigrations })
const settings = createSettingsStore(db)
for (const { workspace, channel, name, value } of JSON.parse(presets) as Preset[])
  await settings.set(workspace, channel, name, value, 'playground')
await using knowledge = createKnowledge({ db, log: SILENT, maxFileBytes: 1024 * 1024 })
for (const { name, folder, visibility } of COLLECTIONS) {
  const pages = knowledge.find(folder, { cwd: SHOP, depth: 0, maxPages: 0 })
  const { problems } = await knowledge.import(pages, { workspace: '*', audience: '', name, visibility })
  for (const { say } of problems) console.error(say.en)
  if (problems.length > 0) process.exitCode = 1
}
