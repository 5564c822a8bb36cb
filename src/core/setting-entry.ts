// One setting as people read and type it.
import type { Both } from './error.ts'

export interface ValueWords {
  value: string
  label: Both
  /** Also understood when typed; lower case, no spaces. */
  aliases: readonly string[]
}

export interface SettingWords {
  /** As the command shows it; the settings key itself where that reads well. */
  typed: string
  name: Both
  aliases: readonly string[]
  /** Empty where people write the value themselves: setting-free.ts. */
  values: readonly ValueWords[]
}

export const value = (name: string, ko: string, en: string, ...aliases: string[]): ValueWords => ({
  value: name,
  label: { ko, en },
  aliases,
})
