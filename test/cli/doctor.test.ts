// npm run doctor as a whole: what an operator is told, in which language, and with which exit code.
import { describe, expect, test } from 'vitest'
import { useFakes } from './checks/fakes.ts'
import { lineWith, run, runMain } from './support.ts'

const fakes = useFakes()

describe('npm run doctor', () => {
  test('on a sound set-up finds nothing to repair, and still says what must be known', async () => {
    await run(['register'], fakes.env())
    const said = await run(['doctor'], fakes.env())
    expect(said.out).not.toMatch(/^ +✗/m)
    expect(said.code).toBe(0)
    expect(lineWith(said, 'Bot token: @')).toContain('✓')
    expect(lineWith(said, 'scopes are granted')).toContain('✓')
    expect(lineWith(said, 'Socket Mode')).toContain('✓')
    expect(lineWith(said, 'Clock')).toContain('✓')
    expect(lineWith(said, 'Message Content Intent')).toContain('✓')
    expect(lineWith(said, 'commands are registered')).toContain('✓')
    expect(lineWith(said, 'EXAONE-4.0-32B-AWQ')).toContain('✓')
    expect(lineWith(said, 'Context: 32,768 tokens')).toContain('✓')
    expect(lineWith(said, 'is streamed')).toContain('✓')
    expect(lineWith(said, 'Licence')).toMatch(
      /! .*may not be used commercially.* → .*contact_us@lgresearch\.ai/,
    )
    expect(lineWith(said, 'power cut')).toMatch(/! .*one process only.*no fsync.* → .*DATABASE_URL/)
    expect(said.out).toMatch(/0 to repair \(✗\), \d to know \(!\)\.$/)
  })

  test('speaks Korean where the terminal does, and when asked to', async () => {
    const said = await run(['doctor'], fakes.env({ LANG: 'ko_KR.UTF-8' }))
    expect(lineWith(said, '봇 토큰: Fake workspace')).toContain('✓')
    expect(lineWith(said, '상업적으로 쓸 수 없어요')).toContain('!')
    expect(said.out).toMatch(/고쳐야 할 것\(✗\) 0건, 알아 둘 것\(!\) \d건이에요\.$/)
    expect((await run(['doctor', '--lang', 'ko'], fakes.env({ LANG: 'C' }))).out).toContain('대기열')
    expect((await run(['doctor', '--lang', 'en'], fakes.env({ LANG: 'ko_KR' }))).out).toContain('Queue')
  })

  test('runs as the process that npm starts, with nothing set, and ends with 1', async () => {
    const { code, out, err } = await runMain(['doctor'], {
      PORT: '0',
      EXAONE_BASE_URL: 'http://127.0.0.1:9/v1',
    })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(/✗ No platform: .* → .*npm run demo/)
    expect(out).toMatch(/✗ No model server at http:\/\/127\.0\.0\.1:9\/v1 → .*EXAONE_BASE_URL/)
  })

  test('tells every mistake of the configuration and still checks the rest', async () => {
    const said = await run(
      ['doctor'],
      fakes.env({ PORT: 'x', REDIS_URL: 'localhost', DISCORD_APPLICATION_ID: '' }),
    )
    expect(said.code).toBe(1)
    for (const key of ['PORT', 'REDIS_URL', 'DISCORD_APPLICATION_ID'])
      expect(lineWith(said, `✗ ${key}`)).toContain(key)
    expect(lineWith(said, 'Bot token: @')).toContain('✓')
  })

  test('shows no secret', async () => {
    const { out } = await run(
      ['doctor'],
      fakes.env({ DATABASE_URL: 'postgres://damso:hunter2@127.0.0.1:9/damso' }),
    )
    for (const secret of [fakes.slack.botToken, fakes.slack.appToken, fakes.discord.token, 'hunter2'])
      expect(out).not.toContain(secret)
  })
})
