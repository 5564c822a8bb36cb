// From rows to figures: what was answered, how fast, from what, and what is missing.
import type { Lang } from '../core/error.ts'
import { fitLine } from '../text/line.ts'
import { maskPersonal } from '../text/personal.ts'
import { localTimes } from './days.ts'
import type {
  AnswerRow,
  CaseRow,
  Cases,
  Cluster,
  Cost,
  Day,
  DocumentRow,
  OfLanguage,
  Period,
  PersonRow,
  Rated,
  Report,
  SourceComplaints,
  Speed,
  StaleArticle,
} from './model.ts'

export interface Price {
  perHour: number
  unit: string
}

export interface ShapeOptions {
  period: Period
  /** IANA name, e.g. Asia/Seoul. */
  zone: string
  price: Price | null
  /** Places of questions that ask for the same, the largest group first. */
  cluster(questions: readonly string[]): Promise<number[][]>
}

/** A page nobody has touched for this long, and that people complain about, is worth a look. */
const OLD_MS = 180 * 24 * 60 * 60_000
const HOUR_MS = 60 * 60_000
const SHOWN = 10
/** Clustering takes each question's neighbours among all: the newest are enough to see what is missing. */
const MAX_CLUSTERED = 3_000
const EXAMPLE_CHARS = 120
const NO_QUESTION: readonly string[] = ['small-talk', 'spam']
/** What no article would have answered. */
const NO_ARTICLE: readonly string[] = ['order', 'complaint', 'person']

export interface Tally {
  add(row: AnswerRow): void
  /** Documents that people complain about, or that answers were set right about. */
  readonly documents: string[]
  finish(documents: readonly DocumentRow[]): Promise<Report>
}

