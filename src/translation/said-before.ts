// What people wrote in a channel with a pair of languages right before a message: in its thread, or beside it. What the bot
// has read there it need not ask the platform for.
import type { Database } from '../store/db.ts'
import type { SaidBefore } from './model.ts'

const SAID = `
  select i.author_name as name, i.text from inbox i, (
    select f.id, f.workspace, f.audience, f.place, f.body from inbox f where f.turn = $1::bigint order by f.id limit 1) own
  where i.workspace = own.workspace and i.kind = 'auto' and i.place->>'channel' = own.place->>'channel' and i.id < own.id
    and i.audience = own.audience and i.text <> '' and i.state in ('pending', 'taken', 'done')
    and case when own.body->>'room' in ('thread', 'post') then i.place->>'thread' = own.place->>'thread'
      else i.body->>'room' = own.body->>'room' end
  order by i.id desc limit $2::int`

const LINES = 6

export function createSaidBefore(db: Database): SaidBefore {
  return async (turn) =>
    (await db.query<{ name: string; text: string }>(SAID, [turn, LINES]))
      .reverse()
      .map(({ name, text }) => `${name}: ${text}`)
}
