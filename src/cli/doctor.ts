// `npm run doctor`: looks at everything that can be reached and says, one line per finding, what to do about it.
// Changes nothing. Exit code 1 when something must be repaired before the bot can work.
import type { Configuration } from '../config.ts'
import type { Both, Lang } from '../core/error.ts'
import { checkDatabase } from './checks/database.ts'
import { checkDiscord } from './checks/discord.ts'
import { bad, type Check, type Finding, ok, toLine } from './checks/finding.ts'
import { checkHolidays } from './checks/hours.ts'
import { checkMachine } from './checks/machine.ts'
import { checkModel } from './checks/model/check.ts'
import { checkQueue } from './checks/queue.ts'
import { checkSearch } from './checks/search.ts'
import { checkSlack } from './checks/slack.ts'
import { type Command, type Io, parseOptions, UsageError } from './io.ts'

const USAGE = 'npm run doctor [-- --lang ko|en]'

const AREAS: readonly (readonly [Both, Check])[] = [
  [{ en: 'This machine', ko: '이 컴퓨터' }, checkMachine],
  [{ en: 'Slack', ko: '슬랙' }, checkSlack],
  [{ en: 'Discord', ko: '디스코드' }, checkDiscord],
  [{ en: 'Model', ko: '모델' }, checkModel],
  [{ en: 'Search', ko: '검색' }, checkSearch],
  [{ en: 'Holidays', ko: '공휴일' }, checkHolidays],
  [{ en: 'Database', ko: '데이터베이스' }, checkDatabase],
  [{ en: 'Queue', ko: '대기열' }, checkQueue],
]

export const doctor: Command = async (args, configuration, io) => {
  const { lang = io.locale.startsWith('ko') ? 'ko' : 'en' } = parseOptions(USAGE, {
    args,
    options: { lang: { type: 'string' } },
  }).values
  if (lang !== 'ko' && lang !== 'en') throw new UsageError(USAGE)
  const found = checkConfiguration(configuration)
  print({ en: 'Configuration', ko: '설정' }, found, lang, io)
  // Side by side, for a server that does not answer takes seconds; told in order all the same.
  const running = AREAS.map(async ([title, check]) => ({
    title,
    findings: await run(check, configuration, io),
  }))
  for (const area of running) {
    const { title, findings } = await area
    // Nothing to say of what is not used.
    if (findings.length > 0) print(title, findings, lang, io)
    found.push(...findings)
  }
  const problems = found.filter((finding) => finding.mark === 'bad').length
  const warnings = found.filter((finding) => finding.mark === 'warn').length
  io.out(toSummary(problems, warnings)[lang])
  return problems > 0 ? 1 : 0
}

function print(title: Both, findings: readonly Finding[], lang: Lang, io: Io): void {
  io.out(title[lang])
  for (const finding of findings) io.out(toLine(finding, lang))
}

async function run(check: Check, { config }: Configuration, io: Io): Promise<Finding[]> {
  try {
    return await check(config, io)
  } catch (error) {
    // One check that breaks must not hide what the others found.
    io.log.error({ error }, 'a check failed')
    const what = error instanceof Error ? error.message : String(error)
    return [
      bad(
        { en: `This check failed: ${what}`, ko: `점검하지 못했어요: ${what}` },
        { en: 'Please report it.', ko: '버그로 알려 주세요.' },
      ),
    ]
  }
}

function checkConfiguration({ config, problems }: Configuration): Finding[] {
  const remedy = { en: 'See .env.example.', ko: '.env.example을 참고하세요.' }
  const found = problems.map((line) => bad({ en: line, ko: line }, remedy))
  if (!config.SLACK_BOT_TOKEN && !config.DISCORD_TOKEN)
    found.push(
      bad(
        {
          en: 'No platform: neither SLACK_BOT_TOKEN nor DISCORD_TOKEN is set',
          ko: '플랫폼이 없어요. SLACK_BOT_TOKEN과 DISCORD_TOKEN이 모두 비어 있어요',
        },
        {
          en: 'Put one of them into .env (see .env.example), or look around with npm run demo.',
          ko: '.env에 하나 이상 넣으세요(.env.example 참고). 계정 없이 둘러보려면 npm run demo 를 실행하세요.',
        },
      ),
    )
  return found.length > 0 ? found : [ok({ en: 'All values are valid', ko: '모든 값이 올바름' })]
}

function toSummary(problems: number, warnings: number): Both {
  if (problems + warnings === 0) return { en: 'All is well.', ko: '모두 정상이에요.' }
  return {
    en: `${problems} to repair (✗), ${warnings} to know (!).`,
    ko: `고쳐야 할 것(✗) ${problems}건, 알아 둘 것(!) ${warnings}건이에요.`,
  }
}
