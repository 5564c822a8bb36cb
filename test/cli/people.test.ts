// npm run people: nothing that is kept of a person is left out of an export, and nothing of theirs is left after an erasure,
// while all that is others' stays.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { featureMigrations } from '../../src/features.ts'
import { createForgetting } from '../../src/forgetting.ts'
import { createProposals } from '../../src/knowledge/proposals.ts'
import { SILENT } from '../../src/log.ts'
import { OF_NOBODY, OF_PEOPLE } from '../../src/person-export.ts'
import { realClock } from '../../src/real-clock.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { type Env, run } from './support.ts'

function open(env: Env): Promise<Store> {
  return openStore({
    ...{ url: env['DATABASE_URL'] ?? null, dataDir: env['DATA_DIR'] ?? null, log: SILENT, clock: realClock },
    ...{ rateScale: 1, migrations: featureMigrations },
  })
}

let lanes = 0

/** A case of theirs with all that comes with it; every text holds `token`, and staff are AGENT. Gives the card's turn. */
async function live(store: Store, workspace: string, person: string, token: string): Promise<string> {
  const { db } = store
  const lane = `C1:${++lanes}`
  const values = [workspace, person, token, lane]
  const place = `jsonb_build_object('platform', split_part($1, ':', 1), 'workspace', $1::text, 'channel', 'C1', 'thread', null)`
  const rows = await db.query<{ id: string; turn: string }>(
    `with person as (insert into people (workspace, person, reads, tone, staff_tone, zone) values ($1, $2, 'ko', 'casual', 'formal', 'Asia/Tokyo')),
     lane as (insert into lanes (workspace, lane, audience, asker) values ($1, $4, $1, $2)),
     turn as (insert into turns (workspace, audience, lane, kind, queue, author, place, state, answer, facts)
       values ($1, $1, $4, 'answer', 'chat', $2, ${place}, 'done', $3, jsonb_build_object('asked', $3::text)) returning id),
     message as (insert into inbox (workspace, audience, source, lane, kind, queue, state, author, author_name, text, turn)
       select $1, $1, $4, $4, 'answer', 'chat', 'done', $2, $3, $3, id from turn),
     post as (insert into posts (turn, slot, place, workspace, audience, state, platform_id)
       select id, 'answer.0', ${place}, $1, $1, 'final', '1' from turn),
     rated as (insert into feedback (workspace, audience, turn, person, value, words) select $1, $1, id, $2, 'down', $3 from turn),
     card as (insert into turns (workspace, audience, lane, kind, queue, author, place, state)
       values ($1, $1 || ':staff', 'card:' || $4, 'ticket', 'relay', '', ${place}, 'done') returning id),
     ticket as (insert into tickets (workspace, number, audience, home, lane, place, customer, customer_name, lang, reason,
         question, summary_ko, summary_en, staff_place, staff_lane, card)
       select $1, (select 1 + count(*) from tickets where workspace = $1), $1, $1, $4, ${place}, $2, $3, 'ko', 'asked', $3, $3, $3,
         ${place}, 'staff:' || $4::text, id from card returning id),
     note as (insert into ticket_lines (ticket, event, by, by_name, text, press) select id, 'note', 'AGENT', 'Alex', $3, '1' from ticket),
     stars as (insert into ticket_ratings (ticket, opening, by, person, person_name, stars, comment)
       select id, 1, 'person', 'AGENT', 'Alex', 2, $3 from ticket),
     timer as (insert into timers (ticket, kind, due_at) select id, 'remind', now() + interval '9 days' from ticket),
     reply as (insert into staff_replies (workspace, turn, ticket, text) select $1, 'r' || $4, id, $3 from ticket),
     abuse as (insert into ticket_abuse (ticket, press) select id, '1' from ticket),
     memory as (insert into translation_memory (workspace, audience, hash, author, to_lang, tone, revision, source, translation)
       values ($1, $1, $4, $2, 'en', 'polite', '', $3, $3)),
     proposal as (insert into kb_proposals (workspace, audience, turn, visibility, bound, collection, lang, title, proposed_by,
         proposed_by_name, press) select $1, $1, id, 'public', true, 'a', 'ko', $3, 'AGENT', 'Alex', '1' from turn)
     select ticket.id::text, card.id::text as turn from ticket, card`,
    values,
  )
  const { id, turn } = rows[0]!
  await db.query(
    `insert into inbox (workspace, audience, source, lane, kind, queue, state, author, author_name, text, body, turn)
     values ($1, $1, 's1' || $5, 'staff:' || $5::text, 'relay', 'relay', 'done', 'AGENT', 'Alex', $3, '{}', null),
       ($1, $1, 's2' || $5, 'ticket:' || $2, 'ticket', 'relay', 'done', '', '', '', jsonb_build_object('id', $2::text), $4::bigint),
       ($1, $1, 's3' || $5, 'ticket-summary:' || $2, 'ticket-summary', 'relay', 'done', '', '', '',
         jsonb_build_object('id', $2::text, 'transcript', jsonb_build_array(jsonb_build_object('role', 'asker', 'text', $3::text))), null)`,
    [workspace, id, token, turn, lane],
  )
  await db.query(
    `insert into turns (workspace, audience, lane, kind, queue, author, place, state, answer, facts)
     values ($1, $1, 'staff:' || $2::text, 'relay', 'relay', 'AGENT', '{}', 'done', $3,
       jsonb_build_object('lang', 'ko', 'relay', jsonb_build_object('text', $3::text)))`,
    [workspace, lane, token],
  )
  // The card stands in the lane of its case.
  await db.query(`update turns set lane = 'ticket:' || $1 where id = $2::bigint`, [id, turn])
  await db.query(
    `insert into lanes (workspace, lane, audience, ticket, side) values ($1, 'ticket:' || $2, $1, null, null)`,
    [workspace, id],
  )
  return turn
}

