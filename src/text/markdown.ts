// Reads the model's Markdown (GFM, with bold that closes beside Hangul) and writes it as plain text or a fixed-width
// table. How each platform shows a tree is left to its own renderer.
import type { Nodes, Parent, Root, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly'
import { gfm } from 'micromark-extension-gfm'

export { closeForCommonMark, safePrefix } from './commonmark.ts'

const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u
const WIDTHLESS = /^[\p{M}\p{Cf}\p{Cc}]$/u

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** `**비밀번호(Password)**를` is bold here, as its writer meant; CommonMark alone shows the asterisks. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    // A single tilde is a range in Korean ("3~5일, 10~20일"), not struck-out text.
    extensions: [gfm({ singleTilde: false }), cjkFriendlyExtension()],
    mdastExtensions: [gfmFromMarkdown()],
  })
}

/** What a notification or a search index shows: no marks, blocks apart by blank lines, addresses after their links. */
export function toPlainText(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value.replaceAll('\u200B', '')
    case 'html':
      return node.value.replace(/<[^>]*>/g, '')
    case 'break':
      return '\n'
    case 'thematicBreak':
    case 'definition':
      return ''
    case 'image':
    case 'imageReference':
      return node.alt ?? ''
    case 'link':
      return withAddress(joinChildren(node, ''), node.url)
    case 'table':
      return node.children.map(toPlainText).join('\n')
    case 'tableRow':
      return joinChildren(node, ' | ')
    case 'list':
      return node.children
        .map((item, index) => {
          const mark = node.ordered ? `${(node.start ?? 1) + index}. ` : '• '
          return mark + joinChildren(item, '\n').replaceAll('\n', '\n  ')
        })
        .join('\n')
    case 'root':
    case 'blockquote':
      return joinChildren(node, '\n\n')
    default:
      return 'children' in node ? joinChildren(node, '') : ''
  }
}

function joinChildren(node: Parent, separator: string): string {
  const shown = node.children.map(toPlainText)
  return (separator.includes('\n') ? shown.filter((text) => text !== '') : shown).join(separator)
}

function withAddress(label: string, url: string): string {
  const bare = url.replace(/^mailto:/, '')
  return label === '' || label === url || label === bare || url === `http://${label}`
    ? bare
    : `${label} (${bare})`
}

/** A table as lines of equal width for a code block; Hangul, Hanja, kana and emoji count as two columns. */
export function monospaceTable(table: Table): string {
  const rows = table.children.map((row) =>
    row.children.map((cell) => joinChildren(cell, '').replace(/\s+/g, ' ').trim()),
  )
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(1, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  )
  const lines = rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, table.align?.[column]))
      .join('  ')
      .trimEnd(),
  )
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '))
  return lines.join('\n')
}

function pad(text: string, width: number, align: string | null | undefined): string {
  const space = width - displayWidth(text)
  const left = align === 'right' ? space : align === 'center' ? Math.floor(space / 2) : 0
  return ' '.repeat(left) + text + ' '.repeat(space - left)
}

export function displayWidth(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    if (WIDE.test(segment) || segment.includes('\uFE0F')) width += 2
    else if (!WIDTHLESS.test(segment)) width += 1
  }
  return width
}
