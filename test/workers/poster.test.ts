// What people see of an answer in the end: all of it, once, in order, and nothing of an earlier version.
import { expect, test } from 'vitest'
import type { Handler } from '../../src/core/turn.ts'
import { words } from '../../src/core/wording.ts'
import { createRig, createScreen, hurry, useStore } from './rig.ts'

const storeOf = useStore()

/** Some twenty words to a post. */
const SHORT = 120
const LONG = Array.from({ length: 120 }, (_, index) => `${index}번째`).join(' ')

const answering =
  (...texts: string[]): Handler =>
  async ({ post }) => {
    const reply = post.reply('answer', {})
    const text = texts.shift() ?? ''
    await reply.finish({ text, lang: 'ko', notes: ['작은 글씨'], buttons: [] })
    return { type: 'answered', text, lang: 'ko' }
  }

test('a long answer is shown whole, over as many posts as it takes, with its small print under the last', async () => {
  const { lane, say, run, screen } = createRig(
    storeOf(),
    { answer: answering(LONG) },
    createScreen({ maxChars: SHORT }),
  )
  await say(lane, '길게 써 주세요')
  await run(lane)
  expect(screen.texts().length).toBeGreaterThan(3)
  expect(screen.texts().join(' ').replace(/\s+/g, ' ')).toBe(LONG)
  const shown = screen.shown()
  expect(shown.map(({ slot }) => slot)).toEqual(shown.map((_, index) => `answer.${index}`))
  expect(shown.map(({ content }) => content.notes)).toEqual([
    ...shown.slice(1).map(() => undefined),
    ['작은 글씨'],
  ])
})

test('a place that takes few posts gets the beginning, and how to see the rest', async () => {
  const screen = createScreen({ maxChars: SHORT })
  screen.left = ({ slot }) => 2 - Number(slot.slice('answer.'.length))
  const { lane, say, run, turnOf } = createRig(storeOf(), { answer: answering(LONG) }, screen)
  await say(lane, '길게 써 주세요')
  await run(lane)
  const shown = screen.shown()
  expect(shown).toHaveLength(3)
  expect(LONG.startsWith(screen.texts().join(' ').replace(/\s+/g, ' ').trim())).toBe(true)
  expect(shown.at(-1)!.content.notes).toEqual([words('ko').cutShort, '작은 글씨'])
  // What it said is known whole to the conversation that follows.
  expect(await turnOf(lane)).toMatchObject({ answer: LONG })
})

test('an answer that just fits is not called cut', async () => {
  const screen = createScreen({ maxChars: SHORT })
  screen.left = ({ slot }) => 4 - Number(slot.slice('answer.'.length))
  const { lane, say, run } = createRig(storeOf(), { answer: answering('한 줄이면 돼요.') }, screen)
  await say(lane, '짧게 써 주세요')
  await run(lane)
  expect(screen.shown().map(({ content }) => content.notes)).toEqual([['작은 글씨']])
})

test('a later attempt edits what is there, and a shorter answer leaves nothing of the longer one behind', async () => {
  const screen = createScreen({ maxChars: SHORT })
  const { lane, say, run, store } = createRig(
    storeOf(),
    { answer: answering(LONG, '짧은 답이에요.') },
    screen,
  )
  await say(lane, '길게 써 주세요')
  const finish = screen.outbound.write
  screen.outbound.write = (post, options) => {
    // The process falls over before the last post.
    if (post.slot === 'answer.2') throw new Error('a bug')
    return finish(post, options)
  }
  await run(lane)
  expect(screen.texts()).toHaveLength(2)
  screen.outbound.write = finish
  await hurry(store)
  await run(lane)
  expect(screen.texts()).toEqual(['짧은 답이에요.'])
})

test('only what answers the asker goes out through their interaction', async () => {
  const place = { platform: 'slack' as const, workspace: 'slack:T1', channel: 'CSTAFF', thread: null }
  const handler: Handler = async ({ post }) => {
    await post.send('staff-card', { text: '상담 요청', lang: 'ko' }, { place })
    await post.send('say', { text: '알렸어요', lang: 'ko' })
    return { type: 'done' }
  }
  const { lane, say, run, screen } = createRig(storeOf(), { person: handler })
  await say(lane, '', { kind: 'person', queue: 'relay', handle: '{}' })
  await run(lane, 'relay')
  expect(screen.posts.map(({ slot, handle, place: { channel } }) => [slot, handle, channel])).toEqual([
    ['staff-card', null, 'CSTAFF'],
    ['say', '{}', 'C1'],
  ])
  for (const { intendedAt } of screen.posts) expect(Math.abs(intendedAt! - Date.now())).toBeLessThan(60_000)
})

test('a command’s long answer goes out through its interaction in every part', async () => {
  const { lane, say, run, screen } = createRig(
    storeOf(),
    { answer: answering(LONG) },
    createScreen({ maxChars: SHORT }),
  )
  await say(lane, '길게 써 주세요', { handle: '{}' })
  await run(lane)
  expect(new Set(screen.posts.map(({ handle }) => handle))).toEqual(new Set(['{}']))
})

test('a worker that has lost its lane shows nothing more', async () => {
  const rig = createRig(storeOf(), {
    async answer({ post, turn }) {
      await rig.store.db.query('update lanes set epoch = epoch + 1 where lane = $1', [turn.lane])
      await post.reply('answer', {}).finish({ text: '늦은 답', lang: 'ko' })
      return { type: 'answered', text: '늦은 답', lang: 'ko' }
    },
  })
  await rig.say(rig.lane, '질문이에요?')
  expect(await rig.run(rig.lane)).toEqual({ type: 'done' })
  expect(rig.screen.texts()).toEqual([])
})
