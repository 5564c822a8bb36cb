// Reads Slack's JSON without trusting it: anything of another type counts as absent.

export type Dict = Record<string, unknown>

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function dictOf(value: unknown): Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : {}
}

export function listOf(value: unknown): Dict[] {
  return Array.isArray(value) ? value.map(dictOf) : []
}

/** Slack's ts in ms since 1970. */
export function timeOf(ts: string): number {
  return Math.round(Number(ts) * 1_000) || 0
}
