// Finding a model server on the machine.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { defaultCandidates, detectEndpoint } from '../../src/llm/detect.ts'
import { startFakeVllm } from '../fakes/vllm/index.ts'

test('the first server of the list that answers wins; a key, a web site or a silent port is no obstacle', async () => {
  await using guarded = await startFakeVllm({ apiKey: 'secret', model: 'exaone' })
  await using other = await startFakeVllm({ model: 'llama' })
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  const site = createServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await Promise.all([once(silent, 'listening'), once(site, 'listening')])
  const urlOf = (server: typeof site) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  try {
    const candidates = [
      { baseUrl: 'http://127.0.0.1:1/v1' },
      { baseUrl: urlOf(silent) },
      { baseUrl: urlOf(site) },
      { baseUrl: other.baseUrl, idContains: 'exaone' },
      { baseUrl: guarded.baseUrl, apiKey: 'secret' },
      { baseUrl: other.baseUrl },
    ]
    expect(await detectEndpoint(candidates)).toEqual({ baseUrl: guarded.baseUrl, model: 'exaone' })
    expect(await detectEndpoint(candidates.slice(0, 4))).toBeNull()
  } finally {
    silent.closeAllConnections()
    silent.close()
    site.close()
  }
})

test('the configured server is asked before the usual ports', () => {
  const urls = defaultCandidates({ baseUrl: 'http://gpu:9000/v1' }).map((candidate) => candidate.baseUrl)
  expect(urls[0]).toBe('http://gpu:9000/v1')
  expect(urls).toHaveLength(4)
})
