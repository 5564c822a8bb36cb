// A suggested reply: from pages that the customer may see, or else from the conversation and saying so; for staff to send.
import { expect, test } from 'vitest'
import type { Turn } from '../../../src/core/turn.ts'
import type { Finding } from '../../../src/knowledge/model.ts'
import type { Ground } from '../../../workers/knowledge/grounding.ts'
import { useStore } from '../rig.ts'
import { openStaffScene } from './staff-scene.ts'

const storeOf = useStore()

const page = {
  chunk: {
    ...{
      id: '1',
      document: '1',
      title: '환불 안내',
      headings: [],
      text: '환불은 사흘 걸려요.',
      translation: null,
    },
    url: null,
  },
} as unknown as Finding
const PAGES: Ground = { type: 'passages', passages: [page], facts: {} }

test('is drawn up from what the customer may see, and shows where it is from', async () => {
  const asked: { turn: Turn; text: string }[] = []
  const scene = await openStaffScene(storeOf(), {
    model: () => '환불은 사흘 걸려요. [1]',
    help: {
      ground: async (turn, text) => {
        asked.push({ turn, text })
        return PAGES
      },
    },
  })
  await scene.customerSays('주문 번호는 A-1이에요.')
  await scene.press('suggest', (await scene.ticket()).id, {}, 'chat')
  const preview = scene.screen.shown().at(-1)!.content
  expect(preview.text).toContain('> 환불은 사흘 걸려요.')
  expect(preview.notes?.join()).toContain('환불 안내')
  expect(asked[0]).toMatchObject({
    text: expect.stringContaining('A-1'),
    turn: { audience: 'slack:T1:C1', author: { id: 'U1', isAdmin: false }, place: { channel: 'C1' } },
  })
  expect(scene.asked.at(-1)!.user.text).toContain('Customer: 주문 번호는 A-1이에요.')
  expect(scene.seenBy('customer').join()).not.toContain('사흘')
  await scene.press('send')
  // Which page it is from is for staff.
  expect(scene.seenBy('customer').at(-1)).toMatch(/환불은 사흘 걸려요\.$/)
})

test('a page in the customer’s language that only sounds like it hides none in the other', async () => {
  const sounds = {
    chunk: { ...page.chunk, id: '2', title: '환불 이벤트', text: '환불 이벤트예요.' },
  } as Finding
  const english = { chunk: { ...page.chunk, id: '3', title: 'Refunds', text: 'It takes 3 days.' } } as Finding
  const asked: boolean[] = []
  const scene = await openStaffScene(storeOf(), {
    model: ({ user }) => (user.text.includes('title="Refunds') ? '사흘 걸려요. [1]' : 'NO_ANSWER'),
    help: {
      ground: async (_turn, _text, _signal, isAgain = false) => {
        asked.push(isAgain)
        return { ...PAGES, passages: isAgain ? [english, sounds] : [sounds] }
      },
    },
  })
  await scene.press('suggest', (await scene.ticket()).id, {}, 'chat')
  const preview = scene.screen.shown().at(-1)!.content
  expect(preview.text).toContain('> 사흘 걸려요.')
  expect(preview.notes?.join()).toContain('Refunds')
  expect(asked).toEqual([false, true])
})

test.each([
  ['nothing is found', { type: 'no-evidence', facts: {} } as Ground],
  ['the pages do not bear it out', PAGES],
])('where %s it is from the conversation alone, says so, and leads nowhere', async (_, found) => {
  const scene = await openStaffScene(storeOf(), {
    model: ({ user }) =>
      user.text.includes('<passage') ? '지어낸 말' : '확인해 볼게요. https://evil.example',
    help: { ground: async () => found },
  })
  await scene.press('suggest', (await scene.ticket()).id, {}, 'chat')
  const { text, notes } = scene.screen.shown().at(-1)!.content
  expect(text).toContain('> 확인해 볼게요.')
  expect(text).not.toMatch(/지어낸|evil/)
  expect(notes?.join()).toContain('from the conversation alone')
})

test('internal notes never reach the model, and staff read it in their language too', async () => {
  const scene = await openStaffScene(storeOf(), {
    model: () => '확인해 볼게요.',
    help: {
      translate: async ({ text, to }) => ({
        ...{ outcome: 'translated', translation: `(${to}) ${text}`, from: 'ko', to, flags: [], retries: 0 },
        memory: null,
      }),
    },
  })
  const { staffLane, staffPlace, id } = await scene.ticket()
  const place = { ...staffPlace, thread: staffLane!.slice(staffLane!.lastIndexOf(':') + 1) }
  for (const text of ['// VIP이니 먼저 처리', '곧 확인할게요.']) {
    await scene.say(staffLane!, text, { kind: 'relay', queue: 'relay', place })
    await scene.run(staffLane!, 'relay')
  }
  await scene.press('suggest', id, {}, 'chat')
  const request = scene.asked.at(-1)!
  expect(request.user.text).toContain('Agent: 곧 확인할게요.')
  expect(request.user.text).not.toContain('VIP')
  expect(scene.screen.texts().at(-1)).toContain('> (en) 확인해 볼게요.')
  await scene.press('send')
  expect(scene.seenBy('customer').at(-1)).not.toContain('(en)')
})
