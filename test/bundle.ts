// A program of ours in few files. A process that is killed again and again spends most of its life loading modules; from
// a bundle, with V8's compile cache beside it, that takes a third.
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** The embedded database brings files of its own; the rest are optional natives that are not installed. */
const OUTSIDE = [/^@electric-sql\/pglite/, /^pg-native$/, /^zlib-sync$/, /^bufferutil$/, /^utf-8-validate$/]

/**
 * Returns the folder, `node_modules/.cache/damso-<name>/`, with `app.mjs` in it: inside node_modules, so that what stays
 * outside of the bundle is found. What a program finds by its own place (templates, the reader's process) is not where
 * it looks for it.
 */
export async function bundle(main: URL, name: string): Promise<string> {
  const dir = fileURLToPath(new URL(`../node_modules/.cache/damso-${name}/`, import.meta.url))
  const input = fileURLToPath(main)
  await using built = await rolldown({ input, platform: 'node', external: OUTSIDE, logLevel: 'silent' })
  await built.write({
    dir,
    format: 'esm',
    entryFileNames: 'app.mjs',
    // By its name Node knows what a file is, and need not read it once more.
    chunkFileNames: '[name]-[hash].mjs',
  })
  return dir
}
