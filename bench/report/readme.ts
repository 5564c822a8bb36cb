// bench/README.md from the recorded results.
import { CAUSES, SINCE } from '../causes.ts'
import { isMet, type Measurement, type Row, spread } from '../harness/row.ts'
import type { Records } from './record.ts'
import { goalOf, shownFigure } from './table.ts'

type Named = Pick<Row, 'name' | 'title'>

/** `besides`: what is recorded too, and run by a command of its own. */
export function readmeOf(rows: readonly Named[], besides: Named, records: Records): string {
  const shown = [...rows, besides].filter((row) => records[row.name])
  const all = shown.flatMap((row) => records[row.name]?.measurements ?? [])
  const faults = shown.flatMap((row) => records[row.name]?.faults ?? [])
  const some = Object.values(records)[0]
  const open = [...rows, besides].filter((row) => !records[row.name]).map((row) => row.name)
  return `<!-- Written by npm run bench; change bench/report/readme.ts or bench/causes.ts instead. -->
# Bench

Damso beside a plain [Bolt](https://github.com/slackapi/bolt-js) handler (no queue, no store) and the [Chat SDK](https://github.com/vercel/chat), against the same fakes of Slack and vLLM. Alternating runs; the figure is the median, the spread is from the smallest to the largest run.

\`\`\`
npm run bench                        # everything, about 50 minutes; needs Redis and PostgreSQL
npm run bench -- --row first-word    # one row: ${rows.map((row) => row.name).join(', ')}
npm run bench -- --row soak --minutes 60
npm run bench -- --smoke             # a bounded run without the peers: fails only on what is lost, doubled or not measured
npm run bench -- --profile profiles --row throughput
npm run bench -- ${besides.name} --data KorQuAD_v1.0_dev.json   # search, from korquad.github.io; without servers, about 3 minutes
\`\`\`

![First words and answers per second, Damso beside its peers](chart.svg)

Machine: ${some?.cores ?? '?'} cores shared by the app, Redis, PostgreSQL, both fakes and the load; Node ${some?.node ?? '?'}. The model has a fixed latency: 100 ms to the first token, 7 ms per token; answers of 200 tokens in the rows about first words, of 40 otherwise. Compare the columns with each other: on other machines the milliseconds differ.

${open.length > 0 ? `Not measured yet on a machine that is otherwise idle: ${open.join(', ')}.\n\n` : ''}${SINCE === '' ? '' : `${SINCE}\n\n`}${shown.map((row) => section(row, records)).join('\n')}
${missed(all)}${faults.length > 0 ? `\n## Broken in this run\n${faults.map((fault) => `- ${fault.split('\n')[0]}`).join('\n')}\n` : ''}
## How it is measured
- Fake Slack, fake vLLM, the load and every process of the app are processes of their own. Events are signed and sent at a fixed rate whatever the app does; a mention is two events, as in Slack. Rate limits are off on both sides except in "Real limits".
- First visible text: when Slack gets the first call that shows words of the answer, minus when the first token left the model. Whole answer: from the first event to the call that completes the text, minus the time from the model's request to its last token.
- Every answer is compared with what the model said. One that is missing, doubled or half fails the run.
- Acknowledgements are timed by the load, over all events. Damso acknowledges after its commit, the peers before they do anything.
- Search by meaning: the embeddings server is a fake that answers at once, in another process; its own time comes on top. Vectors are random, each question has the vector of one passage, and one that finds another fails the run.
- Knowledge search: KorQuAD’s contexts are cut at about 500 characters, and the passage with the answer’s start is to be found; for the gate every question is asked a second time without the passages of its article. Short headings are those of the READMEs in node_modules (within one: of 40 passages and more): each that occurs once is a question for the text below it, from which it is taken away. k1 and b are BM25’s usual ones, the other weights round numbers; that the beginning of a passage counts twice was chosen on the documentation of Fastify, Hono and Socket.IO (R@5 over each as a whole from 70.8, 68.5 and 65.5 to 75.3, 71.1 and 66.9 %), not on these, nor on Vue’s in Korean (65.6 to 67.1 %). The lists of spoken forms and synonyms know the shop’s questions: on a shop that they do not know, expect what is found without them. No model, no embeddings.
- CPU per answer counts user and system time of the app's processes from the first question to the last answer.
`
}

function section(row: Named, records: Records): string {
  const record = records[row.name]
  const lines = (record?.measurements ?? []).map((one) => {
    const met = isMet(one)
    const beside = Object.entries(one.beside ?? {}).map(([name, value]) => `${name} ${value}`)
    const cells = [
      one.what,
      `**${shownFigure(one)}**${met === null ? '' : met ? ' ✔' : ' ✗ missed'}`,
      goalOf(one.target, one.unit),
      spread(one.runs),
      beside.join('<br>'),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return `## ${row.title}
${record?.date}, load average ${record?.load} at the end

| what | Damso | target | spread | beside |
|---|---|---|---|---|
${lines.join('\n')}
`
}

function missed(all: readonly Measurement[]): string {
  const lines = all
    .filter((one) => isMet(one) === false)
    .map(
      (one) =>
        `- **${one.what}** (${shownFigure(one)} instead of ${goalOf(one.target, one.unit)}): ${CAUSES[one.id] ?? 'not explained yet.'}`,
    )
  return lines.length === 0 ? '' : `## Missed\n${lines.join('\n')}\n`
}
