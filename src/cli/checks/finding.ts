// What a check of the doctor finds: one line in both languages, and what to do about it.
import type { Config } from '../../config.ts'
import type { Both, Lang } from '../../core/error.ts'
import type { Io } from '../io.ts'

export interface Finding {
  mark: 'ok' | 'warn' | 'bad'
  says: Both
  remedy?: Both
}

/** Never rejects for what it looks for: a server that is down is a finding. */
export type Check = (config: Config, io: Io) => Promise<Finding[]>

export const ok = (says: Both): Finding => ({ mark: 'ok', says })
export const warn = (says: Both, remedy: Both): Finding => ({ mark: 'warn', says, remedy })
export const bad = (says: Both, remedy: Both): Finding => ({ mark: 'bad', says, remedy })

const MARKS = { ok: '✓', warn: '!', bad: '✗' } as const

export function toLine({ mark, says, remedy }: Finding, lang: Lang): string {
  return `  ${MARKS[mark]} ${says[lang]}${remedy ? ` → ${remedy[lang]}` : ''}`
}
