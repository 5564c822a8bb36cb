// What the doctor says of Discord.
import { describe, expect, test } from 'vitest'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../../fakes/discord/index.ts'
import { type Env, lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const fakes = useFakes()

describe('Discord', () => {
  async function doctorOf(options: FakeDiscordOptions, more: (fake: FakeDiscord) => Env = () => ({})) {
    await using fake = await startFakeDiscord({ rateLimits: 'off', ...options })
    return await run(
      ['doctor'],
      fakes.env({
        DISCORD_TOKEN: fake.token,
        DISCORD_APPLICATION_ID: fake.applicationId,
        DISCORD_API_URL: fake.apiUrl,
        ...more(fake),
      }),
    )
  }

  test('a refused token', async () => {
    const said = await doctorOf({}, () => ({ DISCORD_TOKEN: 'wrong' }))
    expect(lineWith(said, '401')).toMatch(/✗ .*→ .*Reset Token.*DISCORD_TOKEN/)
  })

  test('the message content intent, which Discord leaves off', async () => {
    const said = await doctorOf({ messageContent: false })
    expect(said.code).toBe(1)
    expect(lineWith(said, 'Message Content Intent is off')).toMatch(/✗ .*4014.* → Developer Portal → Bot/)
  })

  test('an application id of another bot, with the right one to copy', async () => {
    let right = ''
    const said = await doctorOf({}, (fake) => {
      right = fake.applicationId
      return { DISCORD_APPLICATION_ID: '123456789012345678' }
    })
    expect(lineWith(said, '123456789012345678')).toContain(`→ Set DISCORD_APPLICATION_ID=${right}`)
  })

  test('a new bot: no server, no commands', async () => {
    const said = await doctorOf({})
    expect(lineWith(said, 'in no server')).toMatch(
      /! .*→ Invite it: https:\/\/discord\.com\/oauth2\/authorize\?/,
    )
    expect(lineWith(said, 'Not registered')).toMatch(/! .*ask, .*settings.* → npm run register/)
  })

  test('fewer connections than the bot’s servers need', async () => {
    const said = await doctorOf({ shards: 3 })
    expect(lineWith(said, 'recommends 3 shards')).toMatch(/! .*DISCORD_SHARDS is 1 → Set DISCORD_SHARDS=3/)
  })
})
