// A report's charts as SVG, with a text that says the same in words. Every letter must be in font/charts.ttf.
import type { Both, Lang } from '../core/error.ts'
import { datesIn } from './days.ts'
import type { Day, Report } from './model.ts'
import { percent, seconds } from './text.ts'

export interface Chart {
  /** Of the file, without an ending. */
  name: string
  alt: string
  svg: string
}

const WIDTH = 720
const HEIGHT = 340
const INK = '#1f2430'
const SOFT = '#6b7280'
const LINE = '#e5e7eb'

type Part = Exclude<keyof Day, 'date'>
/** Told apart without colours too: each is lighter than the one before. */
const PARTS: readonly { part: Part; colour: string; on: string; title: Both }[] = [
  {
    part: 'answered',
    colour: '#1f5fbf',
    on: '#ffffff',
    title: { ko: '상담원 없이 답함', en: 'Answered without a person' },
  },
  { part: 'person', colour: '#f0a53a', on: INK, title: { ko: '상담원 연결', en: 'Person asked for' } },
  { part: 'open', colour: '#d5d9e2', on: INK, title: { ko: '답하지 못함', en: 'Not answered' } },
]
const LANGS: readonly { of: Lang; title: Both }[] = [
  { of: 'ko', title: { ko: '한국어', en: 'Korean' } },
  { of: 'en', title: { ko: '영어', en: 'English' } },
]

export function toCharts(report: Report, lang: Lang): Chart[] {
  return [answersPerDay(report, lang), withoutPerson(report, lang), responseTimes(report, lang)]
}

function answersPerDay({ days, from, to, zone }: Report, lang: Lang): Chart {
  const title = { ko: '하루 질문 수', en: 'Questions per day' }[lang]
  const known = new Map(days.map((day) => [day.date, day]))
  const all = datesIn(zone, from, to).map(
    (date) => known.get(date) ?? { date, answered: 0, person: 0, open: 0 },
  )
  const total = (day: Day): number => day.answered + day.person + day.open
  const top = roundUp(Math.max(4, ...all.map(total)))
  const [left, bottom, high] = [56, 284, 176]
  const step = (WIDTH - left - 24) / all.length
  const width = Math.min(52, step * 0.6)
  const yOf = (n: number): number => bottom - (n / top) * high
  const grid = [0, top / 2, top].map(
    (n) =>
      `<line x1="${left}" x2="${WIDTH - 24}" y1="${yOf(n)}" y2="${yOf(n)}" stroke="${LINE}"/>${label(left - 10, yOf(n) + 5, n.toLocaleString(lang), { size: 14, anchor: 'end', fill: SOFT })}`,
  )
  const every = Math.ceil(all.length / 10)
  const bars = all.map((day, at) => {
    const x = left + step * (at + 0.5)
    let y = bottom
    const stack = PARTS.map(({ part, colour }) => {
      const tall = (day[part] / top) * high
      y -= tall
      return tall > 0
        ? `<rect x="${x - width / 2}" y="${y}" width="${width}" height="${tall}" fill="${colour}"/>`
        : ''
    })
    const sum =
      total(day) > 0 ? label(x, y - 8, total(day).toLocaleString(lang), { size: 15, anchor: 'middle' }) : ''
    const name =
      at % every === 0
        ? label(x, bottom + 24, dayName(day.date, lang), { size: 14, anchor: 'middle', fill: SOFT })
        : ''
    return stack.join('') + sum + name
  })
  const told = all.map((day) => `${dayName(day.date, lang)} ${total(day)}`).join(', ')
  return {
    name: 'questions-per-day',
    alt: `${title}: ${told}`,
    svg: frame(title, legend(lang) + grid.join('') + bars.join('')),
  }
}

function withoutPerson(report: Report, lang: Lang): Chart {
  const title = { ko: '상담원 없이 답한 비율', en: 'Answered without a person' }[lang]
  const { questions } = report
  const sums = {
    answered: report.withoutPerson,
    person: report.person,
    open: questions - report.withoutPerson - report.person,
  }
  const [left, right, y, tall] = [32, WIDTH - 32, 206, 56]
  let x = left
  const bar = PARTS.map(({ part, colour, on }) => {
    const width = questions === 0 ? 0 : ((right - left) * sums[part]) / questions
    const text = percent(sums[part], questions)
    const shown =
      width > 52 ? label(x + width / 2, y + 35, text, { size: 18, anchor: 'middle', fill: on }) : ''
    const part_ = `<rect x="${x}" y="${y}" width="${width}" height="${tall}" fill="${colour}"/>${shown}`
    x += width
    return part_
  })
  const counted = {
    ko: `질문 ${questions.toLocaleString(lang)}개`,
    en: `of ${questions.toLocaleString(lang)} questions`,
  }[lang]
  const big = label(left, 170, percent(sums.answered, questions), { size: 64 })
  const small = label(right, 170, counted, { size: 18, anchor: 'end', fill: SOFT })
  const told = PARTS.map(({ part, title }) => `${title[lang]} ${percent(sums[part], questions)}`).join(', ')
  return {
    name: 'without-a-person',
    alt: `${title}: ${told} (${counted})`,
    svg: frame(title, big + small + bar.join('') + legend(lang, 312)),
  }
}

