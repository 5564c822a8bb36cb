// From paths to files: a file by name, or a folder with all that the knowledge base reads in it.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Item, Items } from './item.ts'
import type { ImportProblem } from './model.ts'
import { problemOf, toProblem } from './problems.ts'
import { ReadFailure } from './readers/failure.ts'
import { kindOfName } from './readers/kind.ts'

/** In a folder nobody means these; a file that is named by itself is always tried. */
const BESIDE =
  /^\.(?:png|jpe?g|gif|webp|svg|ico|bmp|tiff?|heic|mp[34]|mov|avi|wav|m4a|woff2?|ttf|otf|css|scss|js|mjs|cjs|ts|tsx|jsx|map|json|ya?ml|toml|lock|gitignore|ds_store)$/i
const SKIPPED_FOLDERS = new Set(['node_modules', '__MACOSX'])

export interface FileOptions {
  /** What sources are named from. */
  cwd: string
  maxBytes: number
}

/** Depth first, in the order of their names. */
export async function* findFiles(path: string, options: FileOptions): Items {
  const full = resolve(options.cwd, path)
  const source = sourceOf(full, options.cwd)
  try {
    const found = await stat(full)
    if (found.isDirectory()) yield* inFolder(full, options)
    else yield found.size > options.maxBytes ? tooLarge(source, options) : toItem(full, source)
  } catch (error) {
    const problem = problemOf(toOpenFailure(error), source)
    if (!problem) throw error
    yield problem
  }
}

/** The part of a source that all files of a folder share; null for a file. */
export async function folderSource(path: string, cwd: string): Promise<string | null> {
  const full = resolve(cwd, path)
  const found = await stat(full).catch(() => null)
  if (!found?.isDirectory()) return null
  const source = sourceOf(full, cwd)
  return source === '' ? '' : `${source}/`
}

/** The same wherever the operator stands inside the working directory, and on Windows and macOS too. */
export function sourceOf(full: string, cwd: string): string {
  const near = relative(cwd, full)
  const source = near.startsWith('..') || isAbsolute(near) ? full : near
  return source.split(sep).join('/').normalize('NFC')
}

async function* inFolder(folder: string, options: FileOptions): Items {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    // Hidden ones are settings; links could lead out of the folder, or in a circle.
    if (entry.name.startsWith('.') || SKIPPED_FOLDERS.has(entry.name) || entry.isSymbolicLink()) continue
    const full = join(folder, entry.name)
    if (entry.isFile() && BESIDE.test(extname(entry.name))) continue
    // Word's own lock files.
    if (entry.name.startsWith('~$')) continue
    const source = sourceOf(full, options.cwd)
    if (entry.isFile() && !kindOfName(entry.name)) {
      yield toProblem('unsupported', source, extname(entry.name).toLowerCase())
    } else if (entry.isFile() || entry.isDirectory()) yield* findFiles(full, options)
  }
}

function toItem(full: string, source: string): Item {
  return { source, url: null, isFile: true, name: basename(full).normalize('NFC'), bytes: () => open(full) }
}

async function open(full: string): Promise<Buffer> {
  try {
    return await readFile(full)
  } catch (error) {
    throw toOpenFailure(error)
  }
}

function tooLarge(source: string, { maxBytes }: FileOptions): ImportProblem {
  return toProblem('too-large', source, String(Math.round(maxBytes / 1024 / 1024)))
}

function toOpenFailure(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === undefined) return error
  return code === 'ENOENT' ? new ReadFailure('not-found') : new ReadFailure('not-readable', code, error)
}
