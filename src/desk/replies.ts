// Replies that staff were shown and may send, until their case goes. One is sent once, whoever presses.
import type { Database } from '../store/db.ts'
import type { Replies, StaffReply } from './model.ts'

const COLUMNS = `ticket::text, text, sent_by_name as "sentByName"`

const OFFER = `
  insert into staff_replies (workspace, turn, ticket, text) values ($1, $2, $3::bigint, $4)
  on conflict (workspace, turn) do update set text = excluded.text where staff_replies.press is null`

// Its own press, come again after a crash, goes on where it was.
const SEND = `
  update staff_replies set press = $3, sent_by_name = $4
  where workspace = $1 and turn = $2 and (press is null or press = $3) returning turn`

export function createReplies(db: Database): Replies {
  return {
    async offer(workspace, turn, { ticket, text }) {
      await db.query(OFFER, [workspace, turn, ticket, text])
    },
    async find(workspace, turn) {
      const found = `select ${COLUMNS} from staff_replies where workspace = $1 and turn = $2`
      return (await db.query<StaffReply>(found, [workspace, turn]))[0] ?? null
    },
    send: async (workspace, turn, { press, name }) =>
      (await db.query(SEND, [workspace, turn, press, name])).length > 0,
  }
}
