// People who wait for the model are told their place, once in a while, and never after they have been answered.
import { expect, test } from 'vitest'
import type { Handler } from '../../src/core/turn.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { tellWaiting, type WaitingDeps } from '../../workers/waiting.ts'
import { createRig, createScreen, MINJI, type Rig, type Screen, useStore } from './rig.ts'

const storeOf = useStore()

const answer: Handler = async ({ post }) => {
  await post.reply('answer', {}).finish({ text: '내일 도착해요.', lang: 'ko' })
  return { type: 'answered', text: '내일 도착해요.', lang: 'ko' }
}

async function createWaiting(screen: Screen, fields: Partial<WaitingDeps> = {}, handler: Handler = answer) {
  const store = storeOf()
  // Nobody else waits, and nothing was answered before.
  await store.db.query('delete from inbox')
  await store.db.query('delete from turns')
  const rig = createRig(store, { answer: handler }, screen)
  const deps: WaitingDeps = {
    sweep: store.sweep,
    turns: store.turns,
    posts: store.posts,
    outbounds: { slack: screen.outbound },
    owner: 'w1',
    concurrency: 2,
    isModelAway: () => false,
    clock: realClock,
    log: SILENT,
    ...fields,
  }
  return { rig, tell: () => tellWaiting(deps) }
}

/** As if they had been said a while ago. */
async function age({ store }: Rig, seconds: number): Promise<void> {
  await store.db.query(`update inbox set created_at = created_at - make_interval(secs => $1)`, [seconds])
}

/** An answer that took this long. */
async function took({ store, run, say }: Rig, seconds: number): Promise<void> {
  await say('before', '먼저 온 질문')
  await run('before')
  await store.db.query(
    `update turns set started_at = done_at - make_interval(secs => $1) where lane = 'before'`,
    [seconds],
  )
}

test('nobody is told of a wait that is hardly one', async () => {
  const screen = createScreen()
  const { rig, tell } = await createWaiting(screen)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  expect(await tell()).toBe(0)
  expect(screen.statuses).toEqual([])
})

test('each hears how many are before them and how long it may take, in their language', async () => {
  const screen = createScreen()
  const { rig, tell } = await createWaiting(screen)
  await took(rig, 20)
  await rig.say('lane-a', '배송이 언제 오나요?')
  await rig.say('lane-b', 'When will it arrive?', { author: { ...MINJI, id: 'U2', locale: 'en-US' } })
  await rig.say('lane-c', '환불되나요?', { author: { ...MINJI, id: 'U3' } })
  await age(rig, 10)
  expect(await tell()).toBe(3)
  expect(screen.statuses).toEqual([
    expect.stringMatching(/^곧 답변해 드릴게요\. 10초/),
    expect.stringMatching(/1 question ahead of yours.*20 seconds/),
    expect.stringMatching(/^앞에 2건이 있어요\. 30초/),
  ])
})

test('the place is told again after a while, not every second', async () => {
  const screen = createScreen()
  const { rig, tell } = await createWaiting(screen)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await age(rig, 10)
  expect([await tell(), await tell()]).toEqual([1, 0])
  await rig.store.db.query(`update lanes set told_at = told_at - interval '21 seconds'`)
  expect(await tell()).toBe(1)
})

test('no time is promised while the model is away, or before anything was answered', async () => {
  const screen = createScreen()
  const { rig, tell } = await createWaiting(screen, { isModelAway: () => true })
  await took(rig, 20)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await age(rig, 10)
  await tell()
  const fresh = createScreen()
  const { rig: other, tell: tellFresh } = await createWaiting(fresh)
  await other.say(other.lane, '배송이 언제 오나요?')
  await age(other, 10)
  await tellFresh()
  expect([screen.statuses.at(-1), fresh.statuses.at(-1)]).toEqual(
    Array(2).fill(expect.stringContaining('늦어지고')),
  )
})

test('who is answered while the notice is on its way does not keep it under the answer', async () => {
  const screen = createScreen()
  const { rig, tell } = await createWaiting(screen)
  const { status } = screen.outbound
  screen.outbound.status = async (place, text) => {
    if (text) await rig.run(rig.lane)
    await status(place, text)
  }
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await age(rig, 10)
  await tell()
  expect(screen.texts()).toEqual(['내일 도착해요.'])
  expect(screen.statuses.at(-1)).toBe('')
})

