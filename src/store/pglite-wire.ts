// The PostgreSQL protocol between pg's clients and one embedded PGlite, in process. PGlite has a single session;
// here many clients take turns on it: a client keeps it from BEGIN to COMMIT or ROLLBACK and never while idle. What a
// client SETs outside a transaction holds for all, and named prepared statements share one space.
import { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import { PreparedStatements } from './pglite-statements.ts'
import { message, messagesOf, parsedText } from './postgres-message.ts'

interface Batch {
  session: PgliteSession
  messages: Buffer[]
  texts: string[]
  /** Called when the batch is carried out; a session that closes needs no answer. */
  done: (response: Buffer) => void
  fail: (error: unknown) => void
}

/** How long statements run before the rest of the process has a turn. */
const SLICE_MS = 5
/** After so many urgent batches in a row another has its turn: in a flood of messages some are answered all the same. */
const URGENT_IN_A_ROW = 3

/**
 * Runs one batch of protocol messages at a time: of a session in a transaction first, then mostly of those that are urgent,
 * else in order of arrival.
 */
export class PgliteBackend {
  readonly #pglite: PGlite
  readonly #sessions = new Set<PgliteSession>()
  readonly #waiting: Batch[] = []
  readonly #statements = new PreparedStatements()
  #owner: PgliteSession | null = null
  #isRunning = false
  #urgentInARow = 0
  /** When the rest of the process last had its turn. */
  #since = 0
  #isEnded = false

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  open(isUrgent = false): PgliteSession {
    const session = new PgliteSession(this, isUrgent)
    this.#sessions.add(session)
    return session
  }

  submit(session: PgliteSession, messages: Buffer[], texts: string[]): Promise<Buffer> {
    return new Promise((done, fail) => {
      this.#waiting.push({ session, messages, texts, done, fail })
      void this.#pump()
    })
  }

  /** Lets what was asked be answered; from then on nothing reaches PGlite. */
  async end(): Promise<void> {
    this.#isEnded = true
    while (this.#isRunning) await setImmediate()
  }

  /** Undoes what a real server undoes when a connection ends: its open transaction and its LISTENs. */
  async close(session: PgliteSession): Promise<void> {
    this.#sessions.delete(session)
    if (this.#isEnded) return
    const abandoned = [...session.channels].filter((name) => !this.#isListened(name))
    session.channels.clear()
    const texts = abandoned.map((name) => `UNLISTEN ${quoted(name)}`)
    if (this.#owner === session) texts.unshift('ROLLBACK')
    for (const text of texts) await this.submit(session, [simpleQuery(text)], [])
    if (this.#owner === session) this.#owner = null
  }

  async #pump(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    for (let batch = this.#take(); batch; batch = this.#take()) {
      try {
        batch.done(await this.#run(batch))
      } catch (error) {
        batch.fail(error)
      }
      // PGlite answers on this thread without waiting for anything, so timers and requests must have their turn while
      // somebody asks in a loop. After each answer would be too often: in a busy process a turn of the event loop takes
      // longer than a statement, and statements would pile up.
      if (performance.now() - this.#since < SLICE_MS) continue
      await setImmediate()
      this.#since = performance.now()
    }
    this.#isRunning = false
  }

  #take(): Batch | undefined {
    const owner = this.#owner
    const isUrgentNext = this.#urgentInARow < URGENT_IN_A_ROW
    const found = this.#waiting.findIndex(({ session }) =>
      owner ? session === owner : session.isUrgent === isUrgentNext,
    )
    if (found < 0 && owner) return undefined
    const [taken] = this.#waiting.splice(Math.max(0, found), 1)
    if (taken && !owner)
      this.#urgentInARow = taken.session.isUrgent && isUrgentNext ? this.#urgentInARow + 1 : 0
    return taken
  }

  async #run(batch: Batch): Promise<Buffer> {
    const { session } = batch
    this.#owner = session
    const asked = this.#statements.ask(batch.messages)
    const raw = Buffer.from(await this.#pglite.execProtocolRaw(Buffer.concat(asked.messages)))
    const answer: Buffer[] = []
    const notifications: Buffer[] = []
    for (const message of messagesOf(raw)) {
      if (message[0] === NOTIFICATION) notifications.push(message)
      else answer.push(message)
      if (message[0] === READY_FOR_QUERY && message[5] === IDLE) this.#owner = null
    }
    asked.answered(answer)
    const lost = batch.texts.flatMap((text) => session.noteListening(text)).filter((c) => this.#isListened(c))
    // Ours is the only session that PGlite knows, so one client's UNLISTEN must not deafen the others.
    for (const name of lost) await this.#pglite.execProtocolRaw(simpleQuery(`LISTEN ${quoted(name)}`))
    for (const message of notifications) this.#deliver(message)
    return Buffer.concat(answer)
  }

  #isListened(channel: string): boolean {
    return [...this.#sessions].some((session) => session.channels.has(channel))
  }

  #deliver(notification: Buffer): void {
    const channel = notification.toString('utf8', 9, notification.indexOf(0, 9))
    for (const session of this.#sessions) if (session.channels.has(channel)) session.push(notification)
  }
}

/** What pg takes for its socket: one per client. */
export class PgliteSession extends Duplex {
  /** Channels that this client listens to. */
  readonly channels = new Set<string>()
  /** Its statements go before those of others. */
  readonly isUrgent: boolean
  readonly #backend: PgliteBackend
  #pending: Buffer[] = []
  #texts: string[] = []
  #isStarted = false

  constructor(backend: PgliteBackend, isUrgent: boolean) {
    super()
    this.isUrgent = isUrgent
    this.#backend = backend
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
    this.#backend.close(this).then(
      () => callback(error),
      (failure: Error) => callback(error ?? failure),
    )
  }

  /** Follows LISTEN and UNLISTEN; returns the channels that this client has just left. */
  noteListening(text: string): string[] {
    const match = LISTENING.exec(text)
    if (!match) return []
    const [, verb = '', exact, bare = ''] = match
    const name = exact === undefined ? bare.toLowerCase() : exact.replaceAll('""', '"')
    if (verb.toLowerCase() === 'listen') {
      this.channels.add(name)
      return []
    }
    const left = name === '*' ? [...this.channels] : [name]
    for (const channel of left) this.channels.delete(channel)
    return left
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
      if (kind === 'Q') this.#texts.push(message.toString('utf8', 5, message.length - 1))
      if (kind === 'P') this.#texts.push(parsedText(message))
      this.#pending.push(message)
      if ('QSHcf'.includes(kind)) this.#submit()
    }
  }

  #submit(): void {
    const messages = this.#pending
    const texts = this.#texts.filter((text) => LISTENING.test(text))
    this.#pending = []
    this.#texts = []
    this.#backend.submit(this, messages, texts).then(
      (answer) => this.destroyed || this.push(answer),
      (error: Error) => this.destroy(error),
    )
  }
}

const NOTIFICATION = 0x41
const READY_FOR_QUERY = 0x5a
const IDLE = 0x49
/** One LISTEN or UNLISTEN, with comments before and after: BullMQ's come with one. */
const LISTENING =
  /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*(listen|unlisten)\s+(?:"((?:[^"]|"")+)"|(\*|[^\s";]+))\s*;?(?:\s|--.*)*$/i

function simpleQuery(text: string): Buffer {
  return message('Q', Buffer.from(`${text}\0`))
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** What a server sends to a client that it trusts: authentication ok, two parameters, a key, ready. */
const GREETING = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('S', Buffer.from('client_encoding\0UTF8\0')),
  message('S', Buffer.from('server_version\x0017.0\0')),
  message('K', Buffer.alloc(8)),
  message('Z', Buffer.from('I')),
])
