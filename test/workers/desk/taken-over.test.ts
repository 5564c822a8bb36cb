// A person has the case: whatever the bot was about to say then is not said, and what was asked of it reaches them.
import { expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Handler } from '../../../src/core/turn.ts'
import { createDesk } from '../../../src/desk.ts'
import type { ModelRequest } from '../../../src/llm/model.ts'
import { SILENT } from '../../../src/log.ts'
import { linkTo } from '../../../src/platforms.ts'
import { realClock } from '../../../src/real-clock.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { CUSTOMER } from '../../../workers/desk/desk-words.ts'
import { tellWaiting } from '../../../workers/waiting.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, hurry, MINJI, type Rig, useStore, WORKSPACE } from '../rig.ts'
import { UNCORRECTED, UNTRANSLATED } from '../untranslated.ts'

const storeOf = useStore()
const AGENT = { ...MINJI, id: 'U5', name: 'Alex' }
const QUESTION = '교환도 되나요?'
const HALF = '교환은 보통'
const WHOLE = '교환은 보통 사흘 걸려요.'

type Write = (request: ModelRequest, show: (soFar: string) => void) => Promise<{ text: string }>

interface Scene extends Rig {
  /** The first question is answered; this is what becomes of the next. */
  write: Write
  asks(): number
  /** From then on a person has the conversation: as by the button under the first answer. */
  callPerson(): Promise<void>
  press(verb: string): Promise<void>
  staffWrites(text: string): Promise<void>
  /** All that was woken, and what waits in the conversation. */
  settle(): Promise<void>
  /** Another worker with the same screen. */
  other: Rig
  /** How drafts are dealt with. */
  draft: Handler
}

let scenes = 0

/** Somebody has asked once and was answered, and asks again. */
async function createScene(write: Write): Promise<Scene> {
  const store = storeOf()
  const screen = createScreen({ waitNotice: 'post' })
  const woken: string[] = []
  const staffChannel = `CTAKEN${++scenes}`
  await store.settings.set(WORKSPACE, null, 'staffChannel', staffChannel, 'U9')
  const model = createTestModel(async (request, show) => {
    if (request.system[0]!.startsWith('You summarise')) return { text: 'ko: 문의\nen: A question' }
    return request.user.text === QUESTION ? scene.write(request, show) : { text: '네.' }
  })
  const desk = createDesk({
    ...{ store, model, clock: realClock, platforms: { linkTo, outbounds: {} } },
    ...{ translate: UNTRANSLATED, correct: UNCORRECTED, reads: async () => undefined },
    queue: { wake: async (_queue, { lane }) => void woken.push(lane) },
  })
  const answer = createAnswer({ model, botName: () => '도우미', retentionDays: 90 })
  const handlers: Record<string, Handler> = {
    ...{ answer, ...desk.handlers },
    draft: (context) => scene.draft(context),
  }
  const rig = createRig(store, handlers, screen)
  const ticket = async (): Promise<Record<string, unknown>> =>
    (await store.db.query<Record<string, unknown>>('select * from tickets where lane = $1', [rig.lane]))[0]!
  const settle = async (): Promise<void> => {
    for (const lane of woken.splice(0)) {
      await rig.run(lane, 'batch')
      for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
    }
    if (woken.length > 0) return settle()
    // What has waited for the card need not wait any longer.
    await hurry(store)
    for (let n = 0; n < 3; n++) await rig.run(rig.lane, 'relay')
  }
  const scene: Scene = {
    ...rig,
    write,
    draft: async () => ({ type: 'dropped' }),
    asks: () => model.asked.filter(({ user }) => user.text === QUESTION).length,
    async callPerson() {
      const { id } = (
        await store.db.query<{ id: string }>(
          `select id::text from turns where lane = $1 and state = 'done' order by id limit 1`,
          [rig.lane],
        )
      )[0]!
      const lane = `cmd:${rig.lane}`
      await rig.say(lane, '', {
        kind: 'person',
        queue: 'relay',
        body: { value: id },
        place: rig.place(rig.lane),
      })
      await rig.run(lane, 'relay')
    },
    async press(verb) {
      const { id } = await ticket()
      const lane = `ticket:${String(id)}`
      const body = { id: String(id), verb, isByStaff: true }
      const place = { ...rig.place(lane), channel: staffChannel }
      await rig.say(lane, '', { kind: 'ticket-decision', queue: 'relay', body, author: AGENT, place })
      for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
    },
    async staffWrites(text) {
      const staffLane = String((await ticket())['staff_lane'])
      const thread = staffLane.slice(staffLane.lastIndexOf(':') + 1)
      await rig.say(staffLane, text, {
        author: AGENT,
        place: { ...rig.place(thread), channel: staffChannel },
      })
      await rig.run(staffLane, 'relay')
    },
    settle,
    other: createRig(store, handlers, screen),
  }
  await rig.say(rig.lane, '환불되나요?')
  await rig.run(rig.lane)
  await rig.say(rig.lane, QUESTION)
  return scene
}

