// Markdown, small print and buttons as Discord shows them.
import { expect, test } from 'vitest'
import { parseCustomId, toCustomId } from '../../src/discord/custom-id.ts'
import { neutralLine, toDiscordMarkdown, toGrowingMarkdown } from '../../src/discord/markdown.ts'
import { renderContent, renderGrowing } from '../../src/discord/render.ts'
import { korean } from './rig.ts'

test('a table is shown in columns', () => {
  const text = '가격표:\n\n| 상품 | 값 |\n|---|---:|\n| 사과 | 1,000 |\n| A | 5 |\n\n끝'
  expect(toDiscordMarkdown(text, 2_000)).toBe(
    '가격표:\n\n```\n상품     값\n----  -----\n사과  1,000\nA         5\n```\n\n끝',
  )
})

test('a table too wide for a post stays as it was written', () => {
  const text = `| ${'가'.repeat(60)} | 나 |\n|---|---|\n${'| 다 | 라 |\n'.repeat(20)}`
  expect(toDiscordMarkdown(text, 600)).toBe(text)
})

test('deep headings become bold, bold beside Hangul and open fences are closed', () => {
  expect(toDiscordMarkdown('#### 배송', 2_000)).toBe('**배송**')
  expect(toDiscordMarkdown('```js\nlet a', 2_000)).toBe('```js\nlet a\n```')
})

test.each(['@everyone', '@here', '<@1>', '<@!1>', '<@&1>', '`@everyone`', '```\n<@1>\n```'])(
  '%s pings nobody',
  (ping) => {
    const { content, allowed_mentions } = renderContent(korean(ping, { notes: [ping] }), 'k')
    expect(content).not.toMatch(/@everyone|@here|<@/)
    expect(allowed_mentions).toEqual({ parse: [], replied_user: false })
    expect(neutralLine(ping, 80)).not.toMatch(/@everyone|@here|<@/)
  },
)

test('a growing text shows a mark, closes what is open and never passes 2,000 characters', () => {
  expect(renderGrowing('안녕', {}, 'k')?.content).toBe('안녕 ▍')
  expect(renderGrowing('  ', {}, 'k')).toBeNull()
  expect(renderGrowing('```\n코드', {}, 'k')?.content).toBe('```\n코드\n```')
  for (const text of ['가'.repeat(3_000), `\`\`\`\n${'나'.repeat(3_000)}`, '😀'.repeat(1_500)]) {
    const { content } = renderGrowing(text, { notes: ['x'.repeat(300)] }, 'k')!
    expect(content.length).toBeLessThanOrEqual(2_000)
    expect(content.isWellFormed()).toBe(true)
  }
  expect(toGrowingMarkdown('굵은 **글', 2_000)).not.toContain('**')
})

test('a text that cannot be shown in one post is refused, not cut', () => {
  expect(() => renderContent(korean('가'.repeat(2_001)), null)).toThrowError(/content-too-long/)
})

test('a button keeps its value and its post, five in a row', () => {
  const buttons = Array.from({ length: 6 }, (_, index) => ({
    action: 'suggest' as const,
    value: `v:${index}`,
    label: `${index}`,
  }))
  const { components } = renderContent(korean('x', { buttons }), 'key123')
  expect(components.map((row) => row.components.length)).toEqual([5, 1])
  expect(parseCustomId(components[0]!.components[0]!.custom_id)).toEqual({
    action: 'suggest',
    value: 'v:0',
    key: 'key123',
  })
  expect(toCustomId('feedback', 'x'.repeat(80), 'y'.repeat(25))).toBe(`feedback:${'x'.repeat(80)}`)
  expect(parseCustomId('feedback:up')).toEqual({ action: 'feedback', value: 'up', key: null })
  expect(parseCustomId('other:up')).toBeNull()
})

test('a time of ours is shown in each reader’s own zone, and one that somebody else wrote as it was written', () => {
  const shown = (text: string, moments?: number[]): string =>
    renderContent(korean(text, moments ? { moments } : {}), null).content
  expect(shown('<t:1796097600:f>부터 답해 드려요.', [1_796_097_600])).toBe(
    '<t:1796097600:f>부터 답해 드려요.',
  )
  for (const written of ['<t:1796097600:f>', '<t:1796097600>', '<t:1:R>', '**<t:1796097600:f>**']) {
    expect(shown(written)).not.toContain('<t:')
    expect(shown(written, [1_700_000_000])).not.toContain('<t:')
    expect(toGrowingMarkdown(written, 2_000)).not.toContain('<t:')
    expect(neutralLine(written, 100)).not.toContain('<t:')
  }
  // Beside one of ours too.
  expect(shown('<t:1796097600:f> <t:1:R>', [1_796_097_600])).toBe('<t:1796097600:f> <\u200Bt:1:R>')
})
