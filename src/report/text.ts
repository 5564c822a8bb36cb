// A report in words: the same figures for a terminal, and for whoever cannot see the pictures in chat.
import type { Both, Lang } from '../core/error.ts'
import type { Cost, OfLanguage, Rated, Report, Speed, StaleArticle } from './model.ts'

export interface Section {
  title: string
  lines: readonly string[]
}

const REASONS: Readonly<Record<string, Both>> = {
  wrong: { ko: '틀린 내용', en: 'wrong' },
  outdated: { ko: '오래된 내용', en: 'outdated' },
  'not-asked': { ko: '질문과 다른 답', en: 'not what was asked' },
  other: { ko: '기타', en: 'other' },
  none: { ko: '이유 없음', en: 'no reason given' },
}
const LANGS: Readonly<Record<Lang, Both>> = {
  ko: { ko: '한국어', en: 'Korean' },
  en: { ko: '영어', en: 'English' },
}

const KINDS: Readonly<Record<'person' | 'bot', Both>> = {
  person: { ko: '담당자가 맡은 상담', en: 'cases of a person' },
  bot: { ko: '맡은 사람이 없던 상담', en: 'cases that nobody took' },
}

/** Without sections that have nothing to say. */
export function toSections(report: Report, lang: Lang): Section[] {
  const sections: readonly (readonly [Both, readonly string[]])[] = [
    [{ ko: '질문과 답변', en: 'Questions and answers' }, totals(report, lang)],
    [{ ko: '속도와 만족도', en: 'Speed and satisfaction' }, languages(report, lang)],
    [{ ko: '상담', en: 'Cases' }, cases(report, lang)],
    [
      { ko: '답하지 못한 질문(문서가 필요해요)', en: 'Unanswered: articles to write' },
      report.clusters.map(({ count, example }) => `${times(count, lang)} — ${example}`),
    ],
    [{ ko: '👎 받은 답변', en: '👎' }, complaints(report, lang)],
    [{ ko: '손볼 문서', en: 'Articles to look at' }, report.stale.map((one) => toStale(one, lang))],
    [{ ko: '모델 사용량', en: 'The model' }, usage(report, lang)],
  ]
  return sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : [{ title: title[lang], lines }]))
}

export function toPeriod({ from, to, zone }: Report, lang: Lang): string {
  const format = new Intl.DateTimeFormat(lang === 'ko' ? 'ko-KR' : 'en-GB', {
    timeZone: zone,
    ...{ year: 'numeric', month: 'long', day: 'numeric' },
  })
  return format.formatRange(from, new Date(+to - 1))
}

function totals(report: Report, lang: Lang): string[] {
  const { questions, withoutPerson, person, unanswered, failed } = report
  const rows: readonly (readonly [Both, number])[] = [
    [{ ko: '상담원 없이 답함', en: 'answered without a person' }, withoutPerson],
    [{ ko: '상담원 연결', en: 'a person was asked for' }, person],
    [{ ko: '문서에 답이 없음', en: 'not in the documents' }, unanswered],
    [{ ko: '오류로 답하지 못함', en: 'failed' }, failed],
  ]
  const shares = rows.map(([title, n]) => `${title[lang]}: ${number(n, lang)} (${percent(n, questions)})`)
  return [
    { ko: `질문 ${number(questions, lang)}개`, en: `${number(questions, lang)} questions` }[lang],
    ...shares,
  ]
}

function languages({ byLang }: Report, lang: Lang): string[] {
  return (['ko', 'en'] as const).flatMap((of) => {
    const { answers, firstWordMs, wholeMs, up, down } = byLang[of]
    if (answers === 0) return []
    const first = speed(firstWordMs, lang)
    const whole = speed(wholeMs, lang)
    const pleased = satisfaction({ up, down })
    return [
      {
        ko: `${LANGS[of].ko} ${number(answers, lang)}개: 첫 글자 ${first}, 답변 전체 ${whole}, 만족 ${pleased}`,
        en: `${LANGS[of].en}, ${number(answers, lang)}: first word ${first}, whole answer ${whole}, satisfied ${pleased}`,
      }[lang],
    ]
  })
}

function cases(
  { cases: { opened, resolved, late, firstMs, resolvedMs, byLang, byKind } }: Report,
  lang: Lang,
): string[] {
  if (opened === 0) return []
  const count = (n: number): string => number(n, lang)
  const [ko, en] = [starsOf(LANGS.ko, byLang.ko, lang), starsOf(LANGS.en, byLang.en, lang)]
  const [person, bot] = [starsOf(KINDS.person, byKind.person, lang), starsOf(KINDS.bot, byKind.bot, lang)]
  const stars = [
    [...ko, ...en],
    [...person, ...bot],
  ].filter(({ length }) => length > 0)
  return [
    {
      ko: `접수된 상담 ${count(opened)}건, 해결 ${count(resolved)}건, 목표 시간 초과 ${count(late)}건`,
      en: `${count(opened)} opened, ${count(resolved)} resolved, ${count(late)} missed a target`,
    }[lang],
    {
      ko: `첫 답변 ${span(firstMs, lang)}, 해결 ${span(resolvedMs, lang)} (절반이 이보다 빨라요)`,
      en: `first reply ${span(firstMs, lang)}, resolved ${span(resolvedMs, lang)} (half are as fast)`,
    }[lang],
    ...stars.map((parts) => `${{ ko: '만족도', en: 'stars' }[lang]}: ${parts.join(', ')}`),
  ]
}