/** Shows a half, and waits until it is told to end, one way or the other. */
const halfShown = (): { write: Write; goOn(): void } => {
  const gate = Promise.withResolvers<void>()
  return {
    async write({ signal }, show) {
      show(HALF)
      await Promise.race([
        gate.promise,
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      ])
      return { text: WHOLE }
    },
    goOn: gate.resolve,
  }
}

const half = (scene: Scene): Promise<void> =>
  expect.poll(() => scene.screen.texts().filter((text) => text.includes(HALF))).toHaveLength(1)

const forStaff = ({ screen }: Scene): string[] =>
  screen.shown().flatMap(({ slot, content }) => (slot === 'copy.0' ? [content.text] : []))

/** The bot has said nothing more, nothing is left half-said, and the person has the question, once. */
async function expectTakenOver(scene: Scene): Promise<void> {
  await scene.settle()
  expect(scene.screen.texts().join('\n')).not.toContain(HALF)
  const answers = scene.screen.shown().filter(({ slot }) => slot.startsWith('answer.'))
  expect(answers.map(({ content }) => content.text)).toEqual(['네.'])
  expect(forStaff(scene)).toEqual([expect.stringContaining(QUESTION)])
  const handedOn = await scene.store.db.query(
    `select state, facts from turns where lane = $1 and kind = 'relay' order by id`,
    [scene.lane],
  )
  expect(handedOn).toEqual([{ state: 'done', facts: { takenOver: true } }])
}

test.each(['hears of it', 'learns of it at its last look'] as const)(
  'an answer that is being written when a person is called %s, and is taken away',
  async (how) => {
    const { write, goOn } = halfShown()
    const scene = await createScene(write)
    const answering = scene.run(scene.lane)
    await half(scene)
    await scene.callPerson()
    if (how === 'hears of it') await scene.renew()
    else {
      // It looks at who has the conversation, and depends on no word of it.
      await scene.store.db.query(`update lanes set signals = '{}' where lane = $1`, [scene.lane])
      goOn()
    }
    await answering
    await expectTakenOver(scene)
    expect(scene.screen.texts()).toContainEqual(expect.stringContaining('담당자에게 전달했어요'))
    expect(scene.screen.statuses.at(-1)).toBeNull()
  },
)

test('Stop, pressed while a person is being called, leaves no half answer either', async () => {
  const { write } = halfShown()
  const scene = await createScene(write)
  const answering = scene.run(scene.lane)
  await half(scene)
  await scene.callPerson()
  await scene.store.inbox.stop(WORKSPACE, { lane: scene.lane, turn: null, author: MINJI.id, isAdmin: false })
  await scene.renew()
  await answering
  await expectTakenOver(scene)
})

test.each(['with nothing shown', 'with a half shown'] as const)(
  'an answer that waits for its next attempt %s is not begun again',
  async (how) => {
    const scene = await createScene(async (_request, show) => {
      if (how === 'with a half shown') {
        show(HALF)
        await half(scene)
      }
      throw new Error('the model stumbled')
    })
    expect(await scene.run(scene.lane)).toMatchObject({ type: 'later' })
    await scene.callPerson()
    await expectTakenOver(scene)
    expect(scene.asks()).toBe(1)
  },
)

test('an answer that is written, and waits for the platform to take it, is not posted any more', async () => {
  const scene = await createScene(async () => ({ text: WHOLE }))
  scene.screen.fail('platform-busy')
  expect(await scene.run(scene.lane)).toMatchObject({ type: 'later' })
  await scene.callPerson()
  await hurry(scene.store)
  await scene.run(scene.lane)
  await expectTakenOver(scene)
  expect(scene.asks()).toBe(1)
})

