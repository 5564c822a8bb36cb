// How often the customer of a case was abusive.
import type { Database } from '../store/db.ts'

const RECORD = `insert into ticket_abuse (ticket, press) values ($1::bigint, $2) on conflict do nothing`
const NTH = `
  select count(*)::int as nth from ticket_abuse a, ticket_abuse own
  where own.ticket = $1::bigint and own.press = $2 and a.ticket = own.ticket and a.at <= own.at`

/** The how-manieth time this is; a turn that comes again counts once. */
export function createAbuses(db: Database) {
  return async (ticket: string, press: string): Promise<number> => {
    await db.query(RECORD, [ticket, press])
    return (await db.query<{ nth: number }>(NTH, [ticket, press]))[0]?.nth ?? 1
  }
}
