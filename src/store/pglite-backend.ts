// Many clients on one PGlite, which has a single session: they take turns on it. A client keeps it from BEGIN to COMMIT or
// ROLLBACK and never while idle. What a client SETs outside a transaction holds for all, and named prepared statements
// share one space.
import { setImmediate } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import { PreparedStatements } from './pglite-statements.ts'
import { type Backend, CLOSED, type Connection } from './pglite-wire.ts'
import { message, messagesOf, parsedText } from './postgres-message.ts'

interface Client {
  /** Its exchanges go before those of others. */
  isUrgent: boolean
  /** That it listens to. */
  channels: Set<string>
  notified(message: Buffer): void
}

interface Batch {
  client: Client
  messages: Buffer[]
  done(answer: Buffer): void
  fail(error: unknown): void
}

/** How long statements run before the rest of the thread has a turn. */
const SLICE_MS = 5
/** After so many urgent batches in a row another has its turn: in a flood of messages some are answered all the same. */
const URGENT_IN_A_ROW = 3

/**
 * Runs one batch of protocol messages at a time: of a client in a transaction first, then mostly of those that are urgent,
 * else in order of arrival.
 */
export class PgliteBackend implements Backend {
  readonly #pglite: PGlite
  readonly #clients = new Set<Client>()
  readonly #waiting: Batch[] = []
  readonly #statements = new PreparedStatements()
  #owner: Client | null = null
  #isRunning = false
  #urgentInARow = 0
  /** When the rest of the thread last had its turn. */
  #since = 0
  #isEnded = false

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  connect(isUrgent: boolean, notified: (message: Buffer) => void): Connection {
    const client: Client = { isUrgent, channels: new Set(), notified }
    this.#clients.add(client)
    return { ask: (messages) => this.#ask(client, messages), close: () => this.#close(client) }
  }

  /** Lets what was asked be answered; from then on nothing reaches PGlite, which is closed. */
  async end(): Promise<void> {
    this.#isEnded = true
    while (this.#isRunning) await setImmediate()
    // Those that another client's open transaction has kept waiting.
    for (const { fail } of this.#waiting.splice(0)) fail(new Error(CLOSED))
    await this.#pglite.close()
  }

  #ask(client: Client, messages: Buffer): Promise<Buffer> {
    if (this.#isEnded) return Promise.reject(new Error(CLOSED))
    return new Promise((done, fail) => {
      this.#waiting.push({ client, messages: [...messagesOf(messages)], done, fail })
      void this.#pump()
    })
  }

  /** Undoes what a real server undoes when a connection ends: its open transaction and its LISTENs. */
  async #close(client: Client): Promise<void> {
    this.#clients.delete(client)
    if (this.#isEnded) return
    const abandoned = [...client.channels].filter((name) => !this.#isListened(name))
    client.channels.clear()
    const texts = abandoned.map((name) => `UNLISTEN ${quoted(name)}`)
    const isAsking = this.#waiting.some((batch) => batch.client === client)
    if (isAsking || this.#owner === client) texts.unshift('ROLLBACK')
    try {
      for (const text of texts) await this.#ask(client, simpleQuery(text))
    } finally {
      if (this.#owner === client) this.#owner = null
    }
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
      // PGlite answers without waiting for anything, so what else the thread has to do must have its turn: in one of its
      // own to hear of what is urgent, in a test's everything. After each answer would be too often: in a busy process a
      // turn of the event loop takes longer than a statement, and statements would pile up.
      if (performance.now() - this.#since < SLICE_MS) continue
      await setImmediate()
      this.#since = performance.now()
    }
    this.#isRunning = false
  }

  #take(): Batch | undefined {
    const owner = this.#owner
    const isUrgentNext = this.#urgentInARow < URGENT_IN_A_ROW
    const found = this.#waiting.findIndex(({ client }) =>
      owner ? client === owner : client.isUrgent === isUrgentNext,
    )
    if (found < 0 && owner) return undefined
    const [taken] = this.#waiting.splice(Math.max(0, found), 1)
    if (taken && !owner)
      this.#urgentInARow = taken.client.isUrgent && isUrgentNext ? this.#urgentInARow + 1 : 0
    return taken
  }

  async #run(batch: Batch): Promise<Buffer> {
    const { client } = batch
    this.#owner = client
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
    const lost = batch.messages
      .flatMap((one) => noteListening(client, one))
      .filter((c) => this.#isListened(c))
    // Ours is the only session that PGlite knows, so one client's UNLISTEN must not deafen the others.
    for (const name of lost) await this.#pglite.execProtocolRaw(simpleQuery(`LISTEN ${quoted(name)}`))
    for (const message of notifications) this.#deliver(message)
    return Buffer.concat(answer)
  }

  #isListened(channel: string): boolean {
    return [...this.#clients].some(({ channels }) => channels.has(channel))
  }

  #deliver(notification: Buffer): void {
    const channel = notification.toString('utf8', 9, notification.indexOf(0, 9))
    for (const { channels, notified } of this.#clients) if (channels.has(channel)) notified(notification)
  }
}

/** Follows LISTEN and UNLISTEN; returns the channels that the client has just left. */
function noteListening({ channels }: Client, one: Buffer): string[] {
  const match = LISTENING.exec(textOf(one))
  if (!match) return []
  const [, verb = '', exact, bare = ''] = match
  const name = exact === undefined ? bare.toLowerCase() : exact.replaceAll('""', '"')
  if (verb.toLowerCase() === 'listen') {
    channels.add(name)
    return []
  }
  const left = name === '*' ? [...channels] : [name]
  for (const channel of left) channels.delete(channel)
  return left
}

/** '' when it is no statement. */
function textOf(one: Buffer): string {
  if (one[0] === QUERY) return one.toString('utf8', 5, one.length - 1)
  return one[0] === PARSE ? parsedText(one) : ''
}

const QUERY = 0x51
const PARSE = 0x50
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
