// Messages of a channel that is translated: worked on side by side, shown in their order, whatever becomes of each of them.
import { expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Translate } from '../../../src/translation/model.ts'
import { createSaidBefore } from '../../../src/translation/said-before.ts'
import { createAuto } from '../../../workers/translation/auto.ts'
import { createRig, createScreen, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()
let channels = 0

function openChannel(fails: (text: string) => boolean = () => false) {
  const store = storeOf()
  const channel = `C${++channels}AUTO`
  const screen = createScreen()
  const asked: string[] = []
  const priorities: unknown[] = []
  const topics: unknown[] = []
  const contexts: unknown[] = []
  const marks: string[] = []
  screen.outbound.react = async (_place, source, emoji, isRemoved = false) => {
    marks.push(`${isRemoved ? '-' : '+'}${emoji} ${source}`)
  }
  const translate: Translate = async ({ text, to, priority, topic, context }) => {
    asked.push(text)
    priorities.push(priority)
    topics.push(await topic)
    contexts.push(await context)
    if (fails(text))
      throw new BotError('model-garbled', { retryable: false, say: { ko: '', en: '' }, hint: 'h' })
    return {
      ...{ outcome: 'translated', from: 'ko', to, translation: `EN ${text}` },
      ...{ flags: [], retries: 0, memory: null },
    }
  }
  const handler = createAuto({
    translate,
    isRehearsal: () => false,
    otherOf: (text) => (text === '🎉' ? null : 'en'),
    saidBefore: createSaidBefore(store.db),
  })
  const rig = createRig(store, { auto: handler }, screen)
  const place = { platform: 'slack' as const, workspace: WORKSPACE, channel, thread: null }
  const laneOf = (n: number): string => `auto:${channel}:${n}`
  return {
    ...rig,
    ...{ asked, topics, contexts, screen, priorities, marks, channel, laneOf },
    write: async (n: number, text = `글 ${n}`, thread: string | null = null) => {
      await store.settings.set(WORKSPACE, channel, 'auto', 'ko-en', 'U1')
      await rig.say(laneOf(n), text, {
        ...{ source: `${channel}:${n}`, kind: 'auto', queue: 'batch', place: { ...place, thread } },
        body: { room: thread === null ? 'channel' : 'thread' },
      })
    },
    translate: (n: number) => rig.run(laneOf(n), 'batch'),
    show: (n: number) => rig.run(laneOf(n), 'relay'),
    async stateOf(n: number) {
      return (await rig.turnOf(laneOf(n)))['state']
    },
    edit: (n: number, text: string) =>
      store.inbox.edit(WORKSPACE, `${WORKSPACE}:${channel}`, `${channel}:${n}`, text, false),
    remove: (n: number) => store.inbox.remove(WORKSPACE, `${WORKSPACE}:${channel}`, `${channel}:${n}`),
    /** The translations without their author's name. */
    texts: () => screen.texts().map((text) => text.split('\n')[1]),
  }
}

test('what is translated too early is held, and goes on when those before it have been shown', async () => {
  const { write, translate, show, laneOf, woken, texts, stateOf } = openChannel()
  for (const n of [1, 2, 10]) await write(n)
  await translate(10)
  await translate(2)
  expect(woken).toEqual([])
  expect(await stateOf(2)).toBe('held')
  expect(await show(2)).toEqual({ type: 'done' })
  expect(texts()).toEqual([])
  await translate(1)
  expect(woken).toEqual([laneOf(1)])
  await show(1)
  expect(woken).toEqual([laneOf(1), laneOf(2)])
  await show(2)
  await show(10)
  expect(texts()).toEqual(['EN 글 1', 'EN 글 2', 'EN 글 10'])
})

test('what was said before it is told to the model: in its thread, or beside it', async () => {
  const { write, translate, contexts } = openChannel()
  await write(1, '회의는 언제예요?')
  await write(2, '누가 와요?', 'T1')
  await write(3, '민지 님이요.', 'T1')
  await write(4, '내일이요.')
  for (const n of [4, 3, 1]) await translate(n)
  expect(contexts).toEqual([['민지: 회의는 언제예요?'], ['민지: 누가 와요?'], []])
})

test('a run that crashed after posting is done again into the same message, without the model', async () => {
  const { write, translate, show, laneOf, store, asked, texts } = openChannel()
  await write(1)
  await translate(1)
  await show(1)
  // As if nothing after the platform's call had been committed.
  await store.db.query(
    `update turns set state = 'running', facts = facts #- '{auto,isShown}' where lane = $1`,
    [laneOf(1)],
  )
  await store.db.query(`update inbox set state = 'taken' where lane = $1`, [laneOf(1)])
  await show(1)
  expect(texts()).toEqual(['EN 글 1'])
  expect(asked).toEqual(['글 1'])
})

test('a crash before the next was woken is made good by the sweeper', async () => {
  const { write, translate, laneOf, store, stateOf } = openChannel()
  await write(1)
  await write(2)
  await translate(2)
  await store.db.query(`update inbox set state = 'done' where lane = $1`, [laneOf(1)])
  expect(await store.sweep.release()).toBe(1)
  expect(await stateOf(2)).toBe('pending')
  expect(await store.sweep.release()).toBe(0)
})

test('an edit while it is held has it translated again before it is shown', async () => {
  const { write, translate, show, edit, laneOf, asked, texts } = openChannel()
  await write(1)
  await write(2)
  await translate(2)
  expect(await edit(2, '고친 글')).toEqual([{ lane: laneOf(2), queue: 'batch' }])
  await translate(2)
  await translate(1)
  await show(1)
  await show(2)
  expect(asked).toEqual(['글 2', '고친 글', '글 1'])
  expect(texts()).toEqual(['EN 글 1', 'EN 고친 글'])
})

test('an edit of what is shown waits for nobody, and changes that message', async () => {
  const { write, translate, show, edit, laneOf, woken, texts } = openChannel()
  await write(1)
  await translate(1)
  await show(1)
  await write(2)
  await edit(1, '고친 글')
  woken.length = 0
  await translate(1)
  expect(woken).toEqual([laneOf(1)])
  await show(1)
  expect(texts()).toEqual(['EN 고친 글'])
  await edit(1, '🎉')
  await translate(1)
  expect(texts()).toEqual([])
})

test('a deletion lets those behind it go on, and nothing is shown of what was deleted', async () => {
  const { write, translate, show, remove, channel, laneOf, store, stateOf, texts, run } = openChannel()
  for (const n of [1, 2, 3]) await write(n)
  await translate(2)
  await translate(3)
  // Not begun yet.
  expect(await remove(1)).toBe(channel)
  // Held.
  expect(await remove(2)).toBe(channel)
  expect(await store.turns.release(WORKSPACE, channel)).toEqual([laneOf(3)])
  await show(3)
  await store.sweep.withdraw(10)
  const gone = await store.db.query<{ lane: string }>(
    `select lane from turns where lane like 'gone:%' and state = 'pending'`,
  )
  for (const { lane } of gone) await run(lane, 'relay')
  expect(texts()).toEqual(['EN 글 3'])
  expect(await stateOf(3)).toBe('done')
})

test('what fails for good is marked, and those behind it go on; an edit that succeeds takes the mark away', async () => {
  const { write, translate, show, edit, marks, channel, laneOf, woken, texts, stateOf } = openChannel(
    (text) => text === '글 1',
  )
  await write(1)
  await write(2)
  await translate(2)
  await translate(1)
  expect(await stateOf(1)).toBe('failed')
  expect(marks).toEqual([`+⚠️ ${channel}:1`])
  expect(woken).toEqual([laneOf(2)])
  await show(2)
  await edit(1, '고친 글')
  await translate(1)
  await show(1)
  expect(marks).toEqual([`+⚠️ ${channel}:1`, `-⚠️ ${channel}:1`])
  expect(texts()).toEqual(['EN 글 2', 'EN 고친 글'])
})

test('an edit that fails takes away what said something else', async () => {
  const { write, translate, show, edit, marks, texts } = openChannel((text) => text === '못 쓸 글')
  await write(1)
  await translate(1)
  await show(1)
  await edit(1, '못 쓸 글')
  await translate(1)
  expect(texts()).toEqual([])
  expect(marks).toHaveLength(1)
})

test('nobody in a chat waits behind it at the model', async () => {
  const { write, translate, priorities } = openChannel()
  await write(1)
  await translate(1)
  expect(priorities).toEqual([10])
})

test('the model is told what the channel is about', async () => {
  const { write, translate, topics, screen, channel } = openChannel()
  screen.outbound.topicOf = async (place) => `${place.channel}: 환불`
  await write(1)
  await translate(1)
  expect(topics).toEqual([`${channel}: 환불`])
})
