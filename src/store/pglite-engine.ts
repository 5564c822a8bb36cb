// Starts one embedded PostgreSQL: quickly, and small. A new database is a copy of one that initdb has made once per
// installation; to make it again would take four seconds of a processor each time.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { MemoryFS, PGlite, type PGliteOptions } from '@electric-sql/pglite'

// Optimised machine code for PostgreSQL's largest function alone takes V8 2 s of a processor and 600 MB for a while, as
// soon as the first statements have run; without it the statements of a bot take about 0.5 ms more each.
const NO_OPTIMISED_WASM = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']

/** The defaults keep 128 MB of buffers inside the process; files are cached by the system anyway. */
const SMALL = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/damso/', import.meta.url))
/** Where PGlite's PostgreSQL has its files. */
const INSIDE = '/pglite/data'
const FILE_MODE = 0o100600

/**
 * `dataDir` is a folder, made when it is missing, or 'memory' = gone with the process. A new database is a copy of the
 * one in the folder `template`, by default an empty one.
 */
export async function startPglite(
  dataDir: string | 'memory',
  searchPath: string,
  template = templateFolder(),
): Promise<PGlite> {
  const hasTemplate = existsSync(template)
  if (dataDir !== 'memory') {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (hasTemplate && readdirSync(dataDir).length === 0) copyWhole(template, dataDir)
  }
  return await create({
    ...(dataDir !== 'memory' ? { dataDir } : hasTemplate ? { fs: new CopyInMemory(template) } : {}),
    relaxedDurability: false,
    startParams: [...PGlite.defaultStartParams, '-c', `search_path=${searchPath}`, ...SMALL],
  })
}

/** Keeps a new database for those to come. Does nothing when that has been done. */
export async function keepTemplate(): Promise<void> {
  const template = templateFolder()
  if (existsSync(template)) return
  const made = `${template}.${process.pid}`
  mkdirSync(made, { recursive: true })
  const pglite = await create({ dataDir: made })
  await pglite.close()
  try {
    renameSync(made, template)
  } catch (error) {
    // Another process was faster.
    rmSync(made, { recursive: true })
    if (!existsSync(template)) throw error
  }
}

function create(options: PGliteOptions): Promise<PGlite> {
  for (const flag of NO_OPTIMISED_WASM) setFlagsFromString(flag)
  return PGlite.create(options)
}

/** A process that dies meanwhile leaves no half of a database behind. */
function copyWhole(template: string, dataDir: string): void {
  const copy = `${dataDir}.new`
  rmSync(copy, { recursive: true, force: true })
  cpSync(template, copy, { recursive: true })
  chmodSync(copy, 0o700)
  rmdirSync(dataDir)
  renameSync(copy, dataDir)
}

/** What PGlite's file system is inside, as far as a file can be put into it without being opened by its path. */
interface Folder {
  node_ops: {
    mknod(
      parent: Folder,
      name: string,
      mode: number,
      dev: number,
    ): { contents: Uint8Array; usedBytes: number }
  }
}

class CopyInMemory extends MemoryFS {
  readonly #template: string

  constructor(template: string) {
    super()
    this.#template = template
  }

  override async initialSyncFs(): Promise<void> {
    const { FS } = this.pg!.Module
    const folders = new Map<string, Folder>()
    const folderAt = (path: string): Folder => {
      const inside = INSIDE + path.slice(this.#template.length).replaceAll('\\', '/')
      FS.mkdirTree(inside)
      return FS.lookupPath(inside, {}).node as unknown as Folder
    }
    for (const entry of readdirSync(this.#template, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) {
        folderAt(join(entry.parentPath, entry.name))
        continue
      }
      const folder = folders.get(entry.parentPath) ?? folderAt(entry.parentPath)
      folders.set(entry.parentPath, folder)
      const file = folder.node_ops.mknod(folder, entry.name, FILE_MODE, 0)
      file.contents = readFileSync(join(entry.parentPath, entry.name))
      file.usedBytes = file.contents.length
    }
  }
}

/** Named after PGlite's version: another one may bring another PostgreSQL, whose files differ. */
function templateFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {
    version: string
  }
  return join(CACHE, `pglite-${version}`)
}
