// One post against every limit of a message on Slack: long texts, tables that burst, labels, and nothing at all.
import { expect, test } from 'vitest'
import type { Content } from '../../src/core/content.ts'
import { parseActionId, renderContent, renderGrowing } from '../../src/slack/render.ts'
import { checkBlocks } from '../fakes/slack/blocks.ts'
import type { Block } from '../fakes/slack/shapes.ts'

function render(markdown: string, fields: Partial<Content> = {}) {
  const rendered = renderContent({ text: markdown, lang: 'ko', ...fields }, 'key1')
  checkBlocks(rendered.blocks as unknown as Block[])
  return rendered
}

test('the first block names the post, and the fallback is short, plain and harmless', () => {
  const { text: fallback, blocks } = render(`**<!channel>** ${'가나다 '.repeat(2_000)}`)
  expect(blocks[0]!.block_id).toBe('key1')
  expect(fallback.length).toBeLessThanOrEqual(3_900)
  expect(fallback).not.toMatch(/<!|\*\*/)
})

test('a long answer goes over several blocks and keeps every character', () => {
  const paragraph = '오늘 주문하시면 내일 도착해요. '.repeat(20).trim()
  const { blocks } = render(
    Array.from({ length: 30 }, () => paragraph)
      .join('\n\n')
      .slice(0, 10_900),
  )
  expect(blocks.length).toBeGreaterThan(3)
  expect(blocks.filter(({ block_id }) => block_id === 'key1')).toHaveLength(1)
  const shown = JSON.stringify(blocks).replace(/\\n/g, '')
  expect(shown.match(/오늘 주문하시면/g)!.length).toBeGreaterThan(300)
})

test('a long table with code keeps within a message, also when padding would burst it', () => {
  const wide = `| 항목 | 설명 |\n|---|---|\n| ${'긴 설명 '.repeat(100)} | a |\n${'| b | 짧음 |\n'.repeat(60)}`
  const { blocks } = render(`${wide}\n\`\`\`js\n${'f()\n'.repeat(300)}\`\`\``, {
    notes: ['AI가 쓴 답변이에요.'],
    buttons: [{ action: 'person', value: '1', label: '상담원 연결' }],
  })
  expect(blocks.map(({ type }) => type)).toEqual(['markdown', 'context', 'actions'])
  const burst = render(`@here ${'| <!here> '.repeat(1_000)}`)
  expect(JSON.stringify(burst.blocks).length).toBeGreaterThan(9_000)
})

test('a table that Slack draws itself still pings nobody', () => {
  const table = `| a | b |\n|---|---|\n| ${'x'.repeat(400)} | <!channel> @here |\n${'| c | d |\n'.repeat(60)}`
  const { blocks } = render(table)
  expect(blocks[0]!.type).toBe('markdown')
  expect(JSON.stringify(blocks)).not.toMatch(/<!channel|@here/)
})

test('buttons: a pair for feedback, the others in a row, labels and names cut to what Slack takes', () => {
  const { blocks } = render('네', {
    notes: ['<!here> 안내', '  '],
    buttons: [
      { action: 'feedback', value: 'up', label: '도움됐어요' },
      { action: 'feedback', value: 'down', label: '아쉬워요' },
      { action: 'person', value: 't', label: '상담원 '.repeat(40), style: 'primary' },
      { action: 'stop', value: 't', label: '그만' },
    ],
  })
  expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'context', 'context_actions', 'actions'])
  expect(['feedback:0', 'person:0', 'other'].map(parseActionId)).toEqual(['feedback', 'person', null])
})

test('nothing to say yet is nothing to show', () => {
  expect(renderGrowing(' \n', 'key1')).toBeNull()
  expect(render('').blocks).toHaveLength(1)
  expect(render('', { notes: ['여기까지 쓰고 멈췄어요.'] }).blocks.map(({ type }) => type)).toEqual([
    'context',
  ])
})
