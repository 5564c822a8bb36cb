// What of the model's words may be shown: with passages, only what they bear out, and no address that is not theirs; never
// a promise that only staff can keep.
import type { Lang } from '../../src/core/error.ts'
import type { Finding } from '../../src/knowledge/model.ts'
import { standsIn, withoutOwnStates } from '../../src/text/own-case.ts'
import { INSTEAD, isPromisedBy, withoutPromises } from '../../src/text/promises.ts'
import { isOwnCase } from './approach.ts'
import type { Ground } from './grounding.ts'
import { marksOf, renumbered } from './marks.ts'
import { hostsOf, isNoAnswer, sourceFacts, sourceList, wordsOf } from './sources.ts'

interface NumberedPassage {
  n: number
  text: string
  about: string
  translation?: string
}

/** Pure rules of other folders, handed over by app.ts. */
export interface Checks {
  checkCitations(input: { text: string; passages: NumberedPassage[]; lang: Lang }): {
    text: string
    /** The passages' numbers, in order of first citation: the text's own numbers are their places in this list. */
    cited: number[]
    dropped: unknown[]
    isSupported: boolean
  }
  /** Without addresses on other hosts. */
  keepHosts(text: string, hosts: readonly string[]): string
  /** The same for a text that grows from call to call: what may yet become an address is held back. */
  keepHostsGrowing(hosts: readonly string[]): (soFar: string) => string
}

export interface Checked {
  /** With citations and the sources under it. */
  shown: string
  /** What later turns of the thread are told was said. */
  transcript: string
  facts: Record<string, unknown>
}

/** Null: it is not borne out, and must not be shown. */
export function checkedAnswer(
  written: string,
  ground: Ground,
  checks: Checks | undefined,
  lang: Lang,
): Checked | null {
  const given = ground.type === 'passages' ? ground.passages : []
  const isCopied = (sentence: string): boolean =>
    marksOf(sentence).some((n) => given[n - 1] && standsIn(sentence, wordsOf(given[n - 1]!)))
  const { text, guesses } = isOwnCase(ground.facts)
    ? withoutOwnStates(written, isCopied)
    : { text: written, guesses: 0 }
  if (!checks || ground.type !== 'passages') {
    // Where there is a knowledge base, small talk has no business with addresses.
    const kept = checks && ground.facts.intent ? checks.keepHosts(text, []) : text
    const { text: honest, promises } = withoutPromises(kept, lang)
    const dropped = guesses === 0 ? {} : { dropped: guesses }
    return {
      shown: honest,
      transcript: honest,
      facts: { ...dropped, ...(promises === 0 ? {} : { promises }) },
    }
  }
  if (isNoAnswer(text)) return null
  const { passages } = ground
  const { isSupported, cited, dropped, ...checked } = checks.checkCitations({
    text,
    passages: passages.map(toNumbered),
    lang,
  })
  if (!isSupported) return null
  const all = cited.flatMap((n) => passages[n - 1] ?? [])
  const isRule = (sentence: string): boolean =>
    marksOf(sentence).some((n) => all[n - 1] && isPromisedBy(sentence, wordsOf(all[n - 1]!)))
  const honest = withoutPromises(checks.keepHosts(checked.text, hostsOf(all)), lang, isRule)
  const { promises } = honest
  // What went may have been all that a source was cited for.
  const left = promises === 0 ? { text: honest.text, cited } : renumbered(honest.text, cited)
  const places = left.cited.map((n) => n - 1)
  const keep = (words: string): string =>
    checks.keepHosts(words, hostsOf(places.flatMap((at) => passages[at] ?? [])))
  const kept = left.cited.length === 0 ? INSTEAD[lang] : promises === 0 ? left.text : keep(left.text)
  return {
    shown: kept + sourceList(passages, places, lang, keep),
    transcript: kept.replace(/ ?\[\d+\]/g, ''),
    facts: {
      ...{ sources: sourceFacts(passages, places), dropped: dropped.length + guesses },
      ...(promises === 0 ? {} : { promises }),
    },
  }
}

function toNumbered({ chunk }: Finding, at: number): NumberedPassage {
  return {
    ...{ n: at + 1, text: chunk.text },
    // A title says what the passage is about, and may hold the product's name.
    about: [chunk.title, ...chunk.headings].join('\n'),
    ...(chunk.translation === null ? {} : { translation: chunk.translation }),
  }
}
