// npm run register, against the fake Discord.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts'
import { type Env, run } from './support.ts'

let discord: FakeDiscord
let env: Env

beforeAll(async () => {
  discord = await startFakeDiscord({ rateLimits: 'off' })
})
afterAll(() => discord.close())
beforeEach(() => {
  env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
  }
})

describe('npm run register', () => {
  test('registers the commands for all servers and says which', async () => {
    const { code, out } = await run(['register'], { ...env, BOT_NAME: '하늘상점' })
    expect(code).toBe(0)
    expect(out).toContain('for all servers')
    expect(out).toContain('  /ask · /질문')
    expect(out).toContain('  /settings · /설정')
    expect(out).toContain('Ask 하늘상점 · 하늘상점에게 묻기')
    expect(out).toContain(`client_id=${discord.applicationId}`)
    expect(discord.violations).toEqual([])
  })

  test('registers them in one server, to try them out at once', async () => {
    const guild = discord.guild('시험 서버')
    const { code, out } = await run(['register', '--guild', guild.id], env)
    expect(code).toBe(0)
    expect(out).toContain(`in server ${guild.id}`)
    expect(discord.calls.at(-1)?.route).toBe('PUT /applications/{application_id}/guilds/{guild_id}/commands')
  })

  test('a server the bot is not in is answered with how to invite it', async () => {
    const { code, err } = await run(['register', '--guild', '123456789012345678'], env)
    expect(code).toBe(1)
    expect(err).toContain('invite it there first (https://discord.com/oauth2/authorize?')
  })

  test('a wrong token is answered with where to put the right one', async () => {
    const { code, err } = await run(['register'], { ...env, DISCORD_TOKEN: 'wrong' })
    expect(code).toBe(1)
    expect(err).toContain('DISCORD_TOKEN')
    expect(err).toContain('401')
  })

  test('a token of another application is told', async () => {
    const { code, err } = await run(['register'], { ...env, DISCORD_APPLICATION_ID: '123456789012345678' })
    expect(code).toBe(1)
    expect(err).toContain('DISCORD_APPLICATION_ID')
  })

  test('without a token it says which keys are missing', async () => {
    const { code, err } = await run(['register'])
    expect(code).toBe(1)
    expect(err).toContain('DISCORD_TOKEN and DISCORD_APPLICATION_ID are missing')
  })
})
