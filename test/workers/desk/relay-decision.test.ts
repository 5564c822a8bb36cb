// A translation of staff's own words is pressed on a moment before its turn is through.
import { expect, test } from 'vitest'
import type { KeptAnswer } from '../../../src/core/answers.ts'
import { createForms } from '../../../src/forms.ts'
import { createRelayDecision } from '../../../workers/desk/relay-decision.ts'
import type { RelayDeps } from '../../../workers/desk/relay-translation.ts'
import { contextOf } from '../context.ts'
import { ALEX } from './staff-scene.ts'

const PLACE = { platform: 'slack', workspace: 'slack:T1', channel: 'CSTAFF', thread: '1' } as const
const shown = { turn: '5', kind: 'relay', question: '내일 보내 드릴게요.', facts: {}, isOpen: true }
const answersOf = (change: Partial<KeptAnswer>) => ({
  find: async () => ({ ...shown, ...change }) as KeptAnswer,
  isStaff: async () => true,
})

test.each([
  ['while it runs', { isOpen: true }, '아직 쓰고 있어요. 잠시 뒤 다시 눌러 주세요.'],
  [
    'once its words are gone',
    { question: '' },
    '질문이 지워졌거나 보관 기간이 지나서 더는 처리할 수 없어요.',
  ],
])('Correct opens no form %s, and says why', async (_when, change, refusal) => {
  const open = createForms({
    answers: answersOf(change),
    replies: { find: async () => null },
    proposals: { find: async () => null },
    settingsOf: () => contextOf({}).turn.settings,
    mask: (text) => text,
  })
  const by = { workspace: 'slack:T1', audience: '', place: PLACE, author: ALEX }
  expect(await open({ what: 'relay', id: '5' }, by, 'ko')).toEqual({ refusal })
})

test.each([
  [true, /^고친 번역을 고객님께 보낼게요\.$/],
  [false, /기억해 두지는 않았어요/],
])('whoever corrects is told whether it is remembered: %s', async (isKept, told) => {
  const { turn, ...rest } = contextOf({ settings: { staffChannel: 'CSTAFF' } })
  const body = { isByStaff: true, verb: 'edit', id: '5', text: 'We will send it tomorrow.' }
  const messages = [{ source: 's', text: '', body }] as unknown as typeof turn.messages
  const relay = { of: 'h', from: 'ko', to: 'en', text: 'Tomorrow.', flags: [] }
  const ticket = {
    id: '1',
    workspace: 'slack:T1',
    place: PLACE,
    staffPlace: PLACE,
    customer: 'U1',
    audience: '',
  }
  const noted: unknown[] = []
  const handler = createRelayDecision({
    answers: {
      ...answersOf({ isOpen: false, facts: { relay } }),
      note: async (...what: unknown[]) => noted.push(what),
      rerun: async () => 'lane',
    },
    wake: async () => undefined,
    tickets: { ofLane: async () => ({ ticket, side: 'staff' }) },
    people: { toneFor: async () => 'polite' },
    correct: async () => isKept,
  } as unknown as RelayDeps)
  await handler({ ...rest, turn: { ...turn, messages } })
  expect(noted).toHaveLength(1)
  expect(rest.said.map(({ text }) => text)).toEqual([expect.stringMatching(told)])
})

test('Send waits until it is through, and is refused where nothing was translated', async () => {
  const press = (change: Partial<KeptAnswer>) => {
    const { turn, ...rest } = contextOf({ settings: { staffChannel: 'CSTAFF' } })
    const message = { source: 's', text: '', body: { isByStaff: true, verb: 'send', id: '5' } }
    const messages = [message] as unknown as typeof turn.messages
    const handler = createRelayDecision({ answers: answersOf(change) } as unknown as RelayDeps)
    return handler({ ...rest, turn: { ...turn, messages } }).then(() => rest.said.map(({ text }) => text))
  }
  await expect(press({})).rejects.toMatchObject({ code: 'desk-not-ready', retryable: true })
  expect(await press({ isOpen: false })).toEqual(['원문이 지워졌거나 보관 기간이 지났어요.'])
})
