import { defineConfig } from 'vitest/config'

/** Suites that kill, freeze and roll real processes: minutes long, run by `npm run test:slow`. */
export const SLOW = [
  'test/e2e/kill-*.test.ts',
  'test/e2e/auto-channel-kill.test.ts',
  'test/e2e/roles.test.ts',
  'test/e2e/shards.test.ts',
  'test/e2e/pressure.test.ts',
  'test/e2e/fairness.test.ts',
  'test/e2e/postgres.test.ts',
  'test/queue/crash.test.ts',
  'test/translation/speed.test.ts',
]

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: SLOW,
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // A process of its own for each file would load everything again: half of all processor time. Nothing here keeps
    // state in modules, so files may share one.
    isolate: false,
    // Most of a test's time is waiting for a platform's pace, not for the processor.
    maxWorkers: 4,
  },
})
