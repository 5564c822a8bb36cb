// The settings: one schema, one example file, one error.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, configSchema, parseBotConfig, parseConfig, readConfig } from '../src/config.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

function problemsOf(env: Record<string, string>): readonly string[] {
  return readConfig(env).problems
}

function thrownBy(run: () => unknown): ConfigError {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('.env.example', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n')
  const entries = lines.flatMap((line, at) => {
    const [, key, value] = /^#?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? []
    return key ? [{ key, value: value ?? '', above: lines[at - 1] ?? '' }] : []
  })

  test('lists every setting in the order of the schema, and no other', () => {
    expect(entries.map((entry) => entry.key)).toEqual(Object.keys(configSchema.shape))
  })

  test('explains each setting in one line above it', () => {
    const unexplained = entries.filter((entry) => !/^# \S.{5,}/.test(entry.above))
    expect(unexplained).toEqual([])
  })

  test('shows the real defaults', () => {
    const defaults = parseConfig({})
    for (const { key, value } of entries) {
      const actual = defaults[key as keyof typeof defaults]
      if (actual !== undefined) expect([key, value]).toEqual([key, String(actual)])
    }
  })

  test('is a working configuration when every line is uncommented', () => {
    const all = Object.fromEntries(entries.map((entry) => [entry.key, entry.value]))
    expect(problemsOf(all)).toEqual([])
  })
})

describe('configuration', () => {
  test('works with nothing set, for commands that need no platform', () => {
    expect(parseConfig({})).toMatchObject({
      PORT: 3000,
      ROLES: ['gateway', 'worker', 'admin'],
      BOT_NAME: 'Damso',
    })
  })

  test('several mistakes are one error that lists them all', () => {
    const error = thrownBy(() =>
      parseConfig({
        SLACK_BOT_TOKEN: 'xoxp-wrong',
        SLACK_APP_TOKEN: 'xapp-1',
        DISCORD_TOKEN: 'token',
        PORT: '99999',
        REDIS_URL: 'localhost:6379',
        EXAONE_PROFILE: 'exaone-9',
        ROLES: 'worker',
      }),
    )
    expect(error.message).toMatch(/^The configuration has 6 mistakes:\n/)
    for (const key of [
      'SLACK_BOT_TOKEN',
      'DISCORD_APPLICATION_ID',
      'PORT',
      'REDIS_URL',
      'EXAONE_PROFILE',
      'ROLES',
    ])
      expect(error.problems.filter((line) => line.includes(key))).toHaveLength(1)
  })

  test('one mistake is told once, with what is expected', () => {
    expect(problemsOf({ PORT: '1.5' })).toEqual(['PORT must be a whole number from 0 to 65535'])
    expect(problemsOf({ PORT: '70000' })).toEqual(['PORT must be a whole number from 0 to 65535'])
    expect(problemsOf({ PORT: 'http' })).toEqual(['PORT must be a whole number from 0 to 65535'])
    expect(problemsOf({ EXAONE_BASE_URL: 'gpu:8000' })).toEqual([
      'EXAONE_BASE_URL must be an http(s) URL, e.g. http://gpu:8000/v1',
    ])
    expect(problemsOf({ PLATFORM_RATE_SCALE: '0' })).toEqual([
      'PLATFORM_RATE_SCALE must be a number above 0, e.g. 1',
    ])
    expect(problemsOf({ ROLES: 'gatewy,worke' })).toEqual(['ROLES must be a list of gateway, worker, admin'])
  })

  test('says no value in its errors, for it may be a secret', () => {
    const error = thrownBy(() =>
      parseConfig({ SLACK_BOT_TOKEN: 'hunter2', DATABASE_URL: 'hunter2', PORT: 'hunter2' }),
    )
    expect(error.message).not.toContain('hunter2')
  })

  test('an empty value counts as absent', () => {
    const config = parseConfig({ ...SLACK, REDIS_URL: '', DISCORD_TOKEN: '  ', PORT: '', BOT_NAME: ' ' })
    expect(config).toMatchObject({ PORT: 3000, BOT_NAME: 'Damso' })
    expect(config.REDIS_URL).toBeUndefined()
    expect(config.DISCORD_TOKEN).toBeUndefined()
  })

  test('roles are split only on a real database', () => {
    expect(problemsOf({ ROLES: 'worker' })).toEqual([expect.stringContaining('DATABASE_URL')])
    expect(problemsOf({ ROLES: 'worker', DATABASE_URL: 'postgres://damso@db/damso' })).toEqual([])
    expect(problemsOf({ ROLES: 'admin, worker, gateway' })).toEqual([])
  })

  test('a server that helps search needs its address and its model', () => {
    const EMBEDDINGS_BASE_URL = 'http://gpu:8001/v1'
    expect(problemsOf({ EMBEDDINGS_BASE_URL })).toEqual([
      'EMBEDDINGS_MODEL is missing: the model that EMBEDDINGS_BASE_URL serves, e.g. BAAI/bge-m3',
    ])
    expect(problemsOf({ EMBEDDINGS_QUERY_PREFIX: 'query: ' })).toEqual([
      'EMBEDDINGS_QUERY_PREFIX does nothing without EMBEDDINGS_BASE_URL',
    ])
    expect(problemsOf({ RERANKER_MODEL: 'x' })).toEqual([
      'RERANKER_MODEL does nothing without RERANKER_BASE_URL',
    ])
    const whole = { EMBEDDINGS_BASE_URL, EMBEDDINGS_MODEL: 'BAAI/bge-m3' }
    expect(problemsOf(whole)).toEqual([])
    for (const wrong of ['60', '-0.1', 'near'])
      expect(problemsOf({ ...whole, EMBEDDINGS_MIN_SIMILARITY: wrong })).toEqual([
        'EMBEDDINGS_MIN_SIMILARITY must be a number from 0 to 1, e.g. 0.65',
      ])
    expect(problemsOf({ EMBEDDINGS_BASE_URL: 'gpu:8001', EMBEDDINGS_MODEL: 'x' })).toEqual([
      'EMBEDDINGS_BASE_URL must be an http(s) URL, e.g. http://gpu:8001/v1',
    ])
  })

  test('a Slack token alone is not enough to hear anything', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([expect.stringContaining('SLACK_APP_TOKEN')])
    expect(problemsOf({ SLACK_SIGNING_SECRET: 's' })).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN is missing'),
    ])
    expect(problemsOf(SLACK)).toEqual([])
  })

  test('several bot tokens are a list, each named once', () => {
    const tokens = (SLACK_BOT_TOKEN: string) => ({ ...SLACK, SLACK_BOT_TOKEN })
    expect(parseConfig(tokens('xoxb-1, xoxb-2,')).SLACK_BOT_TOKEN).toEqual(['xoxb-1', 'xoxb-2'])
    expect(problemsOf(tokens('xoxb-1,xoxb-1'))).toEqual([
      'SLACK_BOT_TOKEN must name each token once: one of each workspace, separated by commas',
    ])
    expect(problemsOf(tokens('xoxb-1,xoxp-2'))).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN must start with xoxb-/),
    ])
    expect(problemsOf(tokens(','))).toEqual(['SLACK_BOT_TOKEN must be a bot token, xoxb-…'])
  })

  test('a key with a mistake does not also count as missing', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-2' })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN must start with xapp-/),
    ])
  })

  test('what is right can be used although something else is wrong', () => {
    const { config, problems } = readConfig({ BOT_NAME: '하늘상점 도우미', PORT: 'x' })
    expect(config).toMatchObject({ BOT_NAME: '하늘상점 도우미', PORT: 3000 })
    expect(problems).toHaveLength(1)
  })

  test('the bot needs a platform, and a mistake elsewhere is told in the same error', () => {
    const error = thrownBy(() => parseBotConfig({ PORT: 'x' }))
    expect(error.problems).toHaveLength(2)
    expect(error.message).toContain('SLACK_BOT_TOKEN')
    expect(error.message).toContain('DISCORD_TOKEN')
    expect(error.message).toContain('npm run demo')
    expect(parseBotConfig(SLACK).SLACK_BOT_TOKEN).toEqual(['xoxb-1'])
  })
})
