// For scenes in which nobody writes in two languages.
import type { Correct, Translate } from '../../src/translation/model.ts'

export const UNCORRECTED: Correct = async () => false

export const UNTRANSLATED: Translate = async ({ text, to }) => ({
  ...{ outcome: 'same', translation: text, from: to, to, flags: [], retries: 0, memory: null },
})
