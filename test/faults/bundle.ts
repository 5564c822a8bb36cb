// The app in one file. A process that is killed hundreds of times spends most of its life loading modules; in one file,
// with V8's compile cache beside it, it takes a third of that.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const MAIN = fileURLToPath(new URL('./app.ts', import.meta.url))
// Inside node_modules, so that what stays outside of the bundle is found.
const DIR = fileURLToPath(new URL('../../node_modules/.cache/damso-faults/', import.meta.url))
/** The embedded database brings files of its own; the rest are optional natives that are not installed. */
const OUTSIDE = [/^@electric-sql\/pglite/, /^pg-native$/, /^zlib-sync$/, /^bufferutil$/, /^utf-8-validate$/]

/** Returns the file to run. */
export async function bundleApp(): Promise<{ main: string; cacheDir: string }> {
  await mkdir(DIR, { recursive: true })
  const bundle = await rolldown({ input: MAIN, platform: 'node', external: OUTSIDE, logLevel: 'silent' })
  await bundle.write({ dir: DIR, format: 'esm', entryFileNames: 'app.mjs' })
  await bundle.close()
  return { main: `${DIR}app.mjs`, cacheDir: `${DIR}compiled` }
}
