// One message of a channel with a pair of languages: its translation, with its author's name, follows its edits and goes
// with it (store/sweep.ts). On `batch` it is translated, beside others; on `relay` it is shown, in its channel's order.
import type { Content } from '../../src/core/content.ts'
import type { AutoFacts, TurnFacts } from '../../src/core/facts.ts'
import { type Pair, pairOf } from '../../src/core/language-pair.ts'
import type { TargetLang } from '../../src/core/target-lang.ts'
import type { Context, Handler, Outcome, Turn } from '../../src/core/turn.ts'
import { BATCH_PRIORITY } from '../../src/llm/model.ts'
import type { SaidBefore } from '../../src/translation/model.ts'
import { plain } from '../card.ts'
import { hashOf } from '../hash.ts'
import { mannerOf } from '../manner.ts'
import { linesOf, writtenIn } from '../message-text.ts'
import { markUntranslated } from './auto-mark.ts'
import { contentOf, logResult, rememberedFor, type TranslateDeps } from './translate.ts'

export interface AutoDeps extends Pick<TranslateDeps, 'translate' | 'isRehearsal'> {
  /** Which of the two it has to be translated into; null: into neither. */
  otherOf(text: string, pair: Pair): TargetLang | null
  saidBefore: SaidBefore
}

export function createAuto(deps: AutoDeps): Handler {
  return async (context) => {
    const { turn, post, signal } = context
    const { auto: kept, failed } = turn.facts as TurnFacts
    const fitting = kept?.of === fingerprint(turn) ? kept : null
    if (turn.queue === 'batch') {
      const auto = fitting ?? (await translated(context, deps, kept?.isShown ?? false))
      if (auto) return goesOn('relay', { ...turn.facts, auto })
      // An edit may have taken the words away.
      await post.reply('answer', {}).discard()
    } else {
      // Edited while it waited.
      if (!fitting) return goesOn('batch', turn.facts)
      await post.reply('answer', {}).finish(contentFrom(fitting, turn, deps))
    }
    if (failed !== undefined) await markUntranslated(turn, post, true)
    // An edit that came right now would be lost with the end of the turn.
    signal.throwIfAborted()
    return { type: 'done', facts: fitting ? { auto: { ...fitting, isShown: true } } : {} }
  }
}

function goesOn(queue: 'batch' | 'relay', facts: Turn['facts']): Outcome {
  // What is to be shown waits for what was written before it.
  return { type: 'goes-on', queue, isHeld: queue === 'relay', facts: { ...facts } }
}

function fingerprint(turn: Turn): string {
  return hashOf(`${turn.settings.auto}\n${writtenIn(turn)}`)
}

/** Null when there is nothing to show. */
async function translated(context: Context, deps: AutoDeps, isShown: boolean): Promise<AutoFacts | null> {
  const { turn, post, signal } = context
  const pair = pairOf(turn.settings.auto)
  const text = writtenIn(turn)
  const to = pair && deps.otherOf(text, pair)
  if (!pair || !to) return null
  const made = await deps.translate({
    ...{ ...mannerOf(turn.settings), topic: post.outbound.topicOf(turn.place) },
    context: deps.saidBefore(turn.id).catch(() => []),
    ...{ text, to },
    ...{ workspace: turn.workspace, channel: turn.place.channel, session: `auto:${turn.place.channel}` },
    ...rememberedFor(turn, turn.author.id),
    ...{ priority: BATCH_PRIORITY, signal },
  })
  logResult(context, made)
  if (made.outcome !== 'translated') return null
  const { from, translation, flags } = made
  return { of: fingerprint(turn), from, to, text: translation, flags, isShown }
}

function contentFrom({ from, to, text, flags }: AutoFacts, { author }: Turn, deps: AutoDeps): Content {
  const made = { outcome: 'translated' as const, from, to, translation: text, flags }
  const content = contentOf(made, to === 'ko' ? 'ko' : 'en', deps)
  return { ...content, text: linesOf([`**${plain(author.name)}**`, content.text]) }
}
