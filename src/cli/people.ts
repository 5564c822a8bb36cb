// `npm run people`: all that is kept of one person, and how it goes. For whoever has to answer such a request.
import type { Config } from '../config.ts'
import type { Lang } from '../core/error.ts'
import { createForgetting } from '../forgetting.ts'
import { keptOf } from '../person-export.ts'
import { openQueue } from '../queue/queue.ts'
import { createAnswers } from '../store/answers.ts'
import type { Database } from '../store/db.ts'
import { createPeople } from '../store/people.ts'
import { openExisting } from './database.ts'
import { ArgumentError, type Command, type Io, parseOptions, UsageError } from './io.ts'

const USAGE = 'npm run people -- export|erase slack|discord WORKSPACE PERSON [--yes] [--lang ko|en]'

interface Asked {
  workspace: string
  person: string
  lang: Lang
}

export const people: Command = async (args, { config }, io) => {
  const { positionals, values } = parseOptions(USAGE, {
    args,
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, lang: { type: 'string' } },
  })
  const [action, platform, ...who] = positionals
  const lang = toLang(values.lang, io.locale)
  const isKnown =
    (action === 'export' || action === 'erase') && (platform === 'slack' || platform === 'discord')
  if (!isKnown || who.length !== 2 || lang === null) throw new UsageError(USAGE)
  const asked = { ...toIds(platform, who as [string, string]), lang }
  await using db = await openExisting(config, io.log)
  if (action === 'export') return await exportAll(db, asked, io)
  return await (values.yes ? erase(db, asked, config, io) : showWhatWouldGo(db, asked, io))
}

function toLang(named: string | undefined, locale: string): Lang | null {
  if (named === undefined) return locale.startsWith('ko') ? 'ko' : 'en'
  return named === 'ko' || named === 'en' ? named : null
}

const IDS = {
  slack: { workspace: /^[TE][A-Z0-9]{2,}$/, person: /^[UW][A-Z0-9]{2,}$/, example: 'T0123ABCD U0123ABCD' },
  discord: {
    workspace: /^(?:\d{15,20}|dm)$/,
    person: /^\d{15,20}$/,
    example: '123456789012345678 234567890123456789',
  },
}

/** As they stand in the database; a mention or `slack:T…` is read too. Throws ArgumentError. */
function toIds(platform: 'slack' | 'discord', [where, who]: [string, string]): Omit<Asked, 'lang'> {
  const workspace = where.replace(`${platform}:`, '')
  const person = who.replace(/^<@!?(\w+)(?:\|[^>]*)?>$/, '$1')
  const ids = IDS[platform]
  if (!ids.workspace.test(workspace) || !ids.person.test(person))
    throw new ArgumentError(`${where} ${who}`, `ids as ${platform} has them, e.g. ${ids.example}`)
  return { workspace: `${platform}:${workspace}`, person }
}

/** A line of JSON for each row. */
async function exportAll(db: Database, { workspace, person, lang }: Asked, io: Io): Promise<number> {
  let count = 0
  for await (const { table, row } of keptOf(db, workspace, person)) {
    io.out(JSON.stringify({ table, ...row }))
    count += 1
  }
  io.err(SAY[lang].exported(count))
  return 0
}

async function showWhatWouldGo(db: Database, asked: Asked, io: Io): Promise<number> {
  const counts = await countsOf(db, asked)
  io.out(counts === '' ? SAY[asked.lang].nothing : SAY[asked.lang].wouldGo(counts))
  return counts === '' ? 0 : 1
}

async function erase(db: Database, asked: Asked, config: Config, io: Io): Promise<number> {
  const { workspace, person, lang } = asked
  const before = await countsOf(db, asked)
  if (before === '') {
    io.out(SAY[lang].nothing)
    return 0
  }
  const connection = config.REDIS_URL ? { redisUrl: config.REDIS_URL } : { pool: db.pool }
  // First, so that nothing is gone when the cards cannot be taken away.
  await using queue = await openQueue({ connection, log: io.log, prefix: config.QUEUE_PREFIX })
  const forget = createForgetting({
    ...{ db, store: { answers: createAnswers(db), people: createPeople(db) } },
    wake: (home, lane) => queue.wake('relay', { workspace: home, lane }),
  })
  await forget(workspace, person, null)
  io.out(SAY[lang].erased(before))
  const after = await countsOf(db, asked)
  if (after !== '') io.out(SAY[lang].stays(after))
  io.out(SAY[lang].platform)
  return 0
}

/** "inbox 12, turns 4"; '' for none. */
async function countsOf(db: Database, { workspace, person }: Asked): Promise<string> {
  const counts = new Map<string, number>()
  for await (const { table } of keptOf(db, workspace, person)) counts.set(table, (counts.get(table) ?? 0) + 1)
  return [...counts].map(([table, count]) => `${table} ${count}`).join(', ')
}

const SAY = {
  ko: {
    nothing: '이 사람에 대해 보관한 것이 없어요.',
    exported: (count: number) => `${count}건을 내보냈어요.`,
    wouldGo: (counts: string) =>
      `지울 것: ${counts}\n지우려면 --yes를 붙여 다시 실행하세요. 되돌릴 수 없어요.`,
    erased: (counts: string) => `지우기 전: ${counts}`,
    stays: (counts: string) =>
      `남은 것: ${counts} (지금 답하는 중인 글, 그 사람을 책임자로 정한 설정, 담당자로서 맡고 있는 상담)`,
    platform: '플랫폼에 이미 올라간 글은 플랫폼에서 지우세요.',
  },
  en: {
    nothing: 'Nothing is kept about this person.',
    exported: (count: number) => `${count} rows.`,
    wouldGo: (counts: string) => `Would be erased: ${counts}\nRun it again with --yes. It cannot be undone.`,
    erased: (counts: string) => `There was: ${counts}`,
    stays: (counts: string) =>
      `Still there: ${counts} (what is being answered now; a setting that names them as the lead; open cases they have as staff)`,
    platform: 'What is posted on the platform is deleted there.',
  },
} as const
