// npm run kb with an embeddings server and a reranker: import embeds, search uses both, and neither is needed.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EMBEDDING_LEASE } from '../../src/embedding.ts'
import { featureMigrations } from '../../src/features.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { openStore } from '../../src/store/store.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'
import { withServer } from '../servers.ts'
import { furnishDataDir, furnishedDatabase } from '../templates.ts'
import { type Env, run, temporaryFolder } from './support.ts'

const MODEL = 'BAAI/bge-m3'
const QUESTION = '밥 먹는 데가 어디예요?'

let vllm: FakeVllm
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let env: Env
beforeEach(async () => {
  vllm = await startFakeVllm({ model: MODEL, synonyms: [['구내식당', '밥 먹는 데']] })
  folder = await temporaryFolder()
  env = {
    DATA_DIR: join(folder.path, 'data'),
    EMBEDDINGS_BASE_URL: vllm.baseUrl,
    EMBEDDINGS_MODEL: MODEL,
  }
  await furnishDataDir(join(folder.path, 'data'))
  await mkdir(join(folder.path, 'docs'))
  await writeFile(join(folder.path, 'docs', 'building.md'), '구내식당은 지하에 있어요.')
  await writeFile(join(folder.path, 'docs', 'parking.md'), '주차는 두 시간까지 무료예요.')
})
afterEach(async () => {
  await vllm[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const kb = (more: Env, ...args: string[]) => run(['kb', ...args], { ...env, ...more })
const load = (more: Env = {}) => kb(more, 'import', join(folder.path, 'docs'), '--collection', '안내')

// Each command opens the embedded database anew.
describe('npm run kb with embeddings', { timeout: 120_000 }, () => {
  test('import embeds what is new, once, and search finds it by meaning', async () => {
    expect((await load()).out).toMatch(/2 added.*\n.*s\n2 passages embedded$/)
    expect((await load()).out).not.toContain('embedded')
    expect(vllm.pooling.requests).toHaveLength(1)
    const said = await kb({}, 'search', QUESTION)
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(said.out).toMatch(/building\.md[\s\S]*enough to answer from \(0\.\d+, similarity 0\.[6-9]\d\)$/)
    const json = JSON.parse((await kb({}, 'search', QUESTION, '--json')).out) as { similarity: number }[]
    expect(json[0]).toMatchObject({ text: '구내식당은 지하에 있어요.', similarity: expect.any(Number) })
    expect(json[0]!.similarity).toBeGreaterThan(0.6)
    const korean = await kb({ EMBEDDINGS_MIN_SIMILARITY: '0.99', LANG: 'ko_KR.UTF-8' }, 'search', QUESTION)
    expect(korean.out).toMatch(/답하기에 부족해서.*의미 유사도 0\.\d\d\)$/)
  })

  test('an import while the server is away goes in all the same; the next one embeds', async () => {
    await vllm.down()
    const said = await load()
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining('2 added') })
    expect(said.err).toMatch(/2 passages could not be embedded \(embeddings-away\).*npm run doctor/)
    const words = await kb({}, 'search', '주차는 몇 시간까지 무료예요?')
    expect(words.out).toMatch(/parking\.md[\s\S]*enough to answer from \(\d\.\d\d\)$/)
    expect(words.err).toContain('2 passages have no vector yet')
    await vllm.up()
    expect((await load()).out).toMatch(/2 unchanged[\s\S]*2 passages embedded$/)
    vllm.pooling.fault = '503'
    const without = await kb({}, 'search', '주차는 몇 시간까지 무료예요?')
    expect(without.out).toContain('parking.md')
    expect(without.err).toMatch(/done without \(embeddings-overloaded\)/)
  })

  test('a dry run asks no server, and without settings none is asked either', async () => {
    const path = join(folder.path, 'docs')
    await kb({}, 'import', path, '--collection', '안내', '--dry-run')
    const plain = { EMBEDDINGS_BASE_URL: '', EMBEDDINGS_MODEL: '' }
    expect((await load(plain)).out).not.toContain('embedded')
    const json = (await kb(plain, 'search', '주차', '--json')).out
    expect(Object.keys((JSON.parse(json) as object[])[0]!)).toEqual(['document', 'heading', 'score', 'text'])
    expect(vllm.pooling.requests).toEqual([])
  })

  test('a reranker alone puts what was found in order', async () => {
    const only = {
      ...{ EMBEDDINGS_BASE_URL: '', EMBEDDINGS_MODEL: '' },
      ...{ RERANKER_BASE_URL: vllm.baseUrl, RERANKER_MODEL: MODEL },
    }
    await writeFile(join(folder.path, 'docs', 'car.md'), '구내식당 옆에도 주차는 돼요.')
    await load(only)
    const said = await kb(only, 'search', '구내식당', '주차')
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(vllm.pooling.requests).toMatchObject([{ route: 'rerank', query: '구내식당 주차', status: 200 }])
  })
})

withServer('postgres')('npm run kb with embeddings on PostgreSQL', () => {
  test('leaves the vectors to a bot that runs', async () => {
    await using database = await furnishedDatabase()
    await using bot = await openStore({
      ...{ url: database.url, dataDir: null, log: SILENT, clock: realClock, rateScale: 1 },
      migrations: featureMigrations,
    })
    await bot.leases.hold(EMBEDDING_LEASE, 'the bot', 60_000)
    const said = await load({ DATABASE_URL: database.url })
    expect(said).toMatchObject({ code: 0, err: 'The bot that runs embeds the other 2.' })
    expect(vllm.pooling.requests).toEqual([])
  })
})
