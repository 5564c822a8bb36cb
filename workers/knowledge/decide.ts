// A button on a draft, or the form with its new text: the decision is written down once, and the draft's own turn is woken
// to carry it out. Whoever comes second is told what happened.

import type { Answers, Decided } from '../../src/core/answers.ts'
import type { Both } from '../../src/core/error.ts'
import { TOLD } from '../../src/core/staff-words.ts'
import type { Handler } from '../../src/core/turn.ts'
import { textOf } from '../long-form.ts'
import { refusalOf } from '../staff.ts'
import { tellIn } from '../tell.ts'

export interface DecideDeps {
  answers: Pick<Answers, 'decide' | 'find' | 'isStaff'>
  wake(workspace: string, lane: string): Promise<void>
}

export function createDecide({ answers, wake }: DecideDeps): Handler {
  return async (context) => {
    const { turn } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(answers, context, { isDecision: true })
    if (refusal) return say(refusal)
    const isEdit = body['verb'] === 'edit'
    const text = isEdit ? textOf(body) : null
    if (text === '') return say(TOLD.empty)
    const verb = body['verb'] === 'drop' ? 'drop' : 'send'
    const id = String(body['id'])
    const decided = await answers.decide(turn.workspace, id, {
      ...{ verb, text, press: turn.id },
      ...{ by: turn.author.id, byName: turn.author.name },
    })
    const isOpen = decided.outcome === 'gone' && (await answers.find(turn.workspace, id))?.isOpen
    const told = isOpen ? TOLD.notYet : toldOf(decided, turn.id)
    if (told) return say(told)
    if (decided.outcome === 'decided') await wake(turn.workspace, decided.lane)
    // The card itself shows what a button has done; a form leaves nothing behind that could.
    return isEdit ? say(TOLD.sending) : { type: 'done' }
  }
}

function toldOf(decided: Decided, press: string): Both | null {
  if (decided.outcome === 'gone') return TOLD.gone
  // Its own press, come again after a crash: the sweeper wakes the draft's lane.
  if (decided.outcome === 'decided' || decided.decision.press === press) return null
  const { verb, byName } = decided.decision
  return verb === 'send' ? TOLD.sentBefore(byName) : TOLD.droppedBefore(byName)
}