async function tables({ db }: Store): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  )
  return rows.map(({ name }) => name)
}

/** Tables in which a text stands anywhere. */
async function holding(store: Store, text: string): Promise<string[]> {
  const found: string[] = []
  for (const name of OF_PEOPLE.concat(OF_NOBODY)) {
    const rows = await store.db.query(
      `select 1 from ${name} t where strpos(to_jsonb(t)::text, $1) > 0 limit 1`,
      [text],
    )
    if (rows.length > 0) found.push(name)
  }
  return found.sort()
}

function suite(prepare: () => Promise<Env>): void {
  let env: Env
  let store: Store
  const people = (...args: string[]) => run(['people', ...args], env)
  beforeEach(async () => {
    env = await prepare()
    store = await open(env)
  })
  afterEach(() => store[Symbol.asyncDispose]())

  test('knows every table there is', async () => {
    const own = (await tables(store)).filter((name) => !/^kysely_|^bullmq|migration/.test(name))
    expect(own.sort()).toEqual([...OF_PEOPLE, ...OF_NOBODY].sort())
  })

  test('exports every row of a person, and nothing of anybody else’s', async () => {
    await live(store, 'slack:T01', 'U01', 'sesame')
    await live(store, 'slack:T01', 'U02', 'poppy')
    await live(store, 'slack:T02', 'U01', 'walnut')
    const { code, out, err } = await people('export', 'slack', 'T01', '<@U01>')
    expect(code).toBe(0)
    const rows = out.split('\n').map((line) => JSON.parse(line) as { table: string; text?: string })
    expect(err).toBe(`${rows.length} rows.`)
    expect(new Set(rows.map(({ table }) => table))).toEqual(
      new Set(OF_PEOPLE.filter((name) => !['settings', 'snippets', 'glossary_terms'].includes(name))),
    )
    // What staff wrote to them is about them too.
    expect(rows.filter(({ table, text }) => table === 'inbox' && text === 'sesame')).toHaveLength(2)
    for (const other of ['poppy', 'walnut']) expect(out).not.toContain(other)
  })

  test('erases all of it when told so, has the card taken away, and leaves the others alone', async () => {
    const card = await live(store, 'slack:T01', 'U01', 'sesame')
    await live(store, 'slack:T01', 'U02', 'poppy')
    await live(store, 'slack:T02', 'U01', 'walnut')
    const before = { poppy: await holding(store, 'poppy'), walnut: await holding(store, 'walnut') }
    expect(before.poppy).toEqual(
      expect.arrayContaining(['inbox', 'tickets', 'ticket_lines', 'staff_replies']),
    )
    const shown = await people('erase', 'slack', 'T01', 'U01')
    expect(shown).toMatchObject({ code: 1, out: expect.stringMatching(/tickets 1[\s\S]*--yes/) })
    expect(await holding(store, 'sesame')).toEqual(before.poppy)
    const done = await people('erase', 'slack', 'T01', 'U01', '--yes')
    expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/There was: .*tickets 1/) })
    expect(await holding(store, 'sesame')).toEqual([])
    expect(await holding(store, 'poppy')).toEqual(before.poppy)
    expect(await holding(store, 'walnut')).toEqual(before.walnut)
    const turns = await store.db.query('select state, lane from turns where id = $1::bigint', [card])
    expect(turns).toMatchObject([{ state: 'pending' }])
    expect(await people('export', 'slack', 'T01', 'U01')).toMatchObject({ code: 0, out: '' })
    expect(await people('erase', 'slack', 'T01', 'U01', '--yes', '--lang', 'ko')).toMatchObject({
      code: 0,
      out: '이 사람에 대해 보관한 것이 없어요.',
    })
  })

  test('a crash in between leaves no card of a case that is gone', async () => {
    const card = await live(store, 'slack:T01', 'U01', 'sesame')
    const wake = async (): Promise<void> => undefined
    // Killed while it wakes the lane of a card.
    const rerun = async (workspace: string, turn: string): Promise<string | null> => {
      const { length } = await store.db.query('select 1 from tickets')
      if (length === 0) throw new Error('killed')
      return store.answers.rerun(workspace, turn)
    }
    const dying = { answers: { ...store.answers, rerun }, people: store.people }
    const crashing = createForgetting({ db: store.db, store: dying, wake })
    await expect(crashing('slack:T01', 'U01', null)).rejects.toThrow('killed')
    expect(await store.db.query('select 1 from tickets')).toEqual([])
    const state = await store.db.query('select state from turns where id = $1::bigint', [card])
    expect(state).toEqual([{ state: 'pending' }])
    await createForgetting({ db: store.db, store, wake })('slack:T01', 'U01', null)
    expect(await holding(store, 'sesame')).toEqual([])
  })

  test('on Discord a person is the same on every server', async () => {
    const [guild, other] = ['discord:100000000000000001', 'discord:100000000000000002']
    await live(store, guild, '300000000000000001', 'sesame')
    await live(store, other, '300000000000000001', 'sesame2')
    await live(store, other, '300000000000000002', 'poppy')
    const before = await holding(store, 'poppy')
    const said = await people('erase', 'discord', '100000000000000001', '300000000000000001', '--yes')
    expect(said.code).toBe(0)
    expect(await holding(store, 'sesame')).toEqual([])
    expect(await holding(store, 'poppy')).toEqual(before)
  })

  test('of somebody on the team only the name goes: the cases are their customers’', async () => {
    await live(store, 'slack:T01', 'U01', 'sesame')
    await store.db.query(`update ticket_lines set by = 'U0AGENT', by_name = 'Alexandra'`)
    await store.db.query(
      `update tickets set assignee = 'U0AGENT', assignee_name = 'Alexandra', status = 'closed'`,
    )
    const { out } = await people('export', 'slack', 'T01', 'U0AGENT')
    const rows = out.split('\n').map((line) => JSON.parse(line) as { table: string })
    expect(rows.filter(({ table }) => table === 'tickets')).toEqual([
      {
        ...{ table: 'tickets', workspace: 'slack:T01', number: 1, status: 'closed' },
        ...{ assignee: 'U0AGENT', assignee_name: 'Alexandra' },
      },
    ])
    await people('erase', 'slack', 'T01', 'U0AGENT', '--yes')
    expect(await holding(store, 'Alexandra')).toEqual([])
    expect(await holding(store, 'sesame')).toContain('ticket_lines')
  })

  test('what nobody approved goes with time, and articles stay', async () => {
    await live(store, 'slack:T01', 'U01', 'sesame')
    await live(store, 'slack:T01', 'U02', 'poppy')
    await store.db.query(`update kb_proposals set created_at = now() - interval '91 days'`)
    await store.db.query(`update kb_proposals set state = 'approved' where title = 'poppy'`)
    expect(await createProposals(store.db).purge(90, 100)).toBe(1)
    expect(await createProposals(store.db).purge(90, 100)).toBe(0)
    expect(await store.db.query('select title from kb_proposals')).toEqual([{ title: 'poppy' }])
  })

  test.each([
    [['export'], 2],
    [['look', 'slack', 'T01', 'U01'], 2],
    [['erase', 'slack', 'T01', '민지', '--yes'], 2],
    [['erase', 'discord', 'T01', 'U01', '--yes'], 2],
    [['export', 'slack', "T01' or true --", 'U01'], 2],
  ])('refuses %j', async (args, code) => {
    await live(store, 'slack:T01', 'U01', 'sesame')
    expect((await people(...args)).code).toBe(code)
    expect(await holding(store, 'sesame')).toContain('inbox')
  })
}

withServer('postgres')('npm run people on PostgreSQL', () => {
  suite(async () => ({ DATABASE_URL: (await furnishedDatabase()).url }))
})
