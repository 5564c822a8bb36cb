// The way out to Slack, over its Web API alone: workers open no gateway. Picks how a post goes out and does the small
// things (status, reactions, private notices); what is shown is render.ts, and the calls are the drivers'.
import type { Budget } from '../core/adapter.ts'
import { attachmentRefused, attachmentUnreachable } from '../core/attachment.ts'
import type { Clock } from '../core/clock.ts'
import type { Content } from '../core/content.ts'
import { isBotError } from '../core/error.ts'
import type { Attachment, Place } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'
import type { Metrics } from '../core/metrics.ts'
import type { Outbound, Post, WriteOptions } from '../core/outbound.ts'
import { createPacedWriter, type MessageDriver } from '../core/paced-writer.ts'
import { type Answer, type Args, createWebApi, type Dict } from './api.ts'
import { fetchAttachment } from './attachment.ts'
import { type Caller, createCaller, type Method } from './caller.ts'
import { createDirectory, type Directory } from './directory.ts'
import { emojiName } from './emoji.ts'
import { isNoPlace, toBotError } from './failure.ts'
import { createInstallations, type Installations } from './installations.ts'
import { createLookUp } from './look-up.ts'
import { createMembership, type Membership } from './membership.ts'
import { isSentOnce, OnceDriver } from './once-driver.ts'
import { withPictures } from './pictures.ts'
import { NO_PREVIEWS } from './post-calls.ts'
import { type DriverDeps, PostDriver } from './post-driver.ts'
import { createRead } from './read.ts'
import { createRecent } from './recent.ts'
import { renderContent } from './render.ts'
import { createSessions, type Sessions } from './session.ts'
import { isDirect } from './stream.ts'
import { createSlackApi } from './workspace-api.ts'

export interface SlackOutboundOptions {
  /** Bot tokens of the one app, one of each workspace where it is installed. */
  tokens: readonly string[]
  /** Up to `/api/`. */
  apiUrl?: string
  clock: Clock
  log: Logger
  budget: Budget
  metrics?: Metrics
  /** The shortest time between two writes while an answer streams; it slows down by itself. */
  paceMs?: number
  timeoutMs?: number
  fetch: typeof fetch
}

/** What the gateway of the same process shares with the writers. */
export interface SlackOutbound extends Outbound, Pick<Membership, 'membersChanged'> {
  readonly caller: Caller
  readonly people: Directory
  readonly sessions: Sessions
  readonly installations: Installations
  /** Our own message came by as an event: its id is known now, even if the answer to its post was lost. */
  sawOwn(channel: string, message: Dict): void
}

/** Slack's limits are 12,000 characters of Markdown and about 13,200 of blocks; the rest is for the small print. */
const MAX_CHARS = 11_000

export function createSlackOutbound(options: SlackOutboundOptions): SlackOutbound {
  const { clock, log } = options
  const web = createWebApi(options)
  const installations = createInstallations({ ...options, call: web.call })
  const caller = createCaller(createSlackApi(web, installations), options.budget, clock)
  const people = createDirectory(caller, clock)
  const lookUp = createLookUp(caller, clock)
  const sessions = createSessions(caller, clock)
  const deps: DriverDeps = { caller, lookUp, clock, teamOf: createTeamOf(people), paceMs: options.paceMs }

  return {
    maxChars: MAX_CHARS,
    // A status line belongs to a thread.
    waitNotice: ({ thread }) => (thread === null ? 'whisper' : 'status'),
    caller,
    people,
    sessions,
    installations,
    sawOwn: lookUp.saw,
    write(post, writeOptions) {
      const driver = createDriver(deps, post, writeOptions)
      const { signal } = writeOptions
      const pictured = withPictures(driver, forward(driver), {
        ...{ caller, clock, log, signal },
        workspace: post.place.workspace,
      })
      return createPacedWriter(inSession(pictured, sessions, post, writeOptions), clock, writeOptions)
    },
    async status(place, text) {
      // An answer follows: what it may need of the budget comes in meanwhile.
      if (text !== null) caller.declare(place.workspace, place.channel)
      else void sessions.end(place)
      if (place.thread === null) return
      const args = { channel_id: place.channel, thread_ts: place.thread, status: text ?? '' }
      const answer = await caller.soon(place.workspace, 'assistant.threads.setStatus', args)
      if (answer.outcome === 'refused')
        log.debug({ channel: place.channel, code: answer.code }, 'a status was not shown')
    },
    async react(place, source, emoji, isRemoved = false) {
      const timestamp = source.slice(source.lastIndexOf(':') + 1)
      const args = { channel: place.channel, timestamp, name: emojiName(emoji) }
      await caller.soon(place.workspace, isRemoved ? 'reactions.remove' : 'reactions.add', args)
    },
    ...createMembership(caller, clock),
    topicOf: ({ workspace, channel }) => topicOf(people, workspace, channel),
    markSolved: async () => 'none',
    zoneOf: async ({ workspace }, person) => (await people.person(workspace, person))?.zone ?? null,
    nameOf: async ({ workspace }, person) => (await people.person(workspace, person))?.name || null,
    whisper: (place, person, content) => whisper(caller, place, person, content),
    read: createRead(caller, people),
    recent: createRecent(caller, people),
    async fetch(place, attachment, maxBytes) {
      const installed = await installations.find(place.workspace)
      if (installed === null) throw attachmentRefused(attachment, 'its workspace has no token')
      if (installed === 'unknown')
        throw attachmentUnreachable(attachment, 'Slack has not said whose the tokens are', null)
      const found = await withUrl(caller, place, attachment)
      return fetchAttachment(found, { token: installed.token, maxBytes, apiUrl: options.apiUrl })
    },
  }
}

