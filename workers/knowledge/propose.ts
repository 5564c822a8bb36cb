// What staff wrote to a customer becomes a proposed article: without personal data, with where it may go, and with the
// turns that show its card and translate it. All of it may be repeated.
import type { Answers, KeptAnswer } from '../../src/core/answers.ts'
import type { Lang } from '../../src/core/error.ts'
import type { TurnFacts } from '../../src/core/facts.ts'
import type { Place } from '../../src/core/inbound.ts'
import { staffPlaceOf } from '../../src/core/settings.ts'
import type { Context, Written } from '../../src/core/turn.ts'
import type { Collection, Proposal, Proposals, Visibility } from '../../src/knowledge/model.ts'
import { fitLine } from '../../src/text/line.ts'
import type { Enqueue, Task } from '../task.ts'

export interface ProposeDeps {
  answers: Pick<Answers, 'find'>
  proposals: Pick<Proposals, 'propose' | 'ofTurn'>
  collections(workspace: string): Promise<Collection[]>
  enqueue: Enqueue
  mask(text: string, lang: Lang): string
  /** The collection for articles made of answers, where a channel does not name its own. */
  collection: string
}

/** What staff wrote in place of an answer, or before it was sent. */
export interface Corrected {
  turn: string
  /** As staff put it; by default what the customer asked. */
  question?: string
  answer: string
  by: string
  byName: string
}

const MAX_TITLE_CHARS = 80

/** Gives the proposal's id; null when nobody could be asked about it. */
export function createPropose(deps: ProposeDeps) {
  return async (context: Context, corrected: Corrected): Promise<string | null> => {
    const { turn } = context
    const staff = staffPlaceOf(turn.settings, turn.place)
    const found = staff && (await deps.answers.find(turn.workspace, corrected.turn))
    if (!staff || !found || found.question === '') return null
    const lang = langOf(found)
    const question = deps.mask(corrected.question ?? found.question, lang)
    const answer = deps.mask(corrected.answer, lang)
    const collections = await deps.collections(turn.workspace)
    const proposal = await deps.proposals.propose({
      ...{ workspace: turn.workspace, audience: found.audience, turn: found.turn, lang },
      visibility: visibilityOf(found, turn.settings.staffChannel, collections),
      isBound: isBound(found, collections),
      collection: firstOf(turn.settings.collections) ?? deps.collection,
      title: fitLine(question, MAX_TITLE_CHARS),
      questionKo: lang === 'ko' ? question : '',
      answerKo: lang === 'ko' ? answer : '',
      questionEn: lang === 'en' ? question : '',
      answerEn: lang === 'en' ? answer : '',
      ...{ by: corrected.by, byName: corrected.byName, press: turn.id },
    })
    return (await announce(deps.enqueue, proposal, staff)) ? proposal.id : null
  }
}

/** Its answer was taken back: so is what was made of it. */
export function createRetract({ proposals, enqueue }: Pick<ProposeDeps, 'proposals' | 'enqueue'>) {
  return async (
    { turn }: Context,
    withdrawn: { turn: string; by: string; byName: string },
  ): Promise<void> => {
    const staff = staffPlaceOf(turn.settings, turn.place)
    if (!staff) return
    for (const proposal of await proposals.ofTurn(turn.workspace, withdrawn.turn)) {
      if (proposal.state === 'rejected') continue
      const { by, byName } = withdrawn
      await enqueue(decisionOn(proposal, staff, `withdrawn:${turn.id}`, { verb: 'withdraw', by, byName }))
    }
  }
}

export async function announce(enqueue: Enqueue, proposal: Proposal, place: Place): Promise<boolean> {
  const { id, workspace, revision } = proposal
  const body = { id }
  const card = { workspace, lane: `proposal:${id}`, kind: 'proposal', queue: 'relay', place, body } as const
  if (!(await enqueue({ ...card, source: `proposal:${id}:card` }))) return false
  // A card that stands already shows the newer text.
  if (revision > 1) await enqueue(refreshOf(proposal, place, `revision:${revision}`))
  await enqueue(translationOf(proposal, place))
  return true
}

export function translationOf({ id, workspace, revision }: Proposal, place: Place): Task {
  return {
    ...{ workspace, place, lane: `proposal-translation:${id}`, kind: 'proposal-translation', queue: 'batch' },
    ...{ source: `proposal:${id}:translation:${revision}`, body: { id, revision } },
  }
}

/** Has the card, and the article where there is one already, show what the proposal says by now. */
export function refreshOf(proposal: Proposal, place: Place, what: string): Task {
  return decisionOn(proposal, place, what, { verb: 'refresh' })
}

function decisionOn(
  { id, workspace }: Proposal,
  place: Place,
  what: string,
  body: Record<string, unknown>,
): Task {
  return {
    ...{ workspace, place, lane: `proposal:${id}`, kind: 'proposal-decision', queue: 'relay' },
    ...{ source: `proposal:${id}:${what}`, body: { id, isByStaff: true, ...body } },
  }
}

function draftOf({ facts }: KeptAnswer): Written | undefined {
  return facts['draft'] as Written | undefined
}

function langOf(found: KeptAnswer): Lang {
  return found.lang ?? draftOf(found)?.content.lang ?? 'ko'
}

/** What only some may see, or what was found where only some may look, stays with them. */
function visibilityOf(
  found: KeptAnswer,
  staffChannel: string | null,
  collections: readonly Collection[],
): Visibility {
  const { place, audience } = found
  const isPrivateThread = place.platform === 'discord' && audience.endsWith(`:${place.thread}`)
  if (found.isPrivate || isPrivateThread || place.channel === staffChannel) return 'private'
  const open = new Set(collections.filter((one) => one.visibility === 'public').map(({ id }) => id))
  return sourcesOf(found).every((id) => open.has(id)) ? 'public' : 'private'
}

/** What was found in pages for one channel stays there. */
function isBound(found: KeptAnswer, collections: readonly Collection[]): boolean {
  const forAll = new Set(collections.filter((one) => one.audience === '').map(({ id }) => id))
  return sourcesOf(found).some((id) => !forAll.has(id))
}

/** The collections that the answer was made from. */
function sourcesOf(found: KeptAnswer): string[] {
  const facts = { ...draftOf(found)?.outcome.facts, ...found.facts } as TurnFacts
  return (facts.sources ?? []).map(({ collection }) => collection ?? '')
}

function firstOf(names: string | null): string | null {
  return names?.split(',')[0]?.trim().normalize('NFC') || null
}
