// Markdown as elements: the blocks. Inline marks are in inline.js. `flavour` says what the platform would show: Discord
// has small print and no tables, Slack has tables and no small print.
import { h } from './dom.js'
import { inline } from './inline.js'

export function markdown(text, flavour, names) {
  const lines = text.split('\n')
  const out = []
  let at = 0
  while (at < lines.length) {
    const block = BLOCKS.find(({ starts, only }) => (!only || only === flavour) && starts(lines, at))
    if (block) at = block.read(lines, at, out, flavour, names)
    else if (lines[at].trim() === '') at += 1
    else at = paragraph(lines, at, out, flavour, names)
  }
  return out
}

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([\w+-]*)\s*$/
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/

const BLOCKS = [
  { starts: (lines, at) => FENCE.test(lines[at]), read: fence },
  { starts: (lines, at) => /^\s*>/.test(lines[at]), read: quote },
  { starts: (lines, at) => /^-#\s/.test(lines[at]), read: small, only: 'discord' },
  { starts: (lines, at) => /^#{1,6}\s+\S/.test(lines[at]), read: heading },
  { starts: (lines, at) => /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at]), read: rule },
  { starts: (lines, at) => isTable(lines, at), read: table, only: 'slack' },
  { starts: (lines, at) => ITEM.test(lines[at]), read: list },
]

function fence(lines, at, out) {
  const [, mark, info] = FENCE.exec(lines[at])
  let end = at + 1
  // An answer that is still growing has not closed its fence yet.
  while (end < lines.length && !isClosing(lines[end], mark)) end += 1
  const code = h('code', { 'data-lang': info || null }, lines.slice(at + 1, end).join('\n'))
  out.push(h('pre', {}, code))
  return end + 1
}

function isClosing(line, mark) {
  const bare = line.trim()
  return bare.length >= mark.length && bare === mark[0].repeat(bare.length)
}

function quote(lines, at, out, flavour, names) {
  let end = at
  const inside = []
  while (end < lines.length && /^\s*>/.test(lines[end])) {
    inside.push(lines[end].replace(/^\s*>\s?/, ''))
    end += 1
  }
  out.push(h('blockquote', {}, markdown(inside.join('\n'), flavour, names)))
  return end
}

function small(lines, at, out, flavour, names) {
  out.push(h('p', { class: 'small' }, inline(lines[at].replace(/^-#\s+/, ''), flavour, names)))
  return at + 1
}

function heading(lines, at, out, flavour, names) {
  const [, marks, text] = /^(#+)\s+(.*?)\s*#*$/.exec(lines[at])
  out.push(
    h(`h${Math.min(6, marks.length + 2)}`, { class: `level-${marks.length}` }, inline(text, flavour, names)),
  )
  return at + 1
}

function rule(_lines, at, out) {
  out.push(h('hr'))
  return at + 1
}

function isTable(lines, at) {
  return lines[at].includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/.test(lines[at + 1] ?? '')
}

function table(lines, at, out, flavour, names) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim())
  const row = (line, tag) =>
    h('tr', {}, ...cells(line).map((cell) => h(tag, {}, inline(cell, flavour, names))))
  let end = at + 2
  while (end < lines.length && lines[end].includes('|')) end += 1
  const body = lines.slice(at + 2, end).map((line) => row(line, 'td'))
  out.push(h('table', {}, h('thead', {}, row(lines[at], 'th')), h('tbody', {}, ...body)))
  return end
}

function list(lines, at, out, flavour, names) {
  const [, indent, marker] = ITEM.exec(lines[at])
  const isOrdered = /\d/.test(marker)
  const items = []
  let end = at
  while (end < lines.length) {
    const item = ITEM.exec(lines[end])
    const isOwn = item && item[1].length <= indent.length + 1 && /\d/.test(item[2]) === isOrdered
    if (isOwn) items.push([item[3]])
    else if (items.length > 0 && /^\s{2,}\S/.test(lines[end]))
      items.at(-1).push(lines[end].replace(/^\s{2,3}/, ''))
    else if (lines[end].trim() !== '' || !ITEM.test(lines[end + 1] ?? '')) break
    end += 1
  }
  const tag = isOrdered ? 'ol' : 'ul'
  const start = isOrdered ? Number.parseInt(marker, 10) : null
  const elements = items.map((item) => h('li', {}, markdown(item.join('\n'), flavour, names)))
  out.push(h(tag, { start }, ...elements))
  return end
}

function paragraph(lines, at, out, flavour, names) {
  let end = at + 1
  const isBlock = (index) =>
    BLOCKS.some(({ starts, only }) => (!only || only === flavour) && starts(lines, index))
  while (end < lines.length && lines[end].trim() !== '' && !isBlock(end)) end += 1
  out.push(h('p', {}, inline(lines.slice(at, end).join('\n'), flavour, names)))
  return end
}