/** Who was rated, by name: for whoever runs the bot, and not for a channel. */
export function toRatings({ cases: { byPerson } }: Report, lang: Lang): Section[] {
  const lines = byPerson.flatMap(({ name, ...rated }) =>
    starsOf({ ko: name || '(이름 없음)', en: name || '(no name)' }, rated, lang),
  )
  return lines.length === 0 ? [] : [{ title: { ko: '담당자별 만족도', en: 'Stars by person' }[lang], lines }]
}

function starsOf(name: Both, { rated, stars }: Rated, lang: Lang): string[] {
  if (stars === null) return []
  const mark = `★ ${stars.toFixed(1)}`
  return [
    {
      ko: `${name.ko} ${mark} (${number(rated, lang)}건)`,
      en: `${name.en} ${mark} (${number(rated, lang)})`,
    }[lang],
  ]
}

/** People take minutes and hours. */
function span({ median }: Speed, lang: Lang): string {
  if (median === null) return '-'
  const minutes = Math.max(1, Math.round(median / 60_000))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const [h, m] = lang === 'ko' ? ['시간', '분'] : [' h', ' min']
  return [hours > 0 ? `${hours}${h}` : '', hours === 0 || rest > 0 ? `${rest}${m}` : '']
    .filter(Boolean)
    .join(' ')
}

function complaints({ complaints, reasons, words }: Report, lang: Lang): string[] {
  const all = reasonList(reasons, lang)
  const bySource = complaints.map(({ title, down, reasons: of }) => {
    const why = reasonList(of, lang)
    return `${times(down, lang)} — ${title}${why === '' ? '' : ` (${why})`}`
  })
  const said = words.map((text) => `“${text}”`)
  return [...(all === '' ? [] : [all]), ...bySource, ...said]
}

function reasonList(reasons: Readonly<Record<string, number>>, lang: Lang): string {
  const named = Object.entries(reasons).toSorted(([, a], [, b]) => b - a)
  return named.map(([reason, n]) => `${REASONS[reason]?.[lang] ?? reason} ${number(n, lang)}`).join(', ')
}

function toStale({ title, why, since, down, setRight }: StaleArticle, lang: Lang): string {
  const day = since.toISOString().slice(0, 10)
  const reason = {
    expired: { ko: `${day}에 유효기간이 끝남`, en: `expired on ${day}` },
    old: { ko: `${day} 이후 그대로`, en: `unchanged since ${day}` },
  }[why][lang]
  const right = setRight > 0 ? { ko: `, 정정·철회 ${setRight}`, en: `, set right ${setRight}` }[lang] : ''
  return `${title}: ${reason}${down > 0 ? `, 👎 ${down}` : ''}${right}`
}

function usage({ tokens, cost }: Report, lang: Lang): string[] {
  if (tokens.perAnswer === null) return []
  const [read, written, each] = [tokens.read, tokens.written, tokens.perAnswer].map((n) => number(n, lang))
  const used = {
    ko: `입력 토큰 ${read}, 출력 토큰 ${written}(답변당 ${each})`,
    en: `${read} tokens read, ${written} written (${each} an answer)`,
  }[lang]
  return cost ? [used, priced(cost, lang)] : [used]
}

function priced({ work, rent, unit }: Cost, lang: Lang): string {
  const [least, most] = [work, rent].map((amount) => money(amount ?? 0, unit, lang))
  return {
    ko: `답변당 비용: GPU를 기간 내내 빌린 비용 기준 ${most}, 모델이 일한 시간 기준 ${least}`,
    en: `cost of an answer: ${most} with the GPU paid for all of the time, ${least} for the model’s work alone`,
  }[lang]
}

function money(amount: number, unit: string, lang: Lang): string {
  const digits = amount >= 100 ? 0 : amount >= 1 ? 2 : 4
  const text = amount.toLocaleString(lang, { minimumFractionDigits: 0, maximumFractionDigits: digits })
  return unit === '' ? text : `${text} ${unit}`
}

function satisfaction({ up, down }: Pick<OfLanguage, 'up' | 'down'>): string {
  return up + down === 0 ? '-' : `${percent(up, up + down)} (👍 ${up} 👎 ${down})`
}

/** Half are as fast, and nearly all. */
function speed({ median, most }: Speed, lang: Lang): string {
  return median === null ? '-' : `${seconds(median, lang)} (95%: ${seconds(most ?? median, lang)})`
}

export function seconds(ms: number, lang: Lang): string {
  const amount = (ms / 1000).toFixed(ms < 9_950 ? 1 : 0)
  return { ko: `${amount}초`, en: `${amount} s` }[lang]
}

export function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${Math.round((100 * part) / of)}%`
}

function number(n: number, lang: Lang): string {
  return n.toLocaleString(lang)
}

function times(n: number, lang: Lang): string {
  return { ko: `${number(n, lang)}번`, en: n === 1 ? 'once' : `${number(n, lang)} times` }[lang]
}
