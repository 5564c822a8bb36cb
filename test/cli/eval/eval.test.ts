// npm run eval against a model server that answers well, badly, without sources, in the wrong language or not at all.

import { readFileSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asked, type Asker, openAsker } from '../../../src/cli/eval/asker.ts'
import { parseQuestions, pickQuestions, type Question } from '../../../src/cli/eval/questions.ts'
import { writeResult } from '../../../src/cli/eval/readme.ts'
import { type Scores, type Summary, summarize, toVerdict } from '../../../src/cli/eval/score.ts'
import { lightFetch } from '../../../src/light-fetch.ts'
import { createModel } from '../../../src/llm/client.ts'
import { realClock } from '../../../src/real-clock.ts'
import { type FakeVllm, startFakeVllm } from '../../fakes/vllm/index.ts'
import { run, runMain, temporaryFolder } from '../support.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const questions = parseQuestions(read('eval/questions.tsv'))
const MODEL = 'EXAONE-4.0-32B'
/** So many that every kind is among them. */
const LIMIT = '20'

interface Report {
  model: string
  summary: Summary
  questions: {
    question: string
    outcome: string
    tries: number
    error: string | null
    isCorrect: boolean | null
  }[]
}

type Say = (question: Question, request: { passages: string[]; prompt: string }) => string | null

/** Answers each question as `say` has it; null: not in the passages. A restated question is the question itself. */
async function speaking(say: Say): Promise<FakeVllm> {
  const vllm = await startFakeVllm({
    model: MODEL,
    latency: { prefillMs: 0, perPromptTokenMs: 0, itlMs: 0 },
  })
  vllm.reply((request) => {
    const prompt = request.lastUser
    const question = questions.find(({ text }) => prompt.endsWith(text))
    if (!question) return '…'
    if (!prompt.includes('<passage'))
      return `intent: question\nmood: calm\nko: ${titleOf(question, 'ko')}\nen: ${titleOf(question, 'en')}`
    const passages = [...prompt.matchAll(/<passage n="\d+" title="[^"]*">\n([\s\S]*?)\n<\/passage>/g)]
    return say(question, { prompt, passages: passages.map(([, text = '']) => text) }) ?? 'NO_ANSWER'
  })
  return vllm
}

/** What a perfect model would search for. */
function titleOf({ articles, text }: Question, lang: string): string {
  if (!articles[0]) return text
  return /^title: (.*)$/m.exec(read(`playground/shop/articles/${articles[0]}.${lang}.md`))?.[1] ?? text
}

/** Quotes the passages that hold the key facts, in the question's language where they are. */
const wellRead: Say = ({ articles, lang }, { passages }) => {
  if (articles.length === 0) return null
  const own = passages.flatMap((text, at) =>
    /[가-힣]/.test(text) === (lang === 'ko') && isOf(articles[0] ?? '', text)
      ? [`${lines(text)} [${at + 1}]`]
      : [],
  )
  return own.length === 0 ? null : own.join('\n')
}

const lines = (text: string): string => text.split('\n').at(-1) ?? ''
const isOf = (article: string, text: string): boolean =>
  ['ko', 'en'].some((lang) => read(`playground/shop/articles/${article}.${lang}.md`).includes(lines(text)))

const ask = (vllm: FakeVllm, ...args: string[]) =>
  run(['eval', '--base-url', vllm.baseUrl, '--model', MODEL, ...args])

const shares = (scores: Scores): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(scores).map(([key, { right, of }]) => [key, of === 0 ? null : right / of]),
  )