test('where there is no status line the notice is a message, and the answer takes its place', async () => {
  const screen = createScreen({ waitNotice: 'post' })
  const { rig, tell } = await createWaiting(screen)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await age(rig, 10)
  await tell()
  expect(screen.texts()).toEqual([expect.stringContaining('답변해 드릴게요')])
  await rig.run(rig.lane)
  expect(screen.texts()).toEqual(['내일 도착해요.'])
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'done', attempts: 0, crashes: 0 })
})

test('an answer that is written, and may have arrived without anybody hearing of it, is not replaced by a notice', async () => {
  const screen = createScreen({ waitNotice: 'post' })
  const { rig, tell } = await createWaiting(screen, {}, async (context) => {
    const content = { text: '내일 도착해요.', lang: 'ko' } as const
    context.keep({ content, outcome: { type: 'answered', ...content } })
    return answer(context)
  })
  await rig.say(rig.lane, '배송이 언제 오나요?')
  screen.fail('platform-unreachable')
  await rig.run(rig.lane)
  expect((await rig.turnOf(rig.lane))['state']).toBe('pending')
  await age(rig, 10)
  expect(await tell()).toBe(0)
  expect(screen.texts()).toEqual([])
})

test('whose answer could not even be begun hears that it takes longer', async () => {
  const screen = createScreen({ waitNotice: 'post' })
  const { rig, tell } = await createWaiting(screen)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  screen.fail('platform-busy')
  await rig.run(rig.lane)
  await age(rig, 10)
  expect(await tell()).toBe(1)
  expect(screen.texts()).toEqual([expect.stringContaining('답변')])
})

test.each([false, true])(
  'a command’s notice goes out as its answer will (private: %s)',
  async (isPrivate) => {
    const screen = createScreen({ waitNotice: 'post' })
    const { rig, tell } = await createWaiting(screen)
    await rig.say(rig.lane, '배송이 언제 오나요?', { handle: '{}', body: { isPrivate } })
    await age(rig, 10)
    await tell()
    expect(screen.texts()).toEqual([expect.stringContaining('답변해 드릴게요')])
    expect(screen.posts[0]).toMatchObject({ slot: 'answer.0', handle: '{}' })
    expect(screen.hidden).toEqual([isPrivate])
    await rig.run(rig.lane)
    expect(screen.texts()).toEqual(['내일 도착해요.'])
  },
)

test('where neither can be shown they are told once, and nobody else is', async () => {
  const screen = createScreen({ waitNotice: 'whisper' })
  const { rig, tell } = await createWaiting(screen)
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await age(rig, 10)
  await tell()
  expect(screen.whispers).toEqual([{ person: 'U1', text: expect.stringContaining('답변해 드릴게요') }])
  await rig.store.db.query(`update lanes set told_at = told_at - interval '5 seconds'`)
  await rig.store.db.query(`update inbox set created_at = created_at - interval '30 seconds'`)
  await tell()
  expect(screen.whispers).toHaveLength(1)
  expect(screen.texts()).toEqual([])
  await rig.run(rig.lane)
  expect(screen.texts()).toEqual(['내일 도착해요.'])
})

test('one who cannot be told does not keep the others from hearing', async () => {
  const screen = createScreen({ waitNotice: 'post' })
  const { rig, tell } = await createWaiting(screen)
  await rig.say('lane-x', '배송이 언제 오나요?')
  await rig.say('lane-y', '환불되나요?', { author: { ...MINJI, id: 'U2' } })
  await age(rig, 10)
  screen.fail('place-gone')
  await tell()
  expect(screen.texts()).toHaveLength(1)
})

test.each(['post', 'status'] as const)(
  'whose conversation a person has by then is told nothing (%s)',
  async (waitNotice) => {
    const store = storeOf()
    const screen = createScreen({ waitNotice })
    let lane = ''
    // They are connected right after it was found that they wait.
    const connected = async <T>(found: T): Promise<T> => {
      await store.db.query(`update lanes set ticket = 1, side = 'customer' where lane = $1`, [lane])
      return found
    }
    const { rig, tell } = await createWaiting(
      screen,
      waitNotice === 'status'
        ? {
            sweep: {
              ...store.sweep,
              longWaits: async (...asked) => connected(await store.sweep.longWaits(...asked)),
            },
          }
        : {
            turns: {
              ...store.turns,
              claim: async (...asked) => connected(await store.turns.claim(...asked)),
            },
          },
    )
    lane = rig.lane
    await rig.say(lane, '배송이 언제 오나요?')
    await age(rig, 10)
    expect(await tell()).toBe(1)
    expect(screen.texts()).toEqual([])
    expect(screen.statuses.at(-1) ?? '').toBe('')
    await store.db.query(`update lanes set told_at = '-infinity'`)
    expect(await tell()).toBe(0)
  },
)
