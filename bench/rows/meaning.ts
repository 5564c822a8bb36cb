// Search by meaning: a question's vector from a fake embeddings server that answers at once, then the nearest of so many.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { startChild } from '../harness/child.ts'
import { valueAt } from '../harness/made-up-vector.ts'
import { type Measurement, number, type Row } from '../harness/row.ts'
import { percentile } from '../harness/statistics.ts'
import type { VectorOperations } from '../harness/vectors-process.ts'

const DIMENSIONS = 1_024
const SIZES = [10_000, 100_000] as const
const QUESTIONS = 200
/** As for search by words. */
const P95_MS = 20

/** A question is the number of the passage that it is about, and its vector is that passage's. */
async function startEmbeddings(): Promise<AsyncDisposable & { baseUrl: string }> {
  const server = createServer(async (request, response) => {
    const { input } = (await json(request)) as { input: string[] }
    const data = input.map((text, index) => ({
      index,
      embedding: Array.from({ length: DIMENSIONS }, (_, at) => valueAt(Number(text), at)),
    }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export const meaning: Row = {
  name: 'meaning',
  title: 'Search by meaning',
  isInSmoke: false,
  async run(bench) {
    await using server = await startEmbeddings()
    const measurements: Measurement[] = []
    const faults: string[] = []
    for (const vectors of bench.isSmoke ? SIZES.slice(0, 1) : SIZES) {
      await using child = await startChild<VectorOperations>('vectors-process.ts')
      const questions = bench.isSmoke ? 20 : QUESTIONS
      const asked = await child.call('ask', {
        ...{ baseUrl: server.baseUrl, vectors, dimensions: DIMENSIONS, questions },
      })
      const ms = (of: readonly number[], part: number): string => `${number(percentile(of, part))} ms`
      measurements.push({
        id: `meaning-${vectors}`,
        what: `${vectors.toLocaleString('en')} vectors of ${DIMENSIONS} dimensions, question to nearest, p95`,
        unit: 'ms',
        runs: [percentile(asked.ms, 0.95)],
        target: { atMost: P95_MS },
        beside: {
          p50: ms(asked.ms, 0.5),
          'the search alone, p50': ms(asked.searchMs, 0.5),
          '… p95': ms(asked.searchMs, 0.95),
          '… p95 in processor time': ms(asked.cpuMs, 0.95),
          'longest that others waited': `${number(asked.longestHoldMs)} ms`,
          'memory of the process': `${number(asked.rssMb)} MB`,
        },
      })
      if (asked.missed > 0) faults.push(`${vectors} vectors: ${asked.missed} questions found another passage`)
    }
    return { measurements, faults }
  },
}
