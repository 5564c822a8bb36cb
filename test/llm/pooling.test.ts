// The embeddings and reranker clients against the fake server.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmbeddings } from '../../src/llm/embeddings.ts'
import { createReranker } from '../../src/llm/reranker.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'

const MODEL = 'BAAI/bge-m3'
const SYNONYMS = [
  ['반품', '돌려보내', 'return'],
  ['배송', 'delivery'],
]

let vllm: FakeVllm
beforeEach(async () => {
  vllm = await startFakeVllm({ model: MODEL, synonyms: SYNONYMS, embeddingDims: 64, maxModelLen: 50 })
})
afterEach(() => vllm[Symbol.asyncDispose]())

const signal = () => new AbortController().signal
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
const embeddings = (more = {}) => createEmbeddings({ baseUrl: vllm.baseUrl, model: MODEL, ...more })
const reranker = (more = {}) => createReranker({ baseUrl: vllm.baseUrl, model: MODEL, ...more })

describe('embeddings', () => {
  test('texts that mean the same are near each other, in one request and in order', async () => {
    const texts = ['반품 기한', '언제까지 돌려보내면 되나요', '배송 조회']
    const [a, b, c] = (await embeddings().embed('passage', texts, signal())) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    expect(vllm.pooling.requests).toMatchObject([{ route: 'embeddings', texts, status: 200 }])
    for (const vector of [a, b, c]) expect(dot(vector, vector)).toBeCloseTo(1, 5)
    expect(dot(a, b)).toBeGreaterThan(0.7)
    expect(dot(a, c)).toBeLessThan(0.3)
  })

  test('prefixes go before questions and passages, and the passages’ belongs to the maker', async () => {
    const e5 = embeddings({ queryPrefix: 'query:', passagePrefix: 'passage:' })
    await e5.embed('question', ['반품'], signal())
    await e5.embed('passage', ['반품'], signal())
    expect(vllm.pooling.requests.map(({ texts }) => texts)).toEqual([['query: 반품'], ['passage: 반품']])
    expect(e5.maker).toBe('BAAI/bge-m3 passage:')
    expect(embeddings().maker).toBe(MODEL)
  })

  test('a text that is too long is cut by the server, one that does not know how is asked without', async () => {
    const long = '반품 '.repeat(200)
    expect(await embeddings().embed('passage', [long], signal())).toHaveLength(1)
    vllm.pooling.isStrict = true
    const client = embeddings()
    await client.embed('passage', ['반품'], signal())
    await client.embed('passage', ['반품'], signal())
    expect(vllm.pooling.requests.map(({ status }) => status)).toEqual([200, 400, 200, 200])
    await expect(client.embed('passage', [long], signal())).rejects.toMatchObject({
      code: 'embeddings-bad-request',
      retryable: false,
    })
  })
})

describe('the reranker', () => {
  test('says how well each document answers, in their order', async () => {
    const documents = ['배송은 이틀 걸려요', '단순 변심은 반품할 수 있어요']
    const [delivery = 0, returns = 0] = await reranker().rerank('돌려보내도 되나요?', documents, signal())
    expect(returns).toBeGreaterThan(delivery)
  })
})

describe('failures', () => {
  const embed = (more = {}) => embeddings(more).embed('question', ['반품'], signal())

  test.each([
    ['503', 'overloaded', true],
    ['500', 'error', true],
    ['500-empty', 'error', true],
    ['502-html', 'overloaded', true],
    ['429', 'overloaded', true],
    ['401', 'unauthorized', false],
    ['refuse', 'away', true],
  ] as const)('%s is %s', async (fault, code, retryable) => {
    vllm.pooling.fault = fault
    await expect(embed()).rejects.toMatchObject({ name: 'BotError', code: `embeddings-${code}`, retryable })
    await expect(reranker().rerank('반품', ['반품'], signal())).rejects.toMatchObject({
      code: `reranker-${code}`,
    })
  })

  test('a server that is down, slow, or has another model', async () => {
    await expect(embed({ model: 'kure' })).rejects.toMatchObject({
      code: 'embeddings-not-found',
      hint: expect.stringContaining('EMBEDDINGS_MODEL'),
    })
    vllm.pooling.delayMs = 5_000
    await expect(embed({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'embeddings-timeout' })
    await expect(embeddings().embed('question', ['반품'], AbortSignal.timeout(50))).rejects.toMatchObject({
      code: 'embeddings-aborted',
    })
    await vllm.down()
    await expect(embed()).rejects.toMatchObject({
      code: 'embeddings-away',
      hint: expect.stringContaining('EMBEDDINGS_BASE_URL'),
    })
    await vllm.up()
  })

  test('what the server says is in no hint: it may repeat what people wrote', async () => {
    const failed = await embed({ model: '내 비밀번호' }).catch((error: { hint: string }) => error)
    expect(failed).toMatchObject({ hint: expect.not.stringContaining('비밀번호') })
  })
})
