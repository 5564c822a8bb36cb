// `npm run translate -- --export-memory file.csv`: the translation memory as a table. Names, links, codes and numbers of orders
// are ⟦1⟧, ⟦2⟧ … in it, as they are kept.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Config } from '../config.ts'
import type { Lang } from '../core/error.ts'
import { SILENT } from '../log.ts'
import { toCsvLine } from '../translation/glossary/csv.ts'
import { createMemory } from '../translation/memory/store.ts'
import { openExisting } from './database.ts'
import type { Io } from './io.ts'

const COLUMNS = [
  'workspace',
  'audience',
  'from',
  'to',
  'tone',
  'source',
  'translation',
  'corrected',
  'written',
]

/** Throws the BotErrors of openExisting. */
export async function exportMemory(
  path: string,
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>,
  io: Io,
  lang: Lang,
): Promise<number> {
  await using db = await openExisting(config, SILENT)
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  let count = 0
  try {
    await once(file, 'open')
    file.write(toCsvLine(COLUMNS))
    for await (const {
      workspace,
      audience,
      from,
      to,
      tone,
      source,
      translation,
      isCorrected,
      at,
    } of createMemory(db).rows()) {
      const cells = [workspace, audience, from ?? '', to, tone, source, translation]
      const line = toCsvLine([...cells, isCorrected ? 'yes' : '', at.toISOString()])
      if (!file.write(line)) await once(file, 'drain')
      count += 1
    }
    file.end()
    await finished(file)
  } catch (error) {
    file.destroy()
    const reason = (error as Error).message
    io.err(lang === 'ko' ? `내보내지 못했어요: ${reason}` : `It could not be exported: ${reason}`)
    return 1
  }
  io.out(lang === 'ko' ? `번역 ${count}건을 ${path}에 썼어요.` : `Wrote ${count} translations to ${path}.`)
  return 0
}
