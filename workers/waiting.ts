// Tells people who wait for the model their place and the time it may take. A notice is not an answer: where
// there is no status line it is a post that the answer replaces, or, once, for their eyes only.
import type { Clock } from '../src/core/clock.ts'
import type { Platform } from '../src/core/inbound.ts'
import type { Logger } from '../src/core/logger.ts'
import type { Outbound } from '../src/core/outbound.ts'
import { isPrivate } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { LongWait, Posts, Sweep, Turns } from '../src/store/model.ts'
import { waitText } from '../src/text/duration.ts'
import { replyLanguage } from '../src/text/language.ts'
import { LEASE_MS } from './active.ts'

/** Nobody is told about a wait shorter than this. */
const TELL_AFTER_MS = 3_000
/** The place in the queue is told again after this long. */
const AGAIN_AFTER_MS = 20_000
const AT_ONCE = 20
/** While the model is away, a turn that was told so is not tried again at once. */
const NEXT_TRY_MS = 2_000

export interface WaitingDeps {
  sweep: Sweep
  turns: Turns
  posts: Posts
  outbounds: Readonly<Partial<Record<Platform, Outbound>>>
  owner: string
  /** Chat turns that the model answers at once. */
  concurrency: number
  /** The model is away: no time can be promised. */
  isModelAway(): boolean
  clock: Clock
  log: Logger
}

/** One pass; called about once a second. */
export async function tellWaiting(deps: WaitingDeps): Promise<number> {
  const waits = await deps.sweep.longWaits(TELL_AFTER_MS, AGAIN_AFTER_MS, AT_ONCE)
  if (waits.length === 0) return 0
  const seconds = deps.isModelAway() ? null : await deps.sweep.recentSeconds()
  const statuses: Notice[] = []
  for (const wait of waits) {
    const outbound = deps.outbounds[wait.place.platform]
    if (!outbound) continue
    const notice = { wait, outbound, ...noticeOf(wait, seconds, deps.concurrency) }
    const way = outbound.waitNotice(wait.place)
    if (way === 'status') statuses.push(notice)
    else if (way === 'post') await attempt(deps, wait, () => postNotice(deps, notice))
    else if (wait.isFirst) await attempt(deps, wait, () => whisperNotice(notice))
  }
  await setStatuses(deps, statuses)
  return waits.length
}

interface Notice {
  wait: LongWait
  outbound: Outbound
  text: string
  lang: 'ko' | 'en'
}

async function attempt(deps: WaitingDeps, { workspace, lane }: LongWait, tell: () => Promise<void>) {
  try {
    await tell()
  } catch (error) {
    deps.log.warn({ workspace, lane, reason: (error as Error).message }, 'wait notice not shown')
  }
}

/** Nothing keeps a worker from answering meanwhile, and a status that comes after the answer would stay under it. */
async function setStatuses(deps: WaitingDeps, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  const set = ({ wait, outbound }: Notice, text: string): Promise<void> =>
    attempt(deps, wait, () => outbound.status(wait.place, text))
  await Promise.all(notices.map((notice) => set(notice, notice.text)))
  const stillWaiting = await deps.sweep.whichWait(notices.map(({ wait }) => wait))
  const answered = notices.filter((_, index) => !stillWaiting[index])
  await Promise.all(answered.map((notice) => set(notice, '')))
}

function noticeOf(
  wait: LongWait,
  seconds: number | null,
  concurrency: number,
): { text: string; lang: 'ko' | 'en' } {
  const lang = replyLanguage({ text: wait.text, userLang: wait.lang ?? undefined }).lang
  if (seconds === null) return { text: words(lang).delayed(wait.ahead), lang }
  const left = Math.max(5, ((wait.ahead + 1) * seconds) / concurrency)
  return { text: words(lang).waiting(wait.ahead, waitText(left, lang)), lang }
}

function whisperNotice({ wait, outbound, text, lang }: Notice): Promise<void> {
  return outbound.whisper(wait.place, wait.author, { text, lang })
}

async function postNotice(deps: WaitingDeps, { wait, outbound, text, lang }: Notice): Promise<void> {
  const claim = await deps.turns.claim(wait.workspace, wait.lane, deps.owner, LEASE_MS, {
    isEarlyOk: true,
  })
  if (claim.outcome !== 'claimed') return
  const { turn } = claim
  const row = turn.posts.find((post) => post.slot === 'answer.0')
  try {
    if (!row || turn.isVisible || turn.queue !== 'chat') return
    // A person may have been called since.
    const { isHeld, isWithPerson } = await deps.posts.recheck(turn.lease)
    if (!isHeld || isWithPerson) return
    const lost = AbortSignal.timeout(LEASE_MS - 1_500)
    const writer = outbound.write(
      {
        turn: turn.id,
        slot: row.slot,
        place: row.place,
        key: row.key,
        state: row.state,
        id: row.id,
        source: row.source,
        handle: turn.handle,
      },
      {
        recipient: turn.author.id,
        // Never a native stream: it would look like an answer being written.
        attempt: 2,
        isPrivate: isPrivate(turn),
        signal: lost,
        opened: async (id) => {
          await deps.posts.opened(turn.id, row.slot, id, turn.lease, false)
        },
      },
    )
    await writer.finish({ text, lang })
  } finally {
    await deps.turns.finish(turn.id, turn.lease, {
      state: 'pending',
      notBeforeMs: deps.isModelAway() ? NEXT_TRY_MS : 0,
    })
  }
}
