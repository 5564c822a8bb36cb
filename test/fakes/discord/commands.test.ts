// Command registration on the fake Discord: what it refuses, and what it gives back.
import { afterEach, expect, test } from 'vitest'
import { closeAll, connect, start } from './connect.ts'

afterEach(closeAll)

test('command definitions beyond the limits are refused', async () => {
  const discord = await start()
  const client = await connect(discord)
  const put = (body: unknown) =>
    client.rest.put(`/applications/${discord.applicationId}/commands`, { body }).catch((e) => e)
  const bad = { code: 50035 }
  expect(await put([{ name: 'With Space', description: 'x' }])).toMatchObject(bad)
  expect(await put([{ name: 'Upper', description: 'x' }])).toMatchObject(bad)
  expect(await put([{ name: 'a', description: '' }])).toMatchObject(bad)
  const option = (i: number) => ({ type: 3, name: `o${i}`, description: 'd'.repeat(100) })
  const choices = Array.from({ length: 25 }, (_, i) => ({
    name: `${i}`.padEnd(90, 'n'),
    value: `${i}`.padEnd(90, 'v'),
  }))
  const big = { name: 'big', description: 'x', options: [1, 2].map((i) => ({ ...option(i), choices })) }
  expect(await put([big])).toMatchObject(bad)
  const menu = (i: number) => ({ type: 3, name: `m${i}` })
  expect(await put(Array.from({ length: 16 }, (_, i) => menu(i)))).toMatchObject({ code: 30032 })
  expect(await put([{ name: '질문', description: '묻기' }])).toHaveLength(1)
})
