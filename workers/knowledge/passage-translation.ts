// Translations of passages, which citations are checked against: made in the background once somebody has asked across
// languages, and kept with the passage for as long as its text stays. Nobody waits for one.
import { isBotError, type Lang } from '../../src/core/error.ts'
import type { Handler, Turn } from '../../src/core/turn.ts'
import type { Finding } from '../../src/knowledge/model.ts'
import type { Model } from '../../src/llm/model.ts'
import { isKoreanText } from '../../src/text/language.ts'
import type { Enqueue } from '../task.ts'
import { isWorthAnother, translateArticle } from './translate-article.ts'

export type TranslateLater = (
  turn: Pick<Turn, 'workspace' | 'place'>,
  passages: readonly Finding[],
  lang: Lang,
) => Promise<void>

/** Of the best passages for one question: those that an answer cites are among them. */
const AT_ONCE = 3

export function createTranslateLater(enqueue: Enqueue, model: Pick<Model, 'id'>): TranslateLater {
  return async ({ workspace, place }, passages, lang) => {
    const lacking = passages.filter(({ chunk }) => chunk.translation === null && needsIt(chunk.text, lang))
    for (const { chunk } of lacking.slice(0, AT_ONCE)) {
      // Named by the passage and the model: however many ask, each model tries it once.
      const lane = `passage-translation:${chunk.id}`
      await enqueue({
        ...{
          workspace,
          place,
          lane,
          source: `${lane}:${model.id}`,
          kind: 'passage-translation',
          queue: 'batch',
        },
        body: { id: chunk.id },
      })
    }
  }
}

export interface PassageTexts {
  /** Null when it is no longer there. */
  passage(
    workspace: string,
    id: string,
  ): Promise<{ workspace: string; text: string; translation: string | null } | null>
  translate(workspace: string, id: string, translation: string): Promise<boolean>
}

export function createPassageTranslation(deps: { passages: PassageTexts; model: Model }): Handler {
  const { passages, model } = deps
  return async ({ turn, signal, log }) => {
    const id = String(turn.messages.at(-1)?.body['id'])
    const passage = await passages.passage(turn.workspace, id)
    // Its document has changed since, or another process was quicker.
    if (!passage || passage.translation !== null) return { type: 'dropped' }
    const from: Lang = isKoreanText(passage.text) ? 'ko' : 'en'
    const whose = { workspace: turn.workspace, session: turn.lane }
    const article = { question: '', answer: passage.text }
    const made = await translateArticle(model, article, from, whose, signal).catch((error: unknown) => {
      if (!isBotError(error) || signal.aborted || isWorthAnother(error, turn.attempt)) throw error
      log.warn({ chunk: id, code: error.code }, 'a passage stays in one language')
      return null
    })
    if (made === null) log.info({ chunk: id }, 'no translation of a passage kept every value')
    else await passages.translate(passage.workspace, id, made.answer)
    return { type: 'done' }
  }
}

/** A passage in the language already is compared with its own words. */
function needsIt(text: string, lang: Lang): boolean {
  return isKoreanText(text) !== (lang === 'ko')
}
