// The app in few files, made once per run: a process that is killed again and again spends most of its life loading
// modules. What it finds by its own place (templates, the reader's process) is not where it looks for it.
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { once } from '../once.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
// Inside node_modules, so that what stays outside of the bundle is found.
const DIR = fileURLToPath(new URL('../../node_modules/.cache/damso-e2e/', import.meta.url))
/** The embedded database brings files of its own; the rest are optional natives that are not installed. */
const OUTSIDE = [/^@electric-sql\/pglite/, /^pg-native$/, /^zlib-sync$/, /^bufferutil$/, /^utf-8-validate$/]

/** The file to run instead of src/main.ts. */
export function bundledApp(): Promise<string> {
  return once('bundled-app', async () => {
    await using bundle = await rolldown({
      ...{ input: MAIN, platform: 'node', external: OUTSIDE, logLevel: 'silent' },
    })
    await bundle.write({ dir: DIR, format: 'esm', entryFileNames: 'app.mjs' })
    return `${DIR}app.mjs`
  })
}
