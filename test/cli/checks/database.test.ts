// What the doctor says of the database.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkNotify } from '../../../src/cli/checks/database.ts'
import { realClock } from '../../../src/real-clock.ts'
import { lockDataDir } from '../../../src/store/data-dir.ts'
import { postgresDatabase, withServer } from '../../servers.ts'
import { lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const fakes = useFakes()

describe('the database', () => {
  test('held by the running bot is no fault', async () => {
    await mkdir(join(fakes.dataDir, 'pglite'))
    await using _running = await lockDataDir(fakes.dataDir)
    const said = await run(['doctor'], fakes.env())
    expect(lineWith(said, 'bot is running')).toContain('✓')
    expect(said.code).toBe(0)
  })

  test('a transaction-mode pooler, behind which nothing is heard, is found out', async () => {
    const deaf = {
      listen: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
      query: async () => [],
    }
    expect(await checkNotify(deaf, { clock: realClock })).toMatchObject({
      mark: 'bad',
      says: { en: expect.stringContaining('pooler') },
      remedy: { ko: expect.stringContaining('세션 모드') },
    })
  })

  test('one that does not answer', async () => {
    const said = await run(['doctor'], fakes.env({ DATABASE_URL: 'postgres://damso@127.0.0.1:9/damso' }))
    expect(lineWith(said, 'database cannot be opened')).toMatch(/✗ .*ECONNREFUSED.* → .*DATABASE_URL/)
  })
})

withServer('postgres')('PostgreSQL', () => {
  test('is asked for its version, its migrations and its notifications', async () => {
    await using database = await postgresDatabase()
    const said = await run(['doctor'], fakes.env({ DATABASE_URL: database.url }))
    expect(lineWith(said, 'PostgreSQL 1')).toContain('✓')
    expect(lineWith(said, 'migrations')).toMatch(/✓ \d+ of \d+ migrations will be applied/)
    expect(lineWith(said, 'Notifications arrive')).toContain('✓')
    expect(lineWith(said, 'BullMQ in PostgreSQL')).toContain('!')
    expect(said.out).not.toContain('power cut')
  })
})
