// Markdown and plain text: only decoded. What stands before the text (YAML front matter) gives the title, where readers
// can open it, and until when it holds.
import type { ReadDocument } from '../model.ts'
import { decodeText } from './decode.ts'

export function readMarkdown(bytes: Uint8Array): ReadDocument {
  const text = decodeText(bytes)
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^\uFEFF/, '')
  const matter = /^---\n([\s\S]{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)
  const matterOf = (key: string): string => {
    const line = new RegExp(`^${key}:[ \\t]*(.+)$`, 'm').exec(matter?.[1] ?? '')?.[1] ?? ''
    return line.trim().replace(/^(["'])(.*)\1$/, '$2')
  }
  return {
    title: matterOf('title') || null,
    markdown: matter ? text.slice(matter[0].length) : text,
    expiresAt: toExpiry(matterOf('expires')),
    url: toAddress(matterOf('url')),
  }
}

function toAddress(value: string): string | null {
  return /^https?:\/\/\S{1,2000}$/.test(value) && URL.canParse(value) ? new URL(value).href : null
}

/** A date holds to the end of that day in Korea; a time with its zone is taken as it is. Anything else is no date. */
function toExpiry(value: string): Date | null {
  const day = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(value)?.slice(1)
  const [year = '', ...monthAndDay] = day ?? []
  const [month, date] = monthAndDay.map((part) => part.padStart(2, '0'))
  const time = day ? `${year}-${month}-${date}T23:59:59.999+09:00` : value
  return /^\d{4}-.*T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(time) && !Number.isNaN(Date.parse(time))
    ? new Date(time)
    : null
}

/** Markdown's marks mean nothing here: a line that begins with "#" or "---" is text. */
export function readText(bytes: Uint8Array): ReadDocument {
  const text = decodeText(bytes).replaceAll(/\r\n?/g, '\n')
  return {
    title: null,
    markdown: text.replaceAll(/^([ \t]*)(#{1,6}(?=[ \t])|`{3}|~{3}|-{2,}[ \t]*$|=+[ \t]*$)/gm, '$1\\$2'),
  }
}
