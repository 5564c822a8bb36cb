// A progress bar on the last line of a terminal; silent where standard error is no terminal.
import { displayWidth } from '../text/markdown.ts'

export interface ProgressBar extends Disposable {
  /** `total` null = not known yet. */
  show(done: number, total: number | null, what: string): void
  /** Away, before other lines are written. */
  clear(): void
}

export type Terminal = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>

const BAR_CELLS = 24
/** More often than this nobody can read it. */
const PAUSE_MS = 80

export function createProgressBar(terminal: Terminal, monotonic: () => number): ProgressBar {
  let shownAt = Number.NEGATIVE_INFINITY
  const clear = (): void => {
    if (terminal.isTTY && shownAt > Number.NEGATIVE_INFINITY) terminal.write('\r\x1b[2K')
    shownAt = Number.NEGATIVE_INFINITY
  }
  return {
    show(done, total, what) {
      if (!terminal.isTTY || (monotonic() - shownAt < PAUSE_MS && done !== total)) return
      shownAt = monotonic()
      const full = total ? Math.floor((done / total) * BAR_CELLS) : 0
      const bar = total ? `[${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}] ${done}/${total}` : `${done}`
      const room = (terminal.columns ?? 80) - displayWidth(bar) - 2
      terminal.write(`\r\x1b[2K${bar} ${shorten(what, room)}`)
    },
    clear,
    [Symbol.dispose]: clear,
  }
}

/** Its end, which names the file. */
function shorten(text: string, cells: number): string {
  const clean = text.replaceAll(/\p{C}/gu, ' ')
  if (displayWidth(clean) <= cells) return clean
  const letters = [...clean]
  let width = 1
  let at = letters.length
  while (at > 0 && width + displayWidth(letters[at - 1] as string) <= cells)
    width += displayWidth(letters[--at] as string)
  return cells > 1 ? `…${letters.slice(at).join('')}` : ''
}
