// Translations of passages, which citations are checked against: made in the background, ahead while nobody asks or once
// somebody has asked across languages, and kept with the passage for as long as its text stays. Nobody waits for one.
import { isBotError, type Lang } from '../../src/core/error.ts'
import type { Logger } from '../../src/core/logger.ts'
import type { Handler, Turn } from '../../src/core/turn.ts'
import type { Finding } from '../../src/knowledge/model.ts'
import type { Model } from '../../src/llm/model.ts'
import { isKoreanText } from '../../src/text/language.ts'
import { hashOf } from '../hash.ts'
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
    const known = new Set<string>()
    const different = lacking.filter(({ chunk: { text } }) => !known.has(text) && known.add(text))
    for (const { chunk } of different.slice(0, AT_ONCE)) {
      // Named by the passage and the model: however many ask, each model tries it once.
      const source = `passage-translation:${chunk.id}:${model.id}`
      // Passages of one text wait for each other: the first has it for all of them.
      const lane = `passage-translation:${hashOf(chunk.text)}`
      await enqueue({
        ...{ workspace, place, lane, source, kind: 'passage-translation', queue: 'batch' },
        body: { id: chunk.id },
      })
    }
  }
}

/** As src/knowledge/translations.ts has it. */
export interface PassageTexts {
  passage(workspace: string, id: string): Promise<PassageText | null>
  translate(workspace: string, id: string, translation: string, translator: string): Promise<boolean>
  giveUp(workspace: string, id: string, translator: string): Promise<void>
}

export interface PassageText {
  id: string
  workspace: string
  text: string
  translation: string | null
  translator: string | null
}

export function createPassageTranslation(deps: { passages: PassageTexts; model: Model }): Handler {
  return async ({ turn, signal, log }) => {
    const id = String(turn.messages.at(-1)?.body['id'])
    const passage = await deps.passages.passage(turn.workspace, id)
    // Its document has changed since, another process was quicker, or the model has tried the same text before.
    if (!passage || passage.translation !== null || passage.translator === deps.model.id)
      return { type: 'dropped' }
    const { workspace, lane, attempt } = turn
    await translatePassage({ ...deps, log }, passage, { workspace, session: lane, attempt }, signal)
    return { type: 'done' }
  }
}

export interface TranslatePassageDeps {
  passages: Pick<PassageTexts, 'translate' | 'giveUp'>
  model: Model
}

/** Keeps the translation, or that there is none by this model. Throws the BotErrors that another attempt may mend. */
export async function translatePassage(
  { passages, model, log }: TranslatePassageDeps & { log: Logger },
  { id, workspace, text }: PassageText,
  { attempt, ...whose }: { workspace: string; session: string; attempt: number },
  signal: AbortSignal,
): Promise<void> {
  const from: Lang = isKoreanText(text) ? 'ko' : 'en'
  const article = { question: '', answer: text }
  // What the company tells its customers itself hides nothing from the model.
  const ours = { ...whose, published: text }
  const made = await translateArticle(model, article, from, ours, signal).catch((error: unknown) => {
    if (!isBotError(error) || signal.aborted || isWorthAnother(error, attempt)) throw error
    log.warn({ chunk: id, code: error.code }, 'a passage stays in one language')
    return null
  })
  if (made) await passages.translate(workspace, id, made.answer, model.id)
  else {
    log.info({ chunk: id }, 'a passage has no translation by this model')
    await passages.giveUp(workspace, id, model.id)
  }
}

/** A passage in the language already is compared with its own words. */
function needsIt(text: string, lang: Lang): boolean {
  return isKoreanText(text) !== (lang === 'ko')
}
