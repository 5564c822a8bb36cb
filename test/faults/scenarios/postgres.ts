// PostgreSQL holds the truth: while it is away nothing is acknowledged as safe, and afterwards nothing is missing.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openSetting, whileTalking } from '../setting.ts'
import type { Scenario } from '../trial.ts'

const restart: Scenario = {
  name: 'postgres-restart',
  proves: 'PostgreSQL is restarted twice: statements fail, connections are cut, LISTEN comes back',
  turns: 50,
  async run(trial) {
    // The interactions of an outage are told to have failed; messages are not.
    const setting = await openSetting(trial)
    return whileTalking(setting, 8_000, async () => {
      for (let left = 2; left > 0; left--) {
        await sleep(1_500)
        await setting.world.postgres.restart({ downMs: 1_000 })
      }
    })
  },
}

const pause: Scenario = {
  name: 'postgres-pause',
  proves: 'PostgreSQL stands still past every lease (30 s; 8 s in CI) and goes on',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial)
    const pauseMs = trial.isShort ? 8_000 : 30_000
    return whileTalking(setting, pauseMs + 2_000, async () => {
      await sleep(1_000)
      setting.world.postgres.pause()
      await sleep(pauseMs)
      setting.world.postgres.resume()
    })
  },
}

const connections: Scenario = {
  name: 'postgres-connections',
  proves: 'others use up the connections: what cannot connect is tried again',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial)
    const { postgres } = setting.world
    const found = await whileTalking(setting, 8_000, async () => {
      await postgres.restart({ settings: ['max_connections=20', 'superuser_reserved_connections=0'] })
      const others: pg.Client[] = []
      const end = performance.now() + 5_000
      while (performance.now() < end) {
        const client = new pg.Client({ connectionString: postgres.url })
        client.on('error', () => undefined)
        const isIn = await client.connect().then(
          () => true,
          () => false,
        )
        if (isIn) others.push(client)
        else await sleep(100)
      }
      trial.say(`others held ${others.length} of 20 connections`)
      if (others.length === 0) throw new Error('nobody else got a connection')
      await Promise.all(others.map((client) => client.end().catch(() => undefined)))
    })
    await postgres.restart()
    return found
  },
}

const serialization: Scenario = {
  name: 'postgres-serialization',
  proves: 'statements fail with 40001 at random (a database set to serializable) and backends are terminated',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { world } = setting
    const name = new URL(world.postgres.url).pathname.slice(1)
    await world.query(`alter database ${name} set default_transaction_isolation to 'serializable'`)
    const cut = () =>
      world.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
        [name],
      )
    const lost = async (): Promise<number> =>
      (
        await world.query<{ n: number }>(
          'select xact_rollback::int as n from pg_stat_database where datname = $1',
          [name],
        )
      )[0]!.n
    const before = await lost()
    const found = await whileTalking(setting, 6_000, async () => {
      for (let left = 4; left > 0; left--) {
        await cut()
        await sleep(1_400)
      }
    })
    // Each statement is a transaction of its own.
    const failed = (await lost()) - before
    trial.say(`${failed} statements were rolled back`)
    if (failed === 0) throw new Error('no statement failed')
    await world.query(`alter database ${name} reset default_transaction_isolation`)
    await cut()
    return found
  },
}

export const postgresScenarios: readonly Scenario[] = [restart, pause, connections, serialization]
