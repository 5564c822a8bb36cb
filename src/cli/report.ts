// `npm run report`: what was asked in the last days, how well it was answered, and which articles are missing.
import type { Lang } from '../core/error.ts'
import { toPeriod, toRatings, toSections } from '../report/text.ts'
import { createReporting } from '../reporting.ts'
import { openExisting } from './database.ts'
import { type Command, parseOptions, UsageError } from './io.ts'

const USAGE = 'npm run report -- [--since 7d] [--workspace slack:T…|discord:…] [--json] [--lang ko|en]'
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

export const report: Command = async (args, { config }, io) => {
  const { values } = parseOptions(USAGE, {
    args,
    options: {
      since: { type: 'string', default: '7d' },
      workspace: { type: 'string' },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  })
  const lang = values.lang ?? (io.locale.startsWith('ko') ? 'ko' : 'en')
  const ms = toMs(values.since)
  if ((lang !== 'ko' && lang !== 'en') || ms === null) throw new UsageError(USAGE)
  await using db = await openExisting(config, io.log)
  const to = new Date(io.clock.now())
  const period = { from: new Date(+to - ms), to, workspace: values.workspace ?? null }
  const made = await createReporting(config, db).make(period)
  if (values.json) {
    io.out(JSON.stringify(made))
    return 0
  }
  io.out(toPeriod(made, lang))
  if (made.questions === 0) io.out(NOTHING[lang])
  else
    for (const { title, lines } of [...toSections(made, lang), ...toRatings(made, lang)]) {
      io.out(`\n${title}`)
      for (const line of lines) io.out(`  ${line}`)
    }
  return 0
}

const NOTHING: Readonly<Record<Lang, string>> = {
  ko: '이 기간에는 질문이 없었어요.',
  en: 'Nobody asked anything in this time.',
}

/** `7d`, `12h`, `2w`; null when it is none of these. */
function toMs(since: string): number | null {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([hdw])$/.exec(since) ?? []
  return UNIT_MS[unit] === undefined ? null : Number(count) * UNIT_MS[unit]
}
