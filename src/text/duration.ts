// Says how long something takes as a person would, and makes the short codes people read out to support.

// Without l, 0, 1, which are misread, and without vowels, so that no code spells a word.
const CODE_LETTERS = 'bcdfghjkmnpqrstvwxyz23456789'

/** "20초쯤", "about 20 seconds". Rounded up and coarse: a wait that ends early pleases, one that overruns does not. */
export function waitText(seconds: number, lang: 'ko' | 'en'): string {
  const { count, unit } = coarse(Number.isFinite(seconds) ? Math.max(0, seconds) : 0)
  if (lang === 'ko') return `${count}${{ second: '초', minute: '분', hour: '시간' }[unit]}쯤`
  return `about ${count} ${unit}${count === 1 ? '' : 's'}`
}

function coarse(seconds: number): { count: number; unit: 'second' | 'minute' | 'hour' } {
  if (seconds <= 30) return { count: Math.max(5, roundUp(seconds, 5)), unit: 'second' }
  if (seconds <= 50) return { count: roundUp(seconds, 10), unit: 'second' }
  const minutes = seconds / 60
  if (minutes <= 10) return { count: Math.ceil(minutes), unit: 'minute' }
  if (minutes <= 55) return { count: roundUp(minutes, 5), unit: 'minute' }
  return { count: Math.ceil(minutes / 60), unit: 'hour' }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

/** Four characters to quote to support ("k3f9"). `random` yields numbers in [0, 1). */
export function shortCode(random: () => number): string {
  return Array.from({ length: 4 }, () => CODE_LETTERS[Math.floor(random() * CODE_LETTERS.length)]).join('')
}
