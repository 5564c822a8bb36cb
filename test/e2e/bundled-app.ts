// The bot as one program, made once per run of the tests.
import { bundle } from '../bundle.ts'
import { once } from '../once.ts'

/** The file to run instead of src/main.ts. */
export function bundledApp(): Promise<string> {
  return once(
    'bundled-app',
    async () => `${await bundle(new URL('../../src/main.ts', import.meta.url), 'e2e')}app.mjs`,
  )
}