function responseTimes({ byLang }: Report, lang: Lang): Chart {
  const title = { ko: '답변 시간', en: 'Response time' }[lang]
  const rows = LANGS.flatMap(({ of, title }) => {
    const { firstWordMs, wholeMs } = byLang[of]
    return [
      {
        name: { ko: `${title.ko} 첫 글자`, en: `${title.en}, first word` }[lang],
        speed: firstWordMs,
        colour: '#7fa8e0',
      },
      {
        name: { ko: `${title.ko} 전체`, en: `${title.en}, whole answer` }[lang],
        speed: wholeMs,
        colour: '#1f5fbf',
      },
    ]
  })
  const most = Math.max(1_000, ...rows.flatMap(({ speed }) => [speed.most ?? 0, speed.median ?? 0]))
  const [left, right] = [204, WIDTH - 170]
  const widthOf = (ms: number): number => ((right - left) * ms) / most
  const bars = rows.map(({ name, speed, colour }, at) => {
    const y = 96 + at * 48 + (at > 1 ? 20 : 0)
    const title = label(left - 14, y + 22, name, { size: 16, anchor: 'end' })
    if (speed.median === null) return title + label(left, y + 22, '-', { size: 16, fill: SOFT })
    const end = widthOf(speed.most ?? speed.median)
    return [
      title,
      `<rect x="${left}" y="${y}" width="${Math.max(2, widthOf(speed.median))}" height="32" fill="${colour}"/>`,
      `<line x1="${left + end}" x2="${left + end}" y1="${y + 2}" y2="${y + 30}" stroke="${INK}" stroke-width="2"/>`,
      `<line x1="${left + widthOf(speed.median)}" x2="${left + end}" y1="${y + 16}" y2="${y + 16}" stroke="${INK}" stroke-width="2"/>`,
      label(
        left + end + 10,
        y + 22,
        `${seconds(speed.median, lang)} / ${seconds(speed.most ?? speed.median, lang)}`,
        {
          size: 16,
        },
      ),
    ].join('')
  })
  const hint = {
    ko: '막대: 절반이 이 안에 · 끝 선: 95%가 이 안에',
    en: 'Bar: half are as fast · end mark: 95% are',
  }[lang]
  const told = rows
    .map(({ name, speed }) => `${name} ${speed.median === null ? '-' : seconds(speed.median, lang)}`)
    .join(', ')
  return {
    name: 'response-time',
    alt: `${title}: ${told}`,
    svg: frame(title, bars.join('') + label(32, 322, hint, { size: 14, fill: SOFT })),
  }
}

function frame(title: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Damso Charts"><rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>${label(32, 46, title, { size: 24 })}${inside}</svg>`
}

function legend(lang: Lang, y = 76): string {
  let x = 32
  const entries = PARTS.map(({ colour, title }) => {
    const entry = `<rect x="${x}" y="${y - 12}" width="14" height="14" rx="3" fill="${colour}"/>${label(x + 22, y, title[lang], { size: 14, fill: SOFT })}`
    x += 22 + widthIn(title[lang], 14) + 26
    return entry
  })
  return entries.join('')
}

interface How {
  size: number
  anchor?: 'start' | 'middle' | 'end'
  fill?: string
}

function label(x: number, y: number, text: string, { size, anchor = 'start', fill = INK }: How): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${fill}">${safe}</text>`
}

/** Roughly: a Korean syllable is as wide as it is high, a Latin letter little more than half. */
function widthIn(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + (/[가-힣]/.test(letter) ? 0.9 : 0.56) * size, 0)
}

function dayName(date: string, lang: Lang): string {
  // The date has no zone any more, so it is read and written in the same one.
  const day = new Date(`${date}T00:00:00Z`)
  const weekday = new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' }).format(day)
  const number = `${day.getUTCMonth() + 1}/${day.getUTCDate()}`
  return { ko: `${number} (${weekday})`, en: `${weekday} ${number}` }[lang]
}

/** 7 → 10, 34 → 40, 120 → 200: a top whose half is a whole number too. */
function roundUp(n: number): number {
  const step = 10 ** Math.floor(Math.log10(n))
  const top = [1, 2, 4, 6, 8, 10].find((times) => times * step >= n) ?? 10
  return top * step
}
