// What is typed after the slash command: a verb in Korean or English and its options.
import type { Command, OptionSpec } from '../core/command.ts'
import { findCommand, parseTyped } from '../core/verbs.ts'
import { normalizeText } from '../text/normalize.ts'

export interface Verb {
  /** Canonical name, or what was typed instead of one; `help` when nothing was. */
  name: string
  options: Record<string, string | number | boolean>
}

/** "settings mode every", "설정 이름=mode 값=every", "ask --private …". A question typed without a verb is no command. */
export function parseVerb(raw: string, commands: readonly Command[]): Verb {
  const text = normalizeText(unescaped(raw))
  const [first = ''] = text.split(/\s/, 1)
  const command = findCommand(first, commands)
  const { named, left } = takeNamed(text, command?.options ?? [])
  const typed = parseTyped(left, commands, 'slash')
  if (typed) return { name: typed.command.name, options: { ...typed.options, ...named } }
  return { name: first === '' ? 'help' : first.slice(0, 40).toWellFormed(), options: {} }
}

/** `name=value` and `name="two words"`, in either language. */
function takeNamed(
  text: string,
  options: readonly OptionSpec[],
): { named: Record<string, string | boolean>; left: string } {
  const named: Record<string, string | boolean> = {}
  const left = text.replace(
    /(?<=\s)([\p{L}\p{N}_-]+)=(?:"([^"]*)"|(\S+))/gu,
    (whole, key: string, quoted: string | undefined, bare: string | undefined) => {
      const option = options.find(({ name, nameKo }) => name === key.toLowerCase() || nameKo === key)
      if (!option) return whole
      const value = quoted ?? bare ?? ''
      named[option.name] = option.type === 'yes-no' ? isYes(value) : value
      return ''
    },
  )
  return { named, left: left.replace(/[^\S\n]{2,}/g, ' ') }
}

function isYes(value: string): boolean {
  return ['yes', 'true', 'on', '1', '네', '예', '켬'].includes(value.toLowerCase())
}

/** With `should_escape`, Slack writes people and channels as `<@U…|name>` and `<#C…|name>`: left for plan() to read. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
