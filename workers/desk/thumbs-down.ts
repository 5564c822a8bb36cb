// Two 👎 by the person who asked, on two answers of one conversation: then a person is called. Once per conversation.
import type { Answers } from '../../src/core/answers.ts'
import type { HandOverReason } from '../../src/core/decision.ts'
import type { Settings } from '../../src/core/settings.ts'
import { staffPlaceOf } from '../../src/core/settings.ts'
import type { Turn } from '../../src/core/turn.ts'
import type { Tickets } from '../../src/desk/model.ts'

const ENOUGH = 2

export interface ThumbsDownDeps {
  answers: Pick<Answers, 'find'>
  tickets: Pick<Tickets, 'ofLane'>
  /** How many answers of a lane this person finds unhelpful. */
  downs(workspace: string, lane: string, person: string): Promise<number>
  settingsOf(workspace: string, channel: string): Settings
  handOver(turn: Turn, reason: HandOverReason, once: string): Promise<void>
}

export function createThumbsDown(deps: ThumbsDownDeps): (turn: Turn, rated: string) => Promise<void> {
  return async (turn, rated) => {
    const { workspace, author } = turn
    const found = await deps.answers.find(workspace, rated)
    // What others think of it is no reason to call a person for whoever asked; what only they have seen leads nowhere.
    if (!found || found.author !== author.id || found.isEphemeral) return
    const { lane, place, audience } = found
    if (staffPlaceOf(deps.settingsOf(workspace, place.channel), place) === null) return
    if ((await deps.downs(workspace, lane, author.id)) < ENOUGH) return
    // A person has it, or had it: they know.
    if ((await deps.tickets.ofLane(workspace, lane)) !== null) return
    await deps.handOver(
      { ...turn, id: rated, lane, place, audience },
      'thumbs-down',
      `down:${lane}:${author.id}`,
    )
  }
}
