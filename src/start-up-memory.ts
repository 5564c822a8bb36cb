// Gives back what only starting needed. Loading the code leaves V8 with twice the heap that it uses afterwards, and an
// idle process would keep it: about 70 MB.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/** Holds everything up for some 50 ms: to be called once, before there is much to do. */
export function releaseStartUpMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as Collect
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
