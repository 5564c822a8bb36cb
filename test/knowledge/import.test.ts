// Imports as an operator sees them: good and bad files side by side, twice, cut off, and followed by every worker.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { folderSource } from '../../src/knowledge/files.ts'
import { type Follower, follow } from '../../src/knowledge/follow.ts'
import { createKnowledge, type Knowledge } from '../../src/knowledge/index.ts'
import type { Chunk, ImportProgress, ImportReport } from '../../src/knowledge/model.ts'
import { toProblem } from '../../src/knowledge/problems.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import type { Database } from '../../src/store/db.ts'
import { until } from '../servers.ts'
import { furnishedInMemory } from '../templates.ts'
import { docx, encryptedOffice, hwp, hwpx, oldWord, pdf, xlsx } from './files.ts'

const HERE = { workspace: 'T1', audience: '' }

let db: Database
let knowledge: Knowledge
beforeAll(async () => {
  db = await furnishedInMemory()
  knowledge = createKnowledge({ db, log: SILENT, maxFileBytes: 1024 * 1024 })
})
afterAll(async () => {
  await knowledge[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await db.query('delete from kb_chunks')
  await db.query('delete from kb_documents')
  await db.query('delete from kb_collections')
})

type Files = Record<string, string | Buffer>

async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'damso-kb-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await write(folder, files)
  return folder
}

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

async function importFolder(
  cwd: string,
  options: { isDryRun?: boolean; prune?: string[]; onProgress?(progress: ImportProgress): void } = {},
): Promise<ImportReport> {
  const items = knowledge.find('.', { cwd, depth: 0, maxPages: 1 })
  return knowledge.import(items, { ...HERE, name: '안내' }, options)
}

async function sources(): Promise<string[]> {
  const collection = await knowledge.documents.collection(HERE, '안내')
  return collection ? (await knowledge.documents.list(collection)).map(({ source }) => source) : []
}

