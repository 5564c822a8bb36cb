// Reads what the app did off the fake Slack's log of calls: when the first and the last words of each answer came to be
// seen, and how often which method was called. Polling the screen would be slower than what is measured.
import type { ApiCall, FakeSlack } from '../../test/fakes/slack/index.ts'

export interface Expected {
  key: string
  channel: string
  ts: string
  root: string
  /** The whole answer. */
  text: string
}

/** Times are wallMs(). */
export interface Outcome {
  key: string
  firstVisibleAt?: number
  doneAt?: number
  /** Messages that show the whole answer and no longer grow; anything but 1 is a fault. */
  complete: number
  /** Other messages of the bot in the thread. */
  others: number
  isStreamed: boolean
  /** What a person sees of the bot there; only where that is not as it should be. */
  shown: string[]
}

export interface CallCount {
  count: number
  /** 429s. */
  limited: number
  refused: number
  maxPerMinute: number
}

export interface Witness {
  expect(question: Expected): void
  progress(): { asked: number; done: number }
  outcomes(isWanted?: (one: Pick<Outcome, 'doneAt'>) => boolean): Outcome[]
  calls(): Record<string, CallCount>
}

interface Watched extends Expected {
  bare: string
  firstVisibleAt?: number
  doneAt?: number
  isStreamed: boolean
}

interface Post {
  watched: Watched
  text: string
}

const LOOK_MS = 200
const MINUTE_MS = 60_000

export function createWitness(slack: FakeSlack): Witness {
  const byThread = new Map<string, Watched>()
  const all: Watched[] = []
  const posts = new Map<string, Post>()
  const counts = new Map<
    string,
    { times: number[]; count: number; limited: number; refused: number; max: number }
  >()
  let done = 0

  const saw = (post: Post, at: number, isFinal: boolean): void => {
    const { watched } = post
    const text = bare(post.text)
    if (text === '') return
    const isWhole = text.includes(watched.bare)
    if (isWhole || watched.bare.startsWith(text)) watched.firstVisibleAt ??= at
    if (!isWhole || !isFinal) return
    if (watched.doneAt === undefined) done += 1
    watched.doneAt = at
  }

  const look = (call: ApiCall): void => {
    count(call)
    if (!call.ok) return
    const { method, args, result, at } = call
    const ts = String(result['ts'] ?? args['ts'] ?? '')
    if (method === 'chat.startStream' || method === 'chat.postMessage') {
      const watched = byThread.get(`${args['channel']}:${args['thread_ts']}`)
      if (!watched) return
      const post = { watched, text: textOf(args) }
      posts.set(ts, post)
      watched.isStreamed = method === 'chat.startStream'
      saw(post, at, !watched.isStreamed)
      return
    }
    const post = posts.get(ts)
    if (!post) return
    if (method === 'chat.update') post.text = textOf(args)
    else if (method === 'chat.appendStream' || method === 'chat.stopStream') post.text += textOf(args)
    else return
    saw(post, at, method !== 'chat.appendStream')
  }

  const count = ({ method, at, ok, status, error }: ApiCall): void => {
    const known = counts.get(method) ?? { times: [], count: 0, limited: 0, refused: 0, max: 0 }
    counts.set(method, known)
    known.count += 1
    if (status === 429 || error === 'ratelimited') known.limited += 1
    else if (!ok) known.refused += 1
    else {
      known.times.push(at)
      while ((known.times[0] as number) < at - MINUTE_MS) known.times.shift()
      known.max = Math.max(known.max, known.times.length)
    }
  }

  const read = (): void => {
    for (const call of slack.calls.splice(0)) look(call)
    // Nothing else reads what was delivered.
    if (slack.deliveries.length > 20_000) slack.deliveries.splice(0, 10_000)
  }
  setInterval(read, LOOK_MS)

  return {
    expect(question) {
      const watched = { ...question, bare: bare(question.text), isStreamed: false }
      all.push(watched)
      byThread.set(`${question.channel}:${question.root}`, watched)
    },
    progress() {
      read()
      return { asked: all.length, done }
    },
    outcomes(isWanted = () => true) {
      read()
      return all.filter(isWanted).map((watched) => toOutcome(slack, watched))
    },
    calls() {
      read()
      const entries = [...counts].map(([method, { count, limited, refused, max }]): [string, CallCount] => [
        method,
        { count, limited, refused, maxPerMinute: max },
      ])
      return Object.fromEntries(entries)
    },
  }
}

function toOutcome(slack: FakeSlack, watched: Watched): Outcome {
  const { key, channel, root, firstVisibleAt, doneAt, isStreamed } = watched
  const shown = slack.thread(channel, root).filter((message) => message.isBot)
  const isComplete = (message: (typeof shown)[number]): boolean =>
    message.streamingState !== 'in_progress' && bare(message.text).includes(watched.bare)
  const complete = shown.filter(isComplete).length
  // In a thread with several questions the other answers are whole, and theirs.
  const others = root === watched.ts ? shown.length - complete : 0
  const isWrong = complete !== 1 || others > 0
  const texts = isWrong
    ? shown.map(({ text, streamingState }) => `[${streamingState ?? 'post'}] ${text.slice(0, 80)}`)
    : []
  return { key, firstVisibleAt, doneAt, complete, others, isStreamed, shown: texts }
}

/** Line breaks and spaces are the renderers' business. */
function bare(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** The words in a call's arguments, which come as a form: nested values are JSON. */
function textOf(args: Record<string, unknown>): string {
  const chunks = parsed(args['chunks'])
  if (chunks.length > 0) return chunks.map((chunk) => String(chunk['text'] ?? '')).join('')
  const blocks = parsed(args['blocks'])
  const texts = blocks.flatMap(({ text }) => {
    if (typeof text === 'string') return [text]
    const inner = (text as { text?: unknown } | undefined)?.text
    return typeof inner === 'string' ? [inner] : []
  })
  return texts.length > 0 ? texts.join('\n') : String(args['markdown_text'] ?? args['text'] ?? '')
}

function parsed(value: unknown): Record<string, unknown>[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(list) ? list : []
}
