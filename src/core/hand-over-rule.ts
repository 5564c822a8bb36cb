// Which questions go to a person by rule, and who is in charge of what is too much for one. Pure.
import type { Settings } from './settings.ts'

const EVERY = 'every'
const EVERY_WORDS = ['every', 'all', 'always', '모두', '전부', '항상']
const MAX_NAMES = 20
const MAX_NAME_CHARS = 40

/** Names with commas between them, as they are kept; undefined when there is none, or too many. */
export function readNames(typed: string): string | undefined {
  const names = namesIn(typed)
  if (names.length === 0 || names.length > MAX_NAMES) return undefined
  if (names.some((name) => name.length > MAX_NAME_CHARS)) return undefined
  return names.join(', ')
}

/** Of the setting `person`. */
export function readPersonRule(typed: string): string | undefined {
  return EVERY_WORDS.includes(typed.trim().toLowerCase()) ? EVERY : readNames(typed)
}

export function isEvery(kept: string): boolean {
  return kept === EVERY
}

export function namesIn(kept: string): string[] {
  return kept
    .split(/[,，\n]/)
    .map((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '')
}

/** Whether such a message is for a person. Nobody is called where there is nobody. */
export function callsPerson(
  { person, staffChannel }: Pick<Settings, 'person' | 'staffChannel'>,
  { text, channel }: { text: string; channel: string },
): boolean {
  if (person === null || staffChannel === null || channel === staffChannel) return false
  if (isEvery(person)) return true
  const said = text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')
  return namesIn(person).some((name) => hasWord(said, name.toLowerCase()))
}

/** At the start of a word, since Korean words go on with particles; a Latin word as a whole. */
function hasWord(said: string, word: string): boolean {
  const isLatin = /[a-z0-9]$/.test(word)
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1)) {
    const before = said[at - 1] ?? ' '
    const after = said[at + word.length] ?? ' '
    if (!/[\p{L}\p{N}]/u.test(before) && !(isLatin && /[a-z0-9]/.test(after))) return true
  }
  return false
}

/** The topics that are the model's to recognise here. */
export function topicsOf({ topics, staffChannel }: Pick<Settings, 'topics' | 'staffChannel'>): string[] {
  return topics === null || staffChannel === null ? [] : namesIn(topics)
}

export interface Lead {
  /** Null: known by name only. */
  id: string | null
  name: string
}

/** `me` is whoever types, as `<id>|<name>`. */
export function readLead(typed: string, me: string): string | undefined {
  const text = typed.normalize('NFC').trim()
  if (['me', '나', '저', '본인'].includes(text.toLowerCase())) return me === '' ? undefined : me
  const id = /^<?@?!?([UW][A-Z0-9]{6,}|\d{17,20})(?:\|([^>]{1,80}))?>?$/.exec(text)
  if (id) return `${id[1]}|${id[2] ?? `<@${id[1]}>`}`
  const name = text.replace(/^@/, '')
  return name === '' || name.length > 80 || name.includes('|') ? undefined : `|${name}`
}

export function leadOf({ lead }: Pick<Settings, 'lead'>): Lead | null {
  if (lead === null) return null
  const at = lead.indexOf('|')
  return { id: lead.slice(0, at) || null, name: lead.slice(at + 1) }
}
