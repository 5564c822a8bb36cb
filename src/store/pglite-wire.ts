// The PostgreSQL protocol between pg's clients and one embedded PGlite.
import { Duplex } from 'node:stream'
import { message, messagesOf } from './postgres-message.ts'

/** One PGlite that many clients talk to: in this thread (pglite-backend.ts) or in one of its own (pglite-thread.ts). */
export interface Backend {
  /** `notified` is given NotificationResponse messages. */
  connect(isUrgent: boolean, notified: (message: Buffer) => void): Connection
  /** Lets what was asked be answered, and closes the database. */
  end(): Promise<void>
}

/** What is said to whoever asks after the end. */
export const CLOSED = 'the embedded database is closed'

export interface Connection {
  /** Carries out whole messages, up to one that asks for an answer; resolves with all that a server would send. */
  ask(messages: Buffer): Promise<Buffer>
  close(): Promise<void>
}

/** What pg takes for its socket: one per client. */
export class PgliteSession extends Duplex {
  readonly #connection: Connection
  #pending: Buffer[] = []
  #isStarted = false

  /** The statements of one that is urgent go before those of others. */
  constructor(backend: Backend, isUrgent: boolean) {
    super()
    this.#connection = backend.connect(isUrgent, (notification) => this.push(notification))
  }

  // pg calls these on its socket; there is no network to tune.
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed when they arrive.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#receive(chunk)
    callback()
  }

  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    for (const { chunk } of chunks) this.#receive(chunk)
    callback()
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.push(null)
    callback()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#connection.close().then(
      () => callback(error),
      (failure: Error) => callback(error ?? failure),
    )
  }

  // pg hands over whole messages. They wait here until one that asks for an answer.
  #receive(chunk: Buffer): void {
    if (!this.#isStarted) {
      this.#isStarted = true
      this.push(GREETING)
      return
    }
    for (const message of messagesOf(chunk)) {
      const kind = String.fromCharCode(message[0] ?? 0)
      if (kind === 'X') return
      this.#pending.push(message)
      if ('QSHcf'.includes(kind)) this.#ask()
    }
  }

  #ask(): void {
    const messages = Buffer.concat(this.#pending)
    this.#pending = []
    this.#connection.ask(messages).then(
      (answer) => this.destroyed || this.push(answer),
      (error: Error) => this.destroy(error),
    )
  }
}

/** What a server sends to a client that it trusts: authentication ok, two parameters, a key, ready. */
const GREETING = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('S', Buffer.from('client_encoding\0UTF8\0')),
  message('S', Buffer.from('server_version\x0017.0\0')),
  message('K', Buffer.alloc(8)),
  message('Z', Buffer.from('I')),
])
