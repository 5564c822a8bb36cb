// bench/chart.svg: first words and throughput, Damso beside its peers, as horizontal bars.
import { figure, type Measurement, number } from '../harness/row.ts'
import type { Records } from './record.ts'

interface Bar {
  label: string
  value: number
  isOurs: boolean
}

interface Panel {
  title: string
  unit: string
  bars: Bar[]
  /** What is better, in words. */
  better: string
}

const WIDTH = 760
const LEFT = 120
const RIGHT = 110
const BAR = 20
const GAP = 8
const HEAD = 44

export function chartOf(records: Records): string {
  const all = Object.values(records).flatMap(({ measurements }) => measurements)
  const panels = [
    panel(
      all,
      'first-word-20-p50',
      'First words after the model’s first token, 20 questions/s, median',
      'less is better',
    ),
    panel(
      all,
      'first-word-50-p50',
      'First words after the model’s first token, 50 questions/s, median',
      'less is better',
    ),
    panel(all, 'throughput-300', 'Answers per second, 300 questions/s offered', 'more is better'),
    panel(all, 'cpu', 'CPU per answer, own processes', 'less is better'),
  ].flatMap((one) => (one ? [one] : []))
  let top = 10
  const parts = panels.map((one) => {
    const drawn = draw(one, top)
    top += HEAD + one.bars.length * (BAR + GAP) + 14
    return drawn
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Damso beside Bolt and the Chat SDK">
<style>text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.s{fill:#57606a;font-size:12px}</style>
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

function panel(all: readonly Measurement[], id: string, title: string, better: string): Panel | null {
  const found = all.find((one) => one.id === id)
  if (!found) return null
  const peers = ['bolt', 'chat-sdk'].flatMap((name) => {
    const value = Number.parseFloat(found.beside?.[name] ?? '')
    return Number.isNaN(value)
      ? []
      : [{ label: name === 'bolt' ? 'plain Bolt' : 'Chat SDK', value, isOurs: false }]
  })
  const bars = [{ label: 'Damso', value: figure(found), isOurs: true }, ...peers]
  return { title, unit: found.unit, bars, better }
}

function draw({ title, unit, bars, better }: Panel, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value))
  const lines = bars.map(({ label, value, isOurs }, index) => {
    const y = top + HEAD + index * (BAR + GAP)
    const width = Math.max(1, (value / longest) * (WIDTH - LEFT - RIGHT))
    const middle = y + BAR / 2 + 4
    return `<text x="${LEFT - 10}" y="${middle}" text-anchor="end">${label}</text><rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3" fill="${isOurs ? '#1f6feb' : '#afb8c1'}"/><text x="${(LEFT + width + 8).toFixed(1)}" y="${middle}">${number(value)} ${unit}</text>`
  })
  return `<text class="t" x="10" y="${top + 16}">${title}</text><text class="s" x="10" y="${top + 34}">${better}</text>\n${lines.join('\n')}`
}
