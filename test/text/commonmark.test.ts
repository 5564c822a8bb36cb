// A growing answer never takes back what it showed, and its emphasis holds where only CommonMark is known.
import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, it } from 'vitest'
import { closeForCommonMark, parseMarkdown, safePrefix, toPlainText } from '../../src/text/markdown.ts'
import { neutralize } from '../../src/text/mentions.ts'

function emphasised(node: Nodes, found: string[] = []): string[] {
  if (node.type === 'strong' || node.type === 'emphasis') found.push(`${node.type}: ${toPlainText(node)}`)
  if ('children' in node) for (const child of node.children) emphasised(child, found)
  return found
}
const inCommonMark = (text: string) => emphasised(fromMarkdown(text))

describe('closeForCommonMark', () => {
  it.each([
    ['**비밀번호(Password)**를', '**비밀번호(Password)\u200B**를'],
    ['이제**"설정"**에서', '이제**\u200B"설정"\u200B**에서'],
    ['**"설정"**에서', '**"설정"\u200B**에서'],
    ['**99.9%**입니다', '**99.9%\u200B**입니다'],
    ['**굵게**입니다', '**굵게**입니다'],
    ['**(참고)** 다음', '**(참고)** 다음'],
    ['_기울임_은', '*기울임*은'],
    ['__강조(1)__은', '**강조(1)\u200B**은'],
    ['***"둘 다"***는', '***"둘 다"\u200B***는'],
    ['~~정가(10,000원)~~에서', '~~정가(10,000원)\u200B~~에서'],
    ['**안쪽 *주의(!)*는 여기**', '**안쪽 *주의(!)\u200B*는 여기**'],
    ['snake_case_name과 my_var_2', 'snake_case_name과 my_var_2'],
    ['`**코드(x)**를`', '`**코드(x)**를`'],
    ['```\n**코드(x)**를\n```\n**밖(x)**을', '```\n**코드(x)**를\n```\n**밖(x)\u200B**을'],
    ['[**라벨(x)**을](https://x.kr/_a_(b))', '[**라벨(x)**을](https://x.kr/_a_(b))'],
    ['https://x.kr/_a_/**b(c)**를', 'https://x.kr/_a_/**b(c)\u200B**를'],
    ['\\**별(x)**를', '\\**별(x)**를'],
    ['3 * 4 * 5 = 60', '3 * 4 * 5 = 60'],
    ['* 항목(1)\n* 항목(2)', '* 항목(1)\n* 항목(2)'],
    ['**열림(1)\n\n닫힘**을', '**열림(1)\n\n닫힘**을'],
    ['성함: ____ 입니다', '성함: ____ 입니다'],
  ])('%j', (text, expected) => {
    expect(closeForCommonMark(text)).toBe(expected)
    expect(closeForCommonMark(expected)).toBe(expected)
  })

  it.each([
    '**비밀번호(Password)**를 **"설정"**에서 바꾸고 **99.9%**입니다',
    '값은 _중요(!)_하니 *주의:*를 보세요',
    '1. **[주문 내역]**에서\n2. **‘취소’**를 누르면 **3~5일**이',
    '**₩5,000**을 **(무료)**로 ***“꼭!”***은',
    '> **인용(A)**은\n\n# 제목 **(B)**은',
    '| 이름 | 값 |\n|---|---|\n| **가(1)**은 | _나(2)_는 |',
  ])('shows in CommonMark what was meant: %s', (text) => {
    // Underscores beside Hangul are no emphasis even to the friendlier parser, so they are written as stars first.
    const meant = emphasised(parseMarkdown(text.replace(/_([^_]+)_/g, '*$1*')))
    expect(meant.length).toBeGreaterThan(0)
    expect(inCommonMark(closeForCommonMark(text))).toEqual(meant)
  })
})

