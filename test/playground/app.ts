// The app as the playground runs it: the same as src/main.ts, with its clock put back by APP_CLOCK_SHIFT_MS (below 0), so
// that what waits for the day (stars, reminders) can be tried at night as well.
import { parseBotConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { serve } from '../../src/serve.ts'

const shiftMs = Number(process.env['APP_CLOCK_SHIFT_MS'] ?? 0)
const config = parseBotConfig(process.env)
const clock = { ...realClock, now: () => realClock.now() + shiftMs }
await serve(config, { clock, log: createLog(config.LOG_LEVEL) })
