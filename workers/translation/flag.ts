// A flag was put on a message: its translation goes under it, for all to read, follows its edits and goes with it. Nothing
// happens where the message is gone, or is a translation of ours itself.
import type { Answers, KeptAnswer } from '../../src/core/answers.ts'
import type { Content } from '../../src/core/content.ts'
import type { FlagFacts, TurnFacts } from '../../src/core/facts.ts'
import type { ReadMessage } from '../../src/core/outbound.ts'
import { parseTargetLang, type TargetLang } from '../../src/core/target-lang.ts'
import type { Context, Handler, Outcome, Reply } from '../../src/core/turn.ts'
import { BATCH_PRIORITY } from '../../src/llm/model.ts'
import type { Translation } from '../../src/translation/model.ts'
import { hashOf } from '../hash.ts'
import { mannerOf } from '../manner.ts'
import { saidBefore } from './said-before.ts'
import { contentOf, logResult, readerLang, type TranslateDeps } from './translate.ts'

/** Somebody may edit a message while it is being translated; after that it is left as it was read. */
const MAX_READS = 3
/** Turns whose posts are translations. */
export const OF_OURS: ReadonlySet<string> = new Set(['translate', 'translate-last', 'flag', 'share', 'auto'])

export function createFlag(deps: TranslateDeps & { answers: Pick<Answers, 'find'> }): Handler {
  return async (context) => {
    const { turn, signal } = context
    const body = turn.messages[0]?.body ?? {}
    const [target, to] = [String(body['target']), parseTargetLang(String(body['to']))]
    const own = await deps.answers.find(turn.workspace, `message:${target}`)
    if (to === null || (own !== null && OF_OURS.has(own.kind))) return { type: 'dropped' }
    const isWithdrawn = typeof own?.facts['withdrawn'] === 'string'
    const asked = { target, to, known: own && wholeIn(own, target), isWithdrawn }
    const outcome = await translateMessage(context, deps, asked)
    // An edit that came right now would be lost with the end of the turn.
    signal.throwIfAborted()
    return outcome
  }
}

/** What we said stands with us as it was written; the platform shows small print under it. Of several posts each has its part. */
function wholeIn({ answer, posts }: KeptAnswer, target: string): string | null {
  const shown = posts.filter(({ id }) => id !== null)
  const own = shown.find(({ id }) => target === id || target.endsWith(`:${id}`))
  const familyOf = (slot: string): string => slot.split('.', 1)[0]!
  const parts = shown.filter(({ slot }) => own && familyOf(slot) === familyOf(own.slot))
  return parts.length > 1 ? null : answer
}

interface Asked {
  target: string
  to: TargetLang
  /** Where it is all of an answer of ours: what it says. */
  known: string | null
  /** Staff have taken it back. */
  isWithdrawn: boolean
}

async function translateMessage(context: Context, deps: TranslateDeps, asked: Asked): Promise<Outcome> {
  const { turn, written, post, signal } = context
  const read = () => post.outbound.read(turn.place, asked.target, signal)
  const shown = (turn.facts as TurnFacts).flag
  const replyIn = (thread: string | null): Reply =>
    post.reply('translation', { place: { ...turn.place, thread } })
  const first = await read()
  if (first !== null) {
    const of = fingerprint(asked, first)
    // It was said to be edited and reads the same, as after a change of its links.
    if (shown?.of === of) return outcomeOf(shown)
    if (asked.isWithdrawn && shown) {
      await replyIn(shown.thread).discard()
      return outcomeOf({ ...shown, of, text: null })
    }
    const kept = written?.outcome.facts?.['flag'] as FlagFacts | undefined
    if (written && kept?.of === of) {
      await replyIn(kept.thread).finish(written.content)
      return written.outcome
    }
  }
  const found = first && (await translateRead(context, deps, asked, { message: first, read }))
  if (!found) {
    await replyIn(shown?.thread ?? turn.place.thread).discard()
    return { type: 'dropped' }
  }
  return show(context, deps, found, replyIn)
}

interface Found {
  made: Translation
  of: string
  thread: string | null
}

/** As the message stands when the translation is done; null when it is gone by then. */
async function translateRead(
  context: Context,
  { translate }: TranslateDeps,
  asked: Asked,
  { message: first, read }: { message: ReadMessage; read: () => Promise<ReadMessage | null> },
): Promise<Found | null> {
  const { turn, post, signal } = context
  const { to, known } = asked
  const said = saidBefore(context, { ...turn.place, thread: first.thread }, asked.target)
  const topic = post.outbound.topicOf(turn.place)
  let message: ReadMessage | null = first
  for (let reads = 1; message !== null; reads++) {
    const made = await translate({
      text: known ?? message.text,
      ...{ ...mannerOf(turn.settings), context: said, topic, to },
      ...{ workspace: turn.workspace, channel: turn.place.channel },
      ...{ session: turn.lane, priority: BATCH_PRIORITY, signal },
    })
    const [of, thread] = [fingerprint(asked, message), message.thread ?? turn.place.thread]
    message = await read()
    if (message !== null && (fingerprint(asked, message) === of || reads === MAX_READS))
      return { made, of, thread }
  }
  return null
}

function fingerprint({ known }: Asked, { text }: ReadMessage): string {
  return hashOf(known ?? text)
}

async function show(
  context: Context,
  deps: TranslateDeps,
  { made, of, thread }: Found,
  replyIn: (thread: string | null) => Reply,
): Promise<Outcome> {
  const { turn, post } = context
  logResult(context, made)
  const isFirst = (turn.facts as TurnFacts).flag === undefined
  const lang = made.to === 'ko' || made.to === 'en' ? made.to : readerLang(turn)
  if (made.outcome !== 'translated') {
    const wasShown = await replyIn(thread).discard()
    // Only the one who put it there wants to know why nothing comes, and only once.
    if (isFirst && !wasShown) await post.whisper(turn.author.id, contentOf(made, readerLang(turn), deps))
    return outcomeOf({ of, thread, text: null, lang })
  }
  const content: Content = contentOf(made, lang, deps)
  const outcome = answered({ of, thread, text: content.text, lang }, content.text)
  context.keep({ content, outcome })
  await replyIn(thread).finish(content)
  return outcome
}

function outcomeOf(flag: FlagFacts): Outcome {
  return flag.text === null ? { type: 'done', facts: { flag } } : answered(flag, flag.text)
}

function answered(flag: FlagFacts, text: string) {
  return { type: 'answered' as const, text, lang: flag.lang, facts: { flag } }
}
