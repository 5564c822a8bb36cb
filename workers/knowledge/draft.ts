// An answer that staff read first. Its first run writes the answer as ever, but keeps it with the turn and shows it on a
// card in the staff channel; once staff have decided, the same turn runs again and posts it, in the customer's thread,
// with all that makes a post appear exactly once.

import type { DraftDecision } from '../../src/core/answers.ts'
import type { Button, Content } from '../../src/core/content.ts'
import type { Place } from '../../src/core/inbound.ts'
import { staffPlaceOf } from '../../src/core/settings.ts'
import { CARD, CHECKED, CORRECTED } from '../../src/core/staff-words.ts'
import type { Context, Handler, Outcome, Poster, Reply, Written } from '../../src/core/turn.ts'
import { words } from '../../src/core/wording.ts'
import { answerButtons } from '../buttons.ts'
import { questionCard } from '../card.ts'
import { screened } from '../screened.ts'
import { mayBeTold } from '../staff.ts'
import type { Corrected } from './propose.ts'

export interface DraftDeps {
  /** Writes answers. */
  answer: Handler
  linkTo(place: Place, message: string | null): string | null
  /** Staff wrote their own: worth an article. Gives the proposal's id, if any. */
  propose?(context: Context, corrected: Corrected): Promise<string | null>
}

export function createDraft(deps: DraftDeps): Handler {
  return async (context) => {
    const { turn } = context
    const staff = staffPlaceOf(turn.settings, turn.place)
    const kept = turn.facts['draft'] as Written | undefined
    const decision = turn.facts['decision'] as DraftDecision | undefined
    if (kept && decision) return settle(context, deps, staff, kept, decision)
    // Nobody is there to read it any more.
    if (!staff || !(await mayBeTold(context.post.outbound, staff))) return { type: 'dropped' }
    const written = context.written ?? (await write(context, deps.answer))
    if (!written) return { type: 'dropped' }
    context.keep(written)
    await showCard(context, deps, staff, written.content.text, {
      notes: written.outcome.facts?.['noEvidence'] ? [CARD.noEvidence] : [],
      buttons: draftButtons(turn.id),
    })
    return { type: 'done', facts: { draft: written } }
  }
}

/** Null when somebody stopped it. */
async function write(context: Context, answer: Handler): Promise<Written | null> {
  let content: Content | null = null
  const reply: Reply = {
    show: () => undefined,
    isVisible: false,
    firstShown: Promise.withResolvers<number>().promise,
    async finish(finished) {
      content = finished
    },
    discard: async () => false,
  }
  // Nothing of it may be seen where it was asked, not even that something is being written.
  const post: Poster = {
    send: context.post.send,
    whisper: async () => undefined,
    reply: () => reply,
    outbound: { ...context.post.outbound, status: async () => undefined },
  }
  let hasNotice = false
  // Weeks may pass before it is posted, or it never is: only then it is claimed.
  const claimNotice = async (): Promise<boolean> => {
    hasNotice = true
    return true
  }
  const outcome = await answer({ ...context, post, claimNotice, keep: () => undefined })
  const isStopped =
    context.signal.aborted || outcome.type !== 'answered' || outcome.facts?.['stopped'] === true
  if (isStopped || content === null) return null
  return { content, outcome: { ...outcome, facts: { ...outcome.facts, hasNotice } } }
}

async function settle(
  context: Context,
  deps: DraftDeps,
  staff: Place | null,
  { content, outcome }: Written,
  decision: DraftDecision,
): Promise<Outcome> {
  const { turn, post } = context
  const { lang } = content
  const isEdited = decision.text !== null
  const text = decision.text ?? content.text
  if (decision.verb === 'drop') {
    if (staff)
      await showCard(context, deps, staff, content.text, {
        notes: [CARD.dropped(decision.byName)],
        buttons: [],
      })
    return { type: 'done', facts: { ...outcome.facts, decision } }
  }
  const small = (content.notes ?? []).filter((note) => note !== words(lang).label)
  // It stands last.
  if (outcome.facts?.['hasNotice'] && !(await context.claimNotice())) small.pop()
  await post.reply('answer', {}).finish({
    ...{ text, lang, notes: [(isEdited ? CORRECTED : CHECKED)[lang], ...small] },
    buttons: answerButtons(turn, lang),
  })
  const sent = isEdited ? CARD.sentEdited(decision.byName) : CARD.sent(decision.byName)
  if (staff) await showCard(context, deps, staff, text, { notes: [sent], buttons: answeredButtons(turn.id) })
  const facts = { ...outcome.facts, decision }
  if (decision.text === null) return { type: 'answered', text: outcome.text, lang, facts }
  const { by, byName } = decision
  const proposal = await deps.propose?.(context, { turn: turn.id, answer: decision.text, by, byName })
  return {
    ...{ type: 'answered', text: decision.text, lang },
    facts: { ...facts, correctedBy: by, ...(proposal ? { proposal } : {}) },
  }
}

async function showCard(
  { turn, post }: Context,
  { linkTo }: DraftDeps,
  place: Place,
  answer: string,
  below: Required<Pick<Content, 'notes' | 'buttons'>>,
): Promise<void> {
  const question = turn.messages.map(({ text }) => text).join('\n')
  const link = linkTo(turn.place, turn.messages[0]?.source ?? null)
  const text = `${questionCard(CARD.draft, turn.author.name, screened(question), link)}\n\n---\n\n${answer}`
  await post.reply('draft', { place }).finish({ text, lang: 'ko', ...below })
}

function draftButtons(id: string): Button[] {
  return [
    { action: 'draft', value: `send:${id}`, label: CARD.send, style: 'primary' },
    { action: 'draft', value: `edit:${id}`, label: CARD.edit },
    { action: 'draft', value: `drop:${id}`, label: CARD.drop, style: 'danger' },
  ]
}

/** Whoever can read the card can also set right what it has become. */
function answeredButtons(id: string): Button[] {
  return [
    { action: 'answer', value: `edit:${id}`, label: CARD.correct },
    { action: 'answer', value: `withdraw:${id}`, label: CARD.withdraw },
  ]
}
