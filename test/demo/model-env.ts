// Which model somebody has configured, in the environment or in `.env`. Only that is read from there: demo and playground
// must never see the tokens of a real Slack or Discord.
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

const KEYS = ['EXAONE_BASE_URL', 'EXAONE_API_KEY', 'EXAONE_MODEL', 'EXAONE_PROFILE'] as const

export type ModelEnv = Partial<Record<(typeof KEYS)[number], string>>

/** As for the app itself, the environment counts more than the file. */
export function readModelEnv(env: Readonly<Record<string, string | undefined>>, path = '.env'): ModelEnv {
  const file = readIfThere(path)
  return Object.fromEntries(
    KEYS.map((key) => [key, (env[key] ?? file[key] ?? '').trim()]).filter(([, value]) => value !== ''),
  )
}

function readIfThere(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
