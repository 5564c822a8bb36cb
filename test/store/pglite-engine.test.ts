// New databases are copies of one; each must be whole, and nobody else's.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepTemplate, startPglite } from '../../src/store/pglite-engine.ts'

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-engine-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('two new databases have nothing in common, on disk or in memory', { timeout: 60_000 }, async () => {
  await keepTemplate()
  const dir = await newDir()
  const places = [join(dir, 'one'), join(dir, 'other'), 'memory', 'memory']
  for (const place of places) {
    await using pglite = await startPglite(place, 'public')
    await pglite.exec('create table note (body text)')
  }
})

test('a process that died while it made its database does not stop the next', async () => {
  await keepTemplate()
  const dir = join(await newDir(), 'pglite')
  mkdirSync(`${dir}.new/base`, { recursive: true })
  writeFileSync(`${dir}.new/PG_VERSION`, '')
  await using pglite = await startPglite(dir, 'public')
  const { rows } = await pglite.query('select 1 as one')
  expect(rows).toEqual([{ one: 1 }])
  expect(existsSync(`${dir}.new`)).toBe(false)
})

test.skipIf(process.platform === 'win32')('nobody else on the machine may read it', async () => {
  const dir = join(await newDir(), 'pglite')
  await using _pglite = await startPglite(dir, 'public')
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})
