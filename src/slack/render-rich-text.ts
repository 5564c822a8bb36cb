// Markdown as a rich_text block. Its text elements are literal, so bold beside Hangul is exact and nothing can ping.
// Source: docs.slack.dev reference/block-kit/blocks/rich-text-block.
import type {
  RichTextBlockElement,
  RichTextElement,
  RichTextLink,
  RichTextSection,
  RichTextText,
} from '@slack/types'
import type { BlockContent, List, ListItem, Nodes, PhrasingContent, RootContent } from 'mdast'
import { monospaceTable, parseMarkdown, toPlainText } from '../text/markdown.ts'
import { neutralize } from '../text/mentions.ts'

type Style = NonNullable<RichTextText['style']>

const MAX_INDENT = 8
const LINE = '――――――――'
const SAFE_LINK = /^(?:https?:\/\/|mailto:|tel:)/i

export function toRichText(markdown: string): RichTextBlockElement[] {
  const root = parseMarkdown(markdown)
  const out: RichTextBlockElement[] = []
  root.children.forEach((node, index) => {
    const next = root.children[index + 1]
    out.push(...toElements(node, next !== undefined && isText(next)))
  })
  return out
}

function isText(node: Nodes): boolean {
  return node.type === 'paragraph' || node.type === 'heading' || node.type === 'thematicBreak'
}

/** `isSpaced`: more text follows directly, which Slack would show on the very next line. */
function toElements(node: RootContent, isSpaced: boolean): RichTextBlockElement[] {
  switch (node.type) {
    case 'paragraph':
      return section(inline(node.children), isSpaced ? '\n\n' : '\n')
    case 'heading':
      return section(inline(node.children, { bold: true }), isSpaced ? '\n\n' : '\n')
    case 'list':
      return toList(node, 0)
    case 'blockquote':
      return [{ type: 'rich_text_quote', elements: trimEnd(flat(node.children)) }]
    case 'code':
      return preformatted(node.value)
    case 'table':
      return preformatted(monospaceTable(node))
    case 'thematicBreak':
      return section([{ type: 'text', text: LINE }], '\n')
    case 'definition':
      return []
    default:
      return section(flat([node]), '\n')
  }
}

function section(elements: RichTextElement[], end: string): RichTextSection[] {
  if (elements.length === 0) return []
  return [{ type: 'rich_text_section', elements: [...elements, { type: 'text', text: end }] }]
}

function preformatted(text: string): RichTextBlockElement[] {
  if (text === '') return []
  return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }]
}

/** Slack nests lists by their indent alone; what else an item holds stands in its line or after it. */
function toList(list: List, indent: number): RichTextBlockElement[] {
  const out: RichTextBlockElement[] = []
  let run: RichTextSection[] = []
  let offset = (list.start ?? 1) - 1
  const close = (): void => {
    if (run.length === 0) return
    out.push({
      type: 'rich_text_list',
      style: list.ordered ? 'ordered' : 'bullet',
      indent: Math.min(indent, MAX_INDENT),
      ...(list.ordered && offset > 0 ? { offset } : {}),
      elements: run,
    })
    offset += run.length
    run = []
  }
  for (const item of list.children) {
    const inside = item.children.filter((child) => child.type !== 'list' && child.type !== 'code')
    const elements = [...checkbox(item), ...trimEnd(flat(inside))]
    run.push({
      type: 'rich_text_section',
      elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }],
    })
    for (const child of item.children) {
      if (child.type !== 'list' && child.type !== 'code') continue
      close()
      out.push(...(child.type === 'list' ? toList(child, indent + 1) : preformatted(child.value)))
    }
  }
  close()
  return out
}

function checkbox(item: ListItem): RichTextElement[] {
  if (typeof item.checked !== 'boolean') return []
  return [{ type: 'text', text: item.checked ? '☑ ' : '☐ ' }]
}

/** Blocks inside a quote or an item, as one run of text with line breaks. */
function flat(nodes: readonly (RootContent | BlockContent)[]): RichTextElement[] {
  return nodes.flatMap((node, index): RichTextElement[] => {
    const end: RichTextElement[] = index < nodes.length - 1 ? [{ type: 'text', text: '\n' }] : []
    if (node.type === 'paragraph' || node.type === 'heading') return [...inline(node.children), ...end]
    const text = node.type === 'html' ? node.value : toPlainText(node)
    return text === '' ? [] : [{ type: 'text', text }, ...end]
  })
}

/** Without the line breaks that would only keep text apart that does not follow. */
export function trimEnd(elements: RichTextElement[]): RichTextElement[] {
  const last = elements.at(-1)
  if (last?.type !== 'text') return elements.length > 0 ? elements : [{ type: 'text', text: ' ' }]
  const text = last.text.trimEnd()
  return text === '' ? trimEnd(elements.slice(0, -1)) : [...elements.slice(0, -1), { ...last, text }]
}

function inline(nodes: readonly PhrasingContent[], style: Style = {}): RichTextElement[] {
  return nodes.flatMap((node): RichTextElement[] => {
    switch (node.type) {
      case 'text':
        return text(node.value.replaceAll('\u200B', ''), style)
      case 'html':
        return text(node.value, style)
      case 'break':
        return text('\n', style)
      case 'inlineCode':
        return text(node.value, { ...style, code: true })
      case 'strong':
        return inline(node.children, { ...style, bold: true })
      case 'emphasis':
        return inline(node.children, { ...style, italic: true })
      case 'delete':
        return inline(node.children, { ...style, strike: true })
      case 'link':
        return link(node.url, toPlainText({ type: 'paragraph', children: node.children }), style)
      case 'image':
        return link(node.url, node.alt ?? '', style)
      default:
        return text(toPlainText(node), style)
    }
  })
}

function text(value: string, style: Style): RichTextElement[] {
  if (value === '') return []
  return [{ type: 'text', text: value, ...(Object.keys(style).length > 0 ? { style } : {}) }]
}

/** The label is not promised to be literal, as a text element is. */
function link(url: string, raw: string, style: Style): RichTextElement[] {
  const label = neutralize(raw, 'slack')
  if (!SAFE_LINK.test(url)) return text(label === '' || label === url ? url : `${label} (${url})`, style)
  const made: RichTextLink = { type: 'link', url, ...(label === '' || label === url ? {} : { text: label }) }
  return [Object.keys(style).length > 0 ? { ...made, style } : made]
}