test('an apology that the platform has not taken yet is not made once a person has the case', async () => {
  const scene = await createScene(async (_request, show) => {
    show(HALF)
    await half(scene)
    const say = { ko: '', en: '' }
    throw new BotError('model-error', { retryable: false, say, hint: 'h' })
  })
  scene.screen.fail('platform-busy')
  expect(await scene.run(scene.lane)).toMatchObject({ type: 'later' })
  expect((await scene.turnOf(scene.lane))['facts']).toHaveProperty('owed')
  await scene.callPerson()
  await hurry(scene.store)
  await scene.run(scene.lane)
  await expectTakenOver(scene)
  expect(scene.asks()).toBe(1)
})

test('what they were told of the wait for an answer is taken away', async () => {
  const scene = await createScene(async () => ({ text: WHOLE }))
  const { store, screen } = scene
  await store.db.query(`update inbox set created_at = created_at - interval '10 seconds' where lane = $1`, [
    scene.lane,
  ])
  await tellWaiting({
    ...{ ...store, outbounds: { slack: screen.outbound }, owner: 'w1', concurrency: 2 },
    ...{ isModelAway: () => true, clock: realClock, log: SILENT },
  })
  expect(screen.texts()).toEqual(['네.', expect.stringContaining('늦어지고')])
  await scene.callPerson()
  await expectTakenOver(scene)
  expect(screen.texts().join()).not.toContain('늦어지고')
  expect(scene.asks()).toBe(0)
})

test('the last attempt fails in silence, and the question reaches the person', async () => {
  const scene = await createScene(async () => {
    throw new Error('the model stumbled')
  })
  for (let n = 0; n < 3; n++) {
    await scene.run(scene.lane)
    await hurry(scene.store)
  }
  scene.write = async () => {
    await scene.callPerson()
    throw new Error('the model stumbled')
  }
  expect(await scene.run(scene.lane)).toEqual({ type: 'done' })
  await expectTakenOver(scene)
})

test.each(['before the person was called', 'after'] as const)(
  'what a worker leaves behind that dies, its lease ended %s, is taken away',
  async (when) => {
    const { write, goOn } = halfShown()
    const scene = await createScene(write)
    const dying = scene.run(scene.lane)
    await half(scene)
    const endLease = () =>
      scene.store.db.query(`update lanes set lease_until = now() - interval '1 second' where lane = $1`, [
        scene.lane,
      ])
    if (when === 'before the person was called') await endLease()
    await scene.callPerson()
    if (when === 'after') await endLease()
    // The queue brings it to another worker, for the model, as if nothing had happened.
    expect(await scene.other.run(scene.lane)).toEqual({ type: 'done' })
    await scene.other.run(scene.lane, 'relay')
    await scene.settle()
    await scene.other.run(scene.lane, 'relay')
    goOn()
    await dying
    await expectTakenOver(scene)
    expect(scene.asks()).toBe(1)
  },
)

const WORDS = { kind: 'person', queue: 'relay' } as const

test('who asks for a person in words waits for no answer that has to be tried again', async () => {
  const scene = await createScene(async (_request, show) => {
    show(HALF)
    await half(scene)
    throw new Error('the model stumbled')
  })
  expect(await scene.run(scene.lane)).toMatchObject({ type: 'later' })
  await scene.say(scene.lane, '상담원 연결해 주세요', WORDS)
  await scene.run(scene.lane, 'relay')
  await expectTakenOver(scene)
  expect(scene.asks()).toBe(1)
})

test('nor for one whose worker has died', async () => {
  const { write, goOn } = halfShown()
  const scene = await createScene(write)
  const dying = scene.run(scene.lane)
  await half(scene)
  await scene.store.db.query(`update lanes set lease_until = now() - interval '1 second' where lane = $1`, [
    scene.lane,
  ])
  await scene.say(scene.lane, '상담원 연결해 주세요', WORDS)
  await scene.other.run(scene.lane, 'relay')
  goOn()
  await dying
  await expectTakenOver(scene)
  expect(scene.asks()).toBe(1)
})

test('where there is no person the answer is tried again all the same', async () => {
  let isAway = true
  const scene = await createScene(async () => {
    if (isAway) throw new Error('the model stumbled')
    return { text: WHOLE }
  })
  await scene.store.settings.set(WORKSPACE, null, 'staffChannel', null, 'U9')
  expect(await scene.run(scene.lane)).toMatchObject({ type: 'later' })
  await scene.say(scene.lane, '상담원 연결해 주세요', WORDS)
  await scene.run(scene.lane, 'relay')
  isAway = false
  await hurry(scene.store)
  await scene.run(scene.lane)
  expect(scene.screen.texts()).toEqual(['네.', CUSTOMER.nobody.ko, WHOLE])
})

