// Turns that are worked on side by side and shown in the order of their messages: who is done too early is held, and goes
// on when nothing earlier of its channel is open any more. Whoever ends asks; the sweeper does so for those that crashed.
import type { Database } from './db.ts'

// What is shown again after an edit has its place already: nobody waits for it, and it waits for nobody.
const RELEASE = `
  with channels as (
    select distinct workspace, place->>'channel' as channel from turns
    where state = 'held' and ($1::text is null or workspace = $1 and place->>'channel' = $2)
  ), first as (
    select f.turn from channels c, lateral (
      select i.turn from inbox i left join turns t on t.id = i.turn
      where i.workspace = c.workspace and i.place->>'channel' = c.channel and i.kind = 'auto' and i.state in ('pending', 'taken')
        and not coalesce(t.facts @> '{"auto": {"isShown": true}}', false)
      order by length(i.source), i.source collate "C" limit 1
    ) f
  )
  update turns set state = 'pending', not_before = now()
  where state = 'held' and ($1::text is null or workspace = $1 and place->>'channel' = $2)
    and (id in (select turn from first) or facts @> '{"auto": {"isShown": true}}')
  returning lane`

export function release(
  db: Database,
  only: { workspace: string; channel: string } | null,
): Promise<{ lane: string }[]> {
  return db.query(RELEASE, [only?.workspace ?? null, only?.channel ?? null])
}
