// What is said where the documents hold no answer: that they do not, or what serves this person better; never a guess.
import type { HandOverReason } from '../../src/core/decision.ts'
import type { Lang } from '../../src/core/error.ts'
import type { Context, Outcome, Reply, Turn } from '../../src/core/turn.ts'
import { words } from '../../src/core/wording.ts'
import { personButton } from '../buttons.ts'
import { type SmallPrint, underneath } from '../small-print.ts'
import { type Approach, isInstead, NOT_FOR_US } from './approach.ts'
import type { GroundFacts } from './grounding.ts'

export type HandOverTo = SmallPrint & {
  /** Has a person take the conversation over. */
  handOver?(turn: Turn, reason: HandOverReason): Promise<void>
}

interface Unknown {
  reply: Reply
  lead: string
  lang: Lang
  facts: GroundFacts
  approach: Pick<Approach, 'instead'>
}

export async function doNotKnow(
  context: Pick<Context, 'turn' | 'claimNotice'>,
  deps: HandOverTo,
  { reply, lead, lang, facts, approach }: Unknown,
): Promise<Outcome> {
  const { turn } = context
  const text = approach.instead ?? words(lang).noEvidence
  const shown = { text: lead + text, lang, buttons: [personButton(turn, lang)] }
  await reply.finish(await underneath(deps, context, shown, []))
  if (wasNotKnown(turn)) await handOver(deps, turn, 'no-evidence')
  else if (facts.mood === 'angry') await handOver(deps, turn, 'angry')
  return { type: 'answered', text, lang, facts: { ...facts, noEvidence: true, notified: true } }
}

/** Nor was what they asked before. */
function wasNotKnown({ history }: Turn): boolean {
  const before = history.findLast(({ role }) => role === 'bot')?.text ?? ''
  return before === words('ko').noEvidence || before === words('en').noEvidence || isInstead(before)
}

/** Advertising gets one polite sentence, and none the second time; whoever runs a command is always told. */
export async function notForUs(
  context: Pick<Context, 'turn' | 'post' | 'claimNotice'>,
  deps: SmallPrint,
  { reply, lead, lang, facts }: Omit<Unknown, 'approach'>,
): Promise<Outcome> {
  const { turn, post } = context
  const before = turn.history.findLast(({ role }) => role === 'bot')?.text
  const isAgain = before === NOT_FOR_US.ko || before === NOT_FOR_US.en
  if (isAgain && turn.handle === null) {
    await reply.discard()
    // Intake has said that an answer is being written.
    await post.outbound.status(turn.place, null)
    return { type: 'dropped' }
  }
  const text = NOT_FOR_US[lang]
  const shown = { text: lead + text, lang, buttons: [personButton(turn, lang)] }
  await reply.finish(await underneath(deps, context, shown, []))
  return { type: 'answered', text, lang, facts: { ...facts, notified: true } }
}

/** Nobody is promised a person where there is none, and of a draft the customer knows nothing. */
export async function handOver(deps: HandOverTo, turn: Turn, reason: HandOverReason): Promise<void> {
  if (canHandOver(turn)) await deps.handOver?.(turn, reason)
}

export function canHandOver({ kind, settings }: Pick<Turn, 'kind' | 'settings'>): boolean {
  return kind === 'answer' && settings.staffChannel !== null
}
