// The way out for one turn: every post is recorded before its platform call and fenced by the lane's epoch. A growing
// answer over several posts is reply.ts.
import type { Content } from '../src/core/content.ts'
import { BotError } from '../src/core/error.ts'
import type { Place } from '../src/core/inbound.ts'
import type { Made, Outbound, Post, WriteOptions, Writer } from '../src/core/outbound.ts'
import type { Poster } from '../src/core/turn.ts'
import type { ClaimedTurn, PostRow, Posts } from '../src/store/model.ts'
import { fitLine } from '../src/text/line.ts'
import { hashOf } from './hash.ts'
import { createReply, type Slot } from './reply.ts'

const MAX_TITLE_CHARS = 80

export interface PosterDeps {
  posts: Posts
  outbound: Outbound
  /** Aborted when the lease is lost: after that no platform call begins. */
  lease: AbortSignal
  /** The lease has been renewed lately enough; asked right before a platform call. */
  isHeld(): boolean
  /** Hands on what a final write finds signalled; true when nothing of this run may be shown. */
  interrupt(signals: readonly string[]): boolean
}

/** Keeps its writers over restarts of the handler, so that a restarted answer replaces what is already shown. */
export interface TurnPoster extends Poster {
  /** Every post that this turn has shown, on any attempt, is removed. */
  discardAll(): Promise<void>
  /** Nothing grows any more; resolves when no call is on its way: what another attempt finds is all there is. */
  settle(): Promise<void>
  /** The turn was read again: later calls answer its new messages. */
  refresh(turn: ClaimedTurn): void
  readonly isVisible: boolean
  /** Something was given to a writer: it may be visible even if nobody has heard so. */
  readonly hasBegun: boolean
}

type Opening = Pick<WriteOptions, 'growing' | 'isPrivate'> & { title?: string | undefined }

/** Lanes of what is no message on the platform. */
const NO_MESSAGE = /^(?:cmd|proposal|weekly|ticket|share):/

