// `npm run bench -- kb --data FILE`: how well and how fast search finds passages, against its targets.
// --data FILE (KorQuAD 1.0, kept outside the repository) · --docs FOLDER (Markdown; default node_modules) ·
// --chunks N (default 100000; 0 = not measured, and nothing is recorded) · --json FILE
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMet, type Measurement, number } from '../harness/row.ts'
import { percentile } from '../harness/statistics.ts'
import { record } from '../report/record.ts'
import { tableOf } from '../report/table.ts'
import type { Corpus } from './corpus.ts'
import { readDocs } from './docs.ts'
import { readKorquad } from './korquad.ts'
import { type Found, gateOf, indexOf, retrieve, withoutSpaces, wrongFinals } from './retrieval.ts'
import { KNOWLEDGE } from './row.ts'
import type { Scale } from './scale-process.ts'
import { importSections } from './sections.ts'
import { readShop } from './shop.ts'

const WRONG_FINALS_PERCENT = 8
const SECTIONS = 1_000
const IMPORTS = 3
/** From so many passages on, a document is documentation that somebody searches on its own. */
const LARGE_DOCUMENT = 40

function one(
  id: string,
  what: string,
  unit: string,
  value: number,
  rest: Partial<Measurement> = {},
): Measurement {
  return { id, what, unit, runs: [value], ...rest }
}

function beside({ r1, r10, mrr, ms }: Found): Measurement['beside'] {
  const [p50, p95] = [percentile(ms, 0.5), percentile(ms, 0.95)].map(number)
  return { 'R@1': number(r1), 'R@10': number(r10), MRR: mrr.toFixed(3), p50: `${p50} ms`, p95: `${p95} ms` }
}

function korquad(corpus: Corpus): Measurement[] {
  const index = indexOf(corpus)
  const { questions } = corpus
  const plain = retrieve(index, questions)
  const joined = retrieve(index, questions, withoutSpaces)
  const wrong = retrieve(index, questions, wrongFinals(WRONG_FINALS_PERCENT))
  const gate = gateOf(index, corpus)
  const threshold = { 'threshold there': gate.thresholdAt95.toFixed(3) }
  const wrongly = `… ${WRONG_FINALS_PERCENT} % wrong final consonants, R@5`
  return [
    one(
      'kb-r5',
      `KorQuAD, ${corpus.passages.length} passages, ${questions.length} questions: R@5`,
      '%',
      plain.r5,
      {
        target: { atLeast: 97.5 },
        beside: beside(plain),
      },
    ),
    one('kb-r1', '… R@1', '%', plain.r1, { target: { atLeast: 88 } }),
    one('kb-joined', '… all spaces removed, R@5', '%', joined.r5, {
      target: { atLeast: 97 },
      beside: beside(joined),
    }),
    one('kb-wrong', wrongly, '%', wrong.r5, { beside: beside(wrong) }),
    one('kb-auc', 'gate: answerable against unanswerable, AUC', '', gate.auc, { target: { atLeast: 0.96 } }),
    one('kb-false', '… false answers where 95 % of the true ones pass', '%', gate.falseAt95, {
      target: { atMost: 10 },
      beside: threshold,
    }),
  ]
}

function docs(corpus: Corpus): Measurement[] {
  const index = indexOf(corpus)
  const sizes = new Map<string, number>()
  for (const { title } of corpus.passages) sizes.set(title, (sizes.get(title) ?? 0) + 1)
  const titleOf = (id: number): string => corpus.passages[id]?.title ?? ''
  const large = corpus.questions.filter(
    ({ gold }) => (sizes.get(titleOf(gold[0] ?? 0)) ?? 0) >= LARGE_DOCUMENT,
  )
  const within = retrieve(index, large, undefined, ({ gold }) => {
    const title = titleOf(gold[0] ?? 0)
    return (id) => titleOf(id) === title
  })
  const across = retrieve(index, corpus.questions)
  return [
    one(
      'kb-docs',
      `short headings, hidden, within one documentation (${large.length}): R@5`,
      '%',
      within.r5,
      {
        target: { atLeast: 75 },
        beside: beside(within),
      },
    ),
    one(
      'kb-docs-all',
      `… across ${sizes.size} projects, ${corpus.passages.length} passages (${corpus.questions.length}): R@5`,
      '%',
      across.r5,
      { beside: beside(across) },
    ),
  ]
}

