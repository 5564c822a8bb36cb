// Somebody asks for a person: staff can find what it is about, and nobody is promised what will not happen.
import { expect, test } from 'vitest'
import { createDesk } from '../../../src/desk.ts'
import { createForgetting } from '../../../src/forgetting.ts'
import { linkTo } from '../../../src/platforms.ts'
import { realClock } from '../../../src/real-clock.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { CUSTOMER, STAFF } from '../../../workers/desk/desk-words.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, hurry, MINJI, type Rig, useStore, WORKSPACE } from '../rig.ts'
import { UNCORRECTED, UNTRANSLATED } from '../untranslated.ts'

const storeOf = useStore()
const MINSU = { ...MINJI, id: 'U7', name: '민수 [여기](https://evil.example)' }
let channels = 0

interface Scene extends Rig {
  ask(text: string, more?: object): Promise<void>
  /** All that was woken. */
  settle(): Promise<void>
  ticket(): Promise<Record<string, unknown>>
  /** What the model was given to sum up. */
  summed(): string[]
}

async function createScene(hasStaff = true): Promise<Scene> {
  const store = storeOf()
  const screen = createScreen()
  const woken: string[] = []
  const model = createTestModel(({ system }) =>
    system[0]!.startsWith('You summarise')
      ? { text: '**ko:** 환불을 기다려요. https://evil.example 을 보세요\nen: Waits for a refund.' }
      : { text: '사흘 걸려요.' },
  )
  const desk = createDesk({
    ...{ store, model, clock: realClock, platforms: { linkTo, outbounds: {} } },
    ...{ store, model, platforms: { linkTo, outbounds: {} } },
    translate: UNTRANSLATED,
    correct: UNCORRECTED,
    reads: async () => undefined,
    queue: { wake: async (_queue, { lane }) => void woken.push(lane) },
  })
  const answer = createAnswer({ model, botName: () => '도우미', retentionDays: 90 })
  const rig = createRig(store, { answer, ...desk.handlers }, screen)
  const staff = hasStaff ? `CSTAFF${++channels}` : null
  await store.settings.set(WORKSPACE, null, 'staffChannel', staff, 'U9')
  return {
    ...rig,
    async ask(text, more = {}) {
      await rig.say(rig.lane, text, more)
      await rig.run(rig.lane)
      for (let n = 0; n < 2; n++) await rig.run(rig.lane, 'relay')
    },
    async settle() {
      for (let lane = woken.shift(); lane !== undefined; lane = woken.shift()) {
        await rig.run(lane, 'batch')
        for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
      }
    },
    async ticket() {
      const rows = await store.db.query<Record<string, unknown>>('select * from tickets where lane = $1', [
        rig.lane,
      ])
      return rows[0] ?? {}
    },
    summed: () =>
      model.asked.filter(({ system }) => system[0]!.startsWith('You summarise')).map(({ user }) => user.text),
  }
}

const PERSON = { kind: 'person', queue: 'relay', author: MINSU } as const

test('the card says who asks for what, in words that lead nowhere, and the customer is told once it stands', async () => {
  const scene = await createScene()
  await scene.ask('환불은 며칠 걸려요?', { author: MINSU })
  await scene.ask('상담원 연결해 주세요', PERSON)
  expect(scene.screen.texts().join()).not.toContain('담당자에게')
  await scene.settle()
  const card = scene.screen.shown().find(({ slot }) => slot === 'ticket.0')!.content
  expect(card.text).toContain('민수 \\[여기\\](https://evil.example)')
  expect(card.text).toContain('> 환불은 며칠 걸려요?')
  expect(card.text).toMatch(/> 환불을 기다려요\.(?!.*evil)[\s\S]*> Waits for a refund\./u)
  const told = scene.screen.shown().filter(({ slot }) => slot === 'told')
  expect(told.map(({ content }) => content.text)).toEqual([
    CUSTOMER.connected({ number: Number((await scene.ticket())['number']) }).ko,
  ])
  expect(await scene.turnOf(scene.lane)).toMatchObject({
    facts: { handover: { reason: 'words', turn: null, isTold: true } },
  })
})

