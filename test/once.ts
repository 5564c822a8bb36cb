// What a run of tests makes once, in whichever test process asks first: it is noted in the folder that global-setup.ts
// provides.
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'

const PATIENCE_MS = 60_000
const LOOK_MS = 20

/** What `make` resolved with here or in another process; it must be JSON. */
export async function once<Made>(name: string, make: () => Promise<Made>): Promise<Made> {
  const file = join(inject('sharedDir'), `${name}.json`)
  try {
    await (await open(`${file}.begun`, 'wx')).close()
  } catch {
    return await madeElsewhere(file)
  }
  const made = await make()
  await writeFile(`${file}.new`, JSON.stringify(made))
  await rename(`${file}.new`, file)
  return made
}

async function madeElsewhere<Made>(file: string): Promise<Made> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_MS)) {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text !== null) return JSON.parse(text) as Made
  }
  throw new Error(`${file} was not made within ${PATIENCE_MS} ms`)
}
