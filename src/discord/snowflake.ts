// Discord ids carry the time at which they were made: discord-api-docs reference, "Snowflakes".

const EPOCH_MS = 1_420_070_400_000

export function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH_MS
}

/** The smallest id that can have been made at `ms`. */
export function idAt(ms: number): string {
  return (BigInt(Math.max(0, Math.floor(ms) - EPOCH_MS)) << 22n).toString()
}

export function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length
}

export function newest(a: string | null, b: string): string {
  return a === null || isNewer(b, a) ? b : a
}
