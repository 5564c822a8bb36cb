// A machine with more to do than it can: workers lose what they have begun because they are slow, not because it kills them.
import { expect, test } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import type { Handler, Reply } from '../../src/core/turn.ts'
import type { Store } from '../../src/store/store.ts'
import { createRig, useStore, WORKSPACE } from './rig.ts'

const storeOf = useStore()

/** Another worker takes the lane over, and loses it at once. Returns the turn. */
async function overtake(store: Store, lane: string): Promise<string> {
  await store.db.query(`update lanes set lease_until = '-infinity' where lane = $1`, [lane])
  const claim = await store.turns.claim(WORKSPACE, lane, 'w2', 1)
  if (claim.outcome !== 'claimed') throw new Error(`lane is ${claim.outcome}`)
  return claim.turn.id
}

test('a question that slow workers lost ten times is answered all the same', async () => {
  let runs = 0
  const answer: Handler = async ({ post }) => {
    runs += 1
    // The other one is slow too, and says so when it finds out.
    if (runs <= 10) await storeOf().turns.survived(await overtake(storeOf(), rig.lane))
    await post.reply('answer', {}).finish({ text: '내일 도착해요.', lang: 'ko' })
    return { type: 'answered', text: '내일 도착해요.', lang: 'ko' }
  }
  const rig = createRig(storeOf(), { answer })
  await rig.say(rig.lane, '배송이 언제 오나요?')
  await expect
    .poll(
      async () => {
        await rig.run(rig.lane)
        return (await rig.turnOf(rig.lane))['state']
      },
      { timeout: 20_000 },
    )
    .toBe('done')
  expect(runs).toBe(11)
  expect(rig.screen.texts()).toContain('내일 도착해요.')
  expect(await rig.turnOf(rig.lane)).toMatchObject({ error_code: null })
})

test('a question that takes its worker down each time is given up with an apology', async () => {
  const answer: Handler = async () => {
    throw new Error('never reached')
  }
  const rig = createRig(storeOf(), { answer })
  await rig.say(rig.lane, '배송이 언제 오나요?')
  for (let crash = 0; crash <= 5; crash += 1) await overtake(storeOf(), rig.lane)
  await storeOf().db.query(`update lanes set lease_until = '-infinity' where lane = $1`, [rig.lane])
  await rig.run(rig.lane)
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'failed', error_code: 'crashed' })
  expect(rig.screen.texts().join()).toContain('답변을 만들지 못했어요')
})

test('a lane that was lost is not begun again while its last call is still on its way', async () => {
  const onItsWay = Promise.withResolvers<void>()
  let runs = 0
  const answer: Handler = async () => {
    runs += 1
    if (runs === 1) await onItsWay.promise
    return { type: 'done' }
  }
  const rig = createRig(storeOf(), { answer })
  await rig.say(rig.lane, '배송이 언제 오나요?')
  const first = rig.run(rig.lane)
  await expect.poll(() => runs).toBe(1)
  await storeOf().db.query(`update lanes set lease_until = '-infinity' where lane = $1`, [rig.lane])
  expect(await rig.run(rig.lane)).toMatchObject({ type: 'later' })
  expect(runs).toBe(1)
  onItsWay.resolve()
  await first
})

test('what was said last before a failure has arrived before another attempt looks for it', async () => {
  const slow = Promise.withResolvers<void>()
  let runs = 0
  const answer: Handler = async ({ post }) => {
    runs += 1
    const reply = post.reply('answer', {})
    if (runs === 1) {
      reply.show('문의')
      throw new BotError('model-cut', { retryable: true, say: { ko: '', en: '' }, hint: 'h' })
    }
    await reply.finish({ text: '문의하신 상품은 내일 도착해요.', lang: 'ko' })
    return { type: 'answered', text: '문의하신 상품은 내일 도착해요.', lang: 'ko' }
  }
  const rig = createRig(storeOf(), { answer })
  rig.screen.held = slow.promise
  await rig.say(rig.lane, '배송이 언제 오나요?')
  const first = rig.run(rig.lane)
  await expect.poll(() => rig.screen.posts.length).toBe(1)
  await storeOf().db.query(`update turns set not_before = now() where lane = $1`, [rig.lane])
  expect(await rig.run(rig.lane)).toMatchObject({ type: 'later' })
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'running' })
  slow.resolve()
  await first
  await storeOf().db.query(`update turns set not_before = now() where lane = $1`, [rig.lane])
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual(['문의하신 상품은 내일 도착해요.'])
  expect(rig.screen.posts[1]!.id).toBe('ts1')
})

test('what a worker had begun before it let its turn go is looked for, and nothing else is', async () => {
  const attempts: number[] = []
  const runs = [
    // Nothing was begun: the next attempt may do as the first one.
    (): void => undefined,
    (reply: Reply): void => reply.show('내일'),
    (reply: Reply): void => reply.show('내일'),
  ]
  const lanes = storeOf().db
  const answer: Handler = async ({ post, turn }) => {
    runs.shift()!(post.reply('answer', {}))
    await lanes.query('update lanes set epoch = epoch + 1 where lane = $1', [turn.lane])
    await rig.renew()
    // It was only slow: nobody else has the lane.
    await lanes.query('update lanes set epoch = epoch - 1 where lane = $1', [turn.lane])
    throw new Error('interrupted')
  }
  const rig = createRig(storeOf(), { answer })
  const write = rig.screen.outbound.write
  rig.screen.outbound.write = (post, options) => {
    attempts.push(options.attempt)
    // What the platform calls it is never heard of.
    return write(post, { ...options, opened: () => Promise.reject(new Error('no connection')) })
  }
  await rig.say(rig.lane, '배송이 언제 오나요?')
  for (const _run of [...runs]) expect(await rig.run(rig.lane)).toEqual({ type: 'later', ms: 0 })
  expect(attempts).toEqual([1, 2])
})
