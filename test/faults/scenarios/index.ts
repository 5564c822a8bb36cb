// Every scenario, in the order of the table in README.md, and which one proves that a sabotage is noticed.
import type { Sabotage } from '../sabotage.ts'
import type { Scenario } from '../trial.ts'
import { discordScenarios } from './discord.ts'
import { embeddedScenarios } from './embedded.ts'
import { killScenarios } from './kills.ts'
import { modelScenarios } from './model.ts'
import { momentScenarios } from './moments.ts'
import { postgresScenarios } from './postgres.ts'
import { redisScenarios } from './redis.ts'
import { slackScenarios } from './slack.ts'

export const SCENARIOS: readonly Scenario[] = [
  ...killScenarios,
  ...momentScenarios,
  ...redisScenarios,
  ...postgresScenarios,
  ...modelScenarios,
  ...slackScenarios,
  ...discordScenarios,
  ...embeddedScenarios,
]

export const TARGETS: Record<Sabotage, string> = {
  'no-sweeper': 'redis-flush',
  'ack-first': 'kill-before-commit',
  'no-post-row': 'kill-mid-answer',
  'no-dedupe': 'slack-repeats',
  'no-fence': 'worker-pause',
  'no-recheck': 'last-look',
  'parallel-add': 'commit-then-add',
}
