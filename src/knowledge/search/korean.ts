// The one place that knows the Korean analyser (garu-ko): a word between spaces in, what carries its meaning out.
// The analyser is young and has one maintainer; when it does not load, search goes on with syllable pairs alone.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GaruWasm, initSync } from 'garu-ko/pkg/garu_wasm.js'
import { memoize } from './memo.ts'

/** What one eojeol (a word with its particles and endings) says: 배송비가 → words [배송비], meaning [true, true, true, false]. */
export interface Reading {
  /** Nouns, stems and roots. */
  words: readonly string[]
  /** For each syllable whether it carries meaning; the others are particles and endings. */
  meaning: readonly boolean[]
}

export type Morphemes = (eojeol: string) => Reading

interface Analysis {
  tokens: readonly { text: string; pos: string }[]
}

/** The analyser's time grows with the square of the length. */
const MAX_CHARS = 40
const MEMO_ENTRIES = 100_000

// Sejong tags. Particles (J*), endings (E*), suffixes and auxiliary verbs say how, not what.
const CONTENT = /^(?:NN[GP]|NR|NP|VV|VA|VCN|XR|MAG|MM|XPN|NNB)$/

// What the analyser leaves on a word it does not know, longest first.
const PARTICLES =
  /(?:이라는데|라는데|이랍니다|에게서|으로부터|이라고|에서는|으로는|에게는|까지는|부터는|이라는|이에요|인가요|인데요|이네요|이래요|이죠|에요|예요|인데|네요|래요|대요|던데|에서|으로|에게|까지|부터|처럼|보다|한테|이나|이랑|라고|이라|은|는|이|가|을|를|에|의|로|와|과|도|만|나|랑|요)$/
const DOING =
  /(?:하고싶|하고시|하시|해주|해줘|해달|했|해요|해서|해도|하려|하는|하면|하고|하기|하나|하지|한다|합니|할래|할까|할수|할게|할|한|함|되나|되는|되면|되요|돼요|되고|됐|된|될|됩니|되었|시켜|받았|받으|받을)[가-힣]*$/

const NOTHING: Reading = { words: [], meaning: [] }

type Analyse = (text: string) => Analysis

/** One for the whole process: it keeps nothing of what it reads. */
let opened: Analyse | null = null

/** Throws when the analyser does not load. */
function openAnalyser(): Analyse {
  opened ??= load()
  return opened
}

function load(): Analyse {
  const folder = dirname(createRequire(import.meta.url).resolve('garu-ko/package.json'))
  initSync({ module: readFileSync(join(folder, 'pkg', 'garu_wasm_bg.wasm')) })
  const garu = new GaruWasm(readFileSync(join(folder, 'models', 'base.gmdl')))
  return (text) => garu.analyze(text) as Analysis
}

/**
 * The analyser takes 16 MB, so it is opened for the first word and not before: a process without a knowledge base does
 * without. `onMissing` is called when it cannot be loaded; every eojeol then has no words. `open` is for tests.
 */
export function createMorphemes(
  onMissing: (cause: unknown) => void = () => undefined,
  open: () => Analyse = openAnalyser,
): Morphemes {
  let morphemes: Morphemes | null = null
  const openNow = (): Morphemes => {
    try {
      const analyse = open()
      return memoize((eojeol) => read(analyse, eojeol), MEMO_ENTRIES)
    } catch (cause) {
      onMissing(cause)
      return () => NOTHING
    }
  }
  return (eojeol) => {
    morphemes ??= openNow()
    return morphemes(eojeol)
  }
}

function read(analyse: (text: string) => Analysis, eojeol: string): Reading {
  const words: string[] = []
  const meaning = new Array<boolean>(eojeol.length).fill(false)
  for (let from = 0; from < eojeol.length; from += MAX_CHARS) {
    const piece = eojeol.slice(from, from + MAX_CHARS)
    let at = 0
    for (const { text, pos } of analyse(piece).tokens) {
      if (!CONTENT.test(pos) || !/^[가-힣]+$/.test(text)) continue
      words.push(text)
      const isUnknown = text === piece && pos === 'NNG' && text.length > 2
      const stem = isUnknown ? stripEndings(text) : text
      if (stem !== text) words.push(stem)
      const span = spanOf(piece, stem, at)
      meaning.fill(true, from + span.from, from + span.to)
      at = Math.max(at, span.to)
    }
  }
  return { words, meaning }
}

/** Where a stem is in its eojeol; contraction may have taken its last syllable (깨지 in 깨져서), so a beginning will do. */
function spanOf(piece: string, stem: string, start: number): { from: number; to: number } {
  for (let length = stem.length; length > 0; length -= 1) {
    const from = piece.indexOf(stem.slice(0, length), start)
    if (from >= 0) return { from, to: from + length }
  }
  return { from: start, to: start }
}

/** 환불해줘 → 환불, 모텟을 → 모텟; the word itself when less than two syllables would be left. */
export function stripEndings(word: string): string {
  const noun = word.replace(DOING, '')
  if (noun.length >= 2 && noun !== word) return noun
  const bare = word.replace(PARTICLES, '')
  return bare.length >= 2 ? bare : word
}
