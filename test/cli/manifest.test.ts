// npm run manifest: what Slack is given when the app is made.
import { describe, expect, test } from 'vitest'
import { run, runMain } from './support.ts'

describe('npm run manifest', () => {
  test('prints nothing but the manifest on standard output, under the given name', async () => {
    const args = ['manifest', '--name', '하늘상점 도우미', '--mode', 'socket', '--command', '/haneul']
    const { code, out, err } = await runMain(args)
    const manifest = JSON.parse(out)
    expect(code).toBe(0)
    expect(manifest.display_information.name).toBe('하늘상점 도우미')
    expect(manifest.features.slash_commands[0].command).toBe('/haneul')
    expect(manifest.settings.socket_mode_enabled).toBe(true)
    expect(out).not.toContain('Damso')
    expect(err).toContain('SLACK_APP_TOKEN')
    expect(err).toContain('SLACK_COMMAND=/haneul')
    expect(err).toContain("BOT_NAME='하늘상점 도우미'")
  })

  test('over HTTP it carries the public address', async () => {
    const { out, err } = await run(['manifest', '--mode', 'http', '--url', 'https://bot.example.com'])
    const manifest = JSON.parse(out)
    expect(manifest.settings.socket_mode_enabled).toBe(false)
    expect(manifest.settings.event_subscriptions.request_url).toBe('https://bot.example.com/slack/events')
    expect(err).toContain('SLACK_SIGNING_SECRET')
  })

  test('works before there is a complete configuration', async () => {
    const { code, out } = await run(['manifest'], { SLACK_APP_TOKEN: 'xapp-1', BOT_NAME: '하늘상점' })
    expect(code).toBe(0)
    expect(JSON.parse(out).display_information.name).toBe('하늘상점')
  })

  test.each(['/remind', '/help', 'damso', '/Damso', '/두 단어'])(
    'refuses %s, which would void the whole manifest',
    async (command) => {
      const { code, out, err } = await run(['manifest', '--command', command])
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toContain(command)
      expect(err).toContain('choose another')
    },
  )

  test('refuses HTTP without an address, and a way of delivery that Slack has not', async () => {
    expect(await run(['manifest', '--mode', 'http'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--url'),
    })
    expect(await run(['manifest', '--mode', 'http', '--url', 'http://localhost:3000'])).toMatchObject({
      code: 1,
    })
    expect(await run(['manifest', '--mode', 'pigeon'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^usage: /),
    })
  })
})
