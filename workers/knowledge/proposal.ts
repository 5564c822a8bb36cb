// Proposed articles in the staff channel: the card, what staff decide by it, and the translation that is added to it. The
// card's turn and the decisions share a lane, so that what is shown is what was decided last.
import type { Answers } from '../../src/core/answers.ts'
import type { Button } from '../../src/core/content.ts'
import { type Both, isBotError, type Lang } from '../../src/core/error.ts'
import type { Place } from '../../src/core/inbound.ts'
import { CARD, TOLD } from '../../src/core/staff-words.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import type { ArticleText, Proposal, Proposals, Publisher } from '../../src/knowledge/model.ts'
import type { Model } from '../../src/llm/model.ts'
import { plain, quoted } from '../card.ts'
import { textOf } from '../long-form.ts'
import { mayBeTold, refusalOf } from '../staff.ts'
import type { Enqueue } from '../task.ts'
import { tellIn } from '../tell.ts'
import { type createPropose, refreshOf, translationOf } from './propose.ts'
import { isWorthAnother, translateArticle } from './translate-article.ts'

export interface ProposalDeps {
  proposals: Proposals
  publisher: Publisher
  answers: Pick<Answers, 'find' | 'rerun' | 'isStaff'>
  enqueue: Enqueue
  propose: ReturnType<typeof createPropose>
  wake(workspace: string, lane: string): Promise<void>
  mask(text: string, lang: Lang): string
  linkTo(place: Place, message: string | null): string | null
}

/** Shows the card; run again, it shows what has become of the proposal. */
export function createProposalCard({ proposals, answers, linkTo }: ProposalDeps): Handler {
  return async ({ turn, post }) => {
    const proposal = await proposals.find(turn.workspace, idOf(turn.messages))
    if (!proposal) {
      // Its customer wanted to be forgotten.
      await post.reply('proposal', {}).discard()
      return { type: 'dropped' }
    }
    if (!(await mayBeTold(post.outbound, turn.place))) return { type: 'dropped' }
    if (proposal.card !== turn.id) await proposals.carded(turn.workspace, proposal.id, turn.id)
    const answer = await answers.find(turn.workspace, proposal.turn)
    const shown = answer?.posts.find(({ slot, id }) => slot === 'answer.0' && id !== null)
    const link = answer && shown ? linkTo(answer.place, sourceOf(answer.place, shown.id)) : null
    await post.reply('proposal', {}).finish({
      ...{ text: cardText(proposal, link), lang: 'ko' },
      ...{ notes: notesOf(proposal), buttons: proposal.state === 'proposed' ? buttonsOf(proposal.id) : [] },
    })
    return { type: 'done' }
  }
}

/** A button on the card, the form with its new text, or something that the card has yet to show. */
export function createProposalDecision(deps: ProposalDeps): Handler {
  const { proposals, publisher } = deps
  return async (context) => {
    const { turn, log } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(deps.answers, context, { isDecision: true })
    if (refusal) return say(refusal)
    const id = idOf(turn.messages)
    const verb = String(body['verb'])
    if (id.startsWith('turn:')) return say(await write(context, deps, id.slice('turn:'.length), body))
    let told: Both | null = null
    if (verb === 'edit') told = await edit(context, deps, id, body)
    else if (verb === 'withdraw') {
      const by = { by: String(body['by']), byName: String(body['byName']), press: turn.id }
      await proposals.decide(turn.workspace, id, { state: 'rejected', ...by }, true)
    } else if (verb === 'approve' || verb === 'reject') {
      const by = { by: turn.author.id, byName: turn.author.name, press: turn.id }
      const state = verb === 'approve' ? 'approved' : 'rejected'
      if (!(await proposals.decide(turn.workspace, id, { state, ...by })))
        told = decidedBefore(await proposals.find(turn.workspace, id), turn.id)
    }
    const proposal = await proposals.find(turn.workspace, id)
    if (!proposal) return say(TOLD.proposalGone)
    // Again where it was done before: a crash may have come in between, and a translation since.
    if (proposal.state === 'approved') await publisher.publish(proposal)
    if (proposal.state === 'rejected' && proposal.published !== null) await publisher.unpublish(proposal)
    await showAgain(context, deps, proposal)
    log.info({ proposal: id, verb, state: proposal.state, outcome: 'decided' }, 'proposal')
    return told ? say(told) : { type: 'done' }
  }
}

