// A question as terms of the index: each token with how rare it is, and near spellings for words that no passage has.
import type { Dictionary } from './dictionary.ts'
import { nearSpellings } from './jamo.ts'
import type { Morphemes } from './korean.ts'
import { postingsOf } from './segment.ts'
import type { SegmentStore } from './store.ts'
import { pairsIn, type Token, type TokenKind, tokenize } from './tokens.ts'

/** One way to ask: the question as typed has weight 1, a guess at what was meant less. */
export interface Variant {
  text: string
  weight: number
  /** Words that stand for what was taken out of the text; a passage that has some of them has it. */
  hints?: string
}

export interface QueryToken {
  /** Its spelling in the index, or the nearest; null when no passage has any. */
  term: number | null
  /** How much it matters that a passage has it. */
  evidence: number
}

export interface Query {
  /** What each passage is scored by. */
  terms: ReadonlyMap<number, number>
  /** What coverage is counted over: one list per variant. */
  variants: readonly (readonly QueryToken[])[]
}

/** Of a handful of passages the word that they are about is in all, and is evidence all the same. */
const FEWEST = 50
/** "언제든지" is rare and has nothing to do with "언제 와요?". */
const VAGUE_WEIGHT = 0.25
/** A near spelling is a guess. */
const NEAR_WEIGHT = 0.6
const SCORE_WEIGHT: Record<TokenKind, number> = { word: 1, pair: 0.6, seam: 0.6 }
const EVIDENCE_WEIGHT: Record<TokenKind, number> = { word: 1, pair: 1, seam: 0.4 }

// They ask or point and name nothing; a passage that lacks them lacks nothing. English ones as stems.
const VAGUE_WORDS =
  `언제 어디 며칠 무엇 뭐 누구 얼마 몇 왜 어떻 어떻게 어떠하 어떤 어느 하 되 있 오 가 보 주 싶 것 거 수 때 저 나 제 내 우리 이 그
  이것 이거 그거 그것 어떡하 말 중 안 못 좀 더 다 또 잘 많이 알 받 사 쓰 들 오늘 지금
  long much mani take last work need want know tell use way thing happen possibl abl let give go come`.split(
    /\s+/,
  )
const VAGUE: ReadonlySet<Token> = new Set(VAGUE_WORDS.flatMap((word) => [word, ...pairsIn(word)]))

export function parseQuery(
  variants: readonly Variant[],
  dictionary: Dictionary,
  store: SegmentStore,
  morphemes: Morphemes,
): Query {
  const terms = new Map<number, number>()
  const look = (token: Token, kind: TokenKind, weight: number): QueryToken => {
    const term = dictionary.find(token)
    const near =
      term === undefined && kind === 'word'
        ? (commonest(token, dictionary, store) ?? stemOf(token, dictionary))
        : undefined
    const found = term ?? near
    // What no passage has is as rare as what one has; rarer, and a single odd ending would outweigh the question.
    const frequency = found === undefined ? 1 : documentFrequency(store, found)
    const idf = idfOf(store.size, frequency)
    if (found !== undefined) {
      const worth = term === undefined ? NEAR_WEIGHT : SCORE_WEIGHT[kind]
      const gain = weight * idf * worth * (VAGUE.has(token) ? VAGUE_WEIGHT : 1)
      terms.set(found, Math.max(terms.get(found) ?? 0, gain))
    }
    const rarity = idfOf(Math.max(store.size, FEWEST), frequency)
    return { term: found ?? null, evidence: VAGUE.has(token) ? 0 : rarity * EVIDENCE_WEIGHT[kind] }
  }
  const read = (text: string, weight: number): (QueryToken & { kind: TokenKind })[] => {
    const tokens = Array.from(kindsIn(text, morphemes), ([token, kind]) => ({
      kind,
      ...look(token, kind, weight),
    }))
    const meant = misspelled(text, dictionary, morphemes).map((word) => ({
      kind: 'word' as const,
      ...look(word, 'word', weight),
    }))
    return [...tokens, ...meant.filter(({ term }) => term !== null)]
  }
  const readVariant = ({ text, hints = '', weight }: Variant): QueryToken[] => [
    // A small collection lacks many endings, and nothing follows from that; nor from a hint that it does not know.
    ...read(text, weight).filter(({ term, kind }) => term !== null || kind !== 'seam'),
    ...read(hints, weight).filter(({ term }) => term !== null),
  ]
  return { variants: variants.map(readVariant), terms }
}

/** "제주도" is 제주, "회원권" is about 회원. */
function stemOf(token: Token, dictionary: Dictionary): number | undefined {
  return typeof token === 'string' && /^[가-힣]{3,}$/.test(token)
    ? dictionary.find(token.slice(0, -1))
    : undefined
}

/** Beginnings of the Korean words of which no passage has anything: the analyser takes a misspelled word apart wrongly. */
function misspelled(text: string, dictionary: Dictionary, morphemes: Morphemes): string[] {
  const runs = text.normalize('NFC').match(/[가-힣]{2,12}/g) ?? []
  return runs
    .filter(
      (run) => !morphemes(run).words.some((word) => word.length > 1 && dictionary.find(word) !== undefined),
    )
    .flatMap((run) => {
      const beginnings = [4, 3, 2]
        .filter((length) => length <= run.length)
        .map((length) => run.slice(0, length))
      const near = beginnings.find((word) =>
        [...nearSpellings(word)].some((one) => dictionary.find(one) !== undefined),
      )
      return near === undefined ? [] : [near]
    })
}

function kindsIn(text: string, morphemes: Morphemes): Map<Token, TokenKind> {
  const kinds = new Map<Token, TokenKind>()
  const emit = (token: Token, kind: TokenKind): void => {
    if (kind !== 'seam' || !kinds.has(token)) kinds.set(token, kind)
  }
  tokenize(text.normalize('NFC'), morphemes, emit)
  return kinds
}

function commonest(token: Token, dictionary: Dictionary, store: SegmentStore): number | undefined {
  if (typeof token !== 'string') return undefined
  let best: { term: number; frequency: number } | undefined
  for (const spelling of nearSpellings(token)) {
    const term = dictionary.find(spelling)
    if (term === undefined) continue
    const frequency = documentFrequency(store, term)
    if (!best || frequency > best.frequency) best = { term, frequency }
  }
  return best?.term
}

function documentFrequency({ segments }: SegmentStore, term: number): number {
  let count = 0
  for (const segment of segments) {
    const range = postingsOf(segment, term)
    if (range) count += range.to - range.from
  }
  return count
}

function idfOf(size: number, frequency: number): number {
  return Math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
}
