// `npm run kb -- search`: what the bot would find for a question, without the chat model, and with the servers that help
// search where they are configured. Private collections are shown too,
// since whoever runs it can read the database anyway.
import { readFile } from 'node:fs/promises'
import type { Lang } from '../core/error.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Asking, Collection, Finding, Findings, Scope } from '../knowledge/model.ts'
import { createRetriever } from '../knowledge/retriever.ts'
import type { SearchHelp } from '../search-help.ts'
import { withJosa } from '../text/particles.ts'
import { ArgumentError, type Io } from './io.ts'
import { toTable } from './table.ts'

export interface SearchCall {
  io: Io
  lang: Lang
  knowledge: Pick<Knowledge, 'documents' | 'feed'>
  /** Words of one question. */
  inputs: readonly string[]
  /** Of a file with one question a line; null = the question is in `inputs`. */
  batch: string | null
  isJson: boolean
  limit: number
  /** Null = every collection of the scope. */
  collection: string | null
  /** A workspace that was not named is found by the collection's name. */
  scope: Scope & { isNamed: boolean }
  help: SearchHelp
}

/** What `--json` prints for each passage. */
interface Shown {
  /** As `list` names it. */
  document: string
  heading: string
  /** 0 to 1, comparable between questions: how much the best has of the question, and what speaks for others beside it. */
  score: number
  /** A cosine; only with embeddings. */
  similarity?: number
  text: string
}

export const MAX_LIMIT = 100
const TEXT_CHARS = 60
const HEADING_CHARS = 40

export async function search(call: SearchCall): Promise<number> {
  const { io, lang, knowledge, inputs, batch, isJson, limit, help } = call
  const questions = batch === null ? [inputs.join(' ').normalize('NFC')] : await readQuestions(batch)
  const where = await placeOf(call)
  if (where === null) return 1
  await using retriever = await createRetriever({ ...knowledge, ...help, clock: io.clock, log: io.log })
  await retriever.catchUp()
  const { lacking = 0 } = retriever.meaning ?? {}
  if (lacking > 0) io.err(lack(lacking, lang))
  const ask = (question: string): Promise<Findings> =>
    retriever.search({ ...where, question, isPrivatePlace: true, limit })
  for (const question of questions) {
    const findings = await ask(question)
    if (batch !== null || isJson) io.out(JSON.stringify(findings.found.map(toShown)))
    else for (const line of toLines(findings, lang)) io.out(line)
  }
  for (const code of retriever.troubles) io.err(without(code, lang))
  return 0
}

function lack(count: number, lang: Lang): string {
  return {
    ko: `아직 임베딩하지 않은 문단이 ${count}개 있어요. 봇이 실행되면 만들고, 다시 가져올 때도 만들어요.`,
    en: `${count} passages have no vector yet: the bot makes them while it runs, and so does another import.`,
  }[lang]
}

function without(code: string, lang: Lang): string {
  return {
    ko: `서버가 답하지 않아 쓰지 못했어요(${code}): npm run doctor`,
    en: `A server did not answer and was done without (${code}). See: npm run doctor`,
  }[lang]
}

/** A line for each, blank ones too, so that the answers stay in step with the file. */
async function readQuestions(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ArgumentError('--batch', `${path} cannot be read (${error.code})`)
  })
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.normalize('NFC'))
}

type Where = Pick<Asking, 'workspace' | 'audience' | 'collections'>

/** Null when there is no such collection, or when it is not clear which one is meant. */
async function placeOf({ io, lang, knowledge, collection, scope }: SearchCall): Promise<Where | null> {
  const { workspace, audience, isNamed } = scope
  if (collection === null) return { workspace, audience, collections: null }
  const name = collection.normalize('NFC')
  const all = await knowledge.documents.collections(isNamed ? workspace : undefined)
  const named = all.filter((one) => one.name === name && (audience === '' || one.audience === audience))
  const found = named.find((one) => one.workspace === workspace && one.audience === audience) ?? named[0]
  if (found && (named.length === 1 || (found.workspace === workspace && found.audience === audience)))
    return { workspace: found.workspace, audience: found.audience, collections: [name] }
  io.err(found ? which(named, lang) : noSuch(name, lang))
  return null
}

export function noSuch(name: string, lang: Lang): string {
  return {
    ko: `컬렉션 ${withJosa(name, '이/가')} 없어요: npm run kb -- list`,
    en: `There is no collection ${name}. See: npm run kb -- list`,
  }[lang]
}

function which(named: readonly Collection[], lang: Lang): string {
  const places = named.map(({ workspace, audience }) =>
    audience === '' ? `--workspace ${workspace}` : `--workspace ${workspace} --audience ${audience}`,
  )
  return {
    ko: `같은 이름의 컬렉션이 여럿이에요. 하나를 골라 주세요: ${places.join(' | ')}`,
    en: `There is more than one collection of that name. Choose one: ${places.join(' | ')}`,
  }[lang]
}

function toShown({ chunk, score, similarity }: Finding): Shown {
  const { source, headings, text } = chunk
  return {
    ...{ document: source, heading: headings.join(' > '), score: Number(score.toFixed(4)) },
    ...(similarity === null ? {} : { similarity: Number(similarity.toFixed(4)) }),
    text,
  }
}

function toLines({ found, isEnough, coverage, similarity }: Findings, lang: Lang): string[] {
  if (found.length === 0) return [{ ko: '찾은 문단이 없어요.', en: 'Nothing was found.' }[lang]]
  const header = {
    ko: ['점수', '문서', '제목', '내용'],
    en: ['score', 'document', 'heading', 'text'],
  }[lang]
  const rows = found
    .map(toShown)
    .map(({ document, heading, score, text }) => [
      ...[score.toFixed(3), document, shorten(heading, HEADING_CHARS), shorten(text, TEXT_CHARS)],
    ])
  const evidence = {
    ko: isEnough ? '답하기에 충분해요' : '답하기에 부족해서, 봇은 모른다고 말해요',
    en: isEnough
      ? 'enough to answer from'
      : 'not enough to answer from: the bot would say that it does not know',
  }[lang]
  const near = { ko: '의미 유사도', en: 'similarity' }[lang]
  const figures = `${coverage.toFixed(2)}${similarity === null ? '' : `, ${near} ${similarity.toFixed(2)}`}`
  return [...toTable([header, ...rows]), `${evidence} (${figures})`]
}

function shorten(text: string, maxChars: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > maxChars ? `${line.slice(0, maxChars - 1)}…` : line
}
