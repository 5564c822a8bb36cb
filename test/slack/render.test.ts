// How Markdown looks in Slack: the shapes of rich text, and what must hold for any text a model writes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseActionId, renderContent, renderGrowing } from '../../src/slack/render.ts'
import { toRichText } from '../../src/slack/render-rich-text.ts'

type Dict = Record<string, unknown>

const isDict = (value: unknown): value is Dict => typeof value === 'object' && value !== null

/** Every object below a value. */
function all(value: unknown): Dict[] {
  if (Array.isArray(value)) return value.flatMap(all)
  return isDict(value) ? [value, ...Object.values(value).flatMap(all)] : []
}

function textOf(value: unknown): string {
  return all(value)
    .filter(({ type }) => type === 'text')
    .map(({ text }) => String(text))
    .join('')
}

const text = (value: string, style?: object) => ({ type: 'text', text: value, ...(style ? { style } : {}) })
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements })

test.each([
  ['**굵게(bold)**는', [section(text('굵게(bold)', { bold: true }), text('는'), text('\n'))]],
  [
    '_기울임_ ~~취소~~ `코드`',
    [
      section(
        text('기울임', { italic: true }),
        text(' '),
        text('취소', { strike: true }),
        text(' '),
        text('코드', { code: true }),
        text('\n'),
      ),
    ],
  ],
  [
    '# 제목\n\n본문',
    [section(text('제목', { bold: true }), text('\n\n')), section(text('본문'), text('\n'))],
  ],
  ['3~5일, 10~20일', [section(text('3~5일, 10~20일'), text('\n'))]],
  ['[여기](https://x.kr/a)', [section({ type: 'link', url: 'https://x.kr/a', text: '여기' }, text('\n'))]],
  ['[여기](javascript:alert(1))', [section(text('여기 (javascript:alert(1))'), text('\n'))]],
  ['```js\na\n```', [{ type: 'rich_text_preformatted', elements: [text('a')] }]],
  ['> 인용\n> 둘째', [{ type: 'rich_text_quote', elements: [text('인용\n둘째')] }]],
  ['<!channel> <@U1>', [section(text('<!channel> <@U1>'), text('\n'))]],
])('%s', (markdown, expected) => {
  expect(toRichText(markdown)).toEqual(expected)
})

test('lists keep their numbers, their nesting and what stands between', () => {
  const list = (style: string, indent: number, offset: number, ...items: string[]) => ({
    type: 'rich_text_list',
    style,
    indent,
    ...(offset > 0 ? { offset } : {}),
    elements: items.map((item) => section(text(item))),
  })
  expect(toRichText('1. 하나\n   - 가\n   - 나\n2. 둘\n\n   ```\n   코드\n   ```\n3. 셋')).toEqual([
    list('ordered', 0, 0, '하나'),
    list('bullet', 1, 0, '가', '나'),
    list('ordered', 0, 1, '둘'),
    { type: 'rich_text_preformatted', elements: [text('코드')] },
    list('ordered', 0, 2, '셋'),
  ])
  expect(textOf(toRichText('- [x] 했어요\n- [ ] 할 일'))).toBe('☑ 했어요☐ 할 일')
})

test('a table is shown in columns that line up', () => {
  const [table] = toRichText('| 요금 | 값 |\n|---|--:|\n| 기본 | 100 |')
  expect(table).toMatchObject({ type: 'rich_text_preformatted' })
  expect(textOf(table).split('\n')).toHaveLength(3)
})

const fragment = fc.constantFrom(
  ...[
    '**',
    '*',
    '_',
    '`',
    '```\n',
    '\n\n',
    '\n',
    '- ',
    '1. ',
    '> ',
    '# ',
    '| a | b |\n|---|---|\n',
    '[x](',
    ')',
  ],
  ...[
    '<!channel>',
    '<@U1>',
    '<b>',
    '&lt;',
    '@everyone',
    'https://x.kr ',
    '한글',
    'abc ',
    '~~',
    '![](',
    '---\n',
    '\\',
  ],
  ...['[^1]', '[^1]: 각주\n', '- [ ] ', '    ', '\u200B', '😀', '\uD83D'],
)

test('whatever a model writes, Slack takes it: no empty text, no empty list, and nobody is pinged', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 40 }), (parts) => {
      const markdown = parts.join('')
      const rendered = renderContent({ text: markdown, lang: 'ko' }, 'key')
      expect(rendered.text.length).toBeGreaterThan(0)
      expect(rendered.text).not.toMatch(/<[!@]/)
      expect(rendered.blocks.length).toBeGreaterThan(0)
      for (const one of all(rendered.blocks)) {
        expect(['user', 'usergroup', 'broadcast', 'channel']).not.toContain(one['type'])
        if (one['type'] === 'text') expect(String(one['text']).length).toBeGreaterThan(0)
        if (one['type'] === 'link') expect(String(one['url'])).toMatch(/^(https?:\/\/|mailto:|tel:)/i)
        if (Array.isArray(one['elements'])) expect(one['elements'].length).toBeGreaterThan(0)
      }
    }),
  )
})

test('small print and buttons stand under the text; the two opinions are one pair', () => {
  const { blocks } = renderContent(
    {
      text: '네',
      lang: 'ko',
      notes: ['AI가 쓴 답변이에요.', ' '],
      buttons: [
        { action: 'feedback', value: 'up', label: '도움됐어요' },
        { action: 'feedback', value: 'down', label: '아쉬워요' },
        { action: 'person', value: '7', label: '상담원 연결', style: 'primary' },
        { action: 'suggest', value: '환불은요?', label: '가'.repeat(100) },
      ],
    },
    'key-1',
  )
  expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'context', 'context_actions', 'actions'])
  expect(blocks[0]).toMatchObject({ block_id: 'key-1' })
  const buttons = all(blocks[3]).filter(({ type }) => type === 'button')
  expect(buttons.map((button) => button['action_id'])).toEqual(['person:0', 'suggest:1'])
  expect(buttons.map((button) => parseActionId(String(button['action_id'])))).toEqual(['person', 'suggest'])
  expect(String((buttons[1]!['text'] as Dict)['text']).length).toBeLessThanOrEqual(75)
  expect(parseActionId('personal:0')).toBeNull()
})

test('one opinion alone is an ordinary button, and a text alone has nothing under it', () => {
  const up = { action: 'feedback', value: 'up', label: '도움됐어요' } as const
  expect(renderContent({ text: '네', lang: 'ko', buttons: [up] }, null).blocks[1]).toMatchObject({
    type: 'actions',
  })
  expect(renderContent({ text: '네', lang: 'ko' }, null).blocks).toHaveLength(1)
})

test('nothing grows before there is something to see, and a text too long is refused in words', () => {
  expect(renderGrowing(' \n', 'key')).toBeNull()
  expect(() => renderContent({ text: '가'.repeat(12_001), lang: 'ko' }, null)).toThrow(/content-too-long/)
})

test('a notification of brackets stays within what an edit takes', () => {
  expect(renderContent({ text: '<'.repeat(11_000), lang: 'ko' }, null).text.length).toBeLessThan(4_000)
})
