// KorQuAD 1.0's development set as a corpus: contexts cut into passages, the passage with the answer's start is gold.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type BenchPassage, type BenchQuestion, type Corpus, cutsOf } from './corpus.ts'

const answer = z.object({ answer_start: z.number() })
const question = z.object({ question: z.string(), answers: z.array(answer).min(1) })
const paragraph = z.object({ context: z.string(), qas: z.array(question) })
const schema = z.object({ data: z.array(z.object({ paragraphs: z.array(paragraph) })) })

/** Without titles: the questions were written about the contexts. */
export function readKorquad(file: string): Corpus {
  const { data } = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const passages: BenchPassage[] = []
  const questions: BenchQuestion[] = []
  data.forEach(({ paragraphs }, group) => {
    for (const { context, qas } of paragraphs) {
      const cuts = cutsOf(context)
      const first = passages.length
      cuts.forEach((cut, at) => {
        const text = context.slice(cut, cuts[at + 1]).trim()
        passages.push({ id: passages.length, title: '', headings: [], text, group })
      })
      for (const { question: text, answers } of qas) {
        const start = answers[0]?.answer_start ?? 0
        const piece = cuts.findLastIndex((cut) => cut <= start)
        questions.push({ text, gold: [first + piece], group })
      }
    }
  })
  return { passages, questions }
}
