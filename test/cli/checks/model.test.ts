// What the doctor says of the model server.
import { describe, expect, test } from 'vitest'
import { type FakeVllm, type FakeVllmOptions, startFakeVllm } from '../../fakes/vllm/index.ts'
import { type Env, lineWith, run } from '../support.ts'
import { MODEL, useFakes } from './fakes.ts'

const fakes = useFakes()

describe('the model', () => {
  async function doctorOf(
    options: FakeVllmOptions,
    more: Env = {},
    prepare: (fake: FakeVllm) => void = () => undefined,
  ) {
    await using fake = await startFakeVllm(options)
    prepare(fake)
    return await run(['doctor'], fakes.env({ EXAONE_BASE_URL: fake.baseUrl, ...more }))
  }
  test('a reasoning parser that leaves the answer empty is told with the right one', async () => {
    const said = await doctorOf({ model: MODEL, reasoningParser: 'deepseek_r1' })
    expect(said.code).toBe(1)
    expect(lineWith(said, 'answer is empty')).toMatch(/✗ .*→ .*--reasoning-parser deepseek_v3.*EXAONE 4\.0/)
  })

  test('the right one depends on the model', async () => {
    const said = await doctorOf({
      model: 'LGAI-EXAONE/EXAONE-4.5-33B',
      reasoningParser: 'deepseek_r1',
      vision: true,
    })
    expect(lineWith(said, 'answer is empty')).toContain('--reasoning-parser qwen3')
    const older = await doctorOf({
      model: 'LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct',
      reasoningParser: 'deepseek_r1',
      thinking: 'none',
    })
    expect(lineWith(older, 'answer is empty')).toContain('without --reasoning-parser')
  })

  test('thoughts in the answer are told too', async () => {
    const said = await doctorOf({ model: MODEL }, {}, (fake) => fake.next('think-leak'))
    expect(lineWith(said, '</think>')).toMatch(/✗ .*→ .*--reasoning-parser deepseek_v3/)
  })

  test('an id that the server does not offer is answered with those it does', async () => {
    const said = await run(['doctor'], fakes.env({ EXAONE_MODEL: 'exaone' }))
    expect(lineWith(said, 'does not offer exaone')).toContain(`→ Set EXAONE_MODEL to one of: ${MODEL}`)
  })

  test('a wrong key', async () => {
    const said = await doctorOf({ model: MODEL, apiKey: 'right' }, { EXAONE_API_KEY: 'wrong' })
    expect(lineWith(said, 'refused the key')).toMatch(/✗ .*→ .*EXAONE_API_KEY/)
  })

  test('a short context, an unknown id and a licence to ask about are worth knowing', async () => {
    const small = await doctorOf({ model: 'exaone', maxModelLen: 4096 })
    expect(lineWith(small, '4,096')).toMatch(/! .*→ .*--max-model-len/)
    expect(lineWith(small, 'does not say which EXAONE')).toMatch(/! .*EXAONE 4\.0 → .*EXAONE_PROFILE/)
    const plain = await doctorOf({ model: 'qwen3-8b', thinking: 'none' })
    expect(lineWith(plain, 'does not look like an EXAONE')).toContain('!')
    const large = await doctorOf({ model: 'LGAI-EXAONE/K-EXAONE-236B-A23B', thinking: 'default-on' })
    expect(lineWith(large, 'Licence')).toMatch(/! .*K-EXAONE AI Model License.* → .*counsel/)
    const free = await doctorOf({
      model: 'LGAI-EXAONE/K-EXAONE-2.0-750B-A37B',
      reasoningParser: 'qwen3',
      thinking: 'default-on',
    })
    expect(lineWith(free, 'Licence')).toMatch(/✓ .*Apache-2\.0/)
  })

  test('a router that serves nothing is told from a server that is not there', async () => {
    const said = await doctorOf({ model: MODEL }, {}, (fake) => fake.serves([]))
    expect(said.code).toBe(1)
    expect(lineWith(said, 'serves no model')).toMatch(/✗ .*→ .*model servers behind it/)
  })

  test('a model that should see pictures is shown one', async () => {
    const model = 'LGAI-EXAONE/EXAONE-4.5-33B'
    expect(lineWith(await doctorOf({ model, reasoningParser: 'qwen3', vision: true }), 'Pictures')).toContain(
      '✓',
    )
    expect(lineWith(await doctorOf({ model, reasoningParser: 'qwen3' }), 'picture was refused')).toMatch(
      /✗ .*→ .*--limit-mm-per-prompt/,
    )
  })

  test('the rehearsal model is named as such', async () => {
    expect(lineWith(await doctorOf({ model: 'rehearsal', thinking: 'none' }), 'rehearsal model')).toMatch(
      /! .*not EXAONE/,
    )
  })
})
