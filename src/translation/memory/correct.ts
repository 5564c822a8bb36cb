// A person's correction on its way into the memory: the names, links and codes of the source are taken out of both texts.

import { normalizeText } from '../../text/normalize.ts'
import { maskPersonal } from '../../text/personal.ts'
import type { TermIndex } from '../glossary/index-terms.ts'
import { keptTermsIn } from '../glossary/kept.ts'
import type { Correct } from '../model.ts'
import { protect, wordsOnly } from '../protect.ts'
import { sourceLang } from '../source.ts'
import { kindsOf } from './key.ts'
import type { MemoryStore } from './store.ts'

interface CorrectDeps {
  memory: Pick<MemoryStore, 'correct'>
  glossary(workspace: string, channel: string | null): Promise<TermIndex>
}

export function createCorrect({ memory, glossary }: CorrectDeps): Correct {
  return async (correction) => {
    const { workspace, channel, audience, author, about = null, to, tone, by } = correction
    const text = normalizeText(correction.text)
    const from = correction.from ?? sourceLang(text)
    const terms = await glossary(workspace, channel)
    const { text: source, kept } = protect(text, to, keptTermsIn(text, terms))
    const translation = takeOut(normalizeText(correction.translation), kept)
    if (translation === null || hasPersonal(source) || hasPersonal(translation)) return false
    const key = {
      source,
      kinds: kindsOf(source, kept),
      from,
      to,
      tone: tone ?? 'polite',
      revision: terms.revision,
    }
    await memory.correct({ workspace, audience, author, about }, key, translation, by)
    return true
  }
}

/** Null where one of them is not there exactly as often as it should be: then it can be put back nowhere. */
function takeOut(text: string, kept: readonly string[]): string | null {
  let open = text
  for (const [at, item] of kept.entries()) {
    const place = open.indexOf(item)
    if (place < 0) return null
    open = `${open.slice(0, place)}⟦${at + 1}⟧${open.slice(place + item.length)}`
  }
  return open
}

export function hasPersonal(text: string): boolean {
  const words = wordsOnly(text)
  return maskPersonal(words, 'ko') !== words
}
