// Keeps the page up to date: looks at both platforms after every change, sends what differs, and notices the first word
// of each answer.
import type { ServerResponse } from 'node:http'
import type { Trace } from '../demo/traces.ts'
import type { World } from '../demo/world.ts'
import type { Cast } from './cast.ts'
import { discordMessages, discordMeta } from './discord-view.ts'
import { slackMessages, slackMeta } from './slack-view.ts'
import { type Meta, type Platform, toTimes, type ViewFile, type ViewMessage } from './view.ts'

/** Answers grow in steps of some hundred ms. */
const SETTLE_MS = 50
/** Typing and status lines end by themselves, without a change that anyone is told of. */
const LOOK_AGAIN_MS = 1_000

/** Where the answer to something that was sent will be seen. */
export interface Asked {
  platform: Platform
  room: string
  /** The thread that it is in or begins; null for a command. */
  thread: string | null
}

export interface Board extends AsyncDisposable {
  /** From now on this page hears of everything; first comes all there is. */
  join(page: ServerResponse): void
  /** Remembers when it was sent and where to look for the answer. */
  asked(source: string, asked: Asked, at: number): void
  attached(platform: Platform, message: string, files: ViewFile[]): void
  changed(): void
}

type Around = Pick<Meta, 'app' | 'restarts' | 'model' | 'twice' | 'busySeconds' | 'forms'>

export function createBoard(world: World, cast: Cast, hello: object, around: () => Around): Board {
  const { slack, discord, traces } = world
  const pages = new Set<ServerResponse>()
  const sent = new Map<string, string>()
  const files = new Map<string, ViewFile[]>()
  const asked = new Map<string, Asked>()
  /** Commands have no message of their own: their times stand under the answer. */
  const timed = new Map<string, string>()
  let meta = ''
  let timer: NodeJS.Timeout | undefined

  const send = (event: string, data: string): void => {
    for (const page of pages) page.write(`event: ${event}\ndata: ${data}\n\n`)
  }

  const timesOf = (message: ViewMessage): ViewMessage['times'] => {
    const own = message.platform === 'slack' ? `${channelOf(message)}:${message.id}` : message.id
    return toTimes(traces.get(timed.get(keyOf(message)) ?? own))
  }
  const channelOf = ({ room }: ViewMessage): string =>
    room.startsWith('dm:') ? slack.dm(room.slice('dm:'.length)) : room

  const look = (): void => {
    timer = undefined
    const onSlack = slackMessages(slack, cast)
    const all = [...onSlack, ...discordMessages(discord, cast)]
    const gone = new Set(sent.keys())
    for (const message of all) {
      const key = keyOf(message)
      gone.delete(key)
      if (message.isBot && hasWords(message) && !message.onlyFor) notice(message)
      message.files = files.get(key) ?? []
      message.times = message.isBot && !timed.has(key) ? null : timesOf(message)
      const text = JSON.stringify(message)
      if (sent.get(key) === text) continue
      sent.set(key, text)
      send('message', text)
    }
    for (const key of gone) {
      sent.delete(key)
      send('gone', JSON.stringify(key))
    }
    const now = JSON.stringify({
      ...around(),
      pings: slack.pings().length + discord.pings().length,
      slack: slackMeta(slack, cast, onSlack),
      discord: discordMeta(discord, cast),
    } satisfies Meta)
    if (now !== meta) send('meta', now)
    meta = now
  }

  /** A text of the app's that was not there before: whose answer begins with it? */
  const notice = (message: ViewMessage): void => {
    const waiting = traces
      .all()
      .filter((trace) => isWaiting(trace) && isHere(asked.get(trace.source), message))
    const best =
      waiting.find(
        (trace) => asked.get(trace.source)?.thread === message.parent && message.parent !== null,
      ) ?? waiting.find((trace) => isAfter(message, trace))
    if (!best || sent.get(keyOf(message)) === JSON.stringify(message)) return
    if (!isAfter(message, best)) return
    for (const trace of traces.all()) {
      if (trace === best || (trace.turn === best.turn && isWaiting(trace)))
        traces.shown(trace.source, Date.now())
    }
    if (asked.get(best.source)?.thread === null) timed.set(keyOf(message), best.source)
  }

  const changed = (): void => {
    timer ??= setTimeout(look, SETTLE_MS)
  }
  const offs = [slack.onChange(changed), discord.onChange(changed)]
  traces.onChange(changed)
  const clock = setInterval(changed, LOOK_AGAIN_MS)

  return {
    join(page) {
      page.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
      page.write(`event: hello\ndata: ${JSON.stringify(hello)}\n\n`)
      for (const text of sent.values()) page.write(`event: message\ndata: ${text}\n\n`)
      if (meta !== '') page.write(`event: meta\ndata: ${meta}\n\n`)
      pages.add(page)
      page.on('close', () => pages.delete(page))
      changed()
    },
    asked(source, where, at) {
      asked.set(source, where)
      traces.sent(source, at)
    },
    attached(platform, message, added) {
      files.set(`${platform}:${message}`, added)
      changed()
    },
    changed,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer)
      clearInterval(clock)
      for (const off of offs) off()
      for (const page of pages) page.end()
    },
  }
}

function keyOf({ platform, id }: ViewMessage): string {
  return `${platform}:${id}`
}

function hasWords({ parts }: ViewMessage): boolean {
  return parts.some(({ kind, text }) => kind === 'rich' || text.replaceAll('\u00A0', ' ').trim() !== '')
}

function isWaiting(trace: Trace): boolean {
  return trace.writingAt !== undefined && trace.firstWordAt === undefined && trace.doneAt === undefined
}

function isHere(where: Asked | undefined, message: ViewMessage): boolean {
  if (!where || where.platform !== message.platform || where.room !== message.room) return false
  return message.parent === null || message.parent === where.thread
}

/** Ids of both platforms grow with time: Slack's are seconds, Discord's snowflakes. */
function isAfter(message: ViewMessage, trace: Trace): boolean {
  const at =
    message.platform === 'slack'
      ? Number(message.id) * 1_000
      : Number(BigInt(message.id) >> 22n) + 1_420_070_400_000
  return at >= trace.sentAt - 5
}
