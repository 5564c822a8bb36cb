// Passages as search finds them and answers quote them: under their headings, whole sentences, nothing lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkMarkdown } from '../../src/knowledge/chunk.ts'
import type { Passage } from '../../src/knowledge/model.ts'
import { anyText } from '../any-text.ts'

const SENTENCE = '주문하신 상품은 결제가 끝난 뒤 영업일 기준으로 이틀 안에 출고됩니다.'

describe('headings', () => {
  test('each passage keeps the path of headings above it', () => {
    const markdown = `# 이용 안내\n\n처음에\n\n## 배송\n\n이틀 걸려요.\n\n### 제주 ###\n나흘 걸려요.\n\n## **환불** [정책](https://x.example/a) {#refund}\n7일 안에요.`
    expect(chunkMarkdown(markdown)).toEqual([
      { headings: ['이용 안내'], text: '처음에' },
      { headings: ['이용 안내', '배송'], text: '이틀 걸려요.' },
      { headings: ['이용 안내', '배송', '제주'], text: '나흘 걸려요.' },
      { headings: ['이용 안내', '환불 정책'], text: '7일 안에요.' },
    ])
  })

  test('underlined headings count too; a rule, a list and code do not', () => {
    const markdown = '안내\n====\n\n배송\n---\n빨라요.\n\n---\n\n- 하나\n---\n\n```sh\n# 주석\n```'
    expect(chunkMarkdown(markdown)).toEqual([
      { headings: ['안내', '배송'], text: '빨라요.\n\n---\n\n- 하나\n---\n\n```sh\n# 주석\n```' },
    ])
  })

  test('a question that is only a heading is found as well', () => {
    expect(chunkMarkdown('# FAQ\n\n## 교환되나요?\n\n## 언제 와요?\n\n내일요.')).toEqual([
      { headings: ['FAQ', '교환되나요?'], text: '교환되나요?' },
      { headings: ['FAQ', '언제 와요?'], text: '내일요.' },
    ])
  })

  test('text from a Mac is composed, and chat jamo stay', () => {
    expect(chunkMarkdown(`# ${'배송'.normalize('NFD')}\n\n${'빨라요 ㅋㅋㅠㅠ'.normalize('NFD')}`)).toEqual([
      { headings: ['배송'], text: '빨라요 ㅋㅋㅠㅠ' },
    ])
  })
})

describe('length', () => {
  test('paragraphs are joined up to about 500 characters', () => {
    const found = chunkMarkdown(Array(40).fill(SENTENCE).join('\n\n'))
    expect(found.length).toBeGreaterThanOrEqual(3)
    for (const { text } of found) expect(text.length).toBeLessThanOrEqual(630)
    for (const { text } of found.slice(0, -1)) expect(text.length).toBeGreaterThan(300)
  })

  test.each(['이틀 안에 도착합니다.', '그렇게 하시면 돼요.', '바꿀 수 있을까?', 'It takes two days.'])(
    'a long paragraph is cut after “%s”',
    (sentence) => {
      const found = chunkMarkdown(Array(120).fill(sentence).join(' '))
      expect(found.length).toBeGreaterThan(2)
      for (const { text } of found) expect(text.endsWith(sentence)).toBe(true)
    },
  )

  test('a table of 1,500 characters stays whole, with the line that introduces it', () => {
    const rows = Array.from({ length: 60 }, (_, n) => `| 지역 ${n} | ${n * 1000}원 |`)
    const table = ['| 지역 | 요금 |', '| --- | --- |', ...rows].join('\n')
    expect(chunkMarkdown(`# 요금\n\n지역마다 달라요.\n\n${table}\n\n${SENTENCE.repeat(4)}`)[0]).toEqual({
      headings: ['요금'],
      text: `지역마다 달라요.\n\n${table}`,
    })
  })

  test('a longer table is cut between rows, and each part has the header', () => {
    const rows = Array.from({ length: 400 }, (_, n) => `| 지역 ${n} | ${n * 1000}원 |`)
    const found = chunkMarkdown(['| 지역 | 요금 |', '| --- | --- |', ...rows].join('\n'))
    expect(found.length).toBeGreaterThan(3)
    for (const { text } of found)
      expect(text.startsWith('| 지역 | 요금 |\n| --- | --- |\n| 지역 ')).toBe(true)
    for (const row of rows) expect(found.filter(({ text }) => text.split('\n').includes(row))).toHaveLength(1)
  })

  test('code stays code when it must be cut', () => {
    const lines = Array.from({ length: 300 }, (_, n) => `  console.log(${n})`)
    const found = chunkMarkdown(['```js', ...lines, '```'].join('\n'))
    expect(found.length).toBeGreaterThan(1)
    for (const { text } of found) expect(text).toMatch(/^```js\n[\s\S]*\n```$/)
  })

  test('two million characters take seconds, in one line or in many', () => {
    const start = performance.now()
    chunkMarkdown(`${SENTENCE} `.repeat(50_000))
    chunkMarkdown(`# ${'가'.repeat(20)}\n\n${SENTENCE}\n\n`.repeat(20_000))
    chunkMarkdown(`| a | b |\n|---|---|\n${`| ${SENTENCE} | 1 |\n`.repeat(30_000)}`)
    chunkMarkdown('가'.repeat(1_000_000))
    chunkMarkdown(`${' '.repeat(500_000)}# ${'#'.repeat(500_000)}`)
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})

const word = fc.integer({ min: 0, max: 10_000_000 }).map((n) => `w${n}x`)
const words = (most: number) => fc.array(word, { minLength: 1, maxLength: most })
const block = fc.oneof(
  words(6).map((all) => `# ${all.join(' ')}`),
  words(4).map((all) => `### ${all.join(' ')}`),
  words(300).map((all) => all.join(' ')),
  words(200).map((all) => `${all.join('했어요. ')}했어요.`),
  words(60).map((all) => all.map((each) => `- ${each}`).join('\n')),
  words(200).map((all) => `\`\`\`ts\n${all.join('\n')}\n\`\`\``),
  words(100).map((all) => `| 이름 | 값 |\n|---|---|\n${all.map((each) => `| ${each} | 값 |`).join('\n')}`),
  words(3).map((all) => `${all.join(' ')}\n---`),
)

function wordsOf(passages: readonly Passage[]): string[] {
  return (
    passages
      .flatMap(({ headings, text }) => [...headings, text])
      .join('\n')
      .match(/w\d+x/g) ?? []
  )
}

describe('always', () => {
  test('no word is lost, and text stays in its order', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const markdown = blocks.join('\n\n')
        const found = chunkMarkdown(markdown)
        expect(new Set(wordsOf(found))).toEqual(new Set(markdown.match(/w\d+x/g) ?? []))
        const body = found.map(({ text }) => text).join('\n')
        const order = blocks
          .filter((each) => !each.startsWith('#') && !each.endsWith('\n---'))
          .flatMap((each) => each.match(/w\d+x/g) ?? [])
        let at = 0
        for (const each of order) {
          at = body.indexOf(each, at)
          expect(at).toBeGreaterThanOrEqual(0)
          at += each.length
        }
      }),
      { numRuns: 200 },
    )
  })

  test('no passage is longer than the cap, and none is empty', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(block, anyText({ maxLength: 3_000 })), { maxLength: 8 }), (blocks) => {
        for (const { text } of chunkMarkdown(blocks.join('\n\n'))) {
          expect(text.trim()).not.toBe('')
          expect(text.length).toBeLessThanOrEqual(2_500)
          expect(text).toBe(text.normalize('NFC'))
        }
      }),
      { numRuns: 200 },
    )
  })
})
