// The embedded database on a disk that is full or read-only: a clear error, and what was saved is still there after.
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { audit } from '../audit.ts'
import { createSpeech } from '../speech.ts'
import { type Scenario, Skipped, type Trial } from '../trial.ts'
import { openWorld, startAll } from '../world.ts'

/** A small file system of its own. Throws Skipped where that is not allowed. */
async function smallDisk(trial: Trial, megabytes: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-disk-'))
  trial.stack.defer(() => rm(dir, { recursive: true, force: true }))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'ignore' })
  } catch (cause) {
    throw new Skipped('no file system may be mounted here', { cause })
  }
  trial.stack.defer(async () => void execFileSync('umount', ['-l', dir]))
  return dir
}

const full: Scenario = {
  name: 'embedded-disk-full',
  proves:
    'the disk is full at the start, and fills up while people talk: refused, then answered when there is room',
  turns: 20,
  async run(trial) {
    const tooSmall = await smallDisk(trial, 8)
    const disk = await smallDisk(trial, 160)
    const world = await openWorld(trial, { isEmbedded: true, env: { DATA_DIR: join(tooSmall, 'data') } })
    const refused = await world
      .process()
      .start()
      .then(
        () => 'it started',
        (error: Error) => error.message,
      )
    // That is how it refuses.
    world.ended()
    const found = /no space|full|free/i.test(refused) ? [] : [`no clear error: ${refused}`]

    const app = world.process({ env: { DATA_DIR: join(disk, 'data') } })
    await startAll(app)
    const speech = createSpeech(trial, world, { commands: 0, dms: 0, followUps: 0 })
    await speech.sayMany(trial.turns / 2, 1_500)
    found.push(...(await audit(world, speech.lanes)))
    const filler = join(disk, 'filler')
    await fill(filler)
    // Nothing is promised while it is full, but nothing that was answered may be lost.
    const before = speech.lanes.length
    await speech.sayMany(trial.turns / 2, 1_500)
    await app.kill()
    await rm(filler)
    await app.start()
    trial.say(`${speech.count} messages, ${speech.count - before} of them with the disk full`)
    return [...found, ...(await audit(world, speech.lanes))]
  },
}

async function fill(path: string): Promise<void> {
  const block = Buffer.alloc(1 << 20)
  for (;;) {
    try {
      await writeFile(path, block, { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return
      throw error
    }
  }
}

const readOnly: Scenario = {
  name: 'embedded-read-only',
  proves: 'a data directory that cannot be written to is refused at the start, and left as it was',
  turns: 6,
  async run(trial) {
    const disk = await smallDisk(trial, 160)
    const world = await openWorld(trial, { isEmbedded: true, env: { DATA_DIR: join(disk, 'data') } })
    const app = world.process()
    await startAll(app)
    const speech = createSpeech(trial, world, { commands: 0, dms: 0, followUps: 0 })
    await speech.sayMany(trial.turns)
    const found = await audit(world, speech.lanes)
    await app.kill()
    execFileSync('mount', ['-o', 'remount,ro', disk])
    const refused = await app.start().then(
      () => 'it started',
      (error: Error) => error.message,
    )
    // That is how it refuses.
    world.ended()
    if (!/read-only|EROFS|write/i.test(refused)) found.push(`no clear error: ${refused}`)
    execFileSync('mount', ['-o', 'remount,rw', disk])
    await app.start()
    await speech.sayMany(trial.turns)
    trial.say(`${speech.count} messages`)
    return [...found, ...(await audit(world, speech.lanes))]
  },
}

export const embeddedScenarios: readonly Scenario[] = [full, readOnly]
