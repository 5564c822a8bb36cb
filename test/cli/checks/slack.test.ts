// What the doctor says of Slack.
import { describe, expect, test } from 'vitest'
import { realClock } from '../../../src/real-clock.ts'
import { type FakeSlackOptions, startFakeSlack } from '../../fakes/slack/index.ts'
import { lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const fakes = useFakes()

describe('Slack', () => {
  async function doctorOf(options: FakeSlackOptions) {
    await using fake = await startFakeSlack(options)
    const { botToken, appToken, apiUrl } = fake
    return await run(
      ['doctor'],
      fakes.env({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl }),
    )
  }

  test('a refused bot token', async () => {
    const said = await run(['doctor'], fakes.env({ SLACK_BOT_TOKEN: 'xoxb-old' }))
    expect(said.code).toBe(1)
    expect(lineWith(said, 'invalid_auth')).toMatch(/✗ .*bot token.* → .*Install App.*SLACK_BOT_TOKEN/)
  })

  test('missing scopes are named', async () => {
    const said = await doctorOf({ scopes: ['chat:write', 'app_mentions:read'] })
    expect(lineWith(said, 'Missing scopes')).toMatch(
      /✗ .*files:read.*im:history.* → .*npm run manifest.*install/,
    )
    expect(lineWith(said, 'Missing scopes')).not.toContain('chat:write')
  })

  test('an app token that opens no socket', async () => {
    fakes.slack.failNext('apps.connections.open', { error: 'invalid_auth' })
    expect(lineWith(await run(['doctor'], fakes.env()), 'Socket Mode refused')).toMatch(
      /✗ .*→ .*connections:write.*SLACK_APP_TOKEN/,
    )
  })

  test('over HTTP it says what it cannot see from here', async () => {
    const said = await run(['doctor'], fakes.env({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 's' }))
    expect(lineWith(said, '/slack/events')).toMatch(/! .*signing secret.* → .*Verified/)
    expect(said.code).toBe(0)
  })

  test('a clock that is off, before signatures fail', async () => {
    const clock = { ...realClock, now: () => Date.now() + 400_000 }
    expect(lineWith(await run(['doctor'], fakes.env(), clock), 'off Slack')).toMatch(
      /✗ Clock is (399|400|401) s off.* → .*NTP/,
    )
  })

  test('a Slack that cannot be reached', async () => {
    const said = await run(['doctor'], fakes.env({ SLACK_API_URL: 'http://127.0.0.1:59999/api/' }))
    expect(lineWith(said, 'Slack cannot be reached')).toMatch(/✗ .*ECONNREFUSED.* → .*slack-status\.com/)
  })
})