/** Waits for the model as every turn does; what it cannot translate stays in one language. */
export function createProposalTranslation(deps: ProposalDeps & { model: Model }): Handler {
  const { proposals, model, enqueue } = deps
  return async (context) => {
    const { turn, signal, log } = context
    const proposal = await proposals.find(turn.workspace, idOf(turn.messages))
    const revision = Number(turn.messages.at(-1)?.body['revision'])
    if (!proposal || proposal.revision !== revision || proposal.state === 'rejected')
      return { type: 'dropped' }
    if (proposal.translation === 'waiting') {
      const { lang } = proposal
      const own =
        lang === 'ko'
          ? { question: proposal.questionKo, answer: proposal.answerKo }
          : { question: proposal.questionEn, answer: proposal.answerEn }
      const conversation = { workspace: turn.workspace, session: turn.lane }
      const made = await translateArticle(model, own, lang, conversation, signal).catch((error: unknown) => {
        if (!isBotError(error) || signal.aborted || isWorthAnother(error, turn.attempt)) throw error
        log.warn({ proposal: proposal.id, code: error.code }, 'a proposal stays in one language')
        return null
      })
      await proposals.translated(turn.workspace, proposal.id, revision, made)
    }
    await enqueue(refreshOf(proposal, turn.place, `translated:${revision}`))
    return { type: 'done' }
  }
}

/** A new article, about a question that nothing answered: proposed like any other. */
async function write(
  context: Context,
  { propose }: ProposalDeps,
  asked: string,
  body: Record<string, unknown>,
): Promise<Both> {
  const { author } = context.turn
  const question = String(body['question'] ?? '').trim()
  const answer = textOf(body)
  if (question === '' || answer === '') return TOLD.articleEmpty
  const written = { turn: asked, question, answer, by: author.id, byName: author.name }
  return (await propose(context, written)) === null ? TOLD.gone : TOLD.articleProposed
}

async function edit(
  { turn }: Context,
  { proposals, mask, enqueue }: ProposalDeps,
  id: string,
  body: Record<string, unknown>,
): Promise<Both | null> {
  const field = (name: keyof ArticleText, lang: Lang): string => mask(String(body[name] ?? '').trim(), lang)
  const text: ArticleText = {
    title: field('title', 'ko').replaceAll(/\s+/g, ' '),
    ...{ questionKo: field('questionKo', 'ko'), answerKo: field('answerKo', 'ko') },
    ...{ questionEn: field('questionEn', 'en'), answerEn: field('answerEn', 'en') },
  }
  if (text.title === '' || (text.answerKo === '' && text.answerEn === '')) return TOLD.articleEmpty
  const edited = await proposals.edit(turn.workspace, id, text)
  if (!edited) return decidedBefore(await proposals.find(turn.workspace, id), turn.id)
  if (edited.translation === 'waiting') await enqueue(translationOf(edited, turn.place))
  return TOLD.articleSaved
}

/** Null for its own press, come again after a crash. */
function decidedBefore(proposal: Proposal | null, press: string): Both | null {
  if (!proposal || proposal.decidedPress === press) return null
  const name = proposal.decidedByName ?? ''
  return proposal.state === 'approved' ? TOLD.approvedBefore(name) : TOLD.rejectedBefore(name)
}

async function showAgain({ turn }: Context, deps: ProposalDeps, proposal: Proposal): Promise<void> {
  if (proposal.card === null) return
  const lane = await deps.answers.rerun(turn.workspace, proposal.card)
  if (lane !== null) await deps.wake(turn.workspace, lane)
}

function idOf(messages: readonly { body: Record<string, unknown> }[]): string {
  return String(messages.at(-1)?.body['id'])
}

/** As linkTo takes it: Slack's ids say the channel too. */
function sourceOf({ platform, channel }: Place, id: string | null): string {
  return platform === 'slack' ? `${channel}:${id}` : String(id)
}

function cardText(proposal: Proposal, link: string | null): string {
  const { title, questionKo, answerKo, questionEn, answerEn, proposedByName } = proposal
  const by = proposedByName === '' ? '' : ` — ${proposedByName}`
  const both = [inOne('한국어', questionKo, answerKo), inOne('English', questionEn, answerEn)].filter(Boolean)
  const head = [`**${CARD.proposal}**${by}`, `**${plain(title)}**`, link ?? '']
  return `${head.filter(Boolean).join('\n\n')}\n\n---\n\n${both.join('\n\n---\n\n')}`
}

function inOne(name: string, question: string, answer: string): string {
  return answer === '' ? '' : [`**${name}**`, quoted(question), answer].filter(Boolean).join('\n\n')
}

function notesOf(proposal: Proposal): string[] {
  const { state, translation, visibility, isBound } = proposal
  const name = proposal.decidedByName ?? ''
  return [
    ...(state === 'approved' ? [CARD.approved(name)] : []),
    ...(state === 'rejected'
      ? [CARD.rejected(name)]
      : [visibility === 'private' ? CARD.private : isBound ? CARD.bound : CARD.public]),
    ...(state !== 'rejected' && translation === 'waiting' ? [CARD.translating] : []),
    ...(state !== 'rejected' && translation === 'failed' ? [CARD.untranslated] : []),
  ]
}

function buttonsOf(id: string): Button[] {
  return [
    { action: 'proposal', value: `approve:${id}`, label: CARD.approve, style: 'primary' },
    { action: 'proposal', value: `edit:${id}`, label: CARD.edit },
    { action: 'proposal', value: `reject:${id}`, label: CARD.reject, style: 'danger' },
  ]
}
