// What becomes of a turn when its handler ends, fails, is interrupted or finds nothing to do.
import { APIError } from 'openai'
import { expect, test } from 'vitest'
import { BotError } from '../../src/core/error.ts'
import type { Context, Handler, Outcome } from '../../src/core/turn.ts'
import { toModelFailure } from '../../src/llm/failure.ts'
import { MAX_ATTEMPTS } from '../../workers/failure.ts'
import { createRig, createScreen, hurry, MINJI, type Screen, useStore, WORKSPACE } from './rig.ts'

const storeOf = useStore()

const failure = (
  code: string,
  fields: { retryable?: boolean; retryAfterMs?: number; say?: string } = {},
): BotError =>
  new BotError(code, {
    retryable: fields.retryable ?? true,
    retryAfterMs: fields.retryAfterMs,
    say: { ko: fields.say ?? '안 됐어요', en: '' },
    hint: 'h',
  })

const finish = async ({ post }: Context, text: string): Promise<Outcome> => {
  await post.reply('answer', {}).finish({ text, lang: 'ko' })
  return { type: 'answered', text, lang: 'ko' }
}

/** Each run takes the next step; the last one is repeated. */
const inSteps = (...steps: Handler[]): Handler => {
  let count = 0
  return (context) => steps[Math.min(count++, steps.length - 1)]!(context)
}
const failing =
  (error: unknown): Handler =>
  async () => {
    throw error
  }

test('a turn that is answered is the conversation that the next one knows', async () => {
  const seen: string[][] = []
  const rig = createRig(storeOf(), {
    answer: (context) => {
      seen.push(context.turn.history.map(({ role, text }) => `${role}: ${text}`))
      return finish(context, '네.')
    },
  })
  await rig.say(rig.lane, '되나요?')
  await rig.run(rig.lane)
  await rig.say(rig.lane, '정말요?')
  await rig.run(rig.lane)
  expect(seen).toEqual([[], ['asker: 되나요?', 'bot: 네.']])
  expect(await rig.run(rig.lane)).toEqual({ type: 'done' })
})

test('what came in meanwhile from somebody else wakes the lane again', async () => {
  const rig = createRig(storeOf(), {
    async answer(context) {
      if (context.turn.author.id === MINJI.id)
        await rig.say(rig.lane, '저도요', { author: { ...MINJI, id: 'U2' } })
      return finish(context, '네.')
    },
  })
  await rig.say(rig.lane, '되나요?')
  await rig.run(rig.lane)
  expect(rig.woken).toEqual([rig.lane])
})

test('a model that is away pauses the queue, and costs the question no attempt', async () => {
  const rig = createRig(storeOf(), {
    answer: inSteps(failing(failure('model-unreachable')), failing(failure('model-overloaded')), (context) =>
      finish(context, '네.'),
    ),
  })
  await rig.say(rig.lane, '되나요?')
  const first = await rig.run(rig.lane)
  expect(first).toMatchObject({ type: 'pause' })
  await hurry(rig.store)
  const second = await rig.run(rig.lane)
  expect(second).toMatchObject({ type: 'pause' })
  expect('ms' in second && 'ms' in first && second.ms).toBeGreaterThan('ms' in first ? first.ms : 0)
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'pending', attempts: 0 })
  await hurry(rig.store)
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual(['네.'])
})

test('a prompt that always runs into the time limit of a proxy holds up nobody else, and has an end', async () => {
  const late = new APIError(504, undefined, 'Gateway Time-out', undefined)
  const scene = { server: 'http://gpu/v1', model: 'exaone', streaming: false, heldMs: 60_000 }
  const rig = createRig(storeOf(), { answer: failing(toModelFailure(late, scene)) })
  await rig.say(rig.lane, '되나요?')
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
    expect(await rig.run(rig.lane)).toMatchObject({ type: 'later' })
    await hurry(rig.store)
  }
  expect(await rig.run(rig.lane)).toEqual({ type: 'done' })
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'failed', error_code: 'model-timeout' })
})

test('a turn before its time is not run, and says when it is due', async () => {
  const rig = createRig(storeOf(), { answer: failing(failure('platform-busy', { retryAfterMs: 60_000 })) })
  await rig.say(rig.lane, '되나요?')
  await rig.run(rig.lane)
  const verdict = await rig.run(rig.lane)
  expect(verdict).toMatchObject({ type: 'later' })
  expect('ms' in verdict && verdict.ms).toBeGreaterThan(50_000)
})