test.each([
  ['환불은 며칠\n걸려요?', '상담원 연결해 주세요', /^상담 #\d+$/],
  ['How long does a refund take?', 'Talk to a person please', /^Case #\d+$/],
  [null, '상담원 연결해 주세요', /^상담 #\d+$/],
])(
  'the thread of the card is called by number, in their language, and by none of their words (%s)',
  async (asked, call, title) => {
    const scene = await createScene()
    if (asked) await scene.ask(asked, { author: MINSU })
    await scene.ask(call, PERSON)
    await scene.settle()
    for (const thread of ['how', 'told'])
      expect(scene.screen.posts.find(({ slot }) => slot === thread)?.title).toMatch(title)
  },
)

test('the card names the files that were sent before', async () => {
  const scene = await createScene()
  const picture = { id: 'F1', name: '상자 [1].png', mime: 'image/png', bytes: 9, url: 'https://files/1' }
  await scene.ask('이렇게 왔어요', { author: MINSU, body: { attachments: [picture], room: 'thread' } })
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  const card = scene.screen.shown().find(({ slot }) => slot === 'ticket.0')!.content
  expect(card.text).toContain('- 파일 · Files: 상자 \\[1\\].png')
})

test('the model sums up what was said, with the answer whose button they pressed in another place', async () => {
  const scene = await createScene()
  const elsewhere = `cmd:${scene.lane}`
  await scene.say(elsewhere, '환불은 며칠 걸려요?', { author: MINSU, place: scene.place(scene.lane) })
  await scene.run(elsewhere)
  const { id } = await scene.turnOf(elsewhere)
  await scene.ask('', { ...PERSON, body: { value: String(id) } })
  await scene.settle()
  expect(scene.summed()).toEqual(['Customer: 환불은 며칠 걸려요?\nBot: 사흘 걸려요.'])
  await scene.ask('아직 안 왔어요.', { author: MINSU })
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  expect(scene.summed().at(-1)).toBe(
    'Customer: 아직 안 왔어요.\nBot: 사흘 걸려요.\nCustomer: 상담원 연결해 주세요',
  )
})

test('who presses the button before the answer is written down is still taken for who speaks the question’s language', async () => {
  const scene = await createScene()
  const author = { ...MINSU, locale: null }
  await scene.ask('How long does a refund take?', { author })
  const { id } = await scene.turnOf(scene.lane)
  await scene.store.db.query('update turns set answer_lang = null where id = $1::bigint', [id])
  await scene.ask('', { ...PERSON, author, body: { value: String(id) } })
  expect(await scene.ticket()).toMatchObject({ lang: 'en' })
})

test('of who is forgotten before the model had time nothing is left to sum up', async () => {
  const scene = await createScene()
  const { db } = scene.store
  const author = { ...MINSU, id: 'UGONE' }
  await scene.ask('zqquestion 환불은 며칠 걸려요?', { author })
  await scene.ask('zqcall 상담원 연결해 주세요', { ...PERSON, author })
  const { id } = await scene.ticket()
  const waiting = `select state from inbox where lane = 'ticket-summary:${String(id)}'`
  expect(await db.query(waiting)).toEqual([{ state: 'pending' }])
  const forget = createForgetting({ db, store: scene.store, wake: async () => undefined })
  await forget(WORKSPACE, author.id, null)
  for (const table of ['inbox', 'turns', 'tickets'])
    expect(
      await db.query(`select to_jsonb(t) as row from ${table} t where to_jsonb(t)::text like '%zq%'`),
    ).toEqual([])
  await scene.settle()
  expect(scene.summed()).toEqual([])
})

test('without a staff channel they are told so, and the bot goes on answering', async () => {
  const scene = await createScene(false)
  await scene.ask('상담원 연결해 주세요', PERSON)
  expect(scene.screen.texts()).toEqual([CUSTOMER.nobody.ko])
  expect(await scene.turnOf(scene.lane)).toMatchObject({ facts: { handover: { isTold: false } } })
  await scene.ask('환불되나요?', { author: MINSU })
  expect(scene.screen.texts()).toContain('사흘 걸려요.')
})

test.each(['place-gone', 'place-forbidden'])(
  'where the staff channel takes no card (%s) nobody is promised',
  async (code) => {
    const scene = await createScene()
    await scene.ask('상담원 연결해 주세요', PERSON)
    scene.screen.fail(code, 1, { retryable: false })
    await scene.settle()
    expect(scene.screen.texts()).toEqual([CUSTOMER.nobody.ko])
    expect(await scene.ticket()).toMatchObject({ status: 'closed' })
    await scene.ask('환불되나요?', { author: MINSU })
    expect(scene.screen.texts()).toContain('사흘 걸려요.')
  },
)

test('what waits in the conversation goes to the person, and the bot asks no model', async () => {
  const scene = await createScene()
  await scene.say(scene.lane, '상담원 연결해 주세요', PERSON)
  await scene.say(scene.lane, '주문 번호는 A-1이에요', { author: MINSU })
  await scene.run(scene.lane, 'relay')
  await scene.settle()
  await scene.run(scene.lane, 'relay')
  expect(scene.screen.texts().filter((text) => text.includes('A-1'))).toHaveLength(1)
  expect(scene.screen.texts().join()).not.toContain('사흘 걸려요')
})

test('staff hear of it when the customer has left', async () => {
  const scene = await createScene()
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  const staffLane = String((await scene.ticket())['staff_lane'])
  const place = { ...scene.place(scene.lane), channel: `CSTAFF${channels}` }
  scene.screen.outbound.hasLeft = async (_place, person) => person === MINSU.id
  await scene.say(staffLane, '확인했어요.', { author: MINJI, place })
  await scene.run(staffLane, 'relay')
  expect(scene.screen.texts()).toContain(STAFF.left.ko)
  expect(scene.screen.texts().join()).toContain('확인했어요.')
})

test('staff hear of it when what they write cannot be delivered', async () => {
  const scene = await createScene()
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  const staffLane = String((await scene.ticket())['staff_lane'])
  const note = { author: MINJI, place: { ...scene.place(scene.lane), channel: `CSTAFF${channels}` } }
  await scene.say(staffLane, '// 먼저 처리할 것', note)
  await scene.run(staffLane, 'relay')
  expect(scene.screen.texts().join()).not.toContain('먼저 처리')
  await scene.say(staffLane, '확인했어요.', note)
  scene.screen.fail('place-gone', 1, { retryable: false })
  await scene.run(staffLane, 'relay')
  expect(scene.screen.texts()).toContain(STAFF.gone.ko)
  expect(await scene.ticket()).toMatchObject({ assignee: MINJI.id })
})

test('while nobody can say who reads the staff channel, the case is kept and its card waits', async () => {
  const scene = await createScene()
  const cards = () => scene.screen.shown().filter(({ slot }) => slot === 'ticket.0')
  scene.screen.outbound.readersOf = async () => 'unknown'
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  expect(cards()).toEqual([])
  expect(scene.screen.texts().join()).not.toContain('전달했어요')
  const { id, status } = await scene.ticket()
  expect(status).toBe('open')
  const lane = `ticket:${String(id)}`
  expect(await scene.turnOf(lane)).toMatchObject({ state: 'pending', attempts: 0 })
  scene.screen.outbound.readersOf = async () => 'members'
  await hurry(scene.store)
  await scene.run(lane, 'relay')
  expect(cards()).toHaveLength(1)
  expect(scene.screen.texts().join()).toContain('전달했어요')

  // Nor does what the customer writes go there then.
  const copies = () => scene.screen.shown().filter(({ slot }) => slot.startsWith('copy'))
  scene.screen.outbound.readersOf = async () => 'unknown'
  await scene.say(scene.lane, '주문번호는 77이에요', { author: MINSU })
  await scene.run(scene.lane, 'relay')
  expect(copies()).toEqual([])
  scene.screen.outbound.readersOf = async () => 'members'
  await hurry(scene.store)
  await scene.run(scene.lane, 'relay')
  expect(copies().map(({ content }) => content.text)).toEqual([expect.stringContaining('주문번호는 77')])
})

test.each(['organisations', 'everyone'] as const)(
  'a staff channel that %s can read gets no case, and the customer hears that nobody has it',
  async (readers) => {
    const scene = await createScene()
    scene.screen.outbound.readersOf = async () => readers
    await scene.ask('상담원 연결해 주세요', PERSON)
    await scene.settle()
    expect(scene.screen.shown().filter(({ slot }) => slot === 'ticket.0')).toEqual([])
    expect(scene.screen.texts()).toContain(CUSTOMER.nobody.ko)
  },
)

test('what a customer writes once others have come to read the staff channel stays with the customer, who is told', async () => {
  const scene = await createScene()
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  scene.screen.outbound.readersOf = async () => 'everyone'
  await scene.say(scene.lane, '주문번호는 77이에요', { author: MINSU })
  await scene.run(scene.lane, 'relay')
  expect(scene.screen.texts().join()).not.toContain('77')
  expect(scene.screen.texts()).toContain(CUSTOMER.notDelivered.ko)
})

test('what staff write under the card as soon as it stands is already theirs to the customer', async () => {
  const scene = await createScene()
  const staffLanes: Promise<unknown[]>[] = []
  scene.screen.left = ({ slot }) => {
    if (slot === 'told' || slot === 'how')
      staffLanes.push(
        storeOf().db.query(`select l.lane from lanes l join tickets t on t.id = l.ticket and t.staff_lane = l.lane
          where t.lane = '${scene.lane}' and l.side = 'staff'`),
      )
    return undefined
  }
  await scene.ask('상담원 연결해 주세요', PERSON)
  await scene.settle()
  expect((await Promise.all(staffLanes)).map((rows) => rows.length)).toEqual([1, 1])
})
