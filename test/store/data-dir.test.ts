// One process per data directory, whatever state the last one left it in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { lockDataDir } from '../../src/store/data-dir.ts'
import { openDatabase } from '../../src/store/db.ts'

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-dir-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}
const lockIn = (dir: string): string => join(dir, 'damso.lock')

test('a second process is refused, with what to do about it', async () => {
  const dir = join(await newDir(), 'new')
  const lock = await lockDataDir(dir)
  await expect(lockDataDir(dir)).rejects.toMatchObject({
    code: 'data-dir-locked',
    hint: expect.stringMatching(new RegExp(`process ${process.pid} .*DATABASE_URL`)),
  })
  await lock[Symbol.asyncDispose]()
  await using _again = await lockDataDir(dir)
})

test('the lock of a killed process is taken over', async () => {
  const dir = await newDir()
  const child = spawn(process.execPath, [
    '-e',
    `import('${new URL('../../src/store/data-dir.ts', import.meta.url)}').then(async (m) => { await m.lockDataDir('${dir}'); console.log('locked'); setInterval(() => {}, 1e6) })`,
  ])
  await once(child.stdout, 'data')
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data-dir-locked' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  await using _lock = await lockDataDir(dir)
})

test.each([
  ['the pid now belongs to another process', (holder: object) => ({ ...holder, start: '1' })],
  ['the machine was restarted', (holder: object) => ({ ...holder, boot: 'another' })],
])('a lock is stale when %s', async (_why, change) => {
  const dir = await newDir()
  await lockDataDir(dir)
  await writeFile(lockIn(dir), JSON.stringify(change(JSON.parse(await readFile(lockIn(dir), 'utf8')))))
  await using _lock = await lockDataDir(dir)
})

test('a half-written lock is stale', async () => {
  const dir = await newDir()
  await writeFile(lockIn(dir), '{"pid":')
  await using _lock = await lockDataDir(dir)
})

test('a holder in another container counts as long as it touches its file', async () => {
  const dir = await newDir()
  await writeFile(lockIn(dir), JSON.stringify({ pid: 1, host: 'elsewhere' }))
  await expect(lockDataDir(dir)).rejects.toMatchObject({ code: 'data-dir-locked' })
  await utimes(lockIn(dir), 1, 1)
  await using _lock = await lockDataDir(dir)
})

test('of ten processes that find a stale lock at once, one gets it', async () => {
  const dir = await newDir()
  await writeFile(lockIn(dir), '{')
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockDataDir(dir)))
  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
})

test('a path that is no writable directory is refused with a remedy', async () => {
  const file = join(await newDir(), 'file')
  await writeFile(file, '')
  await expect(lockDataDir(join(file, 'x'))).rejects.toMatchObject({ code: 'data-dir-not-writable' })
  await expect(lockDataDir(file)).rejects.toMatchObject({ code: 'data-dir-not-writable' })
})

test('a database that cannot be opened says what to do, whatever is wrong with its folder', async () => {
  const dir = await newDir()
  const opening = (name: string) => openDatabase({ url: null, dataDir: join(dir, name), log: SILENT })
  await writeFile(join(dir, 'file'), '')
  await expect(opening('file')).rejects.toMatchObject({ code: 'data-dir-not-writable' })
  await mkdir(join(dir, 'broken', 'pglite'), { recursive: true })
  await writeFile(join(dir, 'broken', 'pglite', 'PG_VERSION'), 'x')
  await expect(opening('broken')).rejects.toMatchObject({
    code: 'database-unreachable',
    hint: expect.stringContaining('move the folder away'),
  })
  // What refused it holds nothing.
  await rm(join(dir, 'broken', 'pglite'), { recursive: true })
  await using database = await opening('broken')
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
})