test('after its last attempt the person gets an apology with a code, and a way to a person', async () => {
  const rig = createRig(storeOf(), {
    answer: async (context) => {
      context.post.reply('answer', {}).show('반쯤 쓴 답')
      await expect.poll(() => rig.screen.texts()).toHaveLength(1)
      throw failure('model-error')
    },
  })
  await rig.say(rig.lane, '되나요?')
  for (let attempt = 1; attempt < 4; attempt++) {
    expect(await rig.run(rig.lane)).toMatchObject({ type: 'later' })
    await hurry(rig.store)
  }
  expect(await rig.run(rig.lane)).toEqual({ type: 'done' })
  const turn = await rig.turnOf(rig.lane)
  expect(turn).toMatchObject({ state: 'failed', error_code: 'model-error', attempts: 4 })
  // It takes the place of what was shown, so that nothing half-said stays.
  expect(rig.screen.texts()).toEqual([expect.stringContaining(String(turn['code']))])
  expect(rig.screen.shown()[0]!.content.buttons).toEqual([
    { action: 'person', value: turn['id'], label: '상담원 연결' },
  ])
})

const breaking =
  (runs: string[], screen: Screen): Handler =>
  async ({ post, turn }) => {
    runs.push(turn.messages.map(({ text }) => text).join(' '))
    post.reply('answer', {}).show('반쯤 쓴 답')
    await expect.poll(() => screen.texts()).toHaveLength(1)
    throw failure('model-error', { retryable: false })
  }

test('an apology that the platform does not take is tried again, and takes the half answer away in the end', async () => {
  const runs: string[] = []
  const screen = createScreen()
  const rig = createRig(storeOf(), { answer: breaking(runs, screen) }, screen)
  await rig.say(rig.lane, '되나요?')
  screen.fail('platform-unreachable', 1)
  screen.fail('platform-busy', 1, { retryAfterMs: 60_000 })
  expect(await rig.run(rig.lane)).toMatchObject({ type: 'later' })
  const owing = await rig.turnOf(rig.lane)
  expect(owing).toMatchObject({ state: 'pending', error_code: 'model-error', attempts: 1 })
  expect(screen.texts()).toEqual(['반쯤 쓴 답'])
  await hurry(rig.store)
  expect(await rig.run(rig.lane)).toMatchObject({ type: 'later', ms: 60_000 })
  await hurry(rig.store)
  expect(await rig.run(rig.lane)).toEqual({ type: 'done' })
  const turn = await rig.turnOf(rig.lane)
  expect(turn).toMatchObject({ state: 'failed', error_code: 'model-error', attempts: 1, code: owing['code'] })
  expect(screen.texts()).toEqual([expect.stringContaining(String(turn['code']))])
  // The model is not asked again for what is owed only an apology.
  expect(runs).toEqual(['되나요?'])
})

test('an apology is not owed where nobody could read it, nor for longer than hours', async () => {
  const screen = createScreen()
  const rig = createRig(storeOf(), { answer: breaking([], screen) }, screen)
  await rig.say(rig.lane, '되나요?')
  screen.fail('place-gone', 1, { retryable: false })
  await rig.run(rig.lane)
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'failed', error_code: 'model-error' })

  const late = createScreen()
  const later = createRig(storeOf(), { answer: breaking([], late) }, late)
  await later.say(later.lane, '되나요?')
  late.fail('platform-unreachable', 2)
  await later.run(later.lane)
  await hurry(later.store)
  await later.store.db.query(
    `update turns set facts = jsonb_set(facts, '{owed,since}', to_jsonb((facts->'owed'->>'since')::bigint - 7 * 3600000))
     where lane = $1`,
    [later.lane],
  )
  expect(await later.run(later.lane)).toEqual({ type: 'done' })
  expect(await later.turnOf(later.lane)).toMatchObject({ state: 'failed', error_code: 'model-error' })
})

test('a question that is written anew while an apology is owed is answered', async () => {
  const runs: string[] = []
  const screen = createScreen()
  const rig = createRig(
    storeOf(),
    { answer: inSteps(breaking(runs, screen), (context) => finish(context, '네.')) },
    screen,
  )
  const source = await rig.say(rig.lane, '되나요?')
  screen.fail('platform-unreachable')
  await rig.run(rig.lane)
  await rig.store.inbox.edit(WORKSPACE, `${WORKSPACE}:C1`, source, '환불이 되나요?', false)
  await hurry(rig.store)
  await rig.run(rig.lane)
  expect(screen.texts()).toEqual(['네.'])
})

