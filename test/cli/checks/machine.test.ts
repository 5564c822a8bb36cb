// What the doctor says of this machine.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { checkNode } from '../../../src/cli/checks/machine.ts'
import { lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const fakes = useFakes()

describe('this machine', () => {
  test('an old Node is told with the way to a new one', () => {
    expect(checkNode('20.20.2')).toMatchObject({
      mark: 'bad',
      remedy: { en: expect.stringContaining('npm ci') },
    })
    expect(checkNode('24.0.0').mark).toBe('ok')
  })

  test('a port is told apart: free, ours, or another program’s', async () => {
    let body = '<html>'
    const server = createServer((_request, response) => response.end(body))
    await new Promise<void>((resolve) => server.listen(0, resolve))
    const port = String((server.address() as AddressInfo).port)
    expect(lineWith(await run(['doctor'], fakes.env({ PORT: port })), `Port ${port}`)).toMatch(
      /✗ .*another program → .*PORT/,
    )
    body = JSON.stringify({ ok: true, parts: {} })
    expect(lineWith(await run(['doctor'], fakes.env({ PORT: port })), `Port ${port}`)).toMatch(
      /✓ .*running bot/,
    )
    await new Promise((resolve) => server.close(resolve))
    expect(lineWith(await run(['doctor'], fakes.env({ PORT: port })), `Port ${port}`)).toMatch(/✓ .*free/)
  })
})
