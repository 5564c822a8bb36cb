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

/**
 * What CI runs. Those of a row come one after the other, and go on with each other's servers and processes where they ask
 * for the same; rows run side by side. The longest are first.
 */
export const CI_ROWS: readonly (readonly string[])[] = [
  ['kill-gateway-or-worker', 'redis-evicts'],
  ['kill-all-in-one'],
  [
    'slack-repeats',
    'slack-storm',
    'slack-refresh',
    'slack-look-up',
    'discord-storm',
    'discord-gateway',
    'model-faults',
    'model-outage',
    'poison',
    'kill-before-commit',
  ],
  [
    'redis-full',
    'redis-pause',
    'redis-restart',
    'postgres-serialization',
    'postgres-restart',
    'postgres-pause',
    'postgres-connections',
  ],
  ['slack-places', 'discord-places', 'model-hangs', 'model-slow', 'kill-mid-answer', 'worker-pause'],
  ['slack-two-gateways', 'discord-two-gateways', 'worker-stutter'],
  ['kill-embedded'],
  ['kill-at-moments'],
  ['redis-flush', 'last-look', 'embedded-disk-full', 'embedded-read-only'],
  ['commit-then-add', 'slack-streams', 'discord-late'],
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
