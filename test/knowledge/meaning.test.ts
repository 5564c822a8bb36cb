// Search by meaning, in a worker's memory: what it adds, what it must not show, and what happens without its servers.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_METRICS } from '../../src/core/metrics.ts'
import { openEmbedding } from '../../src/embedding.ts'
import { createDocuments, type Documents } from '../../src/knowledge/documents.ts'
import { createFeed, type Feed } from '../../src/knowledge/feed.ts'
import type { Asking, Scope, Visibility } from '../../src/knowledge/model.ts'
import { createRetriever, type Retriever } from '../../src/knowledge/retriever.ts'
import { countVectors } from '../../src/knowledge/vector-rows.ts'
import { createEmbeddings } from '../../src/llm/embeddings.ts'
import { createReranker } from '../../src/llm/reranker.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { createLeases } from '../../src/store/leases.ts'
import { maskForGood } from '../../src/text/masking.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'
import { until, withServer } from '../servers.ts'
import { furnishedDatabase, furnishedInMemory } from '../templates.ts'

const MODEL = 'BAAI/bge-m3'
const EVERYWHERE = { workspace: '*', audience: '' }
const T1 = { workspace: 'T1', audience: 'C1' }
/** Not one letter pair in common with what they stand for. */
const SYNONYMS = [
  ['구내식당', '밥 먹는 데'],
  ['원가', '들여오는 값'],
  ['영업시간', '몇 시까지 여'],
]
const CANTEEN = '밥 먹는 데가 어디예요?'

interface Page {
  text: string
  title?: string
  scope?: Scope
  collection?: string
  visibility?: Visibility
  expiresAt?: Date
}