describe('safePrefix', () => {
  it.each([
    ['안녕하세요 **굵', '안녕하세요 '],
    ['안녕하세요 **굵게**', '안녕하세요 '],
    ['안녕하세요 **굵게** ', '안녕하세요 **굵게** '],
    ['코드는 `npm ', '코드는 '],
    ['[문서](https://x', ''],
    ['문서 [안내', '문서 '],
    ['<!chan', ''],
    ['모두 @every', '모두 '],
    ['메일 a@b.com 으로', '메일 a@b.com 으로'],
    ['끝\n``', '끝\n'],
    ['끝\n```js', '끝\n'],
    ['끝\n```js\nlet', '끝\n```js\nlet'],
    ['```js\nlet a\n``', '```js\nlet a\n'],
    ['이모지 \ud83d', '이모지 '],
    ['2 < 3 이고', '2 < 3 이고'],
    ['별 *', '별 '],
  ])('%j shows %j', (text, shown) => {
    expect(safePrefix(text)).toBe(shown)
  })

  it('lets go of a delimiter that does not close within 200 characters', () => {
    for (const mark of ['**', '`', '[', '<a', '_', '[x](y']) {
      const text = `${mark}${'가'.repeat(230)}`
      expect(safePrefix(text)).toBe(text)
    }
  })

  it('holds nothing back at the end', () => {
    expect(safePrefix('끝 **굵', { final: true })).toBe('끝 **굵')
  })

  const bits = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          '**',
          '*',
          '_',
          '__',
          '~~',
          '`',
          '``',
          '```',
          '***',
          '[',
          '](',
          ')',
          '<',
          '>',
          '@',
          '\\',
          '!',
          '|',
          '&lt;',
          '&',
        ),
      },
      {
        weight: 5,
        arbitrary: fc.constantFrom(
          '\n',
          '\n\n',
          ' ',
          '- ',
          '\n- ',
          '\n```js\n',
          '\n```\n',
          '\n> ',
          '1. ',
          '\n~~~\n',
          '\n# ',
        ),
      },
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          '가',
          '나다',
          '(x)',
          '"설정"',
          '%',
          'a',
          '를',
          '👍',
          'here',
          'every',
          'one',
          'chan',
          'nel',
          '!',
          '#',
          'U123',
          'https://x.kr/a_b',
          '.',
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '가나 '.repeat(20),
          'x'.repeat(70),
          '**굵게(1)**를 ',
          '`코드`',
          '[글](https://x.kr)',
          '<https://a.b|c>',
          '<!here>',
          '\ud83d',
        ),
      },
    ),
    { minLength: 1, maxLength: 80, size: 'max' },
  )

  it('only ever adds to what is shown, however the answer arrives', () => {
    fc.assert(
      fc.property(bits, fc.constantFrom('slack' as const, 'discord' as const), (parts, platform) => {
        const text = parts.join('')
        // In a code span too long to be held back, a masked Slack link is rewritten when it is complete.
        fc.pre(!/`[^`]{150}/.test(text) || !text.includes('|'))
        const whole = neutralize(closeForCommonMark(text), platform)
        let shown = ''
        let safe = ''
        for (let at = 1; at <= text.length; at++) {
          const next = safePrefix(text.slice(0, at))
          expect(next.startsWith(safe)).toBe(true)
          const rewritten = neutralize(closeForCommonMark(next), platform)
          if (!rewritten.startsWith(shown))
            expect([text.slice(0, at), rewritten]).toEqual([text.slice(0, at), shown])
          safe = next
          shown = rewritten
        }
        expect(whole.slice(0, shown.length)).toBe(shown)
        expect(safePrefix(text, { final: true })).toBe(text)
      }),
      { numRuns: 250 },
    )
  })

  it('never holds back more than about 200 characters', () => {
    fc.assert(
      fc.property(bits, (parts) => {
        const text = parts.join('')
        expect(text.length - safePrefix(text).length).toBeLessThanOrEqual(220)
      }),
      { numRuns: 250 },
    )
  })

  it('loses no visible character of any text', () => {
    fc.assert(
      fc.property(bits, (parts) => {
        const text = parts.join('').replaceAll('_', '*')
        expect(closeForCommonMark(text).replaceAll('\u200B', '')).toBe(text)
      }),
    )
  })
})
