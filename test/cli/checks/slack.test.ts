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

  test('each workspace is listed, with what is wrong in it', async () => {
    await using sky = await startFakeSlack({ teamName: '하늘상점' })
    const sea = sky.workspace({ teamName: '바다상점', scopes: ['chat:write'] })
    const env = (...tokens: string[]) =>
      fakes.env({
        SLACK_BOT_TOKEN: tokens.join(','),
        SLACK_APP_TOKEN: sky.appToken,
        SLACK_API_URL: sky.apiUrl,
      })
    const said = await run(['doctor'], env(sky.botToken, sea.botToken, 'xoxb-old'))
    expect(lineWith(said, '하늘상점')).toBe('  ✓ Bot token 1: @damso (U0DAMSO) in 하늘상점 (T0DAMSO)')
    expect(lineWith(said, '바다상점')).toBe('  ✓ Bot token 2: @damso (U0DAMSO2) in 바다상점 (T0DAMSO2)')
    expect(lineWith(said, 'Bot token 1: All')).toContain('✓')
    expect(lineWith(said, 'Bot token 2: Missing scopes')).toMatch(/✗ .*im:history.* → .*install/)
    expect(lineWith(said, 'bot token 3')).toMatch(/✗ .*invalid_auth/)
    expect(said.code).toBe(1)
  })

  test('bot tokens of different apps, and two of one workspace', async () => {
    await using sky = await startFakeSlack()
    const other = sky.workspace({ appId: 'A0OTHER' })
    const again = sky.workspace({ teamId: sky.teamId })
    const tokens = [sky, other, again].map(({ botToken }) => botToken).join(',')
    const env = { SLACK_BOT_TOKEN: tokens, SLACK_APP_TOKEN: sky.appToken, SLACK_API_URL: sky.apiUrl }
    const said = await run(['doctor'], fakes.env(env))
    expect(lineWith(said, 'different apps')).toMatch(/✗ .*A0DAMSO, A0OTHER → .*one app in every workspace/)
    expect(lineWith(said, 'Bot token 3 is of')).toMatch(
      /! .*\(T0DAMSO\) too.*\(1\) is used → .*SLACK_BOT_TOKEN/,
    )
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
    expect(said.out.match(/Slack cannot be reached/g)).toHaveLength(1)
  })
})
