// What the doctor says of the servers that help search.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FakeVllm, type FakeVllmOptions, startFakeVllm } from '../../fakes/vllm/index.ts'
import { furnishDataDir } from '../../templates.ts'
import { type Env, lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const MODEL = 'BAAI/bge-m3'
const SYNONYMS = [['반품'], ['주차']]

const fakes = useFakes()

const embeddings = (vllm: FakeVllm, more: Env = {}): Env => ({
  ...{ EMBEDDINGS_BASE_URL: vllm.baseUrl, EMBEDDINGS_MODEL: MODEL, ...more },
})
const reranker = (vllm: FakeVllm, more: Env = {}): Env => ({
  ...{ RERANKER_BASE_URL: vllm.baseUrl, RERANKER_MODEL: MODEL, ...more },
})
const doctor = (env: Env) => run(['doctor'], fakes.env(env))
const start = (options: FakeVllmOptions = {}) =>
  startFakeVllm({ model: MODEL, synonyms: SYNONYMS, ...options })

describe('the servers that help search', () => {
  test('are not mentioned where none is configured', async () => {
    const said = await doctor({})
    expect(said.out).not.toMatch(/^Search$/m)
    expect(said.out).not.toMatch(/[Ee]mbeddings|[Rr]eranker/)
  })

  test('that are well: the model, its dimensions, how long it takes', async () => {
    await using vllm = await start()
    const said = await doctor({ ...embeddings(vllm), ...reranker(vllm) })
    expect(said.out).toMatch(/^Search$/m)
    expect(lineWith(said, 'Embeddings: BAAI/bge-m3')).toMatch(/✓ .*256 dimensions/)
    expect(lineWith(said, 'A question is embedded')).toMatch(/✓ .* in \d+ ms/)
    expect(lineWith(said, 'Reranker: BAAI/bge-m3')).toContain('✓')
    expect(lineWith(said, 'Passages are put in order')).toMatch(/✓ .* in \d+ ms/)
    const korean = await doctor({ ...embeddings(vllm), LANG: 'ko_KR.UTF-8' })
    expect(lineWith(korean, '임베딩:')).toMatch(/✓ .*256차원/)
  })

  test('passages that lack a vector, of this model, are counted', { timeout: 60_000 }, async () => {
    await using vllm = await start()
    await furnishDataDir(fakes.dataDir)
    const path = join(fakes.dataDir, 'docs')
    await mkdir(path)
    for (const name of ['a', 'b', 'c']) await writeFile(join(path, `${name}.md`), `${name} 안내예요.`)
    const load = (env: Env) => run(['kb', 'import', path, '--collection', 'help'], fakes.env(env))
    await load({})
    expect(lineWith(await doctor(embeddings(vllm)), 'passages have a vector')).toMatch(
      /! 0 of 3 .*→ .*npm run kb -- import/,
    )
    await load(embeddings(vllm))
    expect(lineWith(await doctor(embeddings(vllm)), 'passages have a vector')).toMatch(
      /✓ 3 of 3 .*\(256 dimensions\)/,
    )
    const prefixed = embeddings(vllm, { EMBEDDINGS_PASSAGE_PREFIX: 'passage:' })
    expect(lineWith(await doctor(prefixed), 'passages have a vector')).toContain('! 0 of 3')
    expect((await doctor({})).out).not.toContain('passages have a vector')
  })

  test('that are not there, need a key, or offer another model', async () => {
    await using vllm = await start({ apiKey: 'right' })
    const key = { EMBEDDINGS_API_KEY: 'right', RERANKER_API_KEY: 'right' }
    const locked = await doctor({ ...embeddings(vllm), ...reranker(vllm) })
    expect(locked.code).toBe(1)
    expect(lineWith(locked, 'embeddings server refused')).toMatch(/✗ .*→ .*EMBEDDINGS_API_KEY/)
    expect(lineWith(locked, 'reranker refused')).toMatch(/✗ .*→ .*RERANKER_API_KEY/)
    const wrong = { EMBEDDINGS_MODEL: 'kure', RERANKER_MODEL: 'kure' }
    const lost = await doctor({ ...embeddings(vllm), ...reranker(vllm), ...key, ...wrong })
    expect(lineWith(lost, 'embeddings server does not offer kure')).toContain(
      `→ Set EMBEDDINGS_MODEL to one of: ${MODEL}`,
    )
    expect(lineWith(lost, 'reranker does not offer kure')).toContain(
      `→ Set RERANKER_MODEL to one of: ${MODEL}`,
    )
    const astray = await doctor({
      ...embeddings(vllm, { EMBEDDINGS_BASE_URL: `${vllm.url}/v3` }),
      ...key,
    })
    expect(lineWith(astray, 'has no /embeddings')).toMatch(/✗ .*→ .*ends in \/v1/)
    await vllm.down()
    const away = await doctor({ ...embeddings(vllm), ...reranker(vllm) })
    expect(lineWith(away, 'No embeddings server')).toMatch(
      /✗ .*→ .*vllm serve BAAI\/bge-m3 .*EMBEDDINGS_BASE_URL/,
    )
    expect(lineWith(away, 'No reranker')).toMatch(/✗ .*→ .*RERANKER_BASE_URL/)
  })

  test('that are too slow for a chat, or no reranker at all, are worth knowing', async () => {
    await using slow = await start()
    slow.pooling.delayMs = 700
    const said = await doctor({ ...embeddings(slow), ...reranker(slow) })
    expect(lineWith(said, 'A question is embedded')).toMatch(/! .*waited for 400 ms → /)
    expect(lineWith(said, 'Passages are put in order')).toMatch(/! .*waited for 600 ms → /)
    // To which returns and parking are the same, and everything else decides.
    await using odd = await start({ synonyms: [['며칠', '주차']] })
    expect(lineWith(await doctor(reranker(odd)), 'above the one that answers')).toMatch(
      /! .*→ .*RERANKER_MODEL/,
    )
  })
})
