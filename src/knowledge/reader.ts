// Reads files and cuts them into passages in a process of their own, one at a time, within limits of size, time and
// memory: neither a hostile nor a long file may hold up an answer. The process is kept for the next files.
import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Logger } from '../core/logger.ts'
import type { ReadPassages } from './model.ts'
import { ReadFailure } from './readers/failure.ts'
import type { ReadLimits } from './readers/limits.ts'
import type { Result, Task } from './readers/process.ts'
import type { ReadRequest } from './readers/read.ts'

export const READ_LIMITS: ReadLimits = {
  maxBytes: 20 * 1024 * 1024,
  maxPages: 2_000,
  maxChars: 3_000_000,
  maxUnpackedBytes: 300 * 1024 * 1024,
  maxUnpackRatio: 100,
  timeoutMs: 60_000,
  maxMemoryMb: 1_024,
}

export interface Reader extends AsyncDisposable {
  readonly limits: ReadLimits
  /** Throws ReadFailure, and the signal's reason. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadPassages>
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MEMORY_LOOK_MS = 100

export function createReader(limits: ReadLimits, log: Logger): Reader {
  let child: ChildProcess | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let count = 0
  const stop = (): void => {
    child?.kill('SIGKILL')
    child = null
  }
  const readApart = async (request: ReadRequest, signal?: AbortSignal): Promise<ReadPassages> => {
    signal?.throwIfAborted()
    child ??= startProcess(limits.maxMemoryMb)
    const task: Task = { id: ++count, request, limits }
    const result = await ask(child, task, signal).catch((error: unknown) => {
      // Whatever it is doing, it is not waited for.
      stop()
      throw error
    })
    // What a large file leaves behind would count against the next one.
    if ((await residentMb(child)) > limits.maxMemoryMb / 2) stop()
    if ('read' in result) return result.read
    log.debug({ code: result.code, reason: result.reason }, 'a file could not be read')
    throw new ReadFailure(result.code, result.detail)
  }
  return {
    limits,
    async read(request, signal) {
      if (request.bytes.length > limits.maxBytes)
        throw new ReadFailure('too-large', String(Math.round(limits.maxBytes / 1024 / 1024)))
      const mine = queue.then(() => readApart(request, signal))
      queue = mine.catch(() => undefined)
      return mine
    },
    async [Symbol.asyncDispose]() {
      await queue
      stop()
    },
  }
}

function startProcess(maxMemoryMb: number): ChildProcess {
  return fork(new URL('./readers/process.ts', import.meta.url), {
    // No tokens, no database address; and no way to write files or to start programs.
    env: {},
    execArgv: [
      '--permission',
      `--allow-fs-read=${ROOT}*`,
      // Unpacking large entries of a workbook takes one.
      '--allow-worker',
      `--max-old-space-size=${Math.round(maxMemoryMb * 0.75)}`,
      '--disable-warning=SecurityWarning',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

function ask(child: ChildProcess, task: Task, signal?: AbortSignal): Promise<Result> {
  const { timeoutMs, maxMemoryMb } = task.limits
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      clearTimeout(timer)
      clearInterval(looking)
      child.off('message', onMessage).off('exit', onExit).off('error', onError)
      signal?.removeEventListener('abort', onAbort)
      settle()
    }
    const fail = (failure: unknown): void => done(() => reject(failure))
    const onMessage = (result: Result): void => {
      if (result.id === task.id) done(() => resolve(result))
    }
    // V8 aborts when its heap is full; a parser that brings the process down otherwise is fed a damaged file.
    const onExit = (_code: number | null, name: string | null): void =>
      fail(new ReadFailure(name === 'SIGABRT' || name === 'SIGKILL' ? 'out-of-memory' : 'damaged'))
    const onError = (error: Error): void => fail(error)
    const onAbort = (): void => fail(signal?.reason)
    const timer = setTimeout(
      () => fail(new ReadFailure('timeout', String(Math.round(timeoutMs / 1000)))),
      timeoutMs,
    )
    const looking = setInterval(async () => {
      if ((await residentMb(child)) > maxMemoryMb) fail(new ReadFailure('out-of-memory'))
    }, MEMORY_LOOK_MS)
    child.on('message', onMessage).on('exit', onExit).on('error', onError)
    signal?.addEventListener('abort', onAbort, { once: true })
    child.send(task)
  })
}

/** 0 where there is no /proc: there the limit of V8's heap must do. */
async function residentMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024
}
