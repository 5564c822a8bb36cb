// A case that is open, with its card in the staff channel: what staff type and press there, and what both sides see.

import type { Ticket } from '../../../src/desk/model.ts'
import { createDesk } from '../../../src/desk.ts'
import type { ModelRequest } from '../../../src/llm/model.ts'
import { linkTo } from '../../../src/platforms.ts'
import { realClock } from '../../../src/real-clock.ts'
import { createStaffHelp, type StaffHelpParts } from '../../../src/staff-help.ts'
import type { Store } from '../../../src/store/store.ts'
import { createAnswer } from '../../../workers/answer.ts'
import type { Checks } from '../../../workers/knowledge/checked.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, MINJI, type Rig, WORKSPACE } from '../rig.ts'
import { UNCORRECTED, UNTRANSLATED } from '../untranslated.ts'

export const ALEX = { id: 'U9', name: 'Alex', kind: 'member', locale: 'en-US', isAdmin: false } as const

/** Everything is borne out. */
const CHECKS: Checks = {
  checkCitations: ({ text, passages }) => ({
    ...{ text, dropped: [], isSupported: text.includes('[1]') },
    cited: passages.map(({ n }) => n).slice(0, 1),
  }),
  keepHosts: (text) => text.replace(/https?:\/\/\S+/g, ''),
  keepHostsGrowing: () => (soFar) => soFar,
}

let cases = 0

export interface StaffScene extends Rig {
  staff: string
  ticket(): Promise<Ticket>
  asked: ModelRequest[]
  /** In the thread of the card. */
  command(kind: string, text: string, body?: Record<string, unknown>, queue?: 'relay' | 'chat'): Promise<void>
  /** `reply` buttons and forms; the id of the newest preview unless given. */
  press(verb: string, id?: string, body?: Record<string, unknown>, queue?: 'relay' | 'chat'): Promise<void>
  customerSays(text: string): Promise<void>
  settle(): Promise<void>
  /** What stands with the customer, and what with staff. */
  seenBy(who: 'customer' | 'staff'): string[]
}

export async function openStaffScene(
  store: Store,
  {
    lang = 'ko',
    question = lang === 'ko' ? '환불은 언제 되나요?' : 'When do I get my refund?',
    summary = 'ko: 요약\nen: A summary',
    model: says = () => '',
    help = {},
  }: {
    lang?: 'ko' | 'en'
    question?: string
    summary?: string
    model?: (request: ModelRequest) => string
    help?: Partial<StaffHelpParts>
  } = {},
): Promise<StaffScene> {
  const screen = createScreen()
  const woken: string[] = []
  const model = createTestModel((request) => ({
    text: request.system[0]!.startsWith(
      'You summarise a customer support conversation for the person who takes',
    )
      ? summary
      : says(request),
  }))
  const parts = {
    ...{
      store,
      model,
      clock: realClock,
      platforms: { linkTo, outbounds: {} },
      translate: UNTRANSLATED,
      correct: UNCORRECTED,
      reads: async () => undefined,
    },
    queue: { wake: async (_queue: string, { lane }: { lane: string }) => void woken.push(lane) },
  }
  const desk = createDesk(parts)
  const answer = createAnswer({ model, botName: () => '도우미', retentionDays: 90 })
  const rig = createRig(
    store,
    {
      answer,
      ...desk.handlers,
      ...createStaffHelp({ store, model, desk: desk.deps, checks: CHECKS, collection: 'answers', ...help }),
    },
    screen,
  )
  const staff = `CSTAFFH${++cases}`
  await store.settings.set(WORKSPACE, null, 'staffChannel', staff, 'U9')
  const { tickets } = desk.deps
  const settle = async (): Promise<void> => {
    for (let lane = woken.shift(); lane !== undefined; lane = woken.shift()) {
      await rig.run(lane, 'batch')
      for (let n = 0; n < 3; n++) await rig.run(lane, 'relay')
    }
  }
  const minji = { ...MINJI, locale: lang === 'ko' ? 'ko-KR' : 'en-US' }
  const customerSays = async (text: string): Promise<void> => {
    await rig.say(rig.lane, text, { author: minji })
    await rig.run(rig.lane)
    await rig.run(rig.lane, 'relay')
    await settle()
  }
  const ticket = async (): Promise<Ticket> => (await tickets.ofLane(WORKSPACE, rig.lane))!.ticket
  await rig.say(rig.lane, question, {
    ...{ kind: 'person', queue: 'relay', author: minji },
  })
  await rig.run(rig.lane, 'relay')
  await settle()
  const opened = await ticket()
  const thread = opened.staffLane!.slice(opened.staffLane!.lastIndexOf(':') + 1)
  const place = { platform: 'slack' as const, workspace: WORKSPACE, channel: staff, thread }
  let acts = 0
  const act = async (kind: string, more: object, queue: 'relay' | 'chat'): Promise<void> => {
    const lane = `cmd:${staff}:${++acts}`
    await rig.say(lane, '', { kind, queue, author: ALEX, place, source: lane, ...more })
    await rig.run(lane, queue)
    await settle()
  }
  const newest = async (): Promise<string> =>
    (
      await store.db.query<{ turn: string }>(
        `select turn from staff_replies where ticket = $1::bigint order by turn::bigint desc limit 1`,
        [opened.id],
      )
    )[0]!.turn
  return {
    ...rig,
    ...{ staff, ticket, asked: model.asked, settle, customerSays },
    command: (kind, text, body = {}, queue = 'relay') =>
      act(kind, { text, body: { isPrivate: true, ...body } }, queue),
    async press(verb, id, body = {}, queue = 'relay') {
      const kind = verb === 'send' || verb === 'edit' ? 'reply-decision' : 'staff-help'
      await act(
        kind,
        { body: { verb, id: id ?? (await newest()), isByStaff: true, ...body }, handle: 'h' },
        queue,
      )
    },
    seenBy: (who) =>
      screen
        .shown()
        .filter((_, at) => (channelAt(screen, at) === staff) === (who === 'staff'))
        .map(({ content }) => content.text),
  }
}

/** Posts and what is shown are in the same order, one each. */
function channelAt(screen: ReturnType<typeof createScreen>, at: number): string {
  const ids = new Map<string, string>()
  for (const post of screen.posts) ids.set(post.key, post.place.channel)
  return [...ids.values()][at] ?? ''
}