function shop(): Measurement[] {
  const { articles, questions, r3, wronglyAnswered, ...found } = readShop()
  return [
    one('kb-shop', `sample shop, ${articles} articles, ${questions} everyday questions: R@3`, '%', r3, {
      target: { atLeast: 85 },
      beside: {
        Korean: number(found.korean),
        English: number(found.english),
        'Korean without spaces': number(found.joined),
        'without the word lists': number(found.plain),
      },
    }),
    one('kb-shop-stray', '… questions that no article answers and that pass the gate', '%', wronglyAnswered),
  ]
}

function sections({ passages }: Corpus): Measurement[] {
  const sections = passages.slice(0, SECTIONS)
  const runs = Array.from({ length: IMPORTS }, () => importSections(sections))
  const written = runs.map((run) => run.passages)
  return [
    {
      ...{
        id: 'kb-import',
        what: `kb import of ${SECTIONS} Markdown sections, the whole command`,
        unit: 's',
      },
      runs: runs.map(({ seconds }) => seconds),
      target: { atMost: 10 },
      beside: { 'passages written': [...new Set(written)].join(', ') },
    },
  ]
}

function scale(file: string, count: number): Measurement[] {
  const script = fileURLToPath(new URL('scale-process.ts', import.meta.url))
  const line = execFileSync(process.execPath, [script, file, String(count)], { encoding: 'utf8' })
  const found = JSON.parse(line) as Scale
  const passages = `${count} passages of 500 characters`
  return [
    one('kb-p95', `${passages}: query p95`, 'ms', found.p95, {
      target: { atMost: 20 },
      beside: { p50: `${number(found.p50)} ms`, 'p95 in processor time': `${number(found.cpuP95)} ms` },
    }),
    one('kb-rss', '… memory of the whole process', 'MB', found.rssMb, {
      target: { atMost: 1_024 },
      beside: { terms: String(found.terms) },
    }),
    one('kb-build', '… added in batches of 100', 's', found.buildSeconds, {
      beside: {
        'longest batch': `${number(found.longestAddMs)} ms`,
        'half removed in': `${number(found.removeSeconds)} s`,
      },
    }),
  ]
}

/** Sets the exit code when a target is missed. */
export async function runKnowledgeBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      docs: { type: 'string', default: fileURLToPath(new URL('../../node_modules', import.meta.url)) },
      chunks: { type: 'string', default: '100000' },
      json: { type: 'string' },
    },
  })
  if (!values.data) {
    throw new Error('--data: name the KorQuAD 1.0 file (KorQuAD_v1.0_dev.json from korquad.github.io)')
  }
  const { data } = values
  const count = Number(values.chunks)
  const parts = [
    () => korquad(readKorquad(data)),
    () => docs(readDocs(values.docs)),
    shop,
    () => sections(readKorquad(data)),
  ]
  if (count > 0) parts.push(() => scale(data, count))
  const all: Measurement[] = []
  for (const part of parts) {
    console.log(`\n▶ load average ${loadavg()[0]?.toFixed(1)}`)
    const measured = part()
    console.log(tableOf(measured))
    all.push(...measured)
  }
  if (count > 0) await record(KNOWLEDGE, { measurements: all, faults: [] })
  if (values.json) await writeFile(values.json, `${JSON.stringify(all, null, 2)}\n`)
  if (all.some((measurement) => isMet(measurement) === false)) process.exitCode = 1
}
