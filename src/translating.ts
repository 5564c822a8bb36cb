// Puts the translation feature, the model and the workers together.
import { createAuto } from '../workers/translation/auto.ts'
import { createFlag } from '../workers/translation/flag.ts'
import { createGlossaryChange } from '../workers/translation/glossary.ts'
import { createMyLanguage } from '../workers/translation/my-language.ts'
import { createMyTone } from '../workers/translation/my-tone.ts'
import { createShare } from '../workers/translation/share.ts'
import { createTranslate } from '../workers/translation/translate.ts'
import { createTranslateLast } from '../workers/translation/translate-last.ts'
import type { Answers } from './core/answers.ts'
import type { Handler } from './core/turn.ts'
import type { Model } from './llm/model.ts'
import type { Database } from './store/db.ts'
import type { People } from './store/model.ts'
import { createGlossary } from './translation/glossary/store.ts'
import { createCorrect } from './translation/memory/correct.ts'
import { createMemory } from './translation/memory/store.ts'
import type { Ask, Correct, Translate } from './translation/model.ts'
import { createSaidBefore } from './translation/said-before.ts'
import { otherOf, targetFor } from './translation/source.ts'
import { createTranslator } from './translation/translator.ts'

export interface TranslatingParts {
  model: Model
  answers: Answers
  people: People
  db: Database
}

export interface Translating {
  translate: Translate
  /** Into the memory. */
  correct: Correct
  /** What is remembered is kept no longer than messages; corrections stay. */
  purge(retentionDays: number, workspace: string | null): Promise<number>
  handlers: Record<string, Handler>
}

export function createTranslating({ model, answers, people, db }: TranslatingParts): Translating {
  const glossary = createGlossary(db)
  const memory = createMemory(db)
  const translate = createTranslator({
    ask: askOf(model),
    glossary: glossary.index,
    lastGlossary: glossary.last,
    memory,
  })
  const isRehearsal = (): boolean => model.profile.rehearsal
  const deps = { translate, targetFor, people, isRehearsal }
  return {
    translate,
    correct: createCorrect({ memory, glossary: glossary.index }),
    purge: (days, workspace) => memory.purge(days, PURGED_AT_ONCE, workspace),
    handlers: {
      translate: createTranslate(deps),
      'translate-last': createTranslateLast({ ...deps, answers }),
      auto: createAuto({ ...deps, otherOf, saidBefore: createSaidBefore(db) }),
      'my-language': createMyLanguage({ people }),
      'my-tone': createMyTone({ people }),
      flag: createFlag({ ...deps, answers }),
      share: createShare({ ...deps, answers }),
      glossary: createGlossaryChange({ glossary, answers }),
    },
  }
}

const PURGED_AT_ONCE = 5_000

/** Room for a translation that is longer than its source. */
const MAX_TOKENS = 3_072

export function askOf(model: Model): Ask {
  return async ({ system, text, to, workspace, session, priority, signal }) => {
    const { text: said, finishReason } = await model.answer(
      {
        ...{ system, history: [], user: { text }, workspace, session, priority, signal },
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