function createDriver(deps: DriverDeps, post: Post, options: WriteOptions): MessageDriver {
  // In a direct message there is nobody to hide from, and an ordinary message stays.
  const isHidden = options.isPrivate && (post.handle !== null || !isDirect(post.place.channel))
  if (isHidden || isSentOnce(post.id)) return new OnceDriver(deps, post, options)
  // In a direct message Slack has a Stop button of its own.
  const { growing: _, ...plain } = options
  const driver = new PostDriver(deps, post, isDirect(post.place.channel) ? plain : options)
  return post.handle === null ? driver : withRescue(driver, new OnceDriver(deps, post, options))
}

/** A command's answer grows as an ordinary message; where the bot is no member, its response_url brings it. */
function withRescue(driver: MessageDriver, rescue: OnceDriver): MessageDriver {
  return {
    ...forward(driver),
    async close(content) {
      try {
        return await driver.close(content)
      } catch (error) {
        if (!isBotError(error) || !NOT_HERE.has(error.code) || !rescue.canRespond) throw error
        return rescue.close(content)
      }
    },
  }
}

const NOT_HERE = new Set(['place-forbidden', 'place-gone'])

function forward(driver: MessageDriver): MessageDriver {
  return {
    wasVisible: driver.wasVisible,
    pauseMs: () => driver.pauseMs(),
    grow: (text) => driver.grow(text),
    close: (content) => driver.close(content),
    remove: () => driver.remove(),
  }
}

/** Shows Slack's Stop button in a direct message while the answer is being written. */
function inSession(
  driver: MessageDriver,
  sessions: Sessions,
  post: Post,
  options: WriteOptions,
): MessageDriver {
  if (!post.slot.startsWith('answer') || !isDirect(post.place.channel)) return driver
  return {
    ...forward(driver),
    grow(text) {
      // Not before there is something to stop: what is only taken away shows nothing.
      void sessions.begin(post.place, post.title ?? '', options.recipient)
      return driver.grow(text)
    },
    async close(content) {
      const made = await driver.close(content)
      await sessions.end(post.place)
      return made
    },
    async remove() {
      await driver.remove()
      await sessions.end(post.place)
    },
  }
}

/** A direct message has none. */
async function topicOf(people: Directory, workspace: string, channel: string): Promise<string | null> {
  return isDirect(channel) ? null : (await people.channel(workspace, channel))?.topic || null
}

/** A person met before has a team; of others it is assumed to be the workspace, unless that is a whole enterprise. */
function createTeamOf(people: Directory): DriverDeps['teamOf'] {
  return (workspace, person) => {
    const own = workspace.slice(workspace.indexOf(':') + 1)
    return people.teamOf(workspace, person) ?? (own.startsWith('T') ? own : null)
  }
}

const WHISPER_MS = 3_000

/**
 * Where an ephemeral message cannot be shown, a direct message says it; a person who can be told neither way is not told.
 * Throws `platform-busy` or `platform-unreachable` when Slack could not be asked to.
 */
async function whisper(caller: Caller, place: Place, person: string, content: Content): Promise<void> {
  const { workspace, channel, thread } = place
  const signal = AbortSignal.timeout(WHISPER_MS)
  const tell = async (method: Method, args: Args): Promise<Answer> => {
    let answer: Answer
    try {
      answer = await caller.insist(workspace, method, args, { isRepeatable: false, signal })
    } catch {
      answer = { outcome: 'limited', retryAfterMs: WHISPER_MS }
    }
    if (answer.outcome === 'ok' || answer.outcome === 'refused') return answer
    throw toBotError(answer, `channel ${channel}`)
  }
  const rendered: Args = { ...renderContent(content, null) }
  const inThread = thread === null ? {} : { thread_ts: thread }
  if (isDirect(channel)) {
    await tell('chat.postMessage', { channel, ...inThread, ...rendered, ...NO_PREVIEWS })
    return
  }
  const args = { channel, user: person, ...inThread, ...rendered }
  if (!isNoPlace(await tell('chat.postEphemeral', args))) return
  const opened = await tell('conversations.open', { users: person })
  if (opened.outcome !== 'ok') return
  const direct = String((opened.value['channel'] as Dict | undefined)?.['id'] ?? '')
  await tell('chat.postMessage', { channel: direct, ...rendered, ...NO_PREVIEWS })
}

/** In channels shared by Slack Connect a file may come without an address (`file_access: check_file_info`). */
async function withUrl(caller: Caller, place: Place, attachment: Attachment): Promise<Attachment> {
  if (attachment.url !== '') return attachment
  const answer = await caller.once(place.workspace, 'files.info', { file: attachment.id }, 'must')
  const file = answer.outcome === 'ok' ? (answer.value['file'] as Dict) : {}
  return {
    ...attachment,
    url: String(file['url_private_download'] ?? file['url_private'] ?? ''),
    bytes: Number(file['size'] ?? attachment.bytes),
    mime: String(file['mimetype'] ?? attachment.mime),
  }
}