test('what an attempt has noted with its turn is there for the next, whatever failed', async () => {
  const seen: unknown[] = []
  const noting =
    (key: string, code: string): Handler =>
    async ({ turn, keep }) => {
      seen.push(turn.facts)
      await rig.store.answers.note(turn.workspace, turn.id, { [key]: { text: null } })
      const outcome = { type: 'answered' as const, text: '네.', lang: 'ko' as const }
      if (code.startsWith('platform-')) keep({ content: { text: '네.', lang: 'ko' }, outcome })
      throw failure(code)
    }
  const rig = createRig(storeOf(), {
    answer: inSteps(noting('one', 'platform-busy'), noting('two', 'model-error'), (context) => {
      seen.push(context.turn.facts)
      return finish(context, '네.')
    }),
  })
  await rig.say(rig.lane, '되나요?')
  for (let n = 0; n < 3; n++) {
    await rig.run(rig.lane)
    await hurry(rig.store)
  }
  const kept = { written: expect.anything(), writtenTo: expect.any(String) }
  const [one, two] = [{ text: null }, { text: null }]
  // What could not be posted is written anew after a failure of the model, and no trace of it is left.
  expect(seen).toEqual([{}, { one, ...kept }, { one, two }])
})

test('what the person can mend is said in its own words, at once', async () => {
  const tooLong = failure('model-too-long', { retryable: false, say: '글이 너무 길어요' })
  const rig = createRig(storeOf(), { answer: failing(tooLong) })
  await rig.say(rig.lane, '아주 긴 글')
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual(['글이 너무 길어요'])
})

test('nothing is said where nobody could read it', async () => {
  const rig = createRig(storeOf(), { answer: failing(failure('place-gone', { retryable: false })) })
  await rig.say(rig.lane, '되나요?')
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual([])
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'failed', error_code: 'place-gone' })
})

test('an edited question starts the answer again, in the same place', async () => {
  const asked: string[] = []
  let source = ''
  const rig = createRig(storeOf(), {
    async answer(context) {
      const { text } = context.turn.messages[0]!
      asked.push(text)
      if (asked.length === 1) {
        context.post.reply('answer', {}).show('첫 답의 처음')
        await expect.poll(() => rig.screen.texts()).toEqual(['첫 답의 처음'])
        await rig.store.inbox.edit(WORKSPACE, `${WORKSPACE}:C1`, source, '고친 질문', false)
        await rig.renew()
        context.signal.throwIfAborted()
      }
      return finish(context, `${text}의 답`)
    },
  })
  source = await rig.say(rig.lane, '처음 질문')
  await rig.run(rig.lane)
  expect(asked).toEqual(['처음 질문', '고친 질문'])
  expect(rig.screen.texts()).toEqual(['고친 질문의 답'])
})

test('a question deleted just before the last word leaves nothing behind', async () => {
  let source = ''
  const rig = createRig(storeOf(), {
    async answer(context) {
      context.post.reply('answer', {}).show('거의 다 쓴 답')
      await expect.poll(() => rig.screen.texts()).toHaveLength(1)
      // Nobody has told this process yet: the last look finds out.
      await rig.store.inbox.remove(WORKSPACE, `${WORKSPACE}:C1`, source)
      return finish(context, '다 쓴 답')
    },
  })
  source = await rig.say(rig.lane, '지울 질문')
  await rig.run(rig.lane)
  expect(rig.screen.texts()).toEqual([])
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'gone', answer: null })
})

test('an answer whose question is deleted later is taken away by a turn of its own, without an apology', async () => {
  const rig = createRig(storeOf(), { answer: (context) => finish(context, '네.') })
  const source = await rig.say(rig.lane, '지울 질문')
  await rig.run(rig.lane)
  const { id } = await rig.turnOf(rig.lane)
  await rig.store.inbox.remove(WORKSPACE, `${WORKSPACE}:C1`, source)
  await rig.store.sweep.withdraw(100)
  rig.timed.length = 0
  rig.screen.fail('platform-unreachable')
  expect(await rig.run(`gone:${id}`, 'relay')).toMatchObject({ type: 'later' })
  await hurry(rig.store)
  expect(await rig.run(`gone:${id}`, 'relay')).toEqual({ type: 'done' })
  expect(rig.screen.texts()).toEqual([])
  // Days may lie between: it says nothing about how long answers take.
  expect(rig.timed).not.toContain('turn_seconds')
})

