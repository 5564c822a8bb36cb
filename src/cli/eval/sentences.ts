// The sentences of `npm run eval -- translate`, written by hand, each with a translation that a person would be content
// with. Line by line in test/eval/translations.tsv.
import { parseTone, type Tone } from '../../core/tone.ts'
import type { Term } from '../../translation/model.ts'

export interface Sentence {
  topic: string
  from: 'ko' | 'en'
  to: 'ko' | 'en'
  source: string
  reference: string
  /** The glossary that holds for it. */
  terms: readonly Term[]
  tone: Tone
}

const HEADER = 'topic\tto\tsource\treference\tterms\ttone'

/** Throws on a line that is not as the header says. `\n` stands for a line break, `예치금=deposit` for a term. */
export function parseSentences(tsv: string): Sentence[] {
  const [header, ...lines] = tsv.replace(/\r/g, '').trimEnd().split('\n')
  if (header !== HEADER) throw new Error(`the sentences begin with another line than ${HEADER}`)
  return lines.map((line, at) => {
    const [topic = '', to = '', source = '', reference = '', terms = '', tone = ''] = line
      .normalize('NFC')
      .split('\t')
      .map((cell) => cell.replaceAll('\\n', '\n'))
    const isLang = to === 'ko' || to === 'en'
    if (!isLang || topic === '' || source === '' || reference === '')
      throw new Error(`sentence ${at + 1} is not whole: ${HEADER}`)
    return {
      ...{ topic, to, source, reference, from: to === 'ko' ? 'en' : 'ko', tone: parseTone(tone) ?? 'polite' },
      terms: terms === '' ? [] : terms.split(';').map(toTerm),
    }
  })
}

function toTerm(written: string): Term {
  const [ko = '', en = ''] = written.split('=').map((form) => form.trim())
  return { forms: { ko, en }, kind: 'fixed', forbidden: [], isCaseSensitive: false }
}
