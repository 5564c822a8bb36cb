// How soon people want to answer and to resolve, per priority, in business time: "urgent 15m/2h, normal 1h/8h".
import type { Both } from './error.ts'

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

export const PRIORITY_WORDS: Readonly<Record<Priority, Both>> = {
  urgent: { ko: '긴급', en: 'urgent' },
  high: { ko: '높음', en: 'high' },
  normal: { ko: '보통', en: 'normal' },
  low: { ko: '낮음', en: 'low' },
}

export interface Target {
  /** Minutes of business time; null without such a target. */
  first: number | null
  resolve: number | null
}

export type Targets = Partial<Record<Priority, Target>>

const TYPED = /^(\p{L}+)\s*[:：]?\s*(\S.*?)\s*(?:\/\s*(\S.*))?$/u
const LENGTH =
  /^(?:(\d{1,3})\s*(?:d|days?|일))?\s*(?:(\d{1,4})\s*(?:h|hrs?|hours?|시간))?\s*(?:(\d{1,4})\s*(?:m|min|mins|minutes?|분))?$/u
/** A business day. */
const DAY_MINUTES = 8 * 60
const MAX_MINUTES = 60 * DAY_MINUTES

export function parsePriority(typed: string): Priority | null {
  const wanted = typed.trim().toLowerCase()
  return PRIORITIES.find((one) => one === wanted || PRIORITY_WORDS[one].ko === wanted) ?? null
}

/** Null when it cannot be read. `-` instead of a time is no target. */
export function parseTargets(typed: string): Targets | null {
  const targets: Targets = {}
  for (const part of typed.split(/[,，;]/)) {
    const [, name = '', first = '', resolve = '-'] = TYPED.exec(part.trim()) ?? []
    const priority = parsePriority(name)
    const [toFirst, toResolve] = [parseLength(first), parseLength(resolve)]
    if (!priority || toFirst === undefined || toResolve === undefined) return null
    if (toFirst === null && toResolve === null) return null
    targets[priority] = { first: toFirst, resolve: toResolve }
  }
  return targets
}

export function writeTargets(targets: Targets): string {
  return named(targets)
    .map(([priority, { first, resolve }]) => `${priority} ${write(first)}/${write(resolve)}`)
    .join(', ')
}

export function sayTargets(targets: Targets): Both {
  const say = (lang: 'ko' | 'en'): string =>
    named(targets)
      .map(([priority, { first, resolve }]) => {
        const name = PRIORITY_WORDS[priority][lang]
        const [toFirst, toResolve] = [sayLength(first)[lang], sayLength(resolve)[lang]]
        return lang === 'ko'
          ? `${name}: 첫 답변 ${toFirst}, 해결 ${toResolve}`
          : `${name}: first reply ${toFirst}, resolved ${toResolve}`
      })
      .join(' · ')
  return { ko: say('ko'), en: say('en') }
}

/** "1시간 30분" · "1 h 30 min"; business time, so days are not said. */
export function sayLength(minutes: number | null): Both {
  if (minutes === null) return { ko: '–', en: '–' }
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const say = (hour: string, minute: string): string =>
    [hours > 0 ? `${hours}${hour}` : '', rest > 0 || hours === 0 ? `${rest}${minute}` : '']
      .filter(Boolean)
      .join(' ')
  return { ko: say('시간', '분'), en: say(' h', ' min') }
}

function named(targets: Targets): [Priority, Target][] {
  return PRIORITIES.flatMap((priority): [Priority, Target][] => {
    const target = targets[priority]
    return target ? [[priority, target]] : []
  })
}

function parseLength(typed: string): number | null | undefined {
  const text = typed.trim().toLowerCase()
  if (text === '-' || text === '–') return null
  const [whole, days, hours, minutes] = LENGTH.exec(text) ?? []
  if (!whole) return undefined
  const total = Number(days ?? 0) * DAY_MINUTES + Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return total > 0 && total <= MAX_MINUTES ? total : undefined
}

function write(minutes: number | null): string {
  if (minutes === null) return '-'
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}
