// A long answer becomes several posts that each read well; together they are exactly the answer.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDelimiterRow, openFence } from '../../src/text/fences.ts'
import { joinParts, showPart, splitHead, splitParts, splitText } from '../../src/text/split.ts'

const sentence = '주문하신 상품은 내일 오전에 출고될 예정이에요. '

describe('splitHead', () => {
  it('leaves a text alone that fits', () => {
    expect(splitHead('네, 확인했어요.', 2000)).toEqual(['네, 확인했어요.', ''])
  })

  it('prefers a blank line to a line, even a later one', () => {
    const text = `${'가'.repeat(60)}\n\n${'나'.repeat(20)}\n${'다'.repeat(40)}`
    expect(splitHead(text, 100)).toEqual([`${'가'.repeat(60)}\n\n`, `${'나'.repeat(20)}\n${'다'.repeat(40)}`])
  })

  it('prefers a line to a sentence', () => {
    const text = `${'가'.repeat(60)}\n문장이에요. 다음 문장이 이어져요. ${'나'.repeat(60)}`
    expect(splitHead(text, 100)[0]).toBe(`${'가'.repeat(60)}\n`)
  })

  it.each([
    ['a sentence that ends in 다.', '확인했습니다. ', '다음 '],
    ['a sentence that ends in 요.', '보내 드렸어요. ', '다음 '],
    ['a question that ends in 까?', '도와 드릴까요? ', '다음 '],
    ['an English sentence', 'It has shipped. ', 'Next we '],
    ['a Korean sentence with no space after it', '확인했습니다.', '다음에는 '],
  ])('ends a post after %s', (_, end, next) => {
    const text = `${'말 '.repeat(30)}${end}${next}${'더 '.repeat(60)}`
    expect(splitHead(text, 100)[0]).toBe(`${'말 '.repeat(30)}${end}`)
  })

  it.each(['버전은 3.5 이상', 'use e.g. the blue one', 'ask Dr. Kim first', '순서는 1. 주문 2. 결제'])(
    'does not take %j for the end of a sentence',
    (phrase) => {
      const sentences = `${'말 '.repeat(25)}여기까지예요. `
      expect(splitHead(`${sentences}${phrase} ${'더 '.repeat(60)}`, 100)[0]).toBe(sentences)
    },
  )

  it('does not cut a bold phrase, inline code or a link at its spaces when it can do otherwise', () => {
    for (const span of [
      '**아주 긴 강조 표현 하나**',
      '`npm run start now please`',
      '[자주 묻는 질문 보기](https://x.kr/a)',
    ]) {
      const text = `${'말 '.repeat(44)}${span} ${'끝 '.repeat(20)}`
      expect(splitHead(text, 100)[0]).toBe('말 '.repeat(44))
    }
  })

  it('does not start a post with what would become a list item or a heading', () => {
    const text = `${'a'.repeat(80)} b - ${'c'.repeat(60)}`
    expect(splitHead(text, 100)[0]).toBe(`${'a'.repeat(80)} b - `)
  })

  it('never cuts inside an emoji family, a flag or an accented letter', () => {
    for (const one of ['👨‍👩‍👧‍👦', '🇰🇷', '👍🏽', 'e\u0301', '\u1100\u1161\u11a8']) {
      for (let lead = 0; lead < 14; lead++) {
        const text = 'x'.repeat(lead) + one.repeat(60)
        const [head] = splitHead(text, 110)
        expect((head.length - lead) % one.length).toBe(0)
      }
    }
  })

  it('closes a code block and opens it again with its language', () => {
    const code = Array.from({ length: 12 }, (_, i) => `const line${i} = ${i}`).join('\n')
    const [head, rest] = splitHead(`\`\`\`ts\n${code}\n\`\`\`\n끝`, 120)
    expect(head.startsWith('```ts\n')).toBe(true)
    expect(head.endsWith('\n```')).toBe(true)
    expect(rest.startsWith('```ts\nconst line')).toBe(true)
  })

  it('starts a code block in the next post rather than cutting it, when there is enough before it', () => {
    const intro = `${'설명 '.repeat(30)}\n\n`
    const [head, rest] = splitHead(`${intro}\`\`\`sh\nnpm ci\nnpm start\n\`\`\`\n`, 105)
    expect(head).toBe(intro)
    expect(rest.startsWith('```sh\nnpm ci')).toBe(true)
  })

  it('repeats the header of a table and never cuts a row', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `| 상품 ${i} | ${i}000원 |`)
    const text = ['| 상품 | 가격 |', '|---|---:|', ...rows].join('\n')
    const parts = splitText(text, 120)
    for (const part of parts) {
      const lines = part.trimEnd().split('\n')
      expect(lines.slice(0, 2)).toEqual(['| 상품 | 가격 |', '|---|---:|'])
      expect(lines.slice(2).length).toBeGreaterThan(0)
      for (const line of lines) expect(line).toMatch(/^\|.*\|$/)
    }
    expect(joinParts(splitParts(text, 120))).toBe(text)
  })

  it('does not repeat a table header before the text that follows the table', () => {
    const table = `| 이름 | 값 |\n|---|---|\n${'| 가나다라 | 마바사아 |\n'.repeat(6)}`
    const [, rest] = splitHead(`${table}\n${'말 '.repeat(60)}`, table.length + 20)
    expect(rest.startsWith('말')).toBe(true)
  })

  it('keeps the header of a table together with its first row', () => {
    const text = `${'가'.repeat(70)}\n| 이름 | 값 |\n|---|---|\n| ${'나'.repeat(40)} | 1 |\n`
    expect(splitHead(text, 100)[0]).toBe(`${'가'.repeat(70)}\n`)
  })

  it('cuts a 12,000-character answer with nothing to cut at', () => {
    const parts = splitText('가'.repeat(12_000), 2000)
    expect(parts.every((part) => part.length <= 2000)).toBe(true)
    expect(parts.join('')).toBe('가'.repeat(12_000))
  })

  it('refuses a limit too small to hold a code block', () => {
    expect(() => splitText('x'.repeat(50), 10)).toThrow(RangeError)
  })
})

