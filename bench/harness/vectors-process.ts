// A process of its own for one worker's vectors: how long a question takes from its words to the nearest passages, with its
// vector from an embeddings server, and what that holds in memory.
import { createVectorIndex } from '../../src/knowledge/search/vectors.ts'
import { createEmbeddings } from '../../src/llm/embeddings.ts'
import { serve } from './child.ts'
import { rssMb } from './machine.ts'
import { valueAt } from './made-up-vector.ts'

export interface Asked {
  /** From the call to the server to the thirty nearest. */
  ms: number[]
  /** Of that, after the vector is there. */
  searchMs: number[]
  /** The same in processor time, which other processes do not lengthen. */
  cpuMs: number[]
  /** The longest that everything else had to wait. */
  longestHoldMs: number
  rssMb: number
  /** Questions whose own passage was not the nearest. */
  missed: number
}

export type VectorOperations = {
  ask(options: { baseUrl: string; vectors: number; dimensions: number; questions: number }): Promise<Asked>
}

const DEPTH = 30
const TICK_MS = 1

/** How long the process does not come round to anything else. */
function watchHolds(): { longest(): number; [Symbol.dispose](): void } {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - TICK_MS)
    last = now
  }, TICK_MS)
  return { longest: () => longest, [Symbol.dispose]: () => clearInterval(timer) }
}

const operations: VectorOperations = {
  async ask({ baseUrl, vectors, dimensions, questions }) {
    const index = createVectorIndex()
    const vector = new Float32Array(dimensions)
    for (let passage = 0; passage < vectors; passage += 1) {
      for (let at = 0; at < dimensions; at += 1) vector[at] = valueAt(passage, at)
      index.set(passage, vector)
    }
    const embeddings = createEmbeddings({ baseUrl, model: 'bench', apiKey: '' })
    const asked: Asked = { ms: [], searchMs: [], cpuMs: [], longestHoldMs: 0, rssMb: 0, missed: 0 }
    using holds = watchHolds()
    for (let nth = 0; nth < questions; nth += 1) {
      const wanted = Math.floor((nth * vectors) / questions)
      const began = performance.now()
      const [question] = await embeddings.embed('question', [String(wanted)], AbortSignal.timeout(10_000))
      const known = performance.now()
      const cpu = process.threadCpuUsage()
      const near = await index.search(question as Float32Array, { limit: DEPTH, filter: () => true })
      const ended = performance.now()
      const { user, system } = process.threadCpuUsage(cpu)
      asked.cpuMs.push((user + system) / 1_000)
      asked.ms.push(ended - began)
      asked.searchMs.push(ended - known)
      if (near[0]?.id !== wanted) asked.missed += 1
    }
    return { ...asked, longestHoldMs: holds.longest(), rssMb: rssMb(process.pid) }
  },
}
serve(operations)
