// Servers that start after the app, as after a reboot: it waits for them instead of ending, and does not wait for what
// only somebody can mend.
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { postgresDatabase, redisPrefix, withServer } from '../servers.ts'
import { openProcesses, untilLogged } from './processes.ts'

withServer('redis', 'postgres')('servers that are late', () => {
  it('waits for PostgreSQL, and then for Redis', async () => {
    const database = new URL((await postgresDatabase()).url)
    const { url, prefix } = await redisPrefix()
    const redis = new URL(url)
    await using doors = new AsyncDisposableStack()
    const toDatabase = doors.use(await openDoor(Number(database.port)))
    const toRedis = doors.use(await openDoor(Number(redis.port)))
    database.port = `${toDatabase.port}`
    redis.port = `${toRedis.port}`
    await using world = await openProcesses({
      databaseUrl: database.href,
      redisUrl: redis.href,
      queuePrefix: prefix,
      isBundled: false,
    })
    const app = world.process()
    const started = app.start()
    const waitsFor = (code: string): Promise<void> =>
      untilLogged(app, 'cannot start yet, trying again', (fields) => fields['code'] === code, 30_000)
    await Promise.race([waitsFor('database-unreachable'), started])
    toDatabase.open()
    await Promise.race([waitsFor('redis-unreachable'), started])
    toRedis.open()
    await started
    expect(app.state).toBe('running')
  }, 90_000)

  it('ends at once for a database that is not there', async () => {
    const database = new URL((await postgresDatabase()).url)
    database.pathname = '/no_such_database'
    await using world = await openProcesses({ databaseUrl: database.href, isBundled: false })
    const app = world.process()
    await expect(app.start()).rejects.toThrow('PostgreSQL did not answer at DATABASE_URL')
    expect(app.lines.filter((line) => line.msg.startsWith('cannot start'))).toEqual([])
  }, 90_000)
})

interface Door extends AsyncDisposable {
  readonly port: number
  open(): void
}

/** A port that hangs up on everybody until it is opened; then it leads to `target`. */
async function openDoor(target: number): Promise<Door> {
  let isOpen = false
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (!isOpen) return void socket.destroy()
    const onward = connect(target, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    open: () => {
      isOpen = true
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
