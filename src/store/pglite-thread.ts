// The embedded database in a thread of its own: it computes for milliseconds at a time, and meanwhile the bot goes on.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Backend, CLOSED, type Connection } from './pglite-wire.ts'

/** What the thread is started with: the arguments of startPglite. */
export interface ThreadData {
  dataDir: string
  searchPath: string
  template: string | undefined
}

/** Clients and what they ask are numbered from 1. */
export type ToThread =
  | { type: 'connect'; client: number; isUrgent: boolean }
  | { type: 'ask'; client: number; ask: number; messages: Uint8Array }
  | { type: 'close'; client: number; ask: number }
  | { type: 'end'; ask: number }

/** `ask` 0: it could not be started. */
export type FromThread =
  | { type: 'started' }
  | { type: 'answer'; ask: number; answer: Uint8Array }
  | { type: 'failed'; ask: number; error: Error; code: string | undefined }
  | { type: 'notification'; client: number; message: Uint8Array }

interface Asked {
  done(answer: Buffer): void
  fail(error: Error): void
}

const THREAD = new URL('./pglite-worker.ts', import.meta.url)

/**
 * Rejects with what startPglite throws. If the thread ends by itself later, so does the process: started again, it finds
 * everything as it was committed.
 */
export async function startPgliteThread(
  dataDir: string,
  searchPath: string,
  template?: string,
): Promise<Backend> {
  const workerData: ThreadData = { dataDir, searchPath, template }
  const worker = new Worker(THREAD, { workerData, execArgv: [], name: 'damso-pglite' })
  const started = new AbortController()
  const { signal } = started
  const exited = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`the embedded database's thread ended before it had started (${code})`)
  })
  try {
    const [first] = (await Promise.race([once(worker, 'message', { signal }), exited])) as [FromThread]
    if (first.type !== 'failed') return new PgliteThread(worker)
    await worker.terminate()
    throw errorOf(first)
  } finally {
    exited.catch(() => undefined)
    started.abort()
  }
}

/** So long may what was asked take until it ends. What is committed survives a hard end. */
const END_MS = 10_000

class PgliteThread implements Backend {
  readonly #worker: Worker
  readonly #asked = new Map<number, Asked>()
  readonly #notified = new Map<number, (message: Buffer) => void>()
  #asks = 0
  #clients = 0
  #isEnded = false

  constructor(worker: Worker) {
    this.#worker = worker
    // What is asked keeps the process alive, and nothing else does.
    worker.unref()
    worker.on('message', (told: FromThread) => this.#hear(told))
    worker.on('exit', (code) => {
      const error = new Error(`the embedded database's thread has ended (${code})`)
      for (const { fail } of this.#asked.values()) fail(error)
      if (!this.#isEnded) throw error
    })
  }

  connect(isUrgent: boolean, notified: (message: Buffer) => void): Connection {
    const client = ++this.#clients
    this.#notified.set(client, notified)
    this.#tell({ type: 'connect', client, isUrgent })
    return {
      ask: (messages) => {
        // A copy of its own, or the memory that it shares with others would go along.
        const own = new Uint8Array(messages)
        return this.#ask((ask) => this.#tell({ type: 'ask', client, ask, messages: own }, [own.buffer]))
      },
      close: async () => {
        this.#notified.delete(client)
        if (!this.#isEnded) await this.#ask((ask) => this.#tell({ type: 'close', client, ask }))
      },
    }
  }

  async end(): Promise<void> {
    const exited = new Promise<void>((resolve) => void this.#worker.once('exit', () => resolve()))
    const answered = this.#ask((ask) => this.#tell({ type: 'end', ask }))
    this.#isEnded = true
    const late = setTimeout(() => void this.#worker.terminate(), END_MS)
    try {
      await answered
      this.#worker.ref()
      await exited
    } finally {
      clearTimeout(late)
    }
  }

  #ask(tell: (ask: number) => void): Promise<Buffer> {
    if (this.#isEnded) return Promise.reject(new Error(CLOSED))
    return new Promise((done, fail) => {
      const ask = ++this.#asks
      if (this.#asked.size === 0) this.#worker.ref()
      this.#asked.set(ask, { done, fail })
      tell(ask)
    })
  }

  #tell(told: ToThread, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(told, moved)
  }

  #hear(told: FromThread): void {
    if (told.type === 'notification') this.#notified.get(told.client)?.(bufferOf(told.message))
    if (told.type !== 'answer' && told.type !== 'failed') return
    const asked = this.#asked.get(told.ask)
    this.#asked.delete(told.ask)
    if (this.#asked.size === 0) this.#worker.unref()
    if (told.type === 'failed') asked?.fail(errorOf(told))
    else asked?.done(bufferOf(told.answer))
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** What passes between threads loses the code of an error. */
function errorOf({ error, code }: { error: Error; code: string | undefined }): Error {
  return code === undefined ? error : Object.assign(error, { code })
}
