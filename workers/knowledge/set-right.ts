// Staff correct an answer that customers see, or take it back: the message itself is edited and says so, the thread's
// transcript changes with it, and a correction is proposed as an article.
import { type Answers, type KeptAnswer, type KeptPost, type Reads, sourceOf } from '../../src/core/answers.ts'
import type { Content } from '../../src/core/content.ts'
import type { Both, Lang } from '../../src/core/error.ts'
import type { TurnFacts } from '../../src/core/facts.ts'
import { CORRECTED, TOLD, WITHDRAWN } from '../../src/core/staff-words.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import { splitText } from '../../src/text/split.ts'
import { answerButtons, personButton } from '../buttons.ts'
import { quoted } from '../card.ts'
import { textOf } from '../long-form.ts'
import { refusalOf } from '../staff.ts'
import { tellIn } from '../tell.ts'
import type { Corrected } from './propose.ts'

export interface SetRightDeps {
  answers: Answers
  /** A correction is worth an article: its id, or null when nobody could be asked about it. */
  propose?(context: Context, corrected: Corrected): Promise<string | null>
  reads?: Reads
  /** What was made of an answer that is taken back goes too. */
  retract?(context: Context, withdrawn: { turn: string; by: string; byName: string }): Promise<void>
}

/** Others may set the same answer right meanwhile; each then shows what the last of them has left. */
const MAX_ROUNDS = 3

export function createSetRight(deps: SetRightDeps): Handler {
  const { answers } = deps
  return async (context) => {
    const { turn, post, log } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(answers, context)
    if (refusal) return say(refusal)
    const found = await answers.find(turn.workspace, String(body['id']))
    const posts = found ? shownPosts(found) : []
    if (!found || found.answer === null || posts.length === 0) return say(noAnswerIn(found))
    if (found.isEphemeral) return say(TOLD.ephemeral)
    const isWithdrawal = body['verb'] === 'withdraw'
    const text = isWithdrawal ? WITHDRAWN[found.lang ?? 'ko'] : textOf(body)
    if (text === '') return say(TOLD.empty)
    const { id: by, name: byName } = turn.author
    const facts: TurnFacts = isWithdrawal ? { withdrawn: by } : { correctedBy: by, withdrawn: null }
    const next = { ...found, answer: text, facts: { ...found.facts, ...facts } }
    if (piecesOf(next, post.outbound.maxChars).length > posts.length)
      return say(TOLD.tooLongFor(posts.length * post.outbound.maxChars))
    if (!(await answers.replace(turn.workspace, found.turn, text, facts))) return say(TOLD.notAnAnswer)
    await showLatest(context, answers, next)
    await deps.reads?.(turn.workspace, found.audience, posts.map(sourceOf))
    log.info({ answer: found.turn, outcome: isWithdrawal ? 'withdrawn' : 'corrected' }, 'answer set right')
    if (isWithdrawal) {
      await deps.retract?.(context, { turn: found.turn, by, byName })
      return say(TOLD.withdrawn)
    }
    const proposal = await deps.propose?.(context, { turn: found.turn, answer: text, by, byName })
    if (!proposal) return say(TOLD.corrected)
    await answers.note(turn.workspace, found.turn, { proposal })
    return say(TOLD.correctedProposed)
  }
}

/** Why nothing can be set right: it is no answer, or none yet. */
export function noAnswerIn(found: KeptAnswer | null): Both {
  return found?.isOpen ? TOLD.stillWriting : TOLD.notAnAnswer
}

async function showLatest(context: Context, answers: Answers, next: KeptAnswer): Promise<void> {
  let shown: KeptAnswer = next
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await show(context, answers, shown)
    const kept = await answers.find(context.turn.workspace, shown.turn)
    if (!kept || kept.answer === shown.answer) return
    shown = kept
  }
}

/** Every write says all there is to see, so that a later attempt may repeat it. */
async function show({ post, signal, turn }: Context, answers: Answers, found: KeptAnswer): Promise<void> {
  const posts = shownPosts(found)
  const pieces = piecesOf(found, post.outbound.maxChars).slice(0, posts.length)
  const content = contentOf(found)
  for (const [index, row] of posts.entries()) {
    const writer = post.outbound.write(
      { ...row, turn: found.turn, handle: null },
      { recipient: found.author, attempt: 2, isPrivate: false, signal, opened: async () => undefined },
    )
    const piece = pieces[index]
    if (piece === undefined) {
      await writer.discard()
      await answers.removed(turn.workspace, found.turn, row.slot)
    } else if (index < pieces.length - 1) await writer.finish({ text: piece, lang: content.lang })
    else await writer.finish({ ...content, text: piece })
  }
}

function shownPosts({ posts }: KeptAnswer): KeptPost[] {
  return posts.filter(({ slot, id }) => slot.startsWith('answer.') && id !== null)
}

function contentOf(found: KeptAnswer): Content {
  const lang: Lang = found.lang ?? 'ko'
  const of = { id: found.turn }
  // What was asked by a command nobody else has seen stands above the answer, as before.
  const lead = found.quotesQuestion && found.question !== '' ? `${quoted(found.question)}\n\n` : ''
  const text = lead + (found.answer ?? '')
  return found.facts['withdrawn']
    ? { text, lang, notes: [], buttons: [personButton(of, lang)] }
    : { text, lang, notes: [CORRECTED[lang]], buttons: answerButtons(of, lang) }
}

function piecesOf(found: KeptAnswer, maxChars: number): string[] {
  return splitText(contentOf(found).text, maxChars)
}
