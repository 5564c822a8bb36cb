// Personal data on its way to a model and back: a label stands for each, and the label in what the model writes becomes what
// it stands for again. Numbers of orders and parcels stay, and so do names: they are what people talk about.
import type { Lang } from '../core/error.ts'
import { repairParticle } from './particles.ts'
import type { PersonalKind } from './personal/rule.ts'
import { findPersonal, kindOf, labelOf, labelPattern, replacePersonal } from './personal.ts'

export interface Masking {
  mask(text: string): string
  restore(text: string): string
  /** Of a text that still grows: what may be shown of it, so that no label is seen half written or changes later. */
  restoreGrowing(text: string): string
}

const KEPT: readonly PersonalKind[] = ['order', 'parcel', 'person']

/** Longer than any label, with its number and the spaces that a model may add. */
const MAX_LABEL_CHARS = 32
/** So much after a label decides which form a Korean particle has. */
const PARTICLE_CHARS = 4

/** For one request. `published`: what a company tells everybody, which stays wherever it stands. */
export function createMasking(lang: Lang, published = ''): Masking {
  const open = new Set(published === '' ? [] : valuesIn(published))
  /** By label, without case and spaces; of each kind the first has no number. */
  const values = new Map<string, string>()
  const labels = new Map<string, string>()
  const counts = new Map<PersonalKind, number>()

  const labelFor = (kind: PersonalKind, value: string, text: string): string => {
    const known = labels.get(value)
    if (known !== undefined) return known
    const bare = labelOf(kind, lang)
    let count = (counts.get(kind) ?? 0) + 1
    const label = (): string => (count === 1 ? bare : `${bare.slice(0, -1)} ${count}]`)
    // Somebody has written what looks like one.
    while (text.includes(label())) count += 1
    counts.set(kind, count)
    labels.set(value, label())
    values.set(keyOf(kind, count), value)
    return label()
  }

  const restore = (text: string): string => {
    if (values.size === 0) return text
    const parts = text.split(labelPattern())
    let restored = parts[0]!
    // Three for each label: its words, its number, and what follows.
    for (let at = 1; at < parts.length; at += 3) {
      const [words = '', number, after = ''] = [parts[at], parts[at + 1], parts[at + 2]]
      const value = meantBy(words, number)
      restored += value === null ? `[${words}${number ? ` ${number}` : ''}]${after}` : value
      if (value !== null) restored += repairParticle(value, after)
    }
    return restored
  }

  const meantBy = (words: string, number: string | undefined): string | null => {
    const kind = kindOf(words)
    return kind === null ? null : (values.get(keyOf(kind, Number(number ?? 1))) ?? null)
  }

  return {
    mask: (text) =>
      replacePersonal(text, ({ kind }, value) =>
        KEPT.includes(kind) || open.has(value) ? null : labelFor(kind, value, text),
      ),
    restore,
    restoreGrowing(text) {
      if (values.size === 0) return text
      const half = text.lastIndexOf('[')
      const isHalf = half >= 0 && text.length - half < MAX_LABEL_CHARS && !text.includes(']', half)
      if (isHalf) return restore(text.slice(0, half))
      const closed = text.lastIndexOf(']')
      const isFresh = closed >= 0 && text.length - closed <= PARTICLE_CHARS
      return restore(isFresh && half >= 0 ? text.slice(0, half) : text)
    },
  }
}

/** Masked for whoever may not see it, and never restored. */
export function maskForGood(text: string, lang: Lang): string {
  return createMasking(lang).mask(text)
}

function valuesIn(text: string): string[] {
  const whole = text.normalize('NFC')
  return findPersonal(whole).map(({ start, end }) => whole.slice(start, end))
}

function keyOf(kind: PersonalKind, count: number): string {
  return `${kind} ${count}`
}
