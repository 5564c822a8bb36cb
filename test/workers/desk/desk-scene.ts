// A case that somebody's question has opened, on a real store: the customer, staff and the clock can go on from there.
import type { Mention } from '../../../src/core/inbound.ts'
import { createDesk } from '../../../src/desk.ts'
import { linkTo } from '../../../src/platforms.ts'
import { realClock } from '../../../src/real-clock.ts'
import type { Store } from '../../../src/store/store.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, MINJI, type Rig, WORKSPACE } from '../rig.ts'
import { UNCORRECTED, UNTRANSLATED } from '../untranslated.ts'

export const AGENT = { ...MINJI, id: 'U5', name: 'Alex' }
let staffChannels = 0

export interface DeskScene extends Rig {
  staffLane: string
  /** The ticket as it is kept. */
  row(): Promise<Record<string, unknown>>
  /** The clock stands there, and what is due by then happens; how much that was. */
  at(moment: string): Promise<number>
  staffWrites(text: string): Promise<void>
  customerWrites(text: string): Promise<void>
  /** A button on the card. */
  press(verb: string): Promise<void>
  /** The ticket command, in the thread of the card; what its user is told. */
  command(
    action: string,
    value?: string,
    more?: { number?: number; author?: typeof AGENT; mentions?: readonly Mention[] },
  ): Promise<string>
  said(text: string | RegExp): string[]
}

export interface Time {
  now: number
}

export async function createDeskScene(
  store: Store,
  time: Time,
  customer = MINJI,
  translate = UNTRANSLATED,
): Promise<DeskScene> {
  const screen = createScreen()
  const woken: string[] = []
  const desk = createDesk({
    ...{ store, platforms: { linkTo, outbounds: {} }, clock: { ...realClock, now: () => time.now } },
    model: createTestModel(() => ({ text: 'ko: 환불 문의\nen: Refund\n**Category:** return' })),
    translate,
    correct: UNCORRECTED,
    reads: async () => undefined,
    queue: { wake: async (_queue, { lane }) => void woken.push(lane) },
  })
  const rig = createRig(store, desk.handlers, screen)
  const staffChannel = `CT${++staffChannels}`
  await store.settings.set(WORKSPACE, null, 'staffChannel', staffChannel, 'U9')
  const settle = async (): Promise<void> => {
    for (let lane = woken.shift(); lane !== undefined; lane = woken.shift()) {
      await rig.run(lane, 'batch')
      for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
    }
  }
  const row = async (): Promise<Record<string, unknown>> =>
    (
      await store.db.query<Record<string, unknown>>(
        'select * from tickets where lane = $1 order by id desc',
        [rig.lane],
      )
    )[0]!
  await rig.say(rig.lane, '상담원 연결해 주세요', { kind: 'person', queue: 'relay', author: customer })
  await rig.run(rig.lane, 'relay')
  await settle()
  const staffLane = String((await row())['staff_lane'])
  const thread = staffLane.slice(staffLane.lastIndexOf(':') + 1)
  const place = { ...rig.place(thread), channel: staffChannel }
  let commands = 0
  return {
    ...rig,
    staffLane,
    row,
    async at(moment) {
      time.now = Date.parse(moment)
      const count = await desk.ring()
      await settle()
      return count
    },
    async staffWrites(text) {
      await rig.say(staffLane, text, { author: AGENT, place })
      await rig.run(staffLane, 'relay')
      await settle()
    },
    async customerWrites(text) {
      await rig.say(rig.lane, text, { author: customer })
      await rig.run(rig.lane, 'relay')
      await settle()
    },
    async press(verb) {
      const { id } = await row()
      const lane = `ticket:${String(id)}`
      const body = { id: String(id), verb, isByStaff: true }
      await rig.say(lane, '', { kind: 'ticket-decision', queue: 'relay', body, author: AGENT, place })
      for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
      await settle()
    },
    async command(action, value = '', { number, author = AGENT, mentions } = {}) {
      const lane = `cmd:${rig.lane}:${++commands}`
      const body = {
        action,
        number: number ?? null,
        lang: 'ko',
        isPrivate: true,
        ...(mentions ? { mentions } : {}),
      }
      const at = author === AGENT ? place : rig.place(rig.lane)
      await rig.say(lane, value, { kind: 'ticket-command', queue: 'relay', body, author, place: at })
      const before = screen.shown().length
      await rig.run(lane, 'relay')
      const told = screen
        .shown()
        .slice(before)
        .find(({ slot }) => slot.startsWith('say'))!.content.text
      await settle()
      return told
    },
    said: (text) =>
      screen.texts().filter((one) => (typeof text === 'string' ? one.includes(text) : text.test(one))),
  }
}
