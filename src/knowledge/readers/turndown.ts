// HTML to Markdown, for what comes out of pages, Word files and merged table cells.

import { highlightedCodeBlock, strikethrough, taskListItems } from '@truto/turndown-plugin-gfm'
import { parseHTML } from 'linkedom'
import TurndownService from 'turndown'
import { TABLE_CLASS, writeTables } from './html-tables.ts'

/** A node of turndown's own document. */
interface Element {
  getAttribute(name: string): string | null
}

/** `base`: what relative links are resolved against; without it they become text. */
export function htmlToMarkdown(html: string, base: string | null = null): string {
  const service = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
  })
  service.use([highlightedCodeBlock, strikethrough, taskListItems])
  // Escapes would stand in the way of search and quotations; only what would turn text into a block is marked.
  service.escape = (text) => text.replace(/^(\s*)(#{1,6}\s|`{3}|~{3})/, '$1\\$2').replaceAll('|', '\\|')
  service.addRule('table', {
    filter: (node) => node.nodeName === 'PRE' && node.getAttribute('class') === TABLE_CLASS,
    replacement: (_content, node) => `\n\n${node.textContent ?? ''}\n\n`,
  })
  service.addRule('image', {
    filter: 'img',
    replacement: (_content, node) => (node as unknown as Element).getAttribute('alt')?.trim() ?? '',
  })
  service.addRule('link', {
    filter: (node) => node.nodeName === 'A',
    replacement: (content, node) => {
      const url = toAddress((node as unknown as Element).getAttribute('href'), base)
      return url && content.trim() !== '' && content.trim() !== url ? `[${content.trim()}](${url})` : content
    },
  })
  service.remove(['script', 'style', 'noscript', 'template'])
  const { document } = parseHTML(`<html><body>${html}</body></html>`)
  // turndown's own tables take a hundredth of a second for each row.
  writeTables(document)
  return service.turndown(document.body.innerHTML)
}

function toAddress(href: string | null, base: string | null): string | null {
  if (!href || href.startsWith('#') || !URL.canParse(href, base ?? undefined)) return null
  const url = new URL(href, base ?? undefined)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  // Parentheses would end the link.
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29')
}