describe('an import', () => {
  test('believes an operator’s file where readers can open it, and nobody else’s', async () => {
    const page = '---\nurl: https://help.shop.example/returns\n---\n반품은 30일 안에 돼요.'
    await importFolder(await folderOf({ 'a.md': page }))
    async function* given() {
      yield { source: 'b.md', name: 'b.md', url: null, bytes: async () => Buffer.from(page) }
    }
    await knowledge.import(given(), { ...HERE, name: '안내' })
    const all = await knowledge.documents.list((await knowledge.documents.collection(HERE, '안내'))!)
    expect(all.map(({ source, url }) => [source, url])).toEqual([
      [expect.stringMatching(/a\.md$/), 'https://help.shop.example/returns'],
      ['b.md', null],
    ])
  })

  test.each([
    ['https://shop.example/files/%EB%B0%98%ED%92%88%20%EC%95%88%EB%82%B4.txt?v=2', null, '반품 안내'],
    ['https://shop.example/help/v1.2/', null, 'v1.2'],
    ['https://shop.example/100%', null, '100%'],
    ['https://shop.example/', null, 'shop.example'],
    ['배송안내.txt', 'https://slack.com/archives/C1/p1760000000000100', '배송안내'],
    ['요금표.csv', 'https://discord.com/channels/1/2/3', '요금표'],
  ])('of what names itself nowhere calls %s by its name', async (source, message, title) => {
    async function* given() {
      const name = message ? source : 'page.txt'
      yield { source, name, url: message ?? source, bytes: async () => Buffer.from('지역,요금\n제주,6000원') }
    }
    await knowledge.import(given(), { ...HERE, name: '안내' })
    const collection = (await knowledge.documents.collection(HERE, '안내'))!
    expect(await knowledge.documents.list(collection)).toMatchObject([{ title }])
  })

  test('takes every kind of file in, and names what it could not', async () => {
    const cwd = await folderOf({
      'guide/배송.md': '# 배송\n\n이틀 걸려요.',
      'guide/요금.csv': '지역,요금\n제주,6000원',
      'guide/a.docx': await docx('교환', '7일 안에 신청하세요.', []),
      'guide/a.xlsx': await xlsx('요금', [
        ['지역', '요금'],
        ['제주', '6,000원'],
      ]),
      'guide/a.hwpx': await hwpx('# 환불\n\n환불은 사흘 걸립니다.'),
      'guide/a.hwp': hwp(['환불은 보통 사흘이 걸립니다.']),
      'guide/a.pdf': pdf([[{ text: '환불은 사흘이 걸립니다.', size: 10 }]]),
      'faq.html': '<h1>자주 묻는 질문</h1><p>언제 와요?</p>',
      'bad/locked.docx': encryptedOffice(),
      'bad/half.pdf': '%PDF-1.4',
      'bad/scan.pdf': pdf([[]]),
      'bad/empty.txt': '',
      'bad/old.doc': oldWord(),
      'bad/huge.md': Buffer.alloc(1024 * 1024 + 1, 'a'),
      'picture.png': 'x',
      '.env': 'SECRET=1',
    })
    const report = await importFolder(cwd)
    expect(report).toMatchObject({ added: 8, changed: 0, unchanged: 0, removed: 0 })
    expect(report.problems.map(({ source, code }) => [source, code])).toEqual([
      ['bad/empty.txt', 'empty'],
      ['bad/half.pdf', 'damaged'],
      ['bad/huge.md', 'too-large'],
      ['bad/locked.docx', 'encrypted'],
      ['bad/old.doc', 'unsupported'],
      ['bad/scan.pdf', 'needs-ocr'],
    ])
    expect(await sources()).toEqual([
      ...['faq.html', 'guide/a.docx', 'guide/a.hwp', 'guide/a.hwpx', 'guide/a.pdf', 'guide/a.xlsx'],
      ...['guide/배송.md', 'guide/요금.csv'],
    ])
  })

  test('done again changes only what changed', async () => {
    const cwd = await folderOf({ 'a.md': '# 가\n\n하나', 'b.md': '# 나\n\n둘\n\n## 다\n\n셋', 'c.md': '넷' })
    await importFolder(cwd)
    await write(cwd, { 'b.md': '# 나\n\n둘\n\n## 다\n\n다섯' })
    const outcomes: Record<string, string> = {}
    const report = await importFolder(cwd, {
      onProgress: ({ source, outcome }) => (outcomes[source] = outcome),
    })
    expect(report).toMatchObject({ added: 0, changed: 1, unchanged: 2, chunks: { added: 1, removed: 1 } })
    expect(outcomes).toEqual({ 'a.md': 'unchanged', 'b.md': 'changed', 'c.md': 'unchanged' })
  })

  test('tried first writes nothing', async () => {
    const cwd = await folderOf({ 'a.md': '하나' })
    expect(await importFolder(cwd, { isDryRun: true })).toMatchObject({ added: 1, chunks: { added: 1 } })
    expect(await knowledge.documents.collections()).toEqual([])
    await importFolder(cwd)
    await write(cwd, { 'a.md': '둘' })
    expect(await importFolder(cwd, { isDryRun: true })).toMatchObject({ changed: 1, isDryRun: true })
    expect(await importFolder(cwd)).toMatchObject({ changed: 1 })
  })

  test('removes files that are gone only when asked to', async () => {
    const cwd = await folderOf({ 'a.md': '하나', 'b.md': '둘' })
    await importFolder(cwd)
    await rm(join(cwd, 'b.md'))
    expect(await importFolder(cwd)).toMatchObject({ removed: 0 })
    expect(await importFolder(cwd, { prune: ['elsewhere/'] })).toMatchObject({ removed: 0 })
    expect(await importFolder(cwd, { prune: [''] })).toMatchObject({ removed: 1, unchanged: 1 })
    expect(await sources()).toEqual(['a.md'])
  })

  test('removes of the folder that it stands in files only, not what came from elsewhere', async () => {
    const others = ['https://shop.example/help', 'message/C1:1.2', 'answer/7', '배송안내.txt', 'docs/chat.md']
    async function* given() {
      for (const source of others)
        yield { source, name: 'a.md', url: null, bytes: async () => Buffer.from('하나') }
    }
    await knowledge.import(given(), { ...HERE, name: '안내' })
    const cwd = await folderOf({ 'a.md': '하나', 'b.md': '둘' })
    const outside = await folderOf({ 'c.md': '셋' })
    const elsewhere = knowledge.find(outside, { cwd, depth: 0, maxPages: 1 })
    await knowledge.import(elsewhere, { ...HERE, name: '안내' })
    await importFolder(cwd)
    await rm(join(cwd, 'b.md'))
    const folder = (await folderSource('.', cwd))!
    const prune = [folder, 'docs/', 'message/', 'answer/', 'https://shop.example/']
    expect(await importFolder(cwd, { prune, isDryRun: true })).toMatchObject({ removed: 1 })
    expect(await importFolder(cwd, { prune })).toMatchObject({ removed: 1 })
    expect((await sources()).sort()).toEqual([...others, 'a.md', join(outside, 'c.md')].sort())
  })

  test('of a folder that could not be opened keeps its files', async () => {
    const cwd = await folderOf({ 'shut/b.md': '둘' })
    await importFolder(cwd)
    async function* given() {
      yield toProblem('not-readable', 'shut', 'EACCES')
    }
    const report = await knowledge.import(given(), { ...HERE, name: '안내' }, { prune: [''] })
    expect(report).toMatchObject({ removed: 0, problems: [{ source: 'shut' }] })
  })

  test('of a file that became unreadable keeps what was there', async () => {
    const cwd = await folderOf({ 'a.md': '하나' })
    await importFolder(cwd)
    await write(cwd, { 'a.md': '' })
    expect(await importFolder(cwd, { prune: [''] })).toMatchObject({
      removed: 0,
      problems: [{ code: 'empty' }],
    })
    expect(await sources()).toEqual(['a.md'])
  })

  test.skipIf(process.getuid?.() === 0)('names a file that may not be opened', async () => {
    const cwd = await folderOf({ 'a.md': '하나' })
    await chmod(join(cwd, 'a.md'), 0)
    expect((await importFolder(cwd)).problems).toMatchObject([{ code: 'not-readable' }])
  })

  test('names a path that is not there', async () => {
    const items = knowledge.find('nowhere.md', { cwd: tmpdir(), depth: 0, maxPages: 1 })
    const report = await knowledge.import(items, { ...HERE, name: '안내' })
    expect(report.problems).toMatchObject([{ code: 'not-found', source: 'nowhere.md' }])
  })

  test('refuses an address inside the network', async () => {
    const items = knowledge.find('http://127.0.0.1:1/', { cwd: tmpdir(), depth: 0, maxPages: 1 })
    const report = await knowledge.import(items, { ...HERE, name: '안내' })
    expect(report.problems).toMatchObject([{ code: 'address-refused' }])
  })

  test('can be stopped', async () => {
    const cwd = await folderOf({ 'a.md': '하나', 'b.md': '둘', 'c.md': '셋' })
    const stop = new AbortController()
    const items = knowledge.find('.', { cwd, depth: 0, maxPages: 1 })
    const importing = knowledge.import(
      items,
      { ...HERE, name: '안내' },
      { signal: stop.signal, onProgress: () => stop.abort() },
    )
    await expect(importing).rejects.toMatchObject({ name: 'AbortError' })
    expect(await sources()).toEqual(['a.md'])
  })

  test('of 1,000 sections takes less than ten seconds', async () => {
    const sentence = '주문하신 상품은 결제가 끝난 뒤 영업일 기준으로 이틀 안에 출고됩니다. '
    const section = (n: number) => `## 질문 ${n}\n\n${sentence.repeat(8)}${n}\n`
    const file = (n: number) => Array.from({ length: 20 }, (_, at) => section(n * 20 + at)).join('\n')
    const cwd = await folderOf(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`${n}.md`, file(n)])))
    const start = performance.now()
    expect(await importFolder(cwd)).toMatchObject({ added: 50, chunks: { added: 1_000 } })
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

describe('a worker that follows', () => {
  const chunks = new Map<string, Chunk>()
  const sink = {
    add: (added: readonly Chunk[]) => added.forEach((chunk) => void chunks.set(chunk.id, chunk)),
    remove: (ids: readonly string[]) => ids.forEach((id) => void chunks.delete(id)),
    clear: () => chunks.clear(),
  }
  const start = (everyMs?: number): Promise<Follower> =>
    follow({
      feed: knowledge.feed,
      documents: knowledge.documents,
      sink,
      clock: realClock,
      log: SILENT,
      everyMs,
    })
  const texts = (): string[] => [...chunks.values()].map(({ text }) => text).sort()
  beforeEach(() => chunks.clear())

  test('knows what was there, what comes, and what goes, within two seconds', async () => {
    const cwd = await folderOf({ 'a.md': '# 배송\n\n이틀 걸려요.' })
    await importFolder(cwd)
    await using follower = await start()
    await until(() => follower.isReady)
    expect([...chunks.values()]).toMatchObject([
      {
        headings: ['배송'],
        text: '이틀 걸려요.',
        title: '배송',
        source: 'a.md',
        lang: 'ko',
        workspace: 'T1',
      },
    ])
    await write(cwd, { 'a.md': '# 배송\n\n사흘 걸려요.' })
    await importFolder(cwd)
    await until(() => texts()[0] === '사흘 걸려요.', 2_000)
    const collection = await knowledge.documents.openCollection(HERE, '안내', { visibility: 'private' })
    await until(() => follower.collections.get(collection.id)?.visibility === 'private', 2_000)
    await knowledge.documents.removeCollection(collection)
    await until(() => chunks.size === 0 && follower.collections.size === 0, 2_000)
  })

  test('knows until when a page holds, as the page says it, also when only that has changed', async () => {
    const cwd = await folderOf({ 'a.md': '---\nexpires: 2026-12-31\n---\n# 설날\n\n쉬어요.' })
    await importFolder(cwd)
    await using follower = await start()
    await until(() => follower.isReady)
    expect([...chunks.values()][0]?.expiresAt).toEqual(new Date('2026-12-31T23:59:59.999+09:00'))
    await write(cwd, { 'a.md': '# 설날\n\n쉬어요.' })
    expect(await importFolder(cwd)).toMatchObject({ changed: 1, chunks: { added: 0, removed: 0 } })
    await follower.catchUp()
    expect([...chunks.values()]).toMatchObject([{ text: '쉬어요.', expiresAt: null }])
  })

  test('looks by itself when nobody tells it', async () => {
    const silent = {
      ...knowledge.feed,
      onChange: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    }
    await using _follower = await follow({
      ...{ feed: silent, documents: knowledge.documents, sink, clock: realClock, log: SILENT },
    })
    await importFolder(await folderOf({ 'a.md': '하나' }))
    await until(() => texts().length === 1, 2_000)
  })

  test('is in step when it was asked to catch up', async () => {
    await using follower = await start(60_000)
    await importFolder(await folderOf({ 'a.md': '하나', 'b.md': '둘' }))
    await follower.catchUp()
    expect(texts()).toEqual(['둘', '하나'])
  })
})
