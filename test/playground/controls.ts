// The buttons that make life hard: kill the app, deliver twice, refuse with 429, take the model away.
import type { World } from '../demo/world.ts'
import type { ModelChoice } from './model.ts'

/** Dead for this long, so that one sees it. */
const DEAD_MS = 1_500
const BUSY_MS = 5_000
const SLACK_WRITES = [
  'chat.startStream',
  'chat.appendStream',
  'chat.stopStream',
  'chat.postMessage',
  'chat.update',
  'assistant.threads.setStatus',
]

export interface Controls extends AsyncDisposable {
  readonly restarts: number
  readonly twice: boolean
  busySeconds(): number
  kill(): Promise<void>
  restart(): Promise<void>
  /** The next message arrives twice. */
  deliverTwice(on: boolean): void
  /** How often the message being sent arrives; uses the order up. */
  takeTimes(): number
  refuseSlack(): void
  useFoundModel(): Promise<void>
}

export function createControls(world: World, model: ModelChoice, changed: () => void): Controls {
  const { app, slack } = world
  let restarts = 0
  let twice = false
  let busyUntil = 0
  let timer: NodeJS.Timeout | undefined
  /** One start at a time, whoever asks for it. */
  let starting: Promise<void> | null = null

  const start = (env?: Record<string, string>): Promise<void> => {
    clearTimeout(timer)
    starting ??= (async () => {
      try {
        await app.start(env)
        restarts += 1
      } catch (error) {
        console.error((error as Error).message)
      } finally {
        starting = null
        changed()
      }
    })()
    return starting
  }

  return {
    get restarts() {
      return restarts
    },
    get twice() {
      return twice
    },
    busySeconds: () => Math.max(0, Math.ceil((busyUntil - Date.now()) / 1_000)),
    async kill() {
      await starting
      await app.kill()
      timer = setTimeout(() => void start(), DEAD_MS)
    },
    async restart() {
      await app.stop()
      await start()
    },
    deliverTwice(on) {
      twice = on
      changed()
    },
    takeTimes() {
      const times = twice ? 2 : 1
      twice = false
      return times
    },
    refuseSlack() {
      busyUntil = Date.now() + BUSY_MS
      const when = () => Date.now() < busyUntil
      for (const method of SLACK_WRITES) {
        slack.failNext(method, { status: 429, retryAfter: 2, times: 1_000_000, when })
      }
      changed()
    },
    async useFoundModel() {
      const env = model.useFound()
      if (!env) return
      await app.stop()
      await start(env)
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(timer)
      await starting
    },
  }
}
