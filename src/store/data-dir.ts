// The lock on the embedded database's directory. PGlite has none of its own: a second process on the same files
// silently loses its writes.
import { mkdir, readFile, rename, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { BotError } from '../core/error.ts'

const LOCK_FILE = 'damso.lock'
/** A new database takes about 40 MB, and a full disk in the middle of a write cannot be repaired from here. */
const MIN_FREE_BYTES = 64 * 1024 * 1024
/** The holder touches its file this often, for those who cannot see its process (another container). */
const TOUCH_MS = 5_000
const TOUCHED_LATELY_MS = 3 * TOUCH_MS

interface Holder {
  pid: number
  host: string
  /** Kernel boot id and the process's start in clock ticks, where /proc says so: a pid alone is soon used again. */
  boot: string | null
  start: string | null
}

/** Creates `dir` if need be and takes it for this process until disposed. Never waits. */
export async function lockDataDir(dir: string): Promise<AsyncDisposable> {
  const path = join(dir, LOCK_FILE)
  const text = JSON.stringify(await describe(process.pid))
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = await statfs(dir)
    if (bavail * bsize < MIN_FREE_BYTES) throw diskFull(dir)
    await take(dir, path, text)
  } catch (error) {
    throw toBotError(dir, error)
  }
  const touching = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => clearInterval(touching))
  }, TOUCH_MS).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(touching)
      if ((await read(path)) === text) await rm(path, { force: true })
    },
  }
}

async function take(dir: string, path: string, text: string): Promise<void> {
  if (await create(path, text)) return
  const found = await read(path)
  if (found !== null) {
    const holder = parseHolder(found)
    if (holder && (await isAlive(holder, path))) throw locked(dir, holder)
    // Renaming is atomic, so of two processes that both found it stale one fails to create the new file.
    const aside = `${path}.${process.pid}`
    await rename(path, aside)
    const moved = await read(aside)
    if (moved !== found && moved !== null) await create(path, moved)
    await rm(aside, { force: true })
  }
  if (await create(path, text)) return
  const winner = parseHolder((await read(path)) ?? '')
  throw locked(dir, winner)
}

/** False when the file is there already. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, host, boot, start } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number'
      ? { pid, host: host ?? '', boot: boot ?? null, start: start ?? null }
      : null
  } catch {
    // Cut off while it was written: whoever wrote it is gone or about to fail.
    return null
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) return Date.now() - (await stat(path)).mtimeMs < TOUCHED_LATELY_MS
  if (!isRunning(holder.pid)) return false
  const now = await describe(holder.pid)
  return holder.boot === now.boot && holder.start === now.start
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

async function describe(pid: number): Promise<Holder> {
  const [boot, stat] = await Promise.all([fromProc('sys/kernel/random/boot_id'), fromProc(`${pid}/stat`)])
  // The command name, in parentheses, may hold spaces; the start time is the 20th field after it.
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  return { pid, host: hostname(), boot: boot?.trim() ?? null, start }
}

async function fromProc(name: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${name}`, 'utf8')
  } catch {
    // macOS has no /proc, and there a pid alone must do.
    return null
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}

const SAY = {
  ko: '저장소를 열 수 없어요. 운영자에게 알려 주세요.',
  en: 'The store cannot be opened. Please tell the operator.',
}

function locked(dir: string, holder: Holder | null): BotError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
  const hint = `${who} is using DATA_DIR ${dir}. Stop it, or give this one another DATA_DIR; for several processes set DATABASE_URL to a PostgreSQL.`
  return new BotError('data-dir-locked', { retryable: false, say: SAY, hint })
}

function diskFull(dir: string, cause?: unknown): BotError {
  const hint = `The disk of DATA_DIR ${dir} is full. Free at least 64 MB or point DATA_DIR elsewhere.`
  return new BotError('data-dir-full', { retryable: false, say: SAY, hint, cause })
}

function toBotError(dir: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(dir, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    const hint = `DATA_DIR ${dir} cannot be written (${code}). Make it a directory that this user may write, or point DATA_DIR elsewhere.`
    return new BotError('data-dir-not-writable', { retryable: false, say: SAY, hint, cause: error })
  }
  return error
}
