// A server that helps search is waited for briefly, and left alone while it is away.
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../src/core/clock.ts'
import { BotError } from '../../src/core/error.ts'
import { createHelper } from '../../src/knowledge/helper.ts'
import { SILENT } from '../../src/log.ts'

function setUp() {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  }
  const counted: string[] = []
  const metrics = {
    count: (name: string, labels = {}) => void counted.push([name, ...Object.values(labels)].join(' ')),
    time: () => undefined,
    gauge: () => undefined,
  }
  const pass = (ms: number): void => {
    now += ms
    for (const { run } of timers.filter(({ at }) => at <= now)) run()
  }
  return { helper: createHelper({ name: 'embeddings', clock, log: SILENT, metrics }), pass, counted }
}

const away = (code = 'embeddings-away') =>
  new BotError(code, { retryable: true, say: { ko: '', en: '' }, hint: '' })
const fails = (code?: string) => () => Promise.reject(away(code))
const answers = () => Promise.resolve('yes')
const neverUntilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(away('embeddings-aborted'))),
  )

describe('a helping server', () => {
  test('is asked again only after a pause that doubles, up to a minute, and not once in between', async () => {
    const { helper, pass, counted } = setUp()
    const pauses: number[] = []
    let waited = 0
    const fail = (): Promise<never> => {
      pauses.push(waited)
      waited = 0
      return fails()()
    }
    while (pauses.length < 9) {
      expect(await helper.ask(400, fail)).toBeNull()
      pass(500)
      waited += 500
    }
    expect(pauses.slice(1)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    expect(counted).toContain('search_without_total embeddings paused')
    expect(helper.trouble).toBe('embeddings-away')
  })

  test('is waited for no longer than the limit, and told so', async () => {
    const { helper, pass, counted } = setUp()
    const asked = helper.ask(400, neverUntilAborted)
    pass(399)
    pass(1)
    expect(await asked).toBeNull()
    expect(helper.trouble).toBe('embeddings-late')
    expect(counted).toEqual(['search_without_total embeddings late'])
  })

  test('that is back is used at once, with a first pause as short as ever', async () => {
    const { helper, pass } = setUp()
    await helper.ask(400, fails())
    pass(1_000)
    expect(await helper.ask(400, answers)).toBe('yes')
    expect(helper.trouble).toBeNull()
    await helper.ask(400, fails())
    pass(1_000)
    expect(await helper.ask(400, answers)).toBe('yes')
  })

  test('that refuses one text is asked about the next', async () => {
    const { helper } = setUp()
    expect(await helper.ask(400, fails('embeddings-bad-request'))).toBeNull()
    expect(await helper.ask(400, answers)).toBe('yes')
  })

  test('several questions that fail together are one failure', async () => {
    const { helper, pass } = setUp()
    await Promise.all(Array.from({ length: 5 }, () => helper.ask(400, fails())))
    pass(1_000)
    expect(await helper.ask(400, answers)).toBe('yes')
  })

  test('a caller that stops is no failure of the server; a mistake of ours is thrown', async () => {
    const { helper, counted } = setUp()
    const stop = new AbortController()
    const asked = helper.ask(400, neverUntilAborted, stop.signal)
    stop.abort()
    expect(await asked).toBeNull()
    expect(counted).toEqual([])
    expect(await helper.ask(400, answers)).toBe('yes')
    await expect(helper.ask(400, () => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours')
  })
})
