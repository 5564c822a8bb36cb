// The result in README.md and README.ko.md, between two marks that the next run finds again.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lang } from '../../core/error.ts'
import type { Summary } from './score.ts'
import { type TranslationSummary, toTranslationRows } from './translation-score.ts'
import { toFigures, toRows } from './words.ts'

interface Marks {
  start: string
  end: string
}

const ANSWERS: Marks = {
  start: '<!-- eval: npm run eval writes what follows -->',
  end: '<!-- eval: end -->',
}
const TRANSLATIONS: Marks = {
  start: '<!-- eval translate: npm run eval writes what follows -->',
  end: '<!-- eval translate: end -->',
}
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

export interface TranslationResult {
  model: string
  /** Of the whole set. */
  sentences: number
  /** YYYY-MM-DD */
  date: string
  summary: TranslationSummary
}

/** Returns the files that had no marks, and are as they were. */
export function writeResult(folder: string, result: Result): Promise<string[]> {
  return write(folder, ANSWERS, (lang) => toSection(result, lang))
}

/** The same for translations. */
export function writeTranslations(folder: string, result: TranslationResult): Promise<string[]> {
  return write(folder, TRANSLATIONS, (lang) => toTranslationSection(result, lang))
}

async function write(folder: string, marks: Marks, section: (lang: Lang) => string): Promise<string[]> {
  const left: string[] = []
  for (const [name, lang] of FILES) {
    const path = join(folder, name)
    const text = await readFile(path, 'utf8').catch(() => '')
    const written = replaced(text, marks, section(lang))
    if (written === null) left.push(path)
    else await writeFile(path, written)
  }
  return left
}

/** Null without the marks. */
function replaced(text: string, marks: Marks, section: string): string | null {
  const start = text.indexOf(marks.start)
  const end = text.indexOf(marks.end)
  if (start < 0 || end < start) return null
  return `${text.slice(0, start + marks.start.length)}\n\n${section}\n\n${text.slice(end)}`
}

function toSection({ model, questions, date, summary }: Result, lang: Lang): string {
  const title = {
    ko: `\`${plain(model)}\`, ${date}, 견본 상점에 대한 질문 ${questions}개 (\`npm run eval\`):`,
    en: `\`${plain(model)}\` on ${date}, ${questions} questions about the sample shop (\`npm run eval\`):`,
  }[lang]
  return `${title}\n\n${toMarkdown(toRows(summary, lang))}\n\n${toFigures(summary.figures, lang)}`
}

function toTranslationSection({ model, sentences, date, summary }: TranslationResult, lang: Lang): string {
  const title = {
    ko: `\`${plain(model)}\`, ${date}, 문장 ${sentences}개 (\`npm run eval -- translate\`):`,
    en: `\`${plain(model)}\` on ${date}, ${sentences} sentences (\`npm run eval -- translate\`):`,
  }[lang]
  return `${title}\n\n${toMarkdown(toTranslationRows(summary, lang))}`
}

function toMarkdown([header = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A server names its model as it likes. */
function plain(model: string): string {
  return model.replace(/[`|\s<>]/g, '')
}
