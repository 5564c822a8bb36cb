// What the operating system says of processes: CPU time and memory. Linux only; elsewhere nothing is known.
import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second on every machine this runs on (USER_HZ). */
const TICK_MS = 10

/** Counts user and system time of the processes from now on, in ms; NaN where it cannot be read. */
export function startCpuMeter(pids: readonly number[]): () => number {
  const before = pids.map(cpuOf)
  // A connection of PostgreSQL that ended meanwhile takes what it used with it.
  return () => {
    const used = pids.map((pid, n) => cpuOf(pid) - (before[n] as number)).filter(Number.isFinite)
    return used.length === 0 && pids.length > 0 ? Number.NaN : used.reduce((total, ms) => total + ms, 0)
  }
}

function cpuOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  // The name in brackets may hold spaces; what follows it is in fixed places.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields ? (Number(fields[11]) + Number(fields[12])) * TICK_MS : Number.NaN
}

/** Resident memory in MB. */
export function rssMb(pid: number): number {
  const status = read(`/proc/${pid}/status`)
  const found = status === null ? null : /^VmRSS:\s+(\d+) kB/m.exec(status)
  return found ? Number(found[1]) / 1024 : Number.NaN
}

/** PostgreSQL does its work in children. */
export function withChildren(pid: number): number[] {
  const found = [pid]
  for (const name of list('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = read(`/proc/${name}/stat`)
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (Number(parent) === pid) found.push(Number(name))
  }
  return found
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Ended, or not Linux.
    return null
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    // Not Linux.
    return []
  }
}
