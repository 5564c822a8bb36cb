// The playground's shop as passages and questions: each question with the articles that answer it.
import { readdirSync, readFileSync } from 'node:fs'
import type { Passage } from '../../../src/knowledge/search/index.ts'

const folder = new URL('../../playground/shop/', import.meta.url)

export interface ShopPassage extends Passage {
  /** One for both languages: `refunds`. */
  article: string
  lang: string
}

export function shopPassages(): ShopPassage[] {
  const files = readdirSync(new URL('articles/', folder)).sort()
  const sections = files.flatMap((file) => {
    const [article = '', lang = ''] = file.split('.')
    const [, front = '', body = ''] = readFileSync(new URL(`articles/${file}`, folder), 'utf8').split(
      /^---$/m,
    )
    const title = /^title: (.*)$/m.exec(front)?.[1] ?? ''
    return body
      .replace(/^# .*$/m, '')
      .split(/^(?=## )/m)
      .map((section) => {
        const heading = /^## (.*)$/m.exec(section)?.[1]
        const text = section.replace(/^## .*$/m, '').trim()
        return { article, lang, title, headings: heading ? [heading] : [], text }
      })
      .filter(({ text }) => text !== '')
  })
  return sections.map((section, id) => ({ id, ...section }))
}

export function shopQuestions(): { question: string; articles: string[] }[] {
  return lines('questions.tsv').map((line) => {
    const [question = '', articles = ''] = line.split('\t')
    return { question, articles: articles.split(',') }
  })
}

/** What no page of the shop answers. */
export function strayQuestions(): string[] {
  return lines('unanswerable.txt')
}

function lines(name: string): string[] {
  return readFileSync(new URL(name, folder), 'utf8').trim().split('\n')
}