export function createPoster(claimed: ClaimedTurn, deps: PosterDeps): TurnPoster {
  let turn = claimed
  const { posts, outbound, lease } = deps
  const slots = new Map<string, Promise<Slot>>()
  const writers = new Set<Writer>()
  const rows = new Map(turn.posts.map((row) => [row.slot, row]))

  const lost = (): BotError =>
    new BotError('lease-lost', {
      retryable: true,
      say: { ko: '', en: '' },
      hint: 'Another worker took the lane over; it goes on there.',
    })

  const open = async (name: string, place: Place, { title, ...options }: Opening): Promise<Slot> => {
    // What nobody has written cannot be referred to: an interaction, or a task of ours.
    const source = sourceOf(turn, rows.get(name)?.place ?? place)
    const row =
      rows.get(name) ?? (await posts.intend(turn.id, turn.audience, name, place, source, turn.lease))
    if (!row) throw lost()
    rows.set(name, row)
    const post: Post = {
      turn: turn.id,
      slot: name,
      place: row.place,
      key: row.key,
      state: row.state,
      id: row.id,
      source,
      intendedAt: row.intendedAt,
      // What is said elsewhere (to staff) does not go out through the asker's interaction.
      handle: name.startsWith('answer.') || name === 'say' || options.isPrivate ? turn.handle : null,
      title: fitLine(title ?? wordsOf(turn), MAX_TITLE_CHARS),
    }
    const writer = outbound.write(post, {
      ...options,
      recipient: turn.author.id,
      attempt: 1 + turn.attempts + turn.crashes + (isDoubtful(row) ? 1 : 0),
      signal: lease,
      isOurs: deps.isHeld,
      opened: async (id) => {
        row.id = id
        if (!(await posts.opened(turn.id, name, id, turn.lease))) throw lost()
      },
    })
    writers.add(writer)
    // A post that held only a wait notice becomes an answer with its first words.
    if (row.id) {
      const id = row.id
      void writer.firstShown.then(() => posts.opened(turn.id, name, id, turn.lease).catch(() => false))
    }
    return { row, writer }
  }

  /** The one writer of a slot; a private or growing option counts when the slot is first opened. */
  const slotOf = (name: string, place: Place, options: Opening): Promise<Slot> => {
    const known = slots.get(name)
    if (known) return known
    const opened = open(name, place, options)
    slots.set(name, opened)
    opened.catch(() => slots.delete(name))
    return opened
  }

  const finishSlot = async (
    name: string,
    content: Content,
    place: Place,
    options: Opening,
  ): Promise<Made> => {
    const slot = await slotOf(name, place, options)
    if (/^(?:answer|draft)\./.test(name)) await recheck()
    if (!deps.isHeld()) throw lost()
    const made = await slot.writer.finish(content)
    if (!(await posts.closed(turn.id, name, made.id, hashOf(content.text), turn.lease))) throw lost()
    return made
  }

  /** The last look before a final write: was the question deleted, edited or stopped, or has a person or a worker taken over? */
  const recheck = async (): Promise<void> => {
    const { isHeld, signals, isWithPerson } = await posts.recheck(turn.lease)
    if (!isHeld) throw lost()
    if (deps.interrupt(isWithPerson && isOfTheBot(turn) ? [...signals, 'take-over'] : signals)) {
      throw new BotError('interrupted', {
        retryable: true,
        say: { ko: '', en: '' },
        hint: 'The question changed, or a person has it now.',
      })
    }
  }

  const discardSlot = async (name: string): Promise<void> => {
    const row = rows.get(name)
    if (!row) return
    const slot = await slotOf(name, row.place, { isPrivate: false })
    if (!deps.isHeld()) throw lost()
    await slot.writer.discard()
    await posts.removed(turn.id, name, turn.lease)
    slots.delete(name)
    rows.delete(name)
    writers.delete(slot.writer)
  }

  return {
    outbound,
    get isVisible() {
      return [...writers].some((writer) => writer.isVisible)
    },
    get hasBegun() {
      return writers.size > 0
    },
    async send(name, content, options = {}) {
      const { place = turn.place, isPrivate = false, title } = options
      await finishSlot(name, content, place, { isPrivate, title })
    },
    reply: (name, options) =>
      createReply({ name, turn, outbound, slotOf, finishSlot, discardSlot, rows, options }),
    whisper: (person, content) => outbound.whisper(turn.place, person, content),
    refresh(again) {
      turn = again
    },
    async settle() {
      // Those that are still being opened are given what is shown right after.
      await Promise.allSettled(slots.values())
      await Promise.all([...writers].map((writer) => writer.settle()))
    },
    async discardAll() {
      for (const name of [...rows.keys()]) await discardSlot(name)
    },
  }
}

/**
 * What a post answers. Nobody has written what an interaction or a task of ours asks for; and in another place the message
 * is not to be found: there a thread stands on its own first message.
 */
function sourceOf(turn: ClaimedTurn, place: Place): string | null {
  if (place.channel !== turn.place.channel || place.thread !== turn.place.thread) return place.thread
  if (turn.handle || NO_MESSAGE.test(turn.lease.lane)) return null
  return answeredBy(turn)
}

/** What staff have decided about is a person's word. */
function isOfTheBot({ kind, facts }: ClaimedTurn): boolean {
  return (kind === 'answer' || kind === 'draft') && facts['decision'] === undefined
}

/** An attempt that cost nothing, since the platform was busy, may have left it there. */
function isDoubtful(row: PostRow): boolean {
  return row.state === 'open' && row.id === null
}

/** The message that is answered: the person's own, or the one that they pointed at. */
function answeredBy({ messages }: ClaimedTurn): string | null {
  const target = messages[0]?.body['target']
  return typeof target === 'string' ? target : (messages[0]?.source ?? null)
}

function wordsOf(turn: ClaimedTurn): string {
  return turn.messages.map((message) => message.text).join(' ')
}
