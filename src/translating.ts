// Puts the translation feature, the model and the workers together.
import { createFlag } from '../workers/flag.ts'
import { createShare } from '../workers/share.ts'
import { createTranslate } from '../workers/translate.ts'
import type { Answers } from './core/answers.ts'
import type { Handler } from './core/turn.ts'
import type { Model } from './llm/model.ts'
import type { Ask, Translate } from './translation/model.ts'
import { targetFor } from './translation/source.ts'
import { createTranslator } from './translation/translator.ts'

export interface TranslatingParts {
  model: Model
  answers: Pick<Answers, 'find'>
}

export interface Translating {
  translate: Translate
  handlers: Record<string, Handler>
}

export function createTranslating({ model, answers }: TranslatingParts): Translating {
  const translate = createTranslator({ ask: askOf(model) })
  const deps = { translate, targetFor, isRehearsal: () => model.profile.rehearsal }
  return {
    translate,
    handlers: {
      translate: createTranslate(deps),
      flag: createFlag({ ...deps, answers }),
      share: createShare({ answers }),
    },
  }
}

/** Room for a translation that is longer than its source. */
const MAX_TOKENS = 3_072

export function askOf(model: Model): Ask {
  return async ({ system, text, to, session, priority, signal }) => {
    const { text: said, finishReason } = await model.answer(
      {
        ...{ system, history: [], user: { text }, session, priority, signal },
        lang: to === 'ko' ? 'ko' : 'en',
        // The language is checked with everything else, so that all that is wrong is asked for at once.
        expectLang: null,
        maxTokens: Math.max(MAX_TOKENS, model.profile.maxTokens),
      },
      () => undefined,
    )
    return { text: said, isWhole: finishReason === 'stop' }
  }
}
