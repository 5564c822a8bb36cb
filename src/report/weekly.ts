// A week's report as a post: short enough to be read, with everything that the charts show.
import type { Button, Content, Picture } from '../core/content.ts'
import type { Lang } from '../core/error.ts'
import { fitLine } from '../text/line.ts'
import type { Report } from './model.ts'
import { toPeriod, toSections } from './text.ts'

/** Of each part; the command line has them all. */
const LINES = 5
const MAX_LABEL_CHARS = 60

export function toWeekly(report: Report, pictures: Picture[], lang: Lang): Content {
  const title = { ko: '지난주 보고서', en: 'Last week' }[lang]
  const head = `**${title} · ${toPeriod(report, lang)}**`
  if (report.questions === 0)
    return {
      text: `${head}\n\n${{ ko: '지난주에는 질문이 없었어요.', en: 'Nobody asked anything.' }[lang]}`,
      lang,
    }
  const parts = toSections(report, lang).map(({ title, lines }) => {
    const list = lines.slice(0, LINES).map((line) => `- ${escaped(line)}`)
    return `**${title}**\n${list.join('\n')}`
  })
  const notes = [
    { ko: '전체 보고서: npm run report -- --since 7d', en: 'All of it: npm run report -- --since 7d' }[lang],
  ]
  const buttons = report.clusters.slice(0, LINES).map(({ turn, example }): Button => {
    const label = fitLine(`${{ ko: '문서 쓰기', en: 'Write' }[lang]}: ${example}`, MAX_LABEL_CHARS)
    return { action: 'proposal', value: `write:${turn}`, label }
  })
  return { text: [head, ...parts].join('\n\n'), lang, notes, pictures, buttons }
}

/** Questions and titles are whatever somebody wrote. */
function escaped(line: string): string {
  return line.replace(/[\\*_~`[\]<>|]/g, (sign) => `\\${sign}`)
}
