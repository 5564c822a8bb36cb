// npm run eval -- translate against a model server that translates well, badly, or is away. Every reference is itself a
// translation that the rules must let pass.
import { readFileSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseSentences, type Sentence } from '../../../src/cli/eval/sentences.ts'
import type { TranslationSummary } from '../../../src/cli/eval/translation-score.ts'
import { indexTerms } from '../../../src/translation/glossary/index-terms.ts'
import { createTranslator } from '../../../src/translation/translator.ts'
import { translateBy } from '../../e2e/translation-model.ts'
import { type FakeVllm, startFakeVllm } from '../../fakes/vllm/index.ts'
import { requestOf } from '../../translation/support.ts'
import { run, type Said, temporaryFolder } from '../support.ts'

const sentences = parseSentences(
  readFileSync(new URL('../../eval/translations.tsv', import.meta.url), 'utf8'),
)
const MODEL = 'EXAONE-4.0-32B'
const NAMES = { ko: 'Korean', en: 'English' }

test('there are enough of them, in both directions, and none twice', () => {
  expect(sentences.filter(({ to }) => to === 'en').length).toBeGreaterThanOrEqual(75)
  expect(sentences.filter(({ to }) => to === 'ko').length).toBeGreaterThanOrEqual(75)
  expect(new Set(sentences.map(({ source }) => source)).size).toBe(sentences.length)
  expect(sentences.filter(({ terms }) => terms.length > 0).length).toBeGreaterThanOrEqual(15)
})

/** What the model sees of a text, with the reference as it would have to write it. */
async function asked(
  { source, reference, from, to, tone, terms }: Sentence,
  change = (text: string) => text,
) {
  const index = indexTerms([...terms])
  let seen = ''
  let kept: string[] = []
  const translate = createTranslator({
    glossary: async () => index,
    async ask(prompt) {
      seen = prompt.text
      kept = keptOf(source, seen)
      return { text: change(withPlaceholders(reference, kept)), isWhole: true }
    },
  })
  const made = await translate(requestOf({ text: source, from, to, tone }))
  return { made, seen, written: withPlaceholders(reference, kept) }
}

/** What ⟦1⟧, ⟦2⟧ … stand for, read off the text between them. */
function keptOf(source: string, seen: string): string[] {
  const parts = seen.split(/⟦\d+⟧/)
  const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([\\s\\S]+?)')
  return new RegExp(`^${pattern}$`).exec(source)?.slice(1) ?? []
}

function withPlaceholders(reference: string, kept: readonly string[]): string {
  return kept.reduce((text, item, at) => text.replace(item, `⟦${at + 1}⟧`), reference)
}

describe('every reference passes the rules', () => {
  test.each(sentences.map((one) => [one.source, one] as const))('%s', async (_source, sentence) => {
    const { made } = await asked(sentence)
    expect(made).toMatchObject({ outcome: 'translated', translation: sentence.reference, flags: [] })
  })
})

async function rehearsed(change?: (text: string) => string): Promise<FakeVllm> {
  const vllm = await startFakeVllm({
    model: MODEL,
    latency: { prefillMs: 0, perPromptTokenMs: 0, itlMs: 0 },
  })
  const known: Record<string, string> = {}
  for (const sentence of sentences) {
    const { seen, written } = await asked(sentence)
    known[`${seen} → ${NAMES[sentence.to]}`] = change ? change(written) : written
  }
  translateBy(vllm, known)
  return vllm
}

const evaluate = (vllm: FakeVllm, ...args: string[]): Promise<Said> =>
  run(['eval', 'translate', '--base-url', vllm.baseUrl, '--model', MODEL, ...args])
const summaryOf = (said: Said): TranslationSummary => JSON.parse(said.out).summary

describe('npm run eval -- translate', { timeout: 60_000 }, () => {
  test('a model that writes the references is right in everything, and README says so in both languages', async () => {
    await using vllm = await rehearsed()
    await using folder = await temporaryFolder()
    for (const name of ['README.md', 'README.ko.md'])
      await copyFile(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), join(folder.path, name))
    const said = await evaluate(vllm, '--json', '--readme', folder.path)
    expect({ code: said.code, err: said.err }).toEqual({ code: 0, err: '' })
    const { all, toKo, toEn } = summaryOf(said)
    expect(all.chrF).toBeCloseTo(100, 6)
    for (const key of ['terms', 'values', 'language'] as const) expect(all[key].right).toBe(all[key].of)
    expect(toKo.level).toEqual({ right: 77, of: 77 })
    expect(toEn.level.of).toBe(0)
    expect([all.flagged.right, all.retried.right, all.failed.right]).toEqual([0, 0, 0])
    const english = await readFile(join(folder.path, 'README.md'), 'utf8')
    expect(english).toContain('| chrF2 (0–100) | 100.0 | 100.0 | 100.0 |')
    expect(english).not.toContain('<!-- eval translate: end -->\n\n<!-- eval')
    // The other table is another command's.
    expect(english).toContain('<!-- eval: npm run eval writes what follows -->')
    expect(await readFile(join(folder.path, 'README.ko.md'), 'utf8')).toContain('| 용어집대로 옮김 | 100%')
  })

  test('one that echoes is caught, asked again, and told line by line', async () => {
    await using vllm = await startFakeVllm({ model: MODEL })
    vllm.reply((request) => request.lastUser)
    const said = await evaluate(vllm, '--limit', '8', '--no-readme', '--lang', 'ko')
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/요청한 언어 +0% \(0\/4\) +0% \(0\/4\) +0% \(0\/8\)/)
    expect(said.out).toMatch(/다시 물어봄 +100%/)
    expect(said.out).toContain('✗ 어제 주문했는데')
  })

  test('a few sentences leave README alone', async () => {
    await using vllm = await rehearsed()
    const said = await evaluate(vllm, '--limit', '4')
    expect(said.code).toBe(0)
    expect(said.err).toContain('README stays as it is')
  })

  test('a server that is away ends it', async () => {
    const said = await run(['eval', 'translate', '--base-url', 'http://127.0.0.1:9/v1'])
    expect(said.code).toBe(1)
    expect(said.err).not.toBe('')
  })

  test.each([[['--limit', '0']], [['--nonsense']], [['--lang', 'fr']]])('%j is refused', async (args) => {
    const said = await run(['eval', 'translate', ...args])
    expect(said).toMatchObject({ code: 2, err: expect.stringContaining('npm run eval -- translate') })
  })
})
