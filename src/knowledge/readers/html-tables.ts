// Tables in HTML, written as Markdown before anything else looks at them: merged cells are repeated, so that each row
// says by itself what it is about, and tables that only lay a page out are taken apart.
import type { parseHTML } from 'linkedom'
import { toTable } from './table.ts'

type Page = ReturnType<typeof parseHTML>['document']
type Element = ReturnType<Page['createElement']>

/** Marks what is Markdown already. */
export const TABLE_CLASS = 'damso-table'

const MAX_SPAN = 100
const BREAKS = new Set(['BR', 'P', 'DIV', 'LI', 'UL', 'OL', 'TR', 'SECTION'])

export function writeTables(page: Page): void {
  // The last first: a table inside a table comes after it, and shows that the outer one is layout.
  for (const table of [...page.querySelectorAll('table')].reverse()) {
    const rows = [...table.querySelectorAll('tr')]
    const isLayout =
      rows.every((row) => row.children.length < 2) ||
      table.querySelector(`.${TABLE_CLASS}, h1, h2, h3, h4, h5, h6`) !== null
    table.replaceWith(isLayout ? takeApart(page, table) : write(page, table, rows))
  }
}

function takeApart(page: Page, table: Element): Element {
  const all = page.createElement('div')
  for (const cell of table.querySelectorAll('caption, td, th')) {
    const part = page.createElement('div')
    while (cell.firstChild) part.appendChild(cell.firstChild)
    all.appendChild(part)
  }
  return all
}

function write(page: Page, table: Element, rows: readonly Element[]): Element {
  const all = page.createElement('div')
  const caption = table.querySelector('caption')
  if (caption) {
    const title = page.createElement('p')
    title.textContent = textOf(caption)
    all.appendChild(title)
  }
  const pre = page.createElement('pre')
  pre.setAttribute('class', TABLE_CLASS)
  pre.textContent = toTable(cellsOf(rows))
  all.appendChild(pre)
  return all
}

function cellsOf(rows: readonly Element[]): string[][] {
  const grid: string[][] = rows.map(() => [])
  rows.forEach((row, y) => {
    let x = 0
    for (const cell of row.children) {
      const text = textOf(cell)
      while (grid[y]?.[x] !== undefined) x++
      const width = span(cell, 'colspan')
      for (let down = 0; down < Math.min(span(cell, 'rowspan'), rows.length - y); down++) {
        for (let right = 0; right < width; right++)
          (grid[y + down] as string[])[x + right] = right === 0 ? text : ''
      }
      x += width
    }
  })
  return grid.map((row) => Array.from(row, (cell) => cell ?? ''))
}

function span(cell: Element, name: string): number {
  const value = Number(cell.getAttribute(name) ?? 1)
  return Number.isInteger(value) && value > 0 ? Math.min(value, MAX_SPAN) : 1
}

/** textContent would join two paragraphs into one word. */
function textOf(element: Element): string {
  const parts: string[] = []
  const visit = (node: Element['childNodes'][number]): void => {
    if (node.nodeType === 3) parts.push(node.textContent ?? '')
    if (BREAKS.has(node.nodeName)) parts.push(' ')
    for (const child of node.childNodes) visit(child)
    if (BREAKS.has(node.nodeName)) parts.push(' ')
  }
  for (const child of element.childNodes) visit(child)
  return parts.join('').replaceAll(/\s+/g, ' ').trim()
}