test.each(['a press', 'a word of staff’s'] as const)(
  'a case that %s opens again while the bot answers is the person’s at once',
  async (what) => {
    const { write } = halfShown()
    const scene = await createScene(write)
    await scene.callPerson()
    await scene.settle()
    await scene.press('resolve')
    const copies = forStaff(scene).length
    // Told by name, the bot answers again.
    await scene.say(scene.lane, QUESTION, { isTold: true })
    const answering = scene.run(scene.lane)
    await half(scene)
    if (what === 'a press') await scene.press('reopen')
    else await scene.staffWrites('제가 확인해 볼게요.')
    await scene.renew()
    await answering
    await scene.settle()
    expect(scene.screen.texts().join('\n')).not.toContain(HALF)
    expect(
      forStaff(scene)
        .slice(copies)
        .filter((text) => text.includes(QUESTION)),
    ).toHaveLength(1)
    const { status } = (
      await scene.store.db.query<{ status: string }>('select status from tickets where lane = $1', [
        scene.lane,
      ])
    )[0]!
    expect(status).toBe(what === 'a press' ? 'open' : 'waiting-staff')
  },
)

test.each(['resolve', 'hand-back', 'spam'] as const)('after %s the bot answers again', async (verb) => {
  const scene = await createScene(async () => ({ text: WHOLE }))
  await scene.callPerson()
  await scene.settle()
  expect(scene.asks()).toBe(0)
  await scene.press(verb)
  await scene.say(scene.lane, QUESTION, { isTold: true })
  await scene.run(scene.lane)
  expect(scene.screen.texts()).toContain(WHOLE)
})

test('what slipped in beside the hand-over goes to the person all the same', async () => {
  const scene = await createScene(async () => ({ text: WHOLE }))
  await scene.callPerson()
  await scene.settle()
  const source = await scene.say(scene.lane, '주문 번호는 A-1이에요')
  // As it was read by who took it in a moment before.
  await scene.store.db.query(`update inbox set kind = 'answer', queue = 'chat' where source = $1`, [source])
  await scene.run(scene.lane, 'relay')
  await scene.settle()
  expect(forStaff(scene).at(-1)).toContain('A-1')
  expect(scene.screen.texts()).not.toContain(WHOLE)
})

test.each(['before', 'while', 'after'] as const)(
  'that the bot calls a person %s one has the case is nothing that staff read',
  async (when) => {
    const scene = await createScene(async () => ({ text: WHOLE }))
    const { store, lane } = scene
    await scene.run(lane)
    const { id } = await scene.turnOf(lane)
    const callByBot = () =>
      store.inbox.receive(
        { workspace: WORKSPACE, audience: `${WORKSPACE}:C1`, source: `handover:${lane}`, author: MINJI },
        {
          ...{ type: 'enqueue', lane, kind: 'person', queue: 'relay', ack: 'none', text: '', quietMs: 0 },
          ...{ place: scene.place(lane), isTask: true, body: { reason: 'angry', value: String(id) } },
        },
      )
    if (when === 'before') await callByBot()
    await scene.callPerson()
    await scene.settle()
    if (when === 'after') await scene.press('resolve')
    if (when !== 'before') await callByBot()
    await scene.settle()
    expect(forStaff(scene)).toEqual([])
    const open = await store.db.query(`select status from tickets where lane = $1`, [lane])
    expect(open).toEqual([{ status: 'open' }])
  },
)

test('what staff have decided to send is a person’s word, and goes out', async () => {
  const scene = await createScene(async () => ({ text: WHOLE }))
  await scene.run(scene.lane)
  scene.draft = async ({ turn, post }) => {
    if (turn.facts['decision'])
      await post.reply('answer', {}).finish({ text: '확인한 답이에요.', lang: 'ko' })
    return { type: 'done', facts: { draft: {} } }
  }
  await scene.say(scene.lane, '배송은요?', { kind: 'draft' })
  await scene.run(scene.lane)
  const { id } = await scene.turnOf(scene.lane)
  await scene.callPerson()
  await scene.store.answers.decide(WORKSPACE, String(id), {
    ...{ verb: 'send', text: null, by: 'U5', byName: 'Alex', press: '1' },
  })
  await scene.settle()
  expect(scene.screen.texts()).toContain('확인한 답이에요.')
})
