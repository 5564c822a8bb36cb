// A program of ours in few files. A process that is killed again and again spends most of its life loading modules; from
// a bundle, with V8's compile cache beside it, that takes a third.
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** The embedded database brings files of its own; the rest are optional natives that are not installed. */
const OUTSIDE = [/^@electric-sql\/pglite/, /^pg-native$/, /^zlib-sync$/, /^bufferutil$/, /^utf-8-validate$/]

const STORE = new URL('../src/store/', import.meta.url)
/** Starts in a thread of its own, from a file beside the one that starts it. */
const THREAD = 'pglite-worker'

const findingTheThread = {
  name: 'finding-the-thread',
  transform: {
    filter: { id: /pglite-thread\.ts$/ },
    handler: (code: string) => code.replace(`./${THREAD}.ts`, `./${THREAD}.mjs`),
  },
}

/**
 * Returns the folder, `node_modules/.cache/damso-<name>/`, with `app.mjs` in it: inside node_modules, so that what stays
 * outside of the bundle is found. What a program finds by its own place (templates, the reader's process) is not where
 * it looks for it.
 */
export async function bundle(main: URL, name: string): Promise<string> {
  const dir = fileURLToPath(new URL(`../node_modules/.cache/damso-${name}/`, import.meta.url))
  const input = { app: fileURLToPath(main), [THREAD]: fileURLToPath(new URL(`${THREAD}.ts`, STORE)) }
  await using built = await rolldown({
    input,
    platform: 'node',
    external: OUTSIDE,
    logLevel: 'silent',
    plugins: [findingTheThread],
  })
  await built.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].mjs',
    // By its name Node knows what a file is, and need not read it once more.
    chunkFileNames: '[name]-[hash].mjs',
  })
  return dir
}
