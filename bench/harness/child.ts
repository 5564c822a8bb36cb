// A process of the bench that answers calls over IPC: the fakes run in ones of their own, so that they and the load do
// not slow each other down more than the machine makes them.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process can be asked; arguments and results must survive a structured clone. */
export type Operations = Record<string, (args: never) => unknown>

export interface Child<Ops extends Operations> extends AsyncDisposable {
  readonly pid: number
  call<Name extends keyof Ops & string>(
    name: Name,
    ...args: Parameters<Ops[Name]>
  ): Promise<Awaited<ReturnType<Ops[Name]>>>
}

type Question = { id: number; name: string; args: unknown }
type Reply = { id: number; value?: unknown; error?: string }

/** `file` is relative to this folder and calls serve(). */
export async function startChild<Ops extends Operations>(file: string): Promise<Child<Ops>> {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child: ChildProcess = fork(path, [], { serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] })
  const open = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  child.on('message', (reply: Reply) => {
    const waiting = open.get(reply.id)
    open.delete(reply.id)
    if (reply.error === undefined) waiting?.resolve(reply.value)
    else waiting?.reject(new Error(`${file}: ${reply.error}`))
  })
  child.on('exit', (code) => {
    for (const waiting of open.values()) waiting.reject(new Error(`${file} ended with ${code}`))
  })
  const call = (name: string, args?: unknown): Promise<unknown> => {
    const waiting = Promise.withResolvers<unknown>()
    lastId += 1
    open.set(lastId, waiting)
    child.send({ id: lastId, name, args } satisfies Question)
    return waiting.promise
  }
  return {
    pid: child.pid as number,
    call: call as Child<Ops>['call'],
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** In the child: answers calls until it is killed. */
export function serve(operations: Operations): void {
  process.on('message', ({ id, name, args }: Question) => {
    const send = (reply: Reply): void => void process.send?.(reply)
    const operation = operations[name] as ((args: unknown) => unknown) | undefined
    Promise.resolve()
      .then(() => operation?.(args))
      .then(
        (value) => send({ id, value }),
        (error: Error) => send({ id, error: error.stack ?? error.message }),
      )
  })
  // Killed or crashed, the parent must not leave this running.
  process.on('disconnect', () => process.exit(0))
}

/** Milliseconds since the epoch with fractions: comparable between the processes of one machine. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
