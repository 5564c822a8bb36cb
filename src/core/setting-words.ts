// Settings as people read and type them, in both languages. What each one does is in settings.ts.
import type { Both } from './error.ts'
import { FREE_SETTINGS } from './setting-free.ts'
import { SETTING_WORDS } from './setting-table.ts'
import { CHANNEL_SETTINGS, type SettingName, type Settings } from './settings.ts'

export const SETTING_NAMES = Object.keys(SETTING_WORDS) as readonly SettingName[]

export function parseSettingName(typed: string): SettingName | null {
  const wanted = squeeze(typed)
  const found = SETTING_NAMES.find((name) => {
    const words = SETTING_WORDS[name]
    return [name.toLowerCase(), words.typed, squeeze(words.name.ko), ...words.aliases].includes(wanted)
  })
  return found ?? null
}

/** The name at the head of what was typed, which may have spaces in it ("답변 위치 여기"), and what follows it. */
export function splitSettingName(typed: string): { name: SettingName; after: string } | null {
  const words = typed.trim().split(/\s+/)
  for (const count of [3, 2, 1]) {
    const name = words.length < count ? null : parseSettingName(words.slice(0, count).join(' '))
    if (name) return { name, after: words.slice(count).join(' ') }
  }
  return null
}

/**
 * The value that was typed, ready for settings.ts; `{ value: null }` sets it back to the default (for `staffChannel`:
 * none). Undefined when it is none of the allowed ones. `here` is the channel in which it was typed.
 */
export function parseSettingValue(
  name: SettingName,
  typed: string,
  here: string,
): { value: string | null } | undefined {
  const wanted = squeeze(typed)
  if (['default', '기본', '기본값'].includes(wanted)) return { value: null }
  const free = FREE_SETTINGS[name]
  if (free) {
    const read = free.read(typed, here)
    return read === undefined ? undefined : { value: read }
  }
  const found = SETTING_WORDS[name].values.find(
    (one) =>
      one.value === wanted ||
      one.aliases.includes(wanted) ||
      squeeze(one.label.ko) === wanted ||
      squeeze(one.label.en) === wanted,
  )
  return found && { value: found.value }
}

export function isForChannel(name: SettingName): boolean {
  return CHANNEL_SETTINGS.includes(name)
}

/** A value in words: "부를 때만 답하기". */
export function labelOf(name: SettingName, current: Settings[SettingName]): Both {
  const free = FREE_SETTINGS[name]
  if (free) return current === null ? free.none : free.say(String(current))
  const found = SETTING_WORDS[name].values.find((one) => one.value === current)
  return found?.label ?? { ko: `\`${current}\``, en: `\`${current}\`` }
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '')
}
