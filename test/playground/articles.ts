// The shop's help pages for readers: where the sources under an answer lead.
import { readdir, readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { answerJson, answerText } from '../fakes/http.ts'

const FOLDER = new URL('./shop/articles/', import.meta.url)

export interface Article {
  /** `returns` */
  name: string
  lang: string
  title: string
  markdown: string
}

/** `path`: empty for all of them, else `ko/returns`. */
export async function answerArticles(path: string, response: ServerResponse): Promise<void> {
  const articles = await readArticles()
  if (path === '') {
    const listed = articles.map(({ name, lang, title }) => ({ name, lang, title }))
    return answerJson(response, 200, listed)
  }
  const article = articles.find(({ name, lang }) => path === `${lang}/${name}`)
  return article ? answerJson(response, 200, article) : answerText(response, 404, 'not here')
}

export async function readArticles(): Promise<Article[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.md')).sort()
  return Promise.all(files.map(readArticle))
}

async function readArticle(file: string): Promise<Article> {
  const [name = '', lang = ''] = file.split('.')
  const text = await readFile(new URL(file, FOLDER), 'utf8')
  const [, matter = '', markdown = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  const title = /^title: (.*)$/m.exec(matter)?.[1] ?? name
  return { name, lang, title, markdown: markdown.trim() }
}
