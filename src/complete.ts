// Choices while someone types an option: a command's own completer, or its fixed choices; none when it takes too long.
import type { Complete } from './core/adapter.ts'
import { type Clock, delay } from './core/clock.ts'
import type { Command } from './core/command.ts'
import type { Choice } from './core/content.ts'
import type { SettingsStore } from './store/settings.ts'

const LATE_MS = 1_500
const MAX_CHOICES = 25

export function createCompleter(
  commands: readonly Command[],
  settings: SettingsStore,
  clock: Clock,
): Complete {
  return async ({ workspace, channel, lang, command, option, prefix, options }) => {
    const spec = commands.find((one) => one.name === command)?.options.find((one) => one.name === option)
    if (!spec) return []
    const query = { workspace, channel, lang, settings: settings.of(workspace, channel), options }
    const late = delay(clock, LATE_MS).then((): Choice[] => [])
    const choices = spec.complete
      ? await Promise.race([spec.complete(prefix, query), late])
      : fixed(spec, prefix, lang)
    return choices.slice(0, MAX_CHOICES)
  }
}

function fixed(spec: Command['options'][number], prefix: string, lang: 'ko' | 'en'): Choice[] {
  const typed = prefix.trim().toLowerCase()
  return (spec.choices ?? [])
    .map((choice) => ({ name: choice.label[lang], value: choice.value }))
    .filter(
      (choice) => choice.name.toLowerCase().includes(typed) || choice.value.toLowerCase().includes(typed),
    )
}
