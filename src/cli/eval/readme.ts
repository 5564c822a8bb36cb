// The result in README.md and README.ko.md, between two marks that the next run finds again.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lang } from '../../core/error.ts'
import type { Summary } from './score.ts'
import { toFigures, toRows } from './words.ts'

const START = '<!-- eval: npm run eval writes what follows -->'
const END = '<!-- eval: end -->'
const FILES: readonly (readonly [string, Lang])[] = [
  ['README.md', 'en'],
  ['README.ko.md', 'ko'],
]

export interface Result {
  model: string
  /** Of the whole set. */
  questions: number
  /** YYYY-MM-DD */
  date: string
  summary: Summary
}

/** Returns the files that had no marks, and are as they were. */
export async function writeResult(folder: string, result: Result): Promise<string[]> {
  const left: string[] = []
  for (const [name, lang] of FILES) {
    const path = join(folder, name)
    const text = await readFile(path, 'utf8').catch(() => '')
    const written = replaced(text, toSection(result, lang))
    if (written === null) left.push(path)
    else await writeFile(path, written)
  }
  return left
}

/** Null without the marks. */
function replaced(text: string, section: string): string | null {
  const start = text.indexOf(START)
  const end = text.indexOf(END)
  if (start < 0 || end < start) return null
  return `${text.slice(0, start + START.length)}\n\n${section}\n\n${text.slice(end)}`
}

function toSection({ model, questions, date, summary }: Result, lang: Lang): string {
  const [header = [], ...rows] = toRows(summary, lang)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const title = {
    ko: `\`${plain(model)}\`, ${date}, 견본 상점에 대한 질문 ${questions}개 (\`npm run eval\`):`,
    en: `\`${plain(model)}\` on ${date}, ${questions} questions about the sample shop (\`npm run eval\`):`,
  }[lang]
  const table = [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
  return `${title}\n\n${table}\n\n${toFigures(summary.figures, lang)}`
}

/** A server names its model as it likes. */
function plain(model: string): string {
  return model.replace(/[`|\s<>]/g, '')
}