const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      sentence,
      'Your order has shipped. ',
      '환불은 3~5일 걸려요! ',
      '**굵게(Bold)**를 ',
      '`code`',
      ' ',
      '  ',
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom('\n', '\n\n', '\n\n\n') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '```',
      '```ts\n',
      '\n```\n',
      '\n~~~\n',
      '\n  ```py\n',
      '`',
      '~~',
      '\n````\n',
      '\n```js title="a b"\n',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\n| 이름 | 값 |\n|---|---|\n',
      '| 가 | 나 |\n',
      '|',
      '\n- 항목 ',
      '\n1. 하나 ',
      '# ',
      '\n> ',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('👨‍👩‍👧‍👦', '🇰🇷🇺🇸', '👍🏽', 'e\u0301\u0302', '\ud83d', '\u200d') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(150), 'ㅋ'.repeat(130), 'https://example.com/'.repeat(8)),
  },
)
const markdown = fc.array(piece, { minLength: 15, maxLength: 60 }).map((pieces) => pieces.join(''))
const limit = fc.integer({ min: 100, max: 400 })

function fits(text: string, maxChars: number): void {
  const parts = splitParts(text, maxChars)
  expect(joinParts(parts)).toBe(text)
  parts.forEach((part, index) => {
    const shown = showPart(part)
    expect(shown.length).toBeLessThanOrEqual(maxChars)
    if (index < parts.length - 1) {
      expect(part.body.length).toBeGreaterThan(0)
      expect(openFence(shown)).toBeNull()
    }
  })
}

describe('any answer', () => {
  it('is split without losing a character, within the limit, with every fence closed', () => {
    fc.assert(fc.property(markdown, limit, fits), { numRuns: 300 })
  })

  it('is cut at the same place while it still grows', () => {
    fc.assert(
      fc.property(markdown, markdown, limit, (text, more, maxChars) => {
        fc.pre(text.length > maxChars)
        const [head, rest] = splitHead(text, maxChars)
        const [grownHead, grownRest] = splitHead(text + more, maxChars)
        expect(grownHead).toBe(head)
        expect(grownRest.startsWith(rest)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is never cut inside a grapheme', () => {
    const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' })
    fc.assert(
      fc.property(markdown, limit, (text, maxChars) => {
        const boundaries = new Set([...segmenter.segment(text)].map(({ index }) => index))
        let at = 0
        for (const part of splitParts(text, maxChars).slice(0, -1)) {
          at += part.body.length
          expect(boundaries.has(at)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never has a table header without a row under it at the end of a post', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 3, max: 30 }), (lead, rows) => {
        const text = `${'가'.repeat(lead)}\n\n| 이름 | 값 |\n|---|---|\n${'| 가나 | 다라 |\n'.repeat(rows)}`
        for (const part of splitText(text, 110)) {
          expect(isDelimiterRow(part.trimEnd().split('\n').at(-1)!)).toBe(false)
        }
      }),
    )
  })
})
