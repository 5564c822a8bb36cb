// Writes what a run found into the table of README.md; rows of scenarios that did not run keep what they said.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { SABOTAGES } from './sabotage.ts'
import { SCENARIOS, TARGETS } from './scenarios/index.ts'

export interface Outcome {
  /** A scenario's name, or a sabotage's. */
  name: string
  isAsExpected: boolean
  /** For people: what was said of it. */
  note: string
  seed: number
}

const README = fileURLToPath(new URL('./README.md', import.meta.url))
const BEGIN = '<!-- results -->'
const END = '<!-- /results -->'

export async function record(outcomes: readonly Outcome[]): Promise<void> {
  const text = await readFile(README, 'utf8')
  const [head = '', rest = ''] = text.split(BEGIN)
  const [table = '', tail = ''] = rest.split(END)
  const known = new Map(
    table
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map((cells) => [cells[1], cells[3]] as const),
  )
  const result = (name: string): string => {
    const outcome = outcomes.find((one) => one.name === name)
    if (!outcome) return known.get(`\`${name}\``) ?? 'not run yet'
    if (outcome.note.startsWith('skipped')) return outcome.note
    const verdict = outcome.isAsExpected ? 'passed' : '**failed**'
    return [verdict, outcome.note, `seed ${outcome.seed}`].filter(Boolean).join(', ')
  }
  const scenarios = SCENARIOS.map(({ name, proves }) => [`\`${name}\``, proves, result(name)])
  const sabotages = SABOTAGES.map((name) => [`\`${name}\``, `\`${TARGETS[name]}\``, result(name)])
  const rows = [
    ...aligned([['scenario', 'what its passing shows', 'last run'], ...scenarios]),
    '',
    ...aligned([['sabotage', 'noticed by', 'last run (passed = ended red)'], ...sabotages]),
  ]
  await writeFile(README, `${head}${BEGIN}\n\n${rows.join('\n')}\n\n${END}${tail}`)
}

/** As the formatter would have it. */
function aligned(table: readonly string[][]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  const lines = table.map((cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`)
  return [lines[0]!, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)]
}
