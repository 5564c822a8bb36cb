// Statements that come again are prepared once, whichever client asks; to the clients nothing is different.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPglitePool, type PglitePool } from '../../src/store/pglite-pool.ts'

let pool: PglitePool
beforeAll(async () => {
  pool = await openPglitePool('memory')
  await pool.query('create table notes (id int primary key, words text)')
})
afterAll(() => pool.end())

async function prepared(): Promise<string[]> {
  const { rows } = await pool.query('select statement from pg_prepared_statements order by 1')
  return rows.map(({ statement }) => statement)
}

test('the second time a statement is prepared, and from then on used by every client', async () => {
  const insert = 'insert into notes values ($1, $2)'
  for (let id = 0; id < 5; id += 1) await pool.query(insert, [id, `쪽지 ${id}`])
  await Promise.all(
    [5, 6, 7].map(async (id) => {
      const client = await pool.connect()
      await client.query(insert, [id, `쪽지 ${id}`])
      client.release()
    }),
  )
  expect(await prepared()).toEqual([insert])
  const read = await pool.query('select words from notes order by id')
  expect(read.rows.map(({ words }) => words)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((id) => `쪽지 ${id}`))
})

test('one that the database refuses says why each time, and is not taken for prepared', async () => {
  for (let time = 0; time < 4; time += 1) {
    await expect(pool.query('select nothing from notes where id = $1', [1])).rejects.toThrow(/nothing/)
  }
  expect(await prepared()).not.toContain('select nothing from notes where id = $1')
  for (let time = 0; time < 4; time += 1) {
    await expect(pool.query('insert into notes values ($1, null)', [1])).rejects.toThrow(/notes_pkey/)
  }
  await pool.query('insert into notes values ($1, null)', [100])
})

test('a table that has changed is read as it is now', async () => {
  const select = 'select * from notes where id = $1'
  for (let time = 0; time < 3; time += 1) await pool.query(select, [1])
  expect(await prepared()).toContain(select)
  await pool.query('alter table notes add column author text default $$민지$$')
  for (let time = 0; time < 3; time += 1) {
    expect((await pool.query(select, [1])).rows).toEqual([{ id: 1, words: '쪽지 1', author: '민지' }])
  }
})

test('within a transaction that has failed, it fails as any other, and works after it', async () => {
  const select = 'select words from notes where id = $1'
  for (let time = 0; time < 3; time += 1) await pool.query(select, [2])
  const client = await pool.connect()
  await client.query('begin')
  await expect(client.query('select 1 / $1::int', [0])).rejects.toThrow(/zero/)
  await expect(client.query(select, [2])).rejects.toThrow(/aborted/)
  await client.query('rollback')
  expect((await client.query(select, [2])).rows).toEqual([{ words: '쪽지 2' }])
  client.release()
})
