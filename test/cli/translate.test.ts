// npm run translate: lines in, translations out, by the same code as the bot.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realClock } from '../../src/real-clock.ts'
import { translateBy, translationsIn } from '../e2e/translation-model.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'
import { run, runMain, type Said, temporaryFolder } from './support.ts'

let vllm: FakeVllm
beforeAll(async () => {
  vllm = await startFakeVllm({ model: 'EXAONE-4.0-32B' })
  translateBy(vllm, {
    '내일 배송돼요. → English': 'It ships tomorrow.',
    '⟦1⟧님, 내일 배송돼요. → English': '⟦1⟧, it ships tomorrow.',
    '3만 5천 원이에요. → English': 'It is 3,500 won.',
    '예치금을 돌려 드려요. → English': 'We return the prepaid balance.',
    'The deposit is safe. → Korean': '보증금는 안전해요.',
  })
})
afterAll(() => vllm[Symbol.asyncDispose]())

const translate = (args: string[], lines: string[], env = {}): Promise<Said> =>
  run(['translate', '--base-url', vllm.baseUrl, ...args], env, realClock, lines)

test('one JSON line per line, empty ones too', async () => {
  const said = await translate(['--to', 'en', '--json'], ['내일 배송돼요.', '', '3만 5천 원이에요.'])
  expect(said.code).toBe(0)
  expect(said.out.split('\n').map((line) => JSON.parse(line))).toEqual([
    { source: '내일 배송돼요.', translation: 'It ships tomorrow.', flags: [], memory: null, retries: 0 },
    { source: '', translation: '', flags: [], memory: null, retries: 0 },
    {
      source: '3만 5천 원이에요.',
      translation: 'It is 3,500 won.',
      flags: expect.arrayContaining([{ kind: 'value', detail: '3만 5천 원' }]),
      ...{ memory: null, retries: 1 },
    },
  ])
})

test('a line that comes again costs no model, also with another name in it', async () => {
  const before = translationsIn(vllm).length
  const lines = ['@민지님, 내일 배송돼요.', '@지수님, 내일 배송돼요.', '@민지님, 내일 배송돼요.']
  const said = await translate(['--to', 'en', '--json'], lines)
  const made = said.out.split('\n').map((line) => JSON.parse(line))
  expect(made.map(({ memory }) => memory)).toEqual([null, 'exact', 'exact'])
  expect(made[1].translation).toBe('@지수, it ships tomorrow.')
  expect(translationsIn(vllm).length - before).toBe(1)
})

test('as plain lines, with warnings beside them', async () => {
  const said = await translate(['--to', 'English', '--lang', 'ko'], ['내일 배송돼요.', '3만 5천 원이에요.'])
  expect(said.out).toBe('It ships tomorrow.\nIt is 3,500 won.')
  expect(said.err).toContain('확인 필요 · Please check: 숫자나 날짜가 원문과 달라요')
})

describe('a glossary', () => {
  test('is followed, its bad rows are told by number, and particles fit', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'terms.csv')
    await writeFile(file, 'ko,en,forbidden\n예치금,deposit,prepaid balance|보증금\n혼자,,\n예치금,escrow,\n')
    const said = await translate(['--to', 'en', '--glossary', file], ['예치금을 돌려 드려요.'])
    expect(said.out).toBe('We return the deposit.')
    expect(said.err).toContain(`${file} row 3: it needs a word in two languages`)
    expect(said.err).toContain(`${file} row 4: it contradicts row 2: deposit ≠ escrow`)
    const back = await translate(['--to', 'ko', '--glossary', file], ['The deposit is safe.'])
    expect(back.out).toBe('예치금은 안전해요.')
    // Only the words that occur are told to the model.
    expect(JSON.stringify(vllm.requests.at(-1)?.body.messages)).toContain('deposit → 예치금')
  })
  test('that is not there ends it', async () => {
    const said = await translate(['--to', 'en', '--glossary', '/nowhere.csv', '--lang', 'ko'], ['안녕'])
    expect(said).toEqual({ code: 1, out: '', err: '용어집을 읽을 수 없어요: /nowhere.csv' })
  })
})

test.each([
  [['--to', 'klingon'], '--to: one of ko (Korean)'],
  [['--to', 'en', '--from', '외계어', '--lang', 'ko'], '--from: 쓸 수 있는 언어: ko (한국어)'],
  [['--to', 'en', '--tone', 'loud'], '--tone: one of formal, polite, casual'],
  [[], 'usage: npm run translate'],
  [['--to', 'en', '--nonsense'], 'usage: npm run translate'],
  [['--to', 'en', '--base-url', 'nowhere'], 'usage: npm run translate'],
])('%j is refused', async (args, said) => {
  const result = await translate(args, ['안녕'])
  expect(result.code).toBe(2)
  expect(result.err).toContain(said)
})

test('the tone and both languages reach the model', async () => {
  await translate(['--from', '한국어', '--to', 'en', '--tone', 'formal'], ['내일 배송돼요.'])
  const system = JSON.stringify(vllm.requests.at(-1)?.body.messages?.[0])
  expect(system).toContain('You translate messages from Korean into English. Write in a formal')
  expect(translationsIn(vllm).at(-1)?.to).toBe('English')
})

test('a server that is away ends it with what to do', async () => {
  const said = await run(['translate', '--to', 'en', '--base-url', 'http://127.0.0.1:9/v1'], {}, realClock, [
    '안녕',
  ])
  expect(said.code).toBe(1)
  expect(said.err).not.toBe('')
  expect(said.out).toBe('')
})

test('reads what is piped into the process', async () => {
  const args = ['translate', '--to', 'en', '--json', '--base-url', vllm.baseUrl]
  const said = await runMain(
    args,
    { PATH: process.env['PATH'] ?? '' },
    process.execPath,
    '내일 배송돼요.\n\n내일 배송돼요.',
  )
  expect(said.code).toBe(0)
  const lines = said.out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).translation)).toEqual([
    'It ships tomorrow.',
    '',
    'It ships tomorrow.',
  ])
}, 60_000)