test('a post that the platform will not take away is given up in silence', async () => {
  const rig = createRig(storeOf(), { answer: (context) => finish(context, '네.') })
  const source = await rig.say(rig.lane, '지울 질문')
  await rig.run(rig.lane)
  const { id } = await rig.turnOf(rig.lane)
  await rig.store.inbox.remove(WORKSPACE, `${WORKSPACE}:C1`, source)
  await rig.store.sweep.withdraw(100)
  rig.screen.fail('platform-refused', 1, { retryable: false })
  await rig.run(`gone:${id}`, 'relay')
  expect(rig.screen.texts()).toEqual(['네.'])
  expect(await rig.turnOf(`gone:${id}`)).toMatchObject({ state: 'failed', error_code: 'platform-refused' })
  expect(await rig.store.sweep.withdraw(100)).toBe(0)
})

test('work that needs no model is not done by those who have one, nor the other way round', async () => {
  const rig = createRig(storeOf(), { say: async () => ({ type: 'done' }) })
  await rig.say(rig.lane, '', { kind: 'say', queue: 'relay' })
  expect(await rig.run(rig.lane, 'chat')).toEqual({ type: 'done' })
  expect(rig.woken).toEqual([rig.lane])
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'pending' })
  await rig.run(rig.lane, 'relay')
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'done' })
})

test('a turn of a platform that this process has no token for is left to another', async () => {
  const rig = createRig(storeOf(), { answer: (context) => finish(context, '네.') })
  const place = { ...rig.place(rig.lane), platform: 'discord' as const }
  await rig.say(rig.lane, '되나요?', { place })
  expect(await rig.run(rig.lane)).toEqual({ type: 'later', ms: 5_000 })
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'pending', attempts: 0 })
})

test('“writing” is taken away when an answer went into an older post, which takes nothing away itself', async () => {
  const rig = createRig(
    storeOf(),
    { answer: inSteps(failing(failure('model-error')), (context) => finish(context, '네.')) },
    createScreen(),
  )
  await rig.say(rig.lane, '되나요?')
  await rig.run(rig.lane)
  await hurry(rig.store)
  await rig.run(rig.lane)
  expect(rig.screen.statuses.at(-1)).toBeNull()
})

test('also when a worker was lost while the older post was made, and nothing was recorded', async () => {
  const rig = createRig(
    storeOf(),
    {
      answer: inSteps(
        async (context) => {
          const reply = context.post.reply('answer', {})
          reply.show('네, ')
          await reply.firstShown
          throw failure('platform-unreachable')
        },
        (context) => finish(context, '네, 내일 와요.'),
      ),
    },
    createScreen(),
  )
  await rig.say(rig.lane, '언제 오나요?')
  await rig.run(rig.lane)
  await rig.store.db.query('update turns set is_visible = false, attempts = 0, crashes = 1 where lane = $1', [
    rig.lane,
  ])
  await hurry(rig.store)
  await rig.run(rig.lane)
  expect(rig.screen.texts().at(-1)).toBe('네, 내일 와요.')
  expect(rig.screen.statuses.at(-1)).toBeNull()
})

test('a kind of turn that nobody handles is a bug, and is said so in the record', async () => {
  const rig = createRig(storeOf(), {})
  await rig.say(rig.lane, '', { kind: 'juggle', queue: 'relay' })
  for (let attempt = 0; attempt < 4; attempt++) {
    await rig.run(rig.lane, 'relay')
    await hurry(rig.store)
  }
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'failed', error_code: 'bug' })
})

test('a model that is away for an hour costs the question no attempt, and it is answered right after', async () => {
  const HOUR_MS = 3_600_000
  let awayMs = 0
  const rig = createRig(storeOf(), {
    async answer(context) {
      if (awayMs < HOUR_MS) throw failure('model-unreachable')
      return finish(context, '네.')
    },
  })
  await rig.say(rig.lane, '되나요?')
  for (;;) {
    const verdict = await rig.run(rig.lane)
    if (verdict.type !== 'pause') break
    // Whoever asks in a chat is not kept waiting much longer than the outage.
    expect(verdict.ms).toBeLessThanOrEqual(15_000)
    awayMs += verdict.ms
    await hurry(rig.store)
  }
  expect(awayMs).toBeGreaterThanOrEqual(HOUR_MS)
  expect(rig.screen.texts()).toEqual(['네.'])
  expect(await rig.turnOf(rig.lane)).toMatchObject({ state: 'done', attempts: 0 })
}, 60_000)
