// Staff write to the customer and note something for each other in one message: the customer never sees the note, neither
// in a translation nor behind a button.
import { expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import { createConversation } from '../../../src/desk/conversation.ts'
import { createTickets } from '../../../src/desk/tickets.ts'
import { rulesFrom } from '../../../src/desk/times.ts'
import type { Translate } from '../../../src/translation/model.ts'
import { MINJI, useStore, WORKSPACE } from '../rig.ts'
import { createDeskScene } from './desk-scene.ts'

const storeOf = useStore()
const DAVE = { ...MINJI, id: 'U41', name: 'Dave', locale: 'en-US' }

test('a note beside an answer is kept, and leaves in no form', async () => {
  const store = storeOf()
  const time = { now: Date.parse('2026-12-01T10:00+09:00') }
  const asked: string[] = []
  let isAway = false
  const translate: Translate = async ({ text, to }) => {
    asked.push(text)
    if (isAway) {
      isAway = false
      throw new BotError('model-busy', { retryable: false, say: { ko: '', en: '' }, hint: '' })
    }
    const made = to === 'en' ? `<en>${text}</en>` : text
    return {
      ...{ outcome: 'translated', translation: made, from: 'ko', to, flags: [], retries: 0, memory: null },
    }
  }
  const scene = await createDeskScene(store, time, DAVE, translate)
  await store.db.query(`update tickets set lang = 'en' where id = $1::bigint`, [(await scene.row())['id']])
  await scene.staffWrites('확인해 볼게요.\n// 거짓말 같음')
  expect(asked).toContain('확인해 볼게요.')
  expect(scene.said('<en>확인해 볼게요.</en>').length).toBeGreaterThan(0)
  const { buttons = [] } = scene.screen
    .shown()
    .find(({ slot, content }) => slot === 'copy.0' && content.text.includes('<en>'))!.content
  const [button] = buttons
  const copy = scene.screen.posts.findLast(({ slot }) => slot === 'copy.0')!
  const { id: message } = (
    await store.db.query<{ id: string }>('select platform_id as id from posts where key = $1', [copy.key])
  )[0]!
  const lane = `original:${scene.lane}`
  const body = { value: button!.value, message }
  await scene.say(lane, '', { kind: 'original', queue: 'relay', author: DAVE, body })
  await scene.run(lane, 'relay')
  expect(scene.screen.texts().at(-1)).toBe('확인해 볼게요.')
  isAway = true
  await scene.staffWrites('내일 보내요.\n// 재고 하나')
  // Asked for again once the model is back.
  expect(asked.filter((text) => text === '내일 보내요.')).toHaveLength(2)
  expect(scene.said('<en>내일 보내요.</en>').length).toBeGreaterThan(0)
  expect([...asked, ...scene.screen.texts()].join()).not.toMatch(/거짓말|재고/)
  const tickets = createTickets(store.db, {
    ...{ rulesOf: () => rulesFrom(store.settings.of(WORKSPACE, '')), now: () => new Date(time.now) },
  })
  const ticket = (await tickets.ofLane(WORKSPACE, scene.lane))!.ticket
  const lines = await createConversation(store.db)(ticket)
  expect(lines.filter(({ by }) => by === 'staff').map(({ text }) => text)).toEqual([
    '확인해 볼게요.',
    '내일 보내요.',
  ])
  const history = await tickets.lines(ticket.id, 20)
  expect(history.filter(({ event }) => event === 'note').map(({ text }) => text)).toEqual([
    '거짓말 같음',
    '재고 하나',
  ])
})
