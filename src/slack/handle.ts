// The handle of an interaction: where it can be answered without a token. Made by inbound, opened only here.
import type { Handle } from '../core/inbound.ts'

export interface ResponseHandle {
  url: string
  /** When to stop using it, ms since 1970. Slack allows 30 minutes; the last two are kept as a margin. */
  expires: number
  kind: 'command' | 'shortcut' | 'action' | 'form'
}

const LIFETIME_MS = 28 * 60_000

export function createHandle(url: string, kind: ResponseHandle['kind'], now: number): Handle {
  const handle: ResponseHandle = { url, expires: now + LIFETIME_MS, kind }
  return JSON.stringify(handle)
}

/** Null for an empty handle, one of another making, and one that is over. */
export function openHandle(handle: Handle | null, now: number): ResponseHandle | null {
  if (!handle?.startsWith('{')) return null
  const opened = JSON.parse(handle) as ResponseHandle
  return opened.expires > now && opened.url ? opened : null
}
