// What became of each message and when: from the app's log lines (saved, queued, writing, done) and from what the
// platforms show (first word). Times are ms since 1970.
import type { LogLine } from './app-process.ts'

export interface Trace {
  /** As the app names it: Slack `<channel>:<ts>`, Discord message id, or the id of a command. */
  source: string
  sentAt: number
  receivedAt?: number
  savedAt?: number
  queuedAt?: number
  lane?: string
  /** How many other conversations were waiting when it was queued. */
  ahead?: number
  writingAt?: number
  firstWordAt?: number
  doneAt?: number
  /** Of the turn, at its end: `done`, `stopped`, `failed`, `gone`. */
  outcome?: string
  /** More than one when a worker crashed in the middle. */
  starts: number
  turn?: string
}

export interface Traces {
  sent(source: string, at?: number): Trace
  line(line: LogLine): void
  /** Its answer, or the beginning of it, was seen. */
  shown(source: string, at: number): void
  get(source: string): Trace | undefined
  all(): readonly Trace[]
  onChange(listener: (trace: Trace) => void): void
}

const MOST = 500

export function createTraces(): Traces {
  const traces = new Map<string, Trace>()
  const listeners: ((trace: Trace) => void)[] = []

  const of = (source: string, at: number): Trace => {
    const known = traces.get(source)
    if (known) return known
    const made: Trace = { source, sentAt: at, starts: 0 }
    traces.set(source, made)
    const oldest = traces.keys().next().value
    if (traces.size > MOST && oldest !== undefined) traces.delete(oldest)
    return made
  }
  const tell = (trace: Trace): void => {
    for (const listener of listeners) listener(trace)
  }

  const received = ({ at, fields }: LogLine, source: string): void => {
    const trace = of(source, at)
    trace.receivedAt ??= at - Number(fields['ms'] ?? 0)
    trace.savedAt ??= at
    trace.lane = String(fields['lane'])
    tell(trace)
  }
  const queued = ({ at }: LogLine, source: string): void => {
    const trace = of(source, at)
    trace.queuedAt ??= at
    trace.ahead ??= waitingLanes(trace)
    tell(trace)
  }
  /** Messages of one conversation wait together and are answered together. */
  const waitingLanes = ({ lane }: Trace): number => {
    const waiting = [...traces.values()].filter(
      (one) => one.queuedAt !== undefined && one.writingAt === undefined,
    )
    return new Set(waiting.map((one) => one.lane).filter((one) => one !== lane)).size
  }
  /** A turn that begins again in the same worker may have got more messages. */
  const started = ({ at, msg, fields }: LogLine): void => {
    const sources = Array.isArray(fields['sources']) ? fields['sources'].map(String) : []
    for (const source of sources) {
      const trace = of(source, at)
      trace.writingAt ??= at
      if (msg === 'turn started') trace.starts += 1
      trace.turn = String(fields['turn'])
      tell(trace)
    }
  }
  const ended = ({ at, fields }: LogLine): void => {
    for (const trace of traces.values()) {
      if (trace.turn === undefined || trace.turn !== fields['turn'] || trace.doneAt !== undefined) continue
      trace.doneAt = at
      trace.outcome = String(fields['outcome'])
      tell(trace)
    }
  }

  return {
    sent(source, at = Date.now()) {
      const trace = of(source, at)
      // The log line may have been faster than the caller.
      trace.sentAt = Math.min(trace.sentAt, at)
      tell(trace)
      return trace
    },
    line(line) {
      const source = line.fields['source']
      if (line.msg === 'received' && typeof source === 'string') received(line, source)
      else if (line.msg === 'queued' && typeof source === 'string') queued(line, source)
      else if (line.msg === 'turn started' || line.msg === 'turn begins again') started(line)
      else if (line.msg === 'turn ended') ended(line)
    },
    shown(source, at) {
      const trace = traces.get(source)
      if (!trace || trace.firstWordAt !== undefined) return
      trace.firstWordAt = at
      tell(trace)
    },
    get: (source) => traces.get(source),
    all: () => [...traces.values()],
    onChange: (listener) => void listeners.push(listener),
  }
}
