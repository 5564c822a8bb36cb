// A folder of Markdown documentation as a corpus: every short heading that occurs once is a question, and the text
// below it, without the heading itself, is what is to be found. The hardest case for a search by words.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchPassage, type BenchQuestion, type Corpus, cutsOf } from './corpus.ts'

interface Section {
  document: string
  title: string
  /** Outermost first, its own last. */
  path: string[]
  text: string
}

const MIN_CHARS = 80
const MAX_WORDS = 8
const MAX_FILE_CHARS = 400_000

/** What every project has: no question anybody would ask of all of them at once. */
const EVERYWHERE =
  /^(?:install|usage|license|licence|api|example|contribut|table of|contents|changelog|credits|author|test|related|see also|sponsor|features|notes?$|overview|introduction|getting started|support|security|todo|background|motivation|faq|documentation|links|maintainers|acknowledg|options$|methods$|v?\d+[.\d]*)/i

export function readDocs(folder: string): Corpus {
  const files = globSync('**/*.{md,markdown}', { cwd: folder })
    .filter((file) => /readme|docs?\/|guide|api/i.test(file) && !/changelog|history|license/i.test(file))
    .sort()
  const seen = new Set<string>()
  const sections = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    // The same package is installed more than once.
    if (seen.has(text) || text.length > MAX_FILE_CHARS) return []
    seen.add(text)
    return sectionsOf(file, text)
  })
  return corpusOf(sections)
}

function corpusOf(sections: readonly Section[]): Corpus {
  const passages: BenchPassage[] = []
  const questions: BenchQuestion[] = []
  const times = new Map<string, number>()
  for (const { path } of sections) times.set(keyOf(path), (times.get(keyOf(path)) ?? 0) + 1)
  sections.forEach(({ title, path, text }, group) => {
    const cuts = cutsOf(text)
    const gold = cuts.map((cut, at) => {
      const id = passages.length
      passages.push({ id, title, headings: path.slice(0, -1), text: text.slice(cut, cuts[at + 1]), group })
      return id
    })
    const heading = path.at(-1) ?? ''
    const words = heading.split(/\s+/).length
    if (path.length < 2 || words > MAX_WORDS || times.get(keyOf(path)) !== 1 || EVERYWHERE.test(heading))
      return
    questions.push({ text: heading, gold, group })
  })
  return { passages, questions }
}

function keyOf(path: readonly string[]): string {
  return (path.at(-1) ?? '').toLowerCase().replace(/[^\p{L}\d]/gu, '')
}

function sectionsOf(document: string, markdown: string): Section[] {
  const found: Section[] = []
  const path: string[] = []
  let isCode = false
  let lines: string[] = []
  const close = (): void => {
    const text = lines
      .filter((line) => !isTableOfContents(line))
      .join('\n')
      .trim()
    if (text.length >= MIN_CHARS && path.length > 0) {
      found.push({ document, title: path[0] ?? '', path: path.filter(Boolean), text })
    }
    lines = []
  }
  for (const line of markdown.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode
    const heading = isCode ? null : /^(#{1,5})\s+(.+?)\s*#*$/.exec(line)
    if (!heading) {
      lines.push(line)
      continue
    }
    close()
    const level = (heading[1] as string).length
    path.length = Math.min(path.length, level - 1)
    while (path.length < level - 1) path.push('')
    path.push(plain(heading[2] as string))
  }
  close()
  return found
}

/** "- [Options](#options)" repeats the heading. */
function isTableOfContents(line: string): boolean {
  return /^\s*(?:[-*+]|\d+\.)\s+\[[^\]]*\]\(#[^)]*\)\s*$/.test(line)
}

function plain(heading: string): string {
  return heading
    .replace(/<[^>]*>|!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*_\\]{1,3}(?=\S)|(?<=\S)[`*]{1,3}/g, '')
    .trim()
}