describe('npm run eval', { timeout: 60_000 }, () => {
  // To import the shop takes longer than to ask: those who only differ in what the model says share it.
  const opened = new AsyncDisposableStack()
  let asker: Asker
  let say: Say
  beforeAll(async () => {
    const vllm = opened.use(await speaking((question, seen) => say(question, seen)))
    asker = opened.use(
      await openAsker({
        model: createModel({ baseUrl: vllm.baseUrl, model: MODEL, fetch: lightFetch, clock: realClock }),
        articles: fileURLToPath(new URL('../../playground/shop/articles', import.meta.url)),
        help: () => ({ embeddings: null, reranker: null }),
        clock: realClock,
      }),
    )
  }, 60_000)
  afterAll(() => opened.disposeAsync())

  /** What the command says of such a model. */
  async function evaluated(next: Say): Promise<{ summary: Summary; questions: Report['questions'] }> {
    say = next
    const asked: Asked[] = []
    for (const question of pickQuestions(questions, Number(LIMIT))) asked.push(await asker.ask(question))
    return {
      summary: summarize(asked),
      questions: asked.map((one) => ({
        ...{ question: one.question.text, outcome: one.outcome, tries: one.tries },
        ...{ error: one.error?.code ?? null, isCorrect: toVerdict(one).isCorrect },
      })),
    }
  }

  test('searches with the embeddings server and the reranker that are configured', async () => {
    await using vllm = await speaking(wellRead)
    await using helper = await startFakeVllm({ model: 'bge-m3' })
    const args = ['--base-url', vllm.baseUrl, '--model', MODEL, '--json', '--no-readme', '--limit', '3']
    const { code, out } = await run(['eval', ...args], {
      ...{ EMBEDDINGS_BASE_URL: helper.baseUrl, EMBEDDINGS_MODEL: 'bge-m3' },
      ...{ RERANKER_BASE_URL: helper.baseUrl, RERANKER_MODEL: 'bge-m3' },
    })
    expect(code).toBe(0)
    const embedded = helper.pooling.requests.flatMap(({ texts, query }) => (query === null ? texts : []))
    for (const { question } of (JSON.parse(out) as Report).questions) expect(embedded).toContain(question)
    expect(helper.pooling.requests.some(({ route }) => route === 'rerank')).toBe(true)
  })

  test('a model that answers from the right page is right nearly always, in both languages', async () => {
    await using vllm = await speaking(wellRead)
    const { code, out, err } = await ask(vllm, '--json', '--no-readme', '--limit', LIMIT)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const report = JSON.parse(out) as Report
    expect(report.model).toBe(MODEL)
    for (const lang of ['ko', 'en'] as const) {
      const { correct, citations, falseAnswers, language, failed } = shares(report.summary[lang])
      expect(correct).toBeGreaterThanOrEqual(0.8)
      expect({ citations, falseAnswers, language, failed }).toEqual({
        ...{ citations: 1, falseAnswers: 0, language: 1, failed: 0 },
      })
    }
    expect(report.summary.figures.firstWordMs).not.toBeNull()
    expect(report.summary.figures.tokens).toBeGreaterThan(5)
  })

  test('other values than the page has are never counted as right', async () => {
    const report = await evaluated((question) =>
      question.lang === 'ko' ? '수수료는 777,000원입니다. [1]' : 'The fee is 777,000 won. [1]',
    )
    expect(report.summary.all.correct.right).toBe(0)
    // No passage bears it out, so people are told that it is not known.
    expect(shares(report.summary.all)).toMatchObject({ refused: 1, falseAnswers: 0 })
  })

  test('an answer that cites nothing is not shown, and counts as not known', async () => {
    const report = await evaluated(
      (question, seen) => wellRead(question, seen)?.replace(/ ?\[\d+\]/g, '') ?? null,
    )
    expect(shares(report.summary.all)).toMatchObject({ correct: 0, refused: 1, citations: null, failed: 0 })
  })

  test('a true sentence from a page beside the question is a wrong citation, and a false answer where there is none', async () => {
    const report = await evaluated(({ articles, lang }, { passages }) => {
      const at = passages.findIndex(
        (text) => /[가-힣]/.test(text) === (lang === 'ko') && !articles.some((one) => isOf(one, text)),
      )
      return at < 0 ? null : `${lines(passages[at] ?? '')} [${at + 1}]`
    })
    const { citations, falseAnswers, correct } = shares(report.summary.all)
    expect(citations).toBe(0)
    expect(correct).toBeLessThan(0.3)
    expect(report.summary.all.falseAnswers.right).toBe(
      report.questions.filter(({ isCorrect, outcome }) => isCorrect === null && outcome === 'answered')
        .length,
    )
    expect(falseAnswers).toBeGreaterThan(0)
  })

  test('the wrong language, however often it is asked, is told as such and not as a failure to be repeated', async () => {
    const report = await evaluated(({ lang }) =>
      lang === 'ko'
        ? 'Shipping is free of charge for every order that you place with us today, and it always will be. [1]'
        : '배송비는 언제나 무료이고 앞으로도 계속 무료일 것이니 걱정하지 않으셔도 됩니다 고객님. [1]',
    )
    const { language, correct } = shares(report.summary.all)
    expect({ language, correct }).toEqual({ language: 0, correct: 0 })
    const said = report.questions.filter(({ error }) => error === 'model-garbled')
    expect(said.length).toBeGreaterThan(0)
    expect(said.every(({ tries }) => tries === 1)).toBe(true)
  })

  test('a server that fails now and then is asked again, and the figures are as if it had not', async () => {
    await using vllm = await speaking(wellRead)
    vllm.next({ fault: '503', times: 2 })
    vllm.next('cut-hard')
    await using folder = await temporaryFolder()
    const said = await ask(vllm, '--json', '--limit', '4', '--readme', folder.path)
    // A part of the questions is no result.
    expect(said.err).toContain('README stays as it is')
    const report = JSON.parse(said.out) as Report
    expect(report.summary.all.failed.right).toBe(0)
    expect(Math.max(...report.questions.map(({ tries }) => tries))).toBeGreaterThan(1)
  })

  test('a whole run of a real model is written into both READMEs, with its name and the day; another replaces it', async () => {
    await using folder = await temporaryFolder()
    for (const name of ['README.md', 'README.ko.md'])
      await copyFile(new URL(`../../../${name}`, import.meta.url), join(folder.path, name))
    await writeResult(folder.path, {
      ...{
        model: 'an older one',
        questions: 100,
        date: '2020-01-01',
        summary: (await evaluated(wellRead)).summary,
      },
    })
    const older = await readFile(join(folder.path, 'README.md'), 'utf8')
    expect(older).toContain('`anolderone` on 2020-01-01, 100 questions about the sample shop (')
    await using vllm = await speaking(wellRead)
    const whole = await ask(vllm, '--concurrency', '8', '--readme', folder.path)
    expect({ code: whole.code, err: whole.err }).toEqual({ code: 0, err: '' })
    expect(whole.out).toMatch(
      /right answers \(every key value\) +\d+% \(\d+\/41\) +\d+% \(\d+\/34\) +\d+% \(\d+\/75\)/,
    )
    const english = await readFile(join(folder.path, 'README.md'), 'utf8')
    expect(english).toMatch(/`EXAONE-4\.0-32B` on \d{4}-\d\d-\d\d, 100 questions about the sample shop/)
    expect(english).not.toContain('no model was at hand')
    expect(await readFile(join(folder.path, 'README.ko.md'), 'utf8')).toMatch(
      /\| 맞는 출처 \| 100% \(\d+\/\d+\)/,
    )
    expect(english).not.toContain('anolderone')
    expect(english.match(/questions about the sample shop \(/g)).toHaveLength(1)
    expect(english.split('\n')).toHaveLength(older.split('\n').length)
  })

  test('a rehearsal is no result', async () => {
    await using vllm = await startFakeVllm()
    await using folder = await temporaryFolder()
    const said = await run(['eval', '--base-url', vllm.baseUrl, '--limit', '2', '--readme', folder.path])
    expect(said).toMatchObject({ code: 0, err: expect.stringContaining('README stays as it is') })
  })

  test('a server that is not there, or lacks the model, is named in one line', async () => {
    await using vllm = await startFakeVllm({ model: MODEL })
    const other = await run(['eval', '--base-url', vllm.baseUrl, '--model', 'gpt', '--no-readme'])
    expect(other).toMatchObject({ code: 1, out: '', err: expect.stringContaining('does not serve "gpt"') })
    await vllm.down()
    const none = await runMain(['eval', '--base-url', vllm.baseUrl, '--no-readme'])
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.err.trim()).toBe(`No connection to ${vllm.baseUrl}. Is the model server running?`)
  })

  test('a server that goes away in the middle ends the run, and says after how many questions', async () => {
    let count = 0
    await using vllm = await speaking((question, seen) => {
      if (++count === 2) void vllm.down()
      return wellRead(question, seen)
    })
    const said = await run(
      [
        'eval',
        '--base-url',
        vllm.baseUrl,
        '--model',
        MODEL,
        '--no-readme',
        '--concurrency',
        '1',
        '--limit',
        '6',
      ],
      {},
      // Its patience is the same, its minutes are shorter.
      { ...realClock, after: (ms, run) => realClock.after(ms / 20, run) },
    )
    expect(said.code).toBe(1)
    expect(said.err).toMatch(/^No connection to .*\nStopped after [12] of 6 questions\.$/)
  })

  test.each([
    ['--limit', '0'],
    ['--concurrency', 'many'],
    ['--base-url', 'gpu:8000'],
    ['--readme', '.', '--no-readme'],
    ['--lang', 'fr'],
  ])('%s %s is refused with the usage', async (...args) => {
    expect(await run(['eval', ...args])).toMatchObject({
      code: 2,
      err: expect.stringContaining('usage: npm run eval'),
    })
  })
})
