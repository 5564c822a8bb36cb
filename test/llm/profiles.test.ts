// Each model family as it goes over the wire, and how a model id finds its family.

import { expect, test } from 'vitest'
import type { Family } from '../../src/llm/model.ts'
import { profileFor, profiles } from '../../src/llm/profiles.ts'
import { startModel } from './ask.ts'

test.each<[string, Family]>([
  ['LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct', 'exaone-3.5'],
  ['exaone3.5:2.4b', 'exaone-3.5'],
  ['LGAI-EXAONE/EXAONE-Deep-32B', 'exaone-deep'],
  ['LGAI-EXAONE/EXAONE-4.0-32B-AWQ', 'exaone-4.0'],
  ['LGAI-EXAONE/EXAONE-4.0.1-32B', 'exaone-4.0'],
  ['/models/EXAONE-4.0-1.2B-Q4_K_M.gguf', 'exaone-4.0-1.2b'],
  ['hf.co/LGAI-EXAONE/EXAONE-4.0-1.2B-GGUF:Q4_K_M', 'exaone-4.0-1.2b'],
  ['EXAONE-4.5-33B', 'exaone-4.5'],
  ['LGAI-EXAONE/K-EXAONE-236B-A23B', 'k-exaone'],
  ['LGAI-EXAONE/K-EXAONE-2.0-750B-A37B-FP8', 'k-exaone-2'],
  ['exaone', 'exaone-4.0'],
  ['Qwen/Qwen3-8B', 'plain'],
  ['rehearsal', 'rehearsal'],
])('%s is %s', (id, family) => {
  expect(profileFor(id).family).toBe(family)
  expect(profileFor(id, 'plain').family).toBe('plain')
})

const off = { enable_thinking: false, thinking: false }

test.each<[Family, 'ko' | 'en', Record<string, unknown>]>([
  [
    'exaone-3.5',
    'ko',
    { temperature: 0.7, repetition_penalty: 1, top_k: -1, min_p: 0, chat_template_kwargs: off },
  ],
  ['exaone-deep', 'ko', { temperature: 0.6, top_p: 0.95 }],
  ['exaone-4.0', 'ko', { temperature: 0.5, top_p: 0.95, chat_template_kwargs: off }],
  ['exaone-4.0-1.2b', 'ko', { temperature: 0.1, chat_template_kwargs: off }],
  ['exaone-4.0-1.2b', 'en', { temperature: 0.5, chat_template_kwargs: off }],
  ['exaone-4.5', 'ko', { temperature: 0.6, presence_penalty: 1.5, top_k: 20, chat_template_kwargs: off }],
  ['exaone-4.5', 'en', { temperature: 1, presence_penalty: 1.5, top_k: -1, chat_template_kwargs: off }],
  ['k-exaone', 'ko', { temperature: 1, top_p: 0.95, presence_penalty: 0, chat_template_kwargs: off }],
  ['k-exaone-2', 'ko', { temperature: 1, top_p: 0.95, chat_template_kwargs: off }],
  ['plain', 'ko', { temperature: 0.6, top_p: 0.95, chat_template_kwargs: { enable_thinking: false } }],
])('%s in %s is asked with its own sampling and flags', async (family, lang, body) => {
  await using server = await startModel({ model: 'served' }, { profile: family })
  server.vllm.reply(family === 'exaone-deep' ? '생각\n</thought>\n네, 그래요.' : '네, 그래요.')
  expect(await server.ask({ lang })).toMatchObject({ text: '네, 그래요.' })
  const sent = server.vllm.requests[0]?.body
  expect(sent).toMatchObject({ stream: true, stream_options: { include_usage: true }, ...body })
  expect(sent).not.toHaveProperty('tools')
  expect(sent?.chat_template_kwargs ?? {}).not.toHaveProperty('preserve_thinking')
})

test('instructions come first and go into the user turn where a model takes no system turn', async () => {
  await using server = await startModel({ model: 'served' }, { profile: 'exaone-deep' })
  server.vllm.reply('</thought>네, 그래요.')
  const history = [
    { role: 'user' as const, text: '하나' },
    { role: 'assistant' as const, text: '둘' },
  ]
  await server.ask({ system: ['A', 'B'], history })
  expect(server.vllm.requests[0]?.body.messages).toEqual([
    { role: 'user', content: 'A\n\nB\n\n하나' },
    { role: 'assistant', content: '둘' },
    { role: 'user', content: '배송이 언제 오나요?' },
  ])
})

test('an alias is looked up by the weights behind it', async () => {
  await using server = await startModel({ model: 'LGAI-EXAONE/EXAONE-4.5-33B', vision: true })
  await server.model.info()
  expect(server.model.profile.family).toBe('exaone-4.5')
  const images = [{ mime: 'image/png', base64: 'iVBORw0KGgo=' }]
  await server.ask({ user: { text: '이게 뭐예요?', images } })
  expect(server.vllm.requests[0]?.body.messages?.at(-1)?.content).toEqual([
    { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
    { type: 'text', text: '이게 뭐예요?' },
  ])
})

test('a picture for a model that cannot see is refused in words, not ignored', async () => {
  await using server = await startModel({ model: 'EXAONE-4.0-32B' })
  const images = [{ mime: 'image/png', base64: 'iVBORw0KGgo=' }]
  const error = await server
    .ask({ user: { text: '이게 뭐예요?', images } })
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'model-bad-request', retryable: false })
  expect(server.vllm.requests).toHaveLength(0)
})

test('every profile says whether a company may use it', () => {
  const commercial = Object.fromEntries(
    Object.values(profiles).map((one) => [one.family, one.licence.commercial]),
  )
  expect(commercial).toMatchObject({
    'exaone-3.5': 'no',
    'exaone-4.5': 'no',
    'k-exaone': 'ask',
    'k-exaone-2': 'yes',
  })
})

test.each([
  ['LGAI-EXAONE/EXAONE-4.5-33B', true],
  ['EXAONE-4.0-32B', false],
])('%s is asked for before it is said whether it sees, also right after a start', async (model, sees) => {
  await using server = await startModel({ model, vision: sees })
  expect(await server.model.sees(new AbortController().signal)).toBe(sees)
})
