// Two 👎 call a person, once, and only for whoever asked.
import { expect, test } from 'vitest'
import type { KeptAnswer } from '../../../src/core/answers.ts'
import { DEFAULT_SETTINGS } from '../../../src/core/settings.ts'
import type { Ticket } from '../../../src/desk/model.ts'
import { createThumbsDown } from '../../../workers/desk/thumbs-down.ts'
import { contextOf } from '../context.ts'

const { turn } = contextOf({})
const ANSWER = {
  ...{ turn: '5', lane: 'C1:1.1', author: 'U1', audience: 'slack:T1:C1', isEphemeral: false },
  place: { platform: 'slack', workspace: 'slack:T1', channel: 'C1', thread: '1.1' },
} as KeptAnswer

interface Case {
  downs?: number
  answer?: Partial<KeptAnswer> | null
  staffChannel?: string | null
  hasCase?: boolean
}

async function calls({ downs = 2, answer = {}, staffChannel = 'CSTAFF', hasCase = false }: Case) {
  const called: unknown[] = []
  const onDown = createThumbsDown({
    answers: { find: async () => (answer === null ? null : { ...ANSWER, ...answer }) },
    tickets: { ofLane: async () => (hasCase ? { ticket: {} as Ticket, side: 'customer' as const } : null) },
    downs: async () => downs,
    settingsOf: () => ({ ...DEFAULT_SETTINGS, staffChannel }),
    handOver: async ({ id, lane }, reason, once) => void called.push({ id, lane, reason, once }),
  })
  await onDown(turn, '5')
  return called
}

test('the second calls a person to the conversation that was judged', async () => {
  expect(await calls({})).toEqual([
    { id: '5', lane: 'C1:1.1', reason: 'thumbs-down', once: 'down:C1:1.1:U1' },
  ])
})

test.each<[string, Case]>([
  ['after the first', { downs: 1 }],
  ['for what somebody else asked', { answer: { author: 'U2' } }],
  ['for what only they have seen', { answer: { isEphemeral: true } }],
  ['for what is not kept any more', { answer: null }],
  ['where there is no staff', { staffChannel: null }],
  ['where a person has the case', { hasCase: true }],
])('nobody is called %s', async (_, one) => {
  expect(await calls(one)).toEqual([])
})
