// A process of its own for one index of many passages: how long it takes, how much it holds, how fast it answers.
// Arguments: data file, passages. Prints one line of JSON.
import { createSearchIndex, type Passage } from '../../src/knowledge/search/index.ts'
import { normalizeQuery } from '../../src/knowledge/search/normalize-query.ts'
import { rssMb } from '../harness/machine.ts'
import { percentile } from '../harness/statistics.ts'
import { randomFrom } from './corpus.ts'
import { readKorquad } from './korquad.ts'

export interface Scale {
  buildSeconds: number
  rssMb: number
  p50: number
  p95: number
  /** The same in processor time, which other processes do not lengthen. */
  cpuP95: number
  terms: number
  /** The longest that adding a hundred passages held everything else up. */
  longestAddMs: number
  /** Of removing half of the passages. */
  removeSeconds: number
}

const BATCH = 100
const PASSAGE_CHARS = 500
const QUESTIONS = 1_000
/** Half of the words are swapped for any others, so that passages differ as much as real ones do, and more. */
const SWAPPED = 0.5

const [file = '', count = '100000'] = process.argv.slice(2)
const total = Number(count)
const { passages, questions } = readKorquad(file)
const random = randomFrom(5)
const pick = <Item>(all: readonly Item[]): Item => all[Math.floor(random() * all.length)] as Item
const sentences = passages.flatMap(({ text }) => text.split(/(?<=[.?!])\s+/).map((one) => one.split(/\s+/)))
const words = sentences.flat()

function passage(id: number): Passage {
  let text = ''
  while (text.length < PASSAGE_CHARS) {
    text += `${pick(sentences)
      .map((word) => (random() < SWAPPED ? pick(words) : word))
      .join(' ')} `
  }
  return { id, title: pick(words), headings: [], text: text.slice(0, PASSAGE_CHARS) }
}

const index = createSearchIndex()
let [buildMs, longestAddMs] = [0, 0]
for (let id = 0; id < total; id += BATCH) {
  const batch = Array.from({ length: Math.min(BATCH, total - id) }, (_, at) => passage(id + at))
  const began = performance.now()
  index.add(batch)
  const ms = performance.now() - began
  buildMs += ms
  longestAddMs = Math.max(longestAddMs, ms)
}
const ms: number[] = []
const cpuMs: number[] = []
for (let asked = 0; asked < QUESTIONS; asked += 1) {
  const { text } = pick(questions)
  const cpu = process.threadCpuUsage()
  const began = performance.now()
  index.search(normalizeQuery(text, index.knows).variants)
  ms.push(performance.now() - began)
  const { user, system } = process.threadCpuUsage(cpu)
  cpuMs.push((user + system) / 1_000)
}
const held = rssMb(process.pid)
const { terms } = index
const began = performance.now()
index.remove(Array.from({ length: Math.floor(total / 2) }, (_, at) => at * 2))
const scale: Scale = {
  buildSeconds: buildMs / 1_000,
  rssMb: held,
  p50: percentile(ms, 0.5),
  p95: percentile(ms, 0.95),
  cpuP95: percentile(cpuMs, 0.95),
  terms,
  longestAddMs,
  removeSeconds: (performance.now() - began) / 1_000,
}
console.log(JSON.stringify(scale))
