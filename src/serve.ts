// The app for as long as the process lives: started, and stopped when asked.
import { flushCompileCache } from 'node:module'
import { createApp, type Overrides } from './app.ts'
import type { Config } from './config.ts'
import { releaseStartUpMemory } from './start-up-memory.ts'

export async function serve(config: Config, { clock, log }: Overrides): Promise<void> {
  process.on('unhandledRejection', (error) =>
    log.error({ error }, 'a promise was rejected and nobody listened'),
  )
  const app = await createApp(config, { clock, log })
  releaseStartUpMemory()
  process.send?.({ port: app.port })
  // Otherwise written when the process ends, which a killed one does not live to see.
  flushCompileCache()
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping')
    // What cannot be closed must not keep the process alive.
    try {
      await app[Symbol.asyncDispose]()
    } finally {
      process.exit(0)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(signal))
}
