import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/core/clock.ts'
import type { Content } from '../../src/core/content.ts'
import { createPacedWriter, type MessageDriver } from '../../src/core/paced-writer.ts'

const instant: Clock = {
  now: () => 42,
  monotonic: () => 0,
  after: (_ms, run) => {
    const timer = setTimeout(run, 0)
    return () => clearTimeout(timer)
  },
}

/** A platform that answers when told to, and notes what it was asked. */
function stubDriver(results: ('shown' | 'nothing' | 'busy' | Error)[] = []) {
  const grown: string[] = []
  const closed: Content[] = []
  let open = 0
  let most = 0
  const enter = async <T>(make: () => T): Promise<T> => {
    open += 1
    most = Math.max(most, open)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return make()
  }
  const driver: MessageDriver = {
    wasVisible: false,
    pauseMs: () => 0,
    grow: (text) =>
      enter(() => {
        const result = results.shift() ?? 'shown'
        if (result instanceof Error) throw result
        grown.push(text)
        return result
      }),
    close: (content) =>
      enter(() => {
        closed.push(content)
        return { id: 'm1' }
      }),
    remove: () => enter(() => undefined),
  }
  return { driver, grown, closed, most: () => most }
}

const open = (driver: MessageDriver, signal = new AbortController().signal) =>
  createPacedWriter(driver, instant, { signal })
const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 20))

describe('a growing message', () => {
  it('shows the first words at once and, of what comes meanwhile, only the newest', async () => {
    const { driver, grown, most } = stubDriver()
    const writer = open(driver)
    writer.show('안')
    writer.show('안녕')
    writer.show('안녕하')
    writer.show('안녕하세요')
    await settle()
    expect(grown[0]).toBe('안')
    expect(grown.at(-1)).toBe('안녕하세요')
    expect(grown.length).toBeLessThan(4)
    expect(most()).toBe(1)
    expect(await writer.firstShown).toBe(42)
  })

  it('never drops the final text, and shows nothing after it', async () => {
    const { driver, grown, closed, most } = stubDriver()
    const writer = open(driver)
    writer.show('반쯤')
    await writer.finish({ text: '반쯤 쓴 답', lang: 'ko' })
    writer.show('늦은 글')
    await settle()
    expect(closed.map((content) => content.text)).toEqual(['반쯤 쓴 답'])
    expect(grown).not.toContain('늦은 글')
    expect(most()).toBe(1)
  })

  it('tries a busy platform again with what is newest then', async () => {
    const { driver, grown } = stubDriver(['busy', 'busy', 'shown'])
    const writer = open(driver)
    writer.show('하나')
    await settle()
    expect(writer.isVisible).toBe(true)
    expect(grown.filter((text) => text === '하나').length).toBe(3)
  })

  it('lets a failed intermediate write go: the final one says it all', async () => {
    const { driver, closed } = stubDriver([new Error('socket closed')])
    const writer = open(driver)
    writer.show('하나')
    await settle()
    expect(writer.isVisible).toBe(false)
    await writer.finish({ text: '하나 둘', lang: 'ko' })
    expect(closed).toHaveLength(1)
    expect(writer.isVisible).toBe(true)
  })

  it('begins no platform call once the lane is lost', async () => {
    const { driver, grown } = stubDriver()
    const lost = new AbortController()
    const writer = open(driver, lost.signal)
    lost.abort()
    writer.show('하나')
    await settle()
    expect(grown).toEqual([])
  })
})
