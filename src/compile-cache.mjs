// What Node compiles, and what it makes of TypeScript, is kept for the next start: half a second less, and a few MB.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const dir = fileURLToPath(new URL('../node_modules/.cache/damso/compiled', import.meta.url))
// An older Node does not have it; where nothing can be written, nothing is kept.
module.enableCompileCache?.(dir)
// For threads and processes of ours.
process.env.NODE_COMPILE_CACHE ??= dir
