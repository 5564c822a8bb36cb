// What runs in the thread of pglite-thread.ts.
import { flushCompileCache } from 'node:module'
import { inspect } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import { PgliteBackend } from './pglite-backend.ts'
import { startPglite } from './pglite-engine.ts'
import type { FromThread, ThreadData, ToThread } from './pglite-thread.ts'
import type { Connection } from './pglite-wire.ts'

const port = parentPort!
const { dataDir, searchPath, template } = workerData as ThreadData
const connections = new Map<number, Connection>()

function tell(told: FromThread, moved: ArrayBuffer[] = []): void {
  port.postMessage(told, moved)
}

function fail(ask: number, cause: unknown): void {
  // What PGlite's file system throws is no Error.
  const error = cause instanceof Error ? cause : new Error(inspect(cause, { depth: 1 }))
  tell({ type: 'failed', ask, error, code: (error as NodeJS.ErrnoException).code })
}

async function answer(ask: number, work: Promise<Uint8Array | undefined>): Promise<void> {
  try {
    const own = new Uint8Array((await work) ?? [])
    tell({ type: 'answer', ask, answer: own }, [own.buffer])
  } catch (error) {
    fail(ask, error)
  }
}

async function hear(backend: PgliteBackend, told: ToThread): Promise<void> {
  if (told.type === 'end') {
    await answer(
      told.ask,
      backend.end().then(() => undefined),
    )
    return port.close()
  }
  const { client } = told
  if (told.type === 'connect') {
    const notified = (message: Buffer): void =>
      tell({ type: 'notification', client, message: new Uint8Array(message) })
    connections.set(client, backend.connect(told.isUrgent, notified))
    return
  }
  const connection = connections.get(client)!
  if (told.type === 'ask') return answer(told.ask, connection.ask(Buffer.from(told.messages.buffer)))
  connections.delete(client)
  await answer(
    told.ask,
    connection.close().then(() => undefined),
  )
}

try {
  const backend = new PgliteBackend(await startPglite(dataDir, searchPath, template))
  port.on('message', (told: ToThread) => void hear(backend, told))
  tell({ type: 'started' })
  // Otherwise written when the process ends, which a killed one does not live to see.
  flushCompileCache()
} catch (error) {
  fail(0, error)
}