/** Rows one by one, so that a busy month need not be in memory at once. */
export function createTally(
  persons: readonly PersonRow[],
  cases: readonly CaseRow[],
  options: ShapeOptions,
): Tally {
  const { period, zone, price } = options
  const isHandedOver = toHandedOver(persons)
  const timeOf = localTimes(zone)
  const days = new Map<string, Day>()
  const langs = { ko: emptyLang(), en: emptyLang() }
  const open: AnswerRow[] = []
  const sources = new Map<string, { title: string; down: number; setRight: number; reasons: Counts }>()
  const reasons: Counts = {}
  const words: string[] = []
  const sums = { questions: 0, withoutPerson: 0, person: 0, unanswered: 0, failed: 0, answers: 0 }
  const used = { read: 0, written: 0, modelMs: 0 }
  return {
    add(row) {
      const { facts } = row
      if (row.state !== 'failed' && NO_QUESTION.includes(facts.intent ?? '')) return
      const became = toOutcome(row, isHandedOver)
      sums.questions += 1
      if (became === 'answered') sums.withoutPerson += 1
      if (became === 'person') sums.person += 1
      if (facts.noEvidence) sums.unanswered += 1
      if (row.state === 'failed') sums.failed += 1
      const { date } = timeOf(row.at)
      const day = days.get(date) ?? { date, answered: 0, open: 0, person: 0 }
      days.set(date, { ...day, [became]: day[became] + 1 })
      const isGap = facts.noEvidence && row.question !== '' && !NO_ARTICLE.includes(facts.intent ?? '')
      if (isGap) open.push(row)
      if (row.state !== 'failed') count(row, langs)
      if (facts.tokens != null) sums.answers += 1
      used.written += (facts.tokens ?? 0) + (facts.prepareTokens ?? 0)
      used.read += (facts.promptTokens ?? 0) + (facts.preparePromptTokens ?? 0)
      used.modelMs += (facts.modelMs ?? 0) + (facts.prepareMs ?? 0)
      complain(row, reasons, sources)
      words.unshift(...row.words.map((said) => fitLine(said, EXAMPLE_CHARS)))
      words.length = Math.min(words.length, SHOWN)
    },
    get documents() {
      return [...sources].flatMap(([id, { down, setRight }]) => (down + setRight > 0 ? [id] : []))
    },
    finish: async (documents) => ({
      ...{ from: period.from, to: period.to, workspace: period.workspace, zone },
      ...{ questions: sums.questions, withoutPerson: sums.withoutPerson, person: sums.person },
      ...{ unanswered: sums.unanswered, failed: sums.failed },
      days: [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
      cases: toCases(cases),
      byLang: { ko: toLang(langs.ko), en: toLang(langs.en) },
      clusters: await toClusters(open.slice(-MAX_CLUSTERED), options.cluster),
      complaints: toComplaints(sources),
      reasons,
      words,
      stale: toStale(documents, sources, period.to),
      tokens: { ...used, perAnswer: sums.answers === 0 ? null : Math.round(used.written / sums.answers) },
      cost: price && toCost(price, used.modelMs, sums.answers, +period.to - +period.from),
    }),
  }
}

type Counts = Record<string, number>
type Became = Exclude<keyof Day, 'date'>

function toHandedOver(persons: readonly PersonRow[]): (row: AnswerRow) => boolean {
  const keyOf = (workspace: string, place: string): string => `${workspace}\n${place}`
  const answers = new Set(
    persons.flatMap(({ workspace, answer }) => (answer ? keyOf(workspace, answer) : [])),
  )
  const lanes = new Set(
    persons.flatMap(({ workspace, lane, answer }) => (answer ? [] : keyOf(workspace, lane))),
  )
  return ({ workspace, turn, lane }) =>
    answers.has(keyOf(workspace, turn)) || lanes.has(keyOf(workspace, lane))
}

function toOutcome(row: AnswerRow, isHandedOver: (row: AnswerRow) => boolean): Became {
  if (isHandedOver(row)) return 'person'
  const { noEvidence, withdrawn, asTheyAre } = row.facts
  return row.state === 'done' && !noEvidence && !withdrawn && !asTheyAre ? 'answered' : 'open'
}

interface LangSums {
  answers: number
  first: number[]
  whole: number[]
  up: number
  down: number
}

function toCases(rows: readonly CaseRow[]): Cases {
  const known = (of: 'firstMs' | 'resolvedMs'): number[] => rows.flatMap((row) => row[of] ?? [])
  const starsOf = (lang: Lang): Rated => toRated(rows.filter((row) => row.lang === lang))
  const kindOf = (kind: CaseRow['ratedBy']): Rated => toRated(rows.filter((row) => row.ratedBy === kind))
  return {
    ...{ opened: rows.length, resolved: known('resolvedMs').length },
    late: rows.filter(({ isLate }) => isLate).length,
    ...{ firstMs: toSpeed(known('firstMs')), resolvedMs: toSpeed(known('resolvedMs')) },
    byLang: { ko: starsOf('ko'), en: starsOf('en') },
    byKind: { person: kindOf('person'), bot: kindOf('bot') },
    byPerson: toPersons(rows),
  }
}

function toRated(rows: readonly CaseRow[]): Rated {
  const stars = rows.flatMap(({ rating }) => rating ?? [])
  const sum = stars.reduce((all, one) => all + one, 0)
  return { rated: stars.length, stars: stars.length === 0 ? null : sum / stars.length }
}

function toPersons(rows: readonly CaseRow[]): Cases['byPerson'] {
  const byId = Map.groupBy(
    rows.filter(({ ratedPerson }) => ratedPerson !== null),
    ({ ratedPerson }) => ratedPerson,
  )
  return [...byId.values()]
    .map((theirs) => ({ name: theirs.at(-1)?.ratedName ?? '', ...toRated(theirs) }))
    .toSorted((a, b) => b.rated - a.rated)
    .slice(0, SHOWN)
}

function emptyLang(): LangSums {
  return { answers: 0, first: [], whole: [], up: 0, down: 0 }
}

function count(row: AnswerRow, langs: Record<Lang, LangSums>): void {
  const lang = row.lang ?? row.facts.lang
  if (!lang) return
  const sums = langs[lang]
  sums.answers += 1
  sums.up += row.up
  sums.down += row.down
  if (row.facts.firstWordMs != null) sums.first.push(row.waitedMs + row.facts.firstWordMs)
  if (row.facts.ms != null) sums.whole.push(row.waitedMs + row.facts.ms)
}

function toLang({ answers, first, whole, up, down }: LangSums): OfLanguage {
  return { answers, firstWordMs: toSpeed(first), wholeMs: toSpeed(whole), up, down }
}

function toSpeed(times: readonly number[]): Speed {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number | null => {
    const found = sorted[Math.ceil(share * sorted.length) - 1]
    return found === undefined ? null : Math.round(found)
  }
  return { count: sorted.length, median: at(0.5), most: at(0.95) }
}

type Sources = Map<string, { title: string; down: number; setRight: number; reasons: Counts }>

function complain({ facts, down }: AnswerRow, reasons: Counts, sources: Sources): void {
  const isSetRight = Boolean(facts.withdrawn || facts.correctedBy)
  if (down === 0 && !isSetRight) return
  if (down > 0) {
    const reason = facts.reason ?? 'none'
    reasons[reason] = (reasons[reason] ?? 0) + down
  }
  for (const { document, title } of new Map(facts.sources?.map((one) => [one.document, one])).values()) {
    const known = sources.get(document) ?? { title, down: 0, setRight: 0, reasons: {} }
    known.down += down
    known.setRight += isSetRight ? 1 : 0
    if (facts.reason && down > 0) known.reasons[facts.reason] = (known.reasons[facts.reason] ?? 0) + down
    sources.set(document, known)
  }
}

function toComplaints(sources: Sources): SourceComplaints[] {
  return [...sources]
    .filter(([, { down }]) => down > 0)
    .map(([document, { title, down, reasons }]) => ({ document, title, down, reasons }))
    .toSorted((a, b) => b.down - a.down)
    .slice(0, SHOWN)
}

async function toClusters(rows: readonly AnswerRow[], cluster: ShapeOptions['cluster']): Promise<Cluster[]> {
  const masked = rows.map(({ question, lang }) => maskPersonal(question, lang ?? 'ko'))
  // Put in both languages, a Korean question and an English one about the same thing are alike.
  const compared = rows.map(({ facts }, at) => (facts.asked ? toCompared(facts.asked) : (masked[at] ?? '')))
  // What stands in place of a number or a name is no word of the question.
  const groups = await cluster(compared.map((text) => text.replace(/\[[^\]\n]*\]/g, ' ')))
  return groups.slice(0, SHOWN).flatMap((group) => {
    const at = group[0] ?? -1
    const typical = rows[at]
    if (!typical) return []
    return [{ count: group.length, example: fitLine(masked[at] ?? '', EXAMPLE_CHARS), turn: typical.turn }]
  })
}

function toCompared({ ko, en }: { ko: string; en: string }): string {
  return `${maskPersonal(ko, 'ko')}\n${maskPersonal(en, 'en')}`
}

function toStale(documents: readonly DocumentRow[], sources: Sources, now: Date): StaleArticle[] {
  return documents
    .flatMap(({ id, title, source, url, updatedAt, expiresAt }): StaleArticle[] => {
      const { down = 0, setRight = 0 } = sources.get(id) ?? {}
      const about = { title, source, url, down, setRight }
      if (expiresAt && +expiresAt < +now) return [{ ...about, why: 'expired', since: expiresAt }]
      const isOld = +now - +updatedAt > OLD_MS && down + setRight > 0
      return isOld ? [{ ...about, why: 'old', since: updatedAt }] : []
    })
    .toSorted((a, b) => b.down + b.setRight - a.down - a.setRight || +a.since - +b.since)
    .slice(0, SHOWN)
}

function toCost({ perHour, unit }: Price, modelMs: number, answers: number, periodMs: number): Cost {
  const of = (ms: number): number | null => (answers === 0 ? null : (perHour * ms) / HOUR_MS / answers)
  return { perHour, unit, work: of(modelMs), rent: of(periodMs) }
}
