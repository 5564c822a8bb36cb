// `npm run kb -- import` of a folder as an operator runs it, from the start of the process to its end, into an embedded
// database that is not there yet.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchPassage } from './corpus.ts'

const SECTIONS_A_FILE = 20
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface Imported {
  /** Of the command. */
  seconds: number
  passages: number
}

/** Each passage is a section under a heading of its own. */
export function importSections(passages: readonly BenchPassage[]): Imported {
  const folder = mkdtempSync(join(tmpdir(), 'damso-bench-kb-'))
  try {
    const docs = join(folder, 'docs')
    mkdirSync(docs)
    for (let at = 0; at < passages.length; at += SECTIONS_A_FILE) {
      const sections = passages.slice(at, at + SECTIONS_A_FILE).map(({ id, text }) => `## ${id}\n\n${text}\n`)
      writeFileSync(join(docs, `${at}.md`), sections.join('\n'))
    }
    const began = performance.now()
    const said = execFileSync(
      process.execPath,
      [MAIN, 'kb', 'import', docs, '--collection', 'bench', '--lang', 'en'],
      {
        cwd: folder,
        // Nothing of the machine's own: neither another database nor an embeddings server.
        env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    const seconds = (performance.now() - began) / 1_000
    return { seconds, passages: Number(/passages \+(\d+)/.exec(said)?.[1]) }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
