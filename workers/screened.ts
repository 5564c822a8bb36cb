// What staff need not read is hidden wherever it would stand: on cards, in lists, in summaries.
import type { Both } from '../src/core/error.ts'
import { isAbusive } from '../src/text/abuse.ts'

/** In place of a message, in both languages. */
export const HIDDEN_MESSAGE = '_거친 말이 있어 가렸어요 · Hidden: abusive language_'

/** In a line of a list, and where the model has repeated it. */
export const HIDDEN: Both = {
  ko: '거친 말이 있어 가렸어요',
  en: 'Hidden: abusive language',
}

/** What stands there in place of what the customer wrote. */
export function screened(text: string, hidden: string = HIDDEN_MESSAGE): string {
  return isAbusive(text) ? hidden : text
}
