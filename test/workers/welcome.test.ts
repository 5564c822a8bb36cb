// The first words on arrival: to one person, about this channel, and about what is missing there.
import { expect, test } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import type { Settings } from '../../src/core/settings.ts'
import type { Turn } from '../../src/core/turn.ts'
import { createWelcome } from '../../workers/welcome.ts'
import { contextOf } from './context.ts'
import { createRig, createScreen, hurry, MINJI, useStore } from './rig.ts'

const storeOf = useStore()

interface Arrival {
  arrival: 'installed' | 'invited' | 'dm-opened'
  missing?: string[]
  settings?: Partial<Settings>
  author?: Partial<Turn['author']>
  isFirst?: boolean
}

async function arrive({ arrival, missing, settings, author, isFirst = true }: Arrival) {
  const asked: string[] = []
  const welcome = createWelcome({
    botName: () => '하늘상점 도우미',
    async isFirst(name) {
      asked.push(name)
      return isFirst
    },
  })
  const context = contextOf({ settings })
  const { turn } = context
  turn.author = { ...turn.author, ...author }
  turn.messages = [{ source: 's', text: '', body: { arrival, missing }, attachments: [], at: 0 }]
  const outcome = await welcome(context)
  return { outcome, whispers: context.whispers, asked }
}

test.each([
  ['mention', 'thread', '멘션하고 물어보시면 스레드에서'],
  ['mention', 'here', '멘션하고 물어보시면 채널에서 바로'],
  ['every', 'thread', '새 글마다 스레드에서'],
  ['off', 'thread', '답하지 않도록 설정되어'],
] as const)('an inviter hears what it will do in a channel set to %s and %s', async (mode, answers, text) => {
  const { whispers } = await arrive({ arrival: 'invited', settings: { mode, answers } })
  expect(whispers).toMatchObject([{ person: 'U1', text: expect.stringContaining(text) }])
})

test('the inviter is told in their own language', async () => {
  const { whispers } = await arrive({ arrival: 'invited', author: { lang: 'en' } })
  expect(whispers[0]!.text).toContain('Mention me with a question')
})

test('missing permissions are named, with whom to ask', async () => {
  const { whispers } = await arrive({ arrival: 'invited', missing: ['files:read', 'chat:write'] })
  expect(whispers[0]!.text).toContain('`files:read`, `chat:write`')
  expect(whispers[0]!.text).toContain('관리자에게')
})

test('who installed it is thanked by the bot’s own name, with the right particle', async () => {
  const { whispers } = await arrive({ arrival: 'installed' })
  expect(whispers[0]!.text).toMatch(/^하늘상점 도우미를 설치해 주셔서/)
})

test.each([
  ['an admin, the first time', { isAdmin: true }, true, 'done', 1],
  ['an admin, later', { isAdmin: true }, false, 'dropped', 0],
  ['somebody else', { isAdmin: false }, true, 'dropped', 0],
])('of those who open its messages, %s', async (_, author, isFirst, type, told) => {
  const { outcome, whispers, asked } = await arrive({ arrival: 'dm-opened', author, isFirst })
  expect(outcome.type).toBe(type)
  expect(whispers).toHaveLength(told)
  // Whoever is no admin must not use the first time up.
  expect(asked).toEqual(author.isAdmin ? ['welcomed:slack:T1'] : [])
})

test('while the platform is busy the first words wait, and are said once', async () => {
  const store = storeOf()
  const screen = createScreen()
  const said = screen.outbound.whisper
  const busy = new BotError('platform-busy', { retryable: true, say: { ko: '', en: '' }, hint: 'h' })
  let isBusy = true
  screen.outbound.whisper = async (...given) => (isBusy ? Promise.reject(busy) : said(...given))
  const welcome = createWelcome({ botName: () => '담소', isFirst: store.leases.isFirst })
  const rig = createRig(store, { welcome }, screen)
  const author = { ...MINJI, isAdmin: true }
  await rig.say(rig.lane, '', { kind: 'welcome', queue: 'relay', body: { arrival: 'dm-opened' }, author })
  expect(await rig.run(rig.lane, 'relay')).toMatchObject({ type: 'later' })
  expect((await rig.turnOf(rig.lane))['state']).toBe('pending')
  isBusy = false
  await hurry(store)
  await rig.run(rig.lane, 'relay')
  expect(screen.whispers.map(({ text }) => text)).toEqual([expect.stringContaining('설치해 주셔서')])
  expect((await rig.turnOf(rig.lane))['state']).toBe('done')
})
