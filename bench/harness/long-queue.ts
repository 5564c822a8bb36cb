// A queue of any length: questions are committed past the gateway and past the queue, as if the wake-ups had been lost,
// and newcomers ask through the gateway while they wait.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { send } from './load.ts'
import type { Question } from './slack-process.ts'
import { type Stage, settle } from './trial.ts'

/** Those who have flooded: each has hundreds of questions. */
const PEOPLE = 200
const CHANNELS = 200
const PORTION = 1_000
const NEWCOMER_EVERY_MS = 3_000
const FIRST_NEWCOMER = 1_000

const COMMIT = 'select count(*) from jsonb_array_elements($1::jsonb) m, damso_receive(m, 6000, 0, 0)'
const RESULT = `select pg_get_function_result('damso_receive(jsonb, int, int, int)'::regprocedure) as result`
const SAMPLE = `
  select jsonb_build_object('workspace', workspace, 'audience', audience, 'source', source, 'lane', lane,
    'kind', kind, 'queue', queue, 'quietMs', 0, 'author', author, 'authorName', author_name, 'authorKind', author_kind,
    'authorLang', author_lang, 'isAdmin', is_admin, 'text', text, 'body', body, 'place', place) as message
  from inbox order by id limit 1`

/**
 * In a workspace where 10,000 wait nobody else is let in: the limits are raised so far that the queue may become as long as
 * it is said to be.
 */
async function raiseLimits(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ result: string }>(RESULT)
  await client.query(`
    alter function damso_receive(jsonb, int, int, int) rename to damso_receive_limited;
    create function damso_receive(m jsonb, burst_ms int, int, int) returns ${rows[0]?.result} language sql as $$
      select * from damso_receive_limited(m, burst_ms, 1000000, 1000000) $$`)
}

/** Commits `count` questions in the way in which the gateway has committed one. */
export async function fill(stage: Stage, client: pg.Client, count: number): Promise<void> {
  const asking = { channels: CHANNELS, tokens: stage.tokens }
  const [first] = await stage.slack.call('ask', { ...asking, series: 'W', first: 77, count: 1 })
  const sample = first as Question
  await send([sample], sending(stage))
  await settle(stage, 1, {})
  await raiseLimits(client)
  const { rows } = await client.query<{ message: object }>(SAMPLE)
  const pattern = JSON.stringify(rows[0]?.message ?? {})
  const like = (one: Question): string =>
    pattern
      .replaceAll(sample.ts, one.ts)
      .replaceAll(sample.channel, one.channel)
      .replaceAll(sample.person, one.person)
      .replaceAll(sample.key, one.key)
  for (let at = 0; at < count; at += PORTION) {
    const portion = { series: 'B', first: at, count: Math.min(PORTION, count - at), people: PEOPLE }
    const questions = await stage.slack.call('ask', { ...asking, ...portion, isUndelivered: true })
    await client.query(COMMIT, [`[${questions.map(like).join()}]`])
  }
}

/** Somebody new every few seconds until `end` (performance.now()); when each was acknowledged, in wallMs(), by key. */
export async function newcomers(stage: Stage, end: number): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>()
  for (let nth = 0; performance.now() < end; nth += 1) {
    const questions = await stage.slack.call('ask', {
      series: 'N',
      first: nth,
      count: 1,
      channels: CHANNELS,
      tokens: stage.tokens,
      people: 1,
      firstPerson: FIRST_NEWCOMER + nth,
    })
    const { sentAt, acks } = await send(questions, sending(stage))
    for (const { key, ms } of acks) {
      const at = (sentAt.get(key) as number) + ms
      acknowledged.set(key, Math.min(at, acknowledged.get(key) ?? at))
    }
    await sleep(NEWCOMER_EVERY_MS)
  }
  return acknowledged
}

function sending({ system, facts }: Stage) {
  return { url: system.url, signingSecret: facts.signingSecret, perSecond: 1_000 }
}
