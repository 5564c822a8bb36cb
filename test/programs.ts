// The programs that tests start, as found on this machine. No vitest here: it is used before a run as well.
import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type ServerKind = 'redis' | 'postgres' | 'chromium'

const PLACES: Record<ServerKind, string[]> = {
  redis: ['redis-server', 'valkey-server'],
  postgres: ['postgres', '/usr/lib/postgresql/*/bin/postgres', '/usr/local/opt/postgresql*/bin/postgres'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
}

/** Where the program is, or null. */
export function findProgram(kind: ServerKind): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const place of PLACES[kind]) {
    const paths = place.startsWith('/')
      ? globSync(place).sort()
      : folders.map((folder) => join(folder, place))
    const found = paths.findLast(isExecutable)
    if (found) return found
  }
  return null
}

export function canRun(kind: ServerKind): { ok: true } | { ok: false; reason: string } {
  return findProgram(kind) ? { ok: true } : { ok: false, reason: `${kind} is not installed` }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
