import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Suites that kill, freeze and roll real processes, the playground's in Chromium, and those that take ten seconds and more of
 * a processor, such as whole stories and commands over the sample shop: run by `npm run test:slow`.
 */
export const SLOW = [
  'test/e2e/kill-*.test.ts',
  'test/e2e/auto-channel-kill.test.ts',
  'test/e2e/playground.test.ts',
  'test/e2e/roles.test.ts',
  'test/e2e/shards.test.ts',
  'test/e2e/pressure.test.ts',
  'test/e2e/fairness.test.ts',
  'test/e2e/postgres.test.ts',
  'test/e2e/{auto-channel,forgotten,hours,isolation,knowledge-scope,late-servers,model-limit}.test.ts',
  'test/e2e/{places,relay,story,taken-over}.test.ts',
  'test/cli/{eval/eval,kb,kb-meaning}.test.ts',
  'test/queue/crash.test.ts',
  'test/translation/speed.test.ts',
]

/** The longest first, then the other suites of whole apps. A file's size, by which Vitest would go, says little of them. */
const LONG = [
  '/playground.',
  '/kill-',
  '/eval.',
  '/roles.',
  '/story.',
  '/forgotten.',
  '/redis-postgres.',
  '/embedded.',
  '/auto-channel',
  '/e2e/',
  '/cli/',
]

/** What measures, when little else runs any more. */
const LAST = '/speed.'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      if (moduleId.includes(LAST)) return LONG.length + 1
      const at = LONG.findIndex((part) => moduleId.includes(part))
      return at < 0 ? LONG.length : at
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

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
    sequence: { sequencer: LongestFirst },
  },
})
