// Canned replies: what staff have written once and send often, in one language or both, with gaps that are filled in when
// one is used. Pure.
import type { Lang } from './error.ts'

export interface Snippet {
  name: string
  /** Null: not written in that language. */
  ko: string | null
  en: string | null
}

export interface Snippets {
  list(workspace: string): Promise<Snippet[]>
  find(workspace: string, name: string): Promise<Snippet | null>
  /** A language that is not given stays as it was. */
  put(
    workspace: string,
    name: string,
    texts: Partial<Record<Lang, string>>,
    by: string,
  ): Promise<'added' | 'changed' | 'full'>
  remove(workspace: string, name: string): Promise<boolean>
}

export const MAX_SNIPPETS = 300
export const MAX_SNIPPET_CHARS = 3_000
export const MAX_SNIPPET_NAME_CHARS = 40

/** Every gap that can be filled in, by what it may be called. */
export const GAPS = {
  customer: ['customer', '고객'],
  number: ['number', '번호'],
  agent: ['agent', '담당자'],
  question: ['question', '질문'],
} as const
export type Gap = keyof typeof GAPS

/** Names only, so that `{ "json": 1 }` and code are left alone. */
const MARK = /\{[ \t]*([\p{L}_][\p{L}\p{N}_-]{0,29})[ \t]*\}/gu

function gapOf(name: string): Gap | undefined {
  const wanted = name.normalize('NFC').toLowerCase()
  return (Object.keys(GAPS) as Gap[]).find((gap) => (GAPS[gap] as readonly string[]).includes(wanted))
}

/** What is in braces and stands for nothing, each once. */
export function unknownGaps(text: string): string[] {
  const names = [...text.matchAll(MARK)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => gapOf(name) === undefined))]
}

/** Unknown ones stay as they are: ask unknownGaps() first. In one pass, so that no value is filled in itself. */
export function fillGaps(text: string, values: Readonly<Record<Gap, string>>): string {
  return text.replace(MARK, (whole, name: string) => {
    const gap = gapOf(name)
    return gap === undefined ? whole : values[gap]
  })
}

/** As it is found again by: "환불 안내" and "환불안내" are one. */
export function snippetKey(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}