function suite(name: string, open: () => Promise<Database>): void {
  describe(`search by meaning on ${name}`, () => {
    let db: Database
    let documents: Documents
    let feed: Feed
    let vllm: FakeVllm
    let stack: AsyncDisposableStack
    let pages = 0
    beforeAll(async () => {
      db = await open()
      documents = createDocuments(db)
      feed = createFeed(db)
    })
    afterAll(() => db[Symbol.asyncDispose]())
    beforeEach(async () => {
      for (const table of ['kb_chunks', 'kb_documents', 'kb_collections'])
        await db.query(`delete from ${table}`)
      stack = new AsyncDisposableStack()
      vllm = stack.use(await startFakeVllm({ model: MODEL, synonyms: SYNONYMS }))
    })
    afterEach(() => stack.disposeAsync())

    const write = async (page: Page): Promise<string> => {
      const { text, title = '안내', scope = EVERYWHERE, collection = 'help' } = page
      const source = `page-${++pages}`
      await documents.save(
        await documents.openCollection(scope, collection, { visibility: page.visibility ?? 'public' }),
        {
          ...{ source, title, url: null, lang: null, bytes: 1, sourceHash: source },
          expiresAt: page.expiresAt ?? null,
        },
        [{ headings: [], text }],
      )
      return source
    }
    const open_ = async (
      more: {
        model?: string
        passagePrefix?: string
        limitMs?: number
        reranker?: boolean
        forServers?: (question: string, workspace: string) => string
      } = {},
    ) => {
      const { model = MODEL, limitMs } = more
      const at = { baseUrl: vllm.baseUrl, model }
      const embedder = createEmbeddings({ ...at, passagePrefix: more.passagePrefix })
      const finder = stack.use(
        await createRetriever({
          ...{ feed, documents, clock: realClock, log: SILENT, forServers: more.forServers },
          embeddings: { embedder, db, minSimilarity: 0.6, limitMs: limitMs ?? 5_000 },
          reranker: more.reranker ? { reranker: createReranker(at), limitMs: 5_000 } : null,
        }),
      )
      await finder.catchUp()
      return finder
    }
    const fill = (finder: Retriever): Promise<number> =>
      finder.meaning!.fill(() => true, new AbortController().signal)
    const filled = async (more = {}): Promise<Retriever> => {
      const finder = await open_(more)
      await fill(finder)
      return finder
    }
    const search = (finder: Retriever, question: string, more: Partial<Asking> = {}) =>
      finder.search({ ...T1, question, isPrivatePlace: false, collections: null, limit: 6, ...more })
    const textsOf = async (finder: Retriever, question: string, more: Partial<Asking> = {}) =>
      (await search(finder, question, more)).found.map(({ chunk }) => chunk.text)
    const embedded = () =>
      vllm.pooling.requests.flatMap(({ route, texts }) => (route === 'embeddings' ? texts : []))

    test('the servers get of a question what they may see, and it is still found', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      await write({ text: '배송은 이틀 걸려요.' })
      const forServers = (question: string, workspace: string): string =>
        workspace === T1.workspace ? maskForGood(question, 'ko') : question
      const finder = await filled({ reranker: true, forServers })
      const said = `${CANTEEN} 제 번호는 010-1234-5678이에요`
      expect(await textsOf(finder, said)).toContain('구내식당은 지하에 있어요.')
      const sent = (): string => JSON.stringify(vllm.pooling.requests)
      expect(sent()).toContain('제 번호는 [전화번호]이에요')
      expect(sent()).not.toContain('010-1234-5678')
      await search(finder, said, { workspace: 'T2' })
      expect(sent()).toContain('010-1234-5678')
    })

    test('a question without a word of the passage is answered from it, and is not without vectors', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      await write({ text: '배송은 이틀 걸려요.' })
      const plain = stack.use(await createRetriever({ feed, documents, clock: realClock, log: SILENT }))
      await plain.catchUp()
      expect(await search(plain, CANTEEN)).toMatchObject({ isEnough: false, similarity: null })
      const found = await search(await filled(), CANTEEN)
      expect(found.isEnough).toBe(true)
      expect(found.similarity).toBeGreaterThan(0.6)
      expect(found.coverage).toBeLessThan(0.4)
      expect(found.found[0]).toMatchObject({ chunk: { text: '구내식당은 지하에 있어요.' } })
      expect(found.found[0]!.similarity).toBe(found.similarity)
    })

    test('it stands among the passages though many others have words of the question', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      for (let nth = 0; nth < 25; nth += 1)
        await write({ text: `아침 먹는 방법 ${nth}: 빵을 먹는 데가 ${nth}층이에요.` })
      const texts = await textsOf(await filled(), CANTEEN)
      expect(texts[0]).toBe('구내식당은 지하에 있어요.')
    })

    test('what has nothing to do with any passage stays unanswered', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      expect((await search(await filled(), '주차장이 있나요?')).isEnough).toBe(false)
    })

    describe('shows nothing more than search by words', () => {
      const SECRET = '원가는 구천구백 원이에요.'
      const QUESTION = '들여오는 값이 얼마예요?'
      test.each<[string, Page, Partial<Asking>, boolean]>([
        ['an open page', { text: SECRET }, {}, true],
        ['a private page in public', { text: SECRET, visibility: 'private' }, {}, false],
        [
          'a private page in private',
          { text: SECRET, visibility: 'private' },
          { isPrivatePlace: true },
          true,
        ],
        ['a page of another company', { text: SECRET, scope: { workspace: 'T2', audience: '' } }, {}, false],
        [
          'a page of another channel',
          { text: SECRET, scope: { workspace: 'T1', audience: 'C2' } },
          { isPrivatePlace: true },
          false,
        ],
        ['a page of this channel', { text: SECRET, scope: T1 }, {}, true],
        ['a collection that is not chosen', { text: SECRET }, { collections: ['other'] }, false],
        ['a collection beside the tag', { text: SECRET }, { tags: ['📦 배송'] }, false],
        ['an expired page', { text: SECRET, expiresAt: new Date(1_000) }, {}, false],
      ])('%s', async (_, page, asking, isFound) => {
        await write({ text: '영업시간은 아홉 시까지예요.', collection: 'other' })
        await write({ text: '영업시간은 여덟 시까지예요.', collection: '배송' })
        await write(page)
        const { found, isEnough } = await search(await filled(), QUESTION, asking)
        expect(found.some(({ chunk }) => chunk.text === SECRET)).toBe(isFound)
        expect(isEnough).toBe(isFound)
      })

      test('a page that becomes private while its question waits for the server', async () => {
        await write({ text: SECRET })
        const finder = await filled()
        vllm.pooling.delayMs = 500
        const asked = search(finder, QUESTION)
        await documents.openCollection(EVERYWHERE, 'help', { visibility: 'private' })
        await finder.catchUp()
        expect(await asked).toMatchObject({ found: [], isEnough: false })
      })

      test('a page that becomes private while the reranker reads it', async () => {
        await write({ text: SECRET })
        await write({ text: '원가 말고 정가는 만 원이에요.', collection: 'other' })
        const reranker = createReranker({ baseUrl: vllm.baseUrl, model: MODEL })
        const at = { feed, documents, clock: realClock, log: SILENT }
        const finder = stack.use(await createRetriever({ ...at, reranker: { reranker, limitMs: 5_000 } }))
        await finder.catchUp()
        vllm.pooling.delayMs = 500
        const asked = textsOf(finder, '원가가 얼마예요?')
        await until(() => vllm.pooling.requests.length > 0)
        await documents.openCollection(EVERYWHERE, 'help', { visibility: 'private' })
        await finder.catchUp()
        expect(await asked).toEqual(['원가 말고 정가는 만 원이에요.'])
      })

      test('a removed page, at once and in the database', async () => {
        const source = await write({ text: SECRET })
        const finder = await filled()
        expect((await search(finder, QUESTION)).isEnough).toBe(true)
        const help = await documents.collection(EVERYWHERE, 'help')
        await documents.remove(help!, source)
        expect(await db.query('select chunk from kb_vectors')).toEqual([])
        await write({ text: '배송은 이틀 걸려요.' })
        await finder.catchUp()
        expect(await search(finder, QUESTION)).toMatchObject({ isEnough: false })
        expect(await textsOf(finder, QUESTION)).not.toContain(SECRET)
      })
    })

    describe('vectors of passages', () => {
      test('are made once: not again for unchanged passages, nor by a process that starts later', async () => {
        for (let nth = 0; nth < 40; nth += 1) await write({ text: `${nth}번 안내문이에요.` })
        const finder = await open_()
        expect(finder.meaning!.lacking).toBe(40)
        expect(await fill(finder)).toBe(40)
        expect(finder.meaning!.lacking).toBe(0)
        expect(embedded()).toHaveLength(40)
        expect(vllm.pooling.requests.length).toBeGreaterThan(1)
        const second = await open_()
        expect(second.meaning!.lacking).toBe(0)
        await write({ text: '새 안내문이에요.' })
        await second.catchUp()
        expect(await fill(second)).toBe(1)
        expect(embedded().at(-1)).toBe('안내\n새 안내문이에요.')
        expect(await countVectors(db, `1 ${MODEL}`)).toEqual({ passages: 41, made: 41, dimensions: 256 })
      })

      test('go on where a process was cut off', async () => {
        for (let nth = 0; nth < 40; nth += 1) await write({ text: `${nth}번 안내문이에요.` })
        const first = await open_()
        await first.meaning!.fill((made) => made === 0, new AbortController().signal)
        const before = embedded().length
        expect(before).toBeLessThan(40)
        expect(await fill(await open_())).toBe(40 - before)
        expect(new Set(embedded()).size).toBe(40)
        expect(embedded()).toHaveLength(40)
      })

      test('are made again for another model, another prefix and a new title, and the old ones are not used', async () => {
        await write({ text: '구내식당은 지하에 있어요.' })
        await filled()
        const prefixed = await open_({ passagePrefix: 'passage:' })
        expect(prefixed.meaning!.lacking).toBe(1)
        expect((await search(prefixed, CANTEEN)).similarity).toBeNull()
        expect(await fill(prefixed)).toBe(1)
        expect((await search(prefixed, CANTEEN)).isEnough).toBe(true)
        expect(await countVectors(db, `1 ${MODEL}`)).toMatchObject({ passages: 1, made: 0 })
        const help = await documents.collection(EVERYWHERE, 'help')
        const retitled = { source: `page-${pages}`, title: '새 제목', url: null, lang: null, bytes: 1 }
        await documents.save(help!, { ...retitled, sourceHash: 'new', expiresAt: null }, [
          { headings: [], text: '구내식당은 지하에 있어요.' },
        ])
        await prefixed.catchUp()
        // Until then the old one serves.
        expect((await search(prefixed, CANTEEN)).isEnough).toBe(true)
        expect(await fill(prefixed)).toBe(1)
        expect(embedded().at(-1)).toBe('passage: 새 제목\n구내식당은 지하에 있어요.')
      })

      test('are made again when the server has got another model under the same name', async () => {
        await write({ text: '구내식당은 지하에 있어요.' })
        await filled()
        await vllm.down()
        const other = await startFakeVllm({
          ...{ port: vllm.port, model: MODEL, synonyms: SYNONYMS, embeddingDims: 64 },
        })
        stack.use(other)
        const finder = await open_()
        expect(finder.meaning!.lacking).toBe(0)
        expect((await search(finder, CANTEEN)).isEnough).toBe(false)
        expect(finder.meaning!.lacking).toBe(1)
        expect(await fill(finder)).toBe(1)
        expect((await search(finder, CANTEEN)).isEnough).toBe(true)
      })

      test('a passage that the server refuses is found by its words, and keeps none of the others back', async () => {
        await vllm[Symbol.asyncDispose]()
        vllm = stack.use(await startFakeVllm({ model: MODEL, synonyms: SYNONYMS, maxModelLen: 60 }))
        vllm.pooling.isStrict = true
        for (let nth = 0; nth < 5; nth += 1) await write({ text: `${nth}번 안내문이에요.` })
        await write({ text: `구내식당 ${'규정 '.repeat(100)}` })
        const finder = await open_()
        expect(await fill(finder)).toBe(5)
        expect(finder.meaning!.lacking).toBe(0)
        expect((await textsOf(finder, '구내식당 규정'))[0]).toMatch(/^구내식당 규정/)
      })

      test('are made while the bot runs, by one process of several', async () => {
        const leases = createLeases(db)
        const [one, two] = [await open_(), await open_()]
        const common = { leases, clock: realClock, log: SILENT, metrics: NO_METRICS }
        stack.use(openEmbedding({ ...common, meaning: one.meaning!, owner: 'one' }))
        stack.use(openEmbedding({ ...common, meaning: two.meaning!, owner: 'two' }))
        for (let nth = 0; nth < 20; nth += 1) await write({ text: `${nth}번 안내문이에요.` })
        await until(async () => (await countVectors(db, `1 ${MODEL}`)).made === 20, 15_000)
        await Promise.all([one.catchUp(), two.catchUp()])
        expect([one.meaning!.lacking, two.meaning!.lacking]).toEqual([0, 0])
        expect(embedded()).toHaveLength(20)
      })

      test('are left alone while the server is away, and made when it is back', async () => {
        await write({ text: '구내식당은 지하에 있어요.' })
        const finder = await open_()
        await vllm.down()
        expect(await fill(finder)).toBe(0)
        expect(finder.troubles).toEqual(['embeddings-away'])
        await vllm.up()
        await until(async () => (await fill(finder)) === 1)
        expect((await search(finder, CANTEEN)).isEnough).toBe(true)
      })
    })

    test('without its server a question is answered by words, in no time once that is known', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      const finder = await filled({ limitMs: 300 })
      vllm.pooling.fault = 'hang-connect'
      const started = performance.now()
      expect(await search(finder, '구내식당은 지하 몇 층에 있어요?')).toMatchObject({
        isEnough: true,
        similarity: null,
      })
      expect(performance.now() - started).toBeGreaterThan(290)
      expect(finder.troubles).toEqual(['embeddings-late'])
      const before = vllm.pooling.requests.length
      const again = performance.now()
      expect((await search(finder, '구내식당은 지하 몇 층에 있어요?')).isEnough).toBe(true)
      expect(performance.now() - again).toBeLessThan(250)
      expect(vllm.pooling.requests.length).toBe(before)
    })

    test('a reranker puts what was found in order, and its absence changes only that', async () => {
      for (let nth = 0; nth < 8; nth += 1)
        await write({
          text: `영업시간 영업시간 안내 ${nth}: 몇 가지 영업 안내예요.`,
        })
      await write({ text: '구내식당 안내예요. 밥 먹는 데는 지하예요.' })
      const question = '밥 먹는 데 안내, 영업시간 안내'
      const at = { feed, documents, clock: realClock, log: SILENT }
      const reranker = createReranker({ baseUrl: vllm.baseUrl, model: MODEL })
      const finder = stack.use(await createRetriever({ ...at, reranker: { reranker, limitMs: 5_000 } }))
      const plain = stack.use(await createRetriever(at))
      await Promise.all([finder.catchUp(), plain.catchUp()])
      vllm.pooling.requests.length = 0
      const ordered = await textsOf(finder, question, { limit: 3 })
      const [asked] = vllm.pooling.requests
      expect(asked).toMatchObject({ route: 'rerank', query: question })
      expect(asked!.texts).toHaveLength(9)
      expect(ordered).toHaveLength(3)
      expect(ordered).not.toEqual(await textsOf(plain, question, { limit: 3 }))
      vllm.pooling.fault = '500'
      expect(await textsOf(finder, question, { limit: 3 })).toEqual(
        await textsOf(plain, question, { limit: 3 }),
      )
      expect(finder.troubles).toEqual(['reranker-error'])
    })

    test('a greeting asks no server', async () => {
      await write({ text: '구내식당은 지하에 있어요.' })
      const finder = await filled()
      const before = vllm.pooling.requests.length
      expect(await search(finder, '안녕하세요', { limit: 0 })).toMatchObject({
        found: [],
        hasKnowledge: true,
      })
      expect(vllm.pooling.requests.length).toBe(before)
    })
  })
}

suite('PGlite', furnishedInMemory)

withServer('postgres')('PostgreSQL', () => {
  suite('PostgreSQL', async () => {
    const { url } = await furnishedDatabase()
    return openDatabase({ url, dataDir: null, log: SILENT })
  })
})
