// What staff make of a translation of their own words, before or after it went to the customer, and what was written
// originally, for whoever wants to see it.
import type { RelayFacts, TurnFacts } from '../../src/core/facts.ts'
import { TOLD } from '../../src/core/staff-words.ts'
import type { Handler } from '../../src/core/turn.ts'
import { splitNotes } from '../../src/text/notes.ts'
import { textOf } from '../long-form.ts'
import { refusalOf } from '../staff.ts'
import { stillRunning } from '../still-running.ts'
import { tellIn } from '../tell.ts'
import { type RelayDeps, remember, runAgain } from './relay-translation.ts'
import { RELAY_TOLD } from './relay-words.ts'

/** Noted with the message's own turn, which then runs again and shows it. */
export function createRelayDecision(deps: RelayDeps): Handler {
  return async (context) => {
    const { turn, log } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(deps.answers, context, { isDecision: true })
    if (refusal) return say(refusal)
    const id = String(body['id'])
    const found = await deps.answers.find(turn.workspace, id)
    const { relay: kept } = (found?.facts ?? {}) as TurnFacts
    if (found?.kind !== 'relay' || found.question === '') return say(RELAY_TOLD.gone)
    // What is noted with it is there once it is through.
    if (found.isOpen) throw stillRunning()
    if (!kept) return say(RELAY_TOLD.gone)
    const isEdit = body['verb'] === 'edit'
    const text = isEdit ? textOf(body) : null
    if (text === '') return say(TOLD.empty)
    if (!isEdit && kept.decided && kept.decided.press !== turn.id)
      return say(TOLD.sentBefore(kept.decided.byName))
    const decided = { text, by: turn.author.id, byName: turn.author.name, press: turn.id }
    const relay: RelayFacts = { ...kept, decided }
    await deps.answers.note(turn.workspace, found.turn, { relay })
    if (!(await runAgain(deps, turn.workspace, found.turn))) return say(RELAY_TOLD.gone)
    const ofLane = text === null ? null : await deps.tickets.ofLane(turn.workspace, found.lane)
    let isKept = true
    if (text !== null && ofLane) {
      const { said } = splitNotes(found.question)
      const words = { text: said, translation: text, author: found.author, by: turn.author.id }
      isKept = await remember(deps, ofLane.ticket, kept, words)
    }
    log.info({ of: found.turn, outcome: isEdit ? 'corrected' : 'sent' }, 'translation')
    // The thread itself shows what a button has done; a form leaves nothing behind that could.
    if (!isEdit) return { type: 'done' }
    return say(isKept ? RELAY_TOLD.corrected : RELAY_TOLD.correctedOnce)
  }
}

/** To whoever pressed, who can read the copy that the button stands under. */
export function createOriginal({ answers, tickets }: Pick<RelayDeps, 'answers' | 'tickets'>): Handler {
  return async (context) => {
    const { turn, post } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const [workspace = '', id = ''] = String(body['value']).split('|')
    const found = await answers.find(workspace, id)
    const isUnder = found?.posts.some((one) => one.id !== null && one.id === body['message'])
    if (found?.kind !== 'relay' || !isUnder || found.question === '') return tellIn(context)(RELAY_TOLD.gone)
    const lang = turn.author.lang ?? 'ko'
    // What staff noted for each other is no part of what went to the customer.
    const isCustomers = (await tickets.ofLane(workspace, found.lane))?.side === 'customer'
    const text = isCustomers ? found.question : splitNotes(found.question).said
    await post.reply('original', { isPrivate: true }).finish({ text, lang })
    return { type: 'done' }
  }
}
