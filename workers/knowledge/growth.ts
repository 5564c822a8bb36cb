// What of a growing answer may be seen already; the final text is checked as a whole. What is shown only ever gets longer:
// Slack's streams take nothing back.
import { standsIn, statesOwnCase } from '../../src/text/own-case.ts'
import { isPromise, isPromisedBy } from '../../src/text/promises.ts'
import { isOwnCase } from './approach.ts'
import type { Checks } from './checked.ts'
import type { Ground } from './grounding.ts'
import { marksOf } from './marks.ts'
import { hostsOf, maybeNoAnswer, wordsOf } from './sources.ts'

type Growth = (soFar: string) => string
/** A sentence without the addresses of what neither it nor the text before it has cited. */
type KeepCited = (sentence: string, before: string) => string

export function growthOf(ground: Ground, checks: Checks | undefined): Growth {
  const honest = honestGrowth(ground)
  if (!checks || ground.type === 'no-evidence') return honest
  if (ground.type === 'free') {
    if (!ground.facts.intent) return honest
    const kept = checks.keepHostsGrowing([])
    return (soFar) => honest(kept(soFar))
  }
  const { passages } = ground
  const kept = checks.keepHostsGrowing(hostsOf(passages))
  const cited = honestGrowth(ground, (sentence, before) => {
    const sources = marksOf(before + sentence).flatMap((n) => passages[n - 1] ?? [])
    return checks.keepHosts(sentence, hostsOf(sources))
  })
  return (soFar) => (maybeNoAnswer(soFar) ? '' : cited(kept(soFar)))
}

/** A sentence with the marks of its citations, or what is left of the text where it has no end yet; code is one too. */
const SENTENCE =
  /```[\s\S]*?(?:```|$)|\n|(?:(?!```)[^.!?。！？\n])*(?:(?:\.(?=\S)|\?(?=\w))(?:(?!```)[^.!?。！？\n])+)*[.!?。！？~]*(?:\s?\[\d+\])*[ \t]*/y
/** What follows a sentence that has ended: no more of its marks. */
const NEXT = /\n|[^\s[]|\[[^\d\]]/y

/**
 * Without the sentences that the final text will not have: what only staff can promise, and the state of an order that
 * nobody has looked up. Of the asker's own order nothing is shown before its sentence is whole, and no address before a
 * citation has opened its host.
 */
function honestGrowth(ground: Ground, keepCited: KeepCited = (sentence) => sentence): Growth {
  const isOwn = isOwnCase(ground.facts)
  const pages = ground.type === 'passages' ? ground.passages.map(wordsOf) : []
  const isBorneOut = (sentence: string, by: (sentence: string, page: string) => boolean): boolean =>
    marksOf(sentence).some((n) => pages[n - 1] !== undefined && by(sentence, pages[n - 1]!))
  const isKept = (sentence: string): boolean =>
    !(isPromise(sentence) && !isBorneOut(sentence, isPromisedBy)) &&
    !(isOwn && statesOwnCase(sentence) && !isBorneOut(sentence, standsIn))
  let [last, read, whole, shown] = ['', '', '', '']
  return (soFar) => {
    // A model that is asked again begins anew.
    if (!soFar.startsWith(last)) [read, whole, shown] = ['', '', '']
    last = soFar
    for (let at = read.length; ; at = read.length) {
      SENTENCE.lastIndex = at
      const [sentence] = SENTENCE.exec(soFar) ?? ['']
      NEXT.lastIndex = at + sentence.length
      const isCode = sentence.startsWith('```')
      if (sentence === '' || !(sentence === '\n' || NEXT.test(soFar))) {
        const isEarly = isOwn || (!isCode && !isKept(sentence)) || keepCited(sentence, whole) !== sentence
        const next = isEarly ? whole : whole + sentence
        if (next.startsWith(shown)) shown = next
        return shown
      }
      read += sentence
      if (isCode || isKept(sentence)) whole += keepCited(sentence, whole)
    }
  }
}
