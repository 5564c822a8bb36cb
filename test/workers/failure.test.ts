import { describe, expect, it } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import { MAX_ATTEMPTS, planFailure } from '../../workers/failure.ts'

const failure = (code: string, retryable: boolean, retryAfterMs?: number): BotError =>
  new BotError(code, { retryable, retryAfterMs, hint: 'h', say: { ko: '', en: '' } })

describe('what a failure means for a question', () => {
  it.each([
    ['the model is away', failure('model-unreachable', true), 0, { type: 'wait', pausesQueue: true }],
    ['the model is full', failure('model-overloaded', true), 3, { type: 'wait', pausesQueue: true }],
    [
      'the model is full, and says for an hour',
      failure('model-overloaded', true, 3_600_000),
      0,
      { type: 'wait', ms: 15_000, pausesQueue: true },
    ],
    [
      'the platform is busy for a minute',
      failure('platform-busy', true, 60_000),
      0,
      { type: 'wait', ms: 60_000, pausesQueue: false },
    ],
    [
      'the model wrote nothing, twice',
      failure('model-empty', false),
      0,
      { type: 'give-up', apologise: true },
    ],
    [
      'the platform is busy',
      failure('platform-busy', true, 2_500),
      3,
      { type: 'wait', ms: 2_500, pausesQueue: false },
    ],
    ['the platform is away', failure('platform-unreachable', true), 0, { type: 'wait', ms: 6_000 }],
    ['the model failed once', failure('model-error', true), 0, { type: 'retry' }],
    [
      'the model failed for the last time',
      failure('model-error', true),
      MAX_ATTEMPTS - 1,
      { type: 'give-up', apologise: true },
    ],
    ['the key is wrong', failure('model-unauthorized', false), 0, { type: 'give-up', apologise: true }],
    ['the channel is gone', failure('place-gone', false), 0, { type: 'give-up', apologise: false }],
    ['the token is refused', failure('token-refused', true), 0, { type: 'retry', ms: 60_000 }],
    [
      'the token is still refused at the last attempt',
      failure('token-refused', true),
      MAX_ATTEMPTS - 1,
      { type: 'give-up', apologise: false },
    ],
    ['another worker took over', failure('lease-lost', true), 0, { type: 'fenced' }],
    ['a bug, once', new Error('oops'), 0, { type: 'retry' }],
    ['a bug that stays', new Error('oops'), MAX_ATTEMPTS - 1, { type: 'give-up', apologise: true }],
  ])('%s', (_name, error, attempts, plan) => {
    expect(planFailure(error, attempts, 0, 0.5)).toMatchObject(plan)
  })

  it('waits longer each time, with jitter, and never more than 15 seconds', () => {
    const waits = [0, 1, 2, 3, 4, 5, 60].map((step) =>
      planFailure(failure('model-unreachable', true), 0, step, 0.999),
    )
    const ms = waits.map((plan) => ('ms' in plan ? plan.ms : 0))
    expect(ms).toEqual([...ms].sort((a, b) => a - b))
    expect(ms.at(-1)).toBeLessThanOrEqual(15_000)
    const jittered = planFailure(failure('model-unreachable', true), 0, 3, 0)
    expect('ms' in jittered && jittered.ms).toBe(4_000)
  })
})
