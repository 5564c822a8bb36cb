// The process edge: what an operator reads before anything runs.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run, runMain } from './support.ts'

const OLD_NODE = '/usr/bin/node'

function oldNodeVersion(): string | null {
  if (!existsSync(OLD_NODE)) return null
  const version = execFileSync(OLD_NODE, ['--version'], { encoding: 'utf8' }).trim()
  return Number(version.slice(1).split('.')[0]) < 24 ? version.slice(1) : null
}

describe('npm start', () => {
  test('without any token it stops, names the keys and points to the demo', async () => {
    const { code, out, err } = await runMain([])
    expect(code).toBe(1)
    expect(out).toBe('')
    for (const part of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DISCORD_TOKEN', 'npm run demo'])
      expect(err).toContain(part)
    expect(err).not.toContain('at ')
  })

  test('with several mistakes it lists them all at once, without the values', async () => {
    const { code, err } = await runMain([], {
      SLACK_BOT_TOKEN: 'xoxp-secret',
      SLACK_APP_TOKEN: 'xapp-1',
      PORT: 'eighty',
      ROLES: 'worker',
    })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(4)
    expect(err).not.toContain('secret')
  })

  const old = oldNodeVersion()
  test.skipIf(old === null)(
    old
      ? 'an older Node is told in one line'
      : `an older Node is told in one line (skipped: no older Node at ${OLD_NODE})`,
    async () => {
      const { code, out, err } = await runMain([], {}, OLD_NODE)
      expect(code).toBe(1)
      expect(out).toBe('')
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).toContain(`Node ${old} is too old`)
      expect(err).toContain('npm ci')
    },
  )
})

describe('wrong usage', () => {
  test('an unknown command is answered with the ones there are', async () => {
    const { code, out, err } = await runMain(['dcotor'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim()).toBe(
      'usage: npm start, or npm run doctor | manifest | register | queue | kb | report | eval | people | translate',
    )
  })

  test.each([
    ['doctor', '--lang', 'fr'],
    ['doctor', '--verbose'],
    ['register', '--guild', 'my-server'],
    ['register', 'everything'],
    ['queue'],
    ['queue', 'retry'],
    ['queue', 'retry', 'some'],
    ['queue', 'drop', 'all'],
    ['queue', 'failed', '--limit', 'x'],
    ['queue', 'stats', 'more'],
  ])('%s %s %s is refused with one line', async (...line) => {
    const { code, out, err } = await run(line.filter((word) => typeof word === 'string'))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(new RegExp(`^usage: npm run ${line[0]}[^\\n]*$`))
  })
})
