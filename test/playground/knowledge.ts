// Puts the shop's pages into the playground's knowledge base, and makes its settings, before the app opens the same database: in a process of its
// own, as `npm run kb` would, so that what an import needs is gone when the app starts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Preset } from './cast.ts'

const SCRIPT = fileURLToPath(new URL('./import-shop.ts', import.meta.url))

/** Rejects when the pages are not all there. */
export async function importShop(dataDir: string, presets: readonly Preset[]): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, dataDir, JSON.stringify(presets)], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const orphaned = (): void => void child.kill('SIGKILL')
  process.once('exit', orphaned)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  process.off('exit', orphaned)
  if (code !== 0) throw new Error(`The shop's pages were not imported (${code}).\n${said}`)
}
