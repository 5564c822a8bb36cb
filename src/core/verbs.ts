// Commands as people type them: after Slack's slash command, after a mention, or at the start of a direct message.
import type { Command, OptionSpec } from './command.ts'

/** `slash`: all of the text was meant as a command. `mention`: an ordinary message that may only begin like one. */
export type TypedSurface = 'slash' | 'mention'

export interface Typed {
  command: Command
  options: Record<string, string | boolean>
}

/**
 * Reads "verb options…" in either language. Options are filled in their order, one word each; `rest` takes what is left;
 * a yes-no option is typed `--private`. Null when the first word is no verb, or when the message only begins like one
 * ("help me with my order").
 */
export function parseTyped(text: string, commands: readonly Command[], surface: TypedSurface): Typed | null {
  const said = surface === 'mention' ? findSaid(text, commands) : null
  if (said) return said
  const { verb, after } = splitVerb(text)
  const command = findCommand(verb, commands)
  if (!command?.surfaces.includes(surface)) return null
  if (surface === 'mention' && after !== '' && !command.isTypedWith?.(after)) return null
  return { command, options: parseOptions(after.replace(/^[:：]\s*/, ''), command) }
}

function findSaid(text: string, commands: readonly Command[]): Typed | null {
  for (const command of commands) {
    const said = command.surfaces.includes('mention') ? command.saidAs?.exec(text) : null
    if (said) return { command, options: parseOptions(text.slice(said[0].length).trim(), command) }
  }
  return null
}

/** The command of that name, in English or Korean, whatever its case. */
export function findCommand(name: string, commands: readonly Command[]): Command | undefined {
  const wanted = name.toLowerCase()
  return commands.find((command) => command.name === wanted || command.nameKo === wanted)
}

function splitVerb(text: string): { verb: string; after: string } {
  const [, verb = '', after = ''] = /^\s*\/?([\p{L}\p{N}_-]+)(?![\p{L}\p{N}'’])([\s\S]*)$/u.exec(text) ?? []
  // "help!" and "도움말?" are the bare verb.
  return { verb, after: after.replace(/^[!?.~]+\s*$/, '').trim() }
}

function parseOptions(after: string, command: Command): Typed['options'] {
  const options: Typed['options'] = {}
  let left = after
  for (const flag of command.options.filter((option) => option.type === 'yes-no')) {
    const typed = new RegExp(`(?:^|\\s)--(?:${flag.name}|${flag.nameKo})(?=\\s|$)`)
    if (!typed.test(left)) continue
    left = left.replace(typed, '').trim()
    options[flag.name] = true
  }
  for (const option of command.options.filter(({ type }) => type !== 'yes-no')) {
    if (left === '') break
    const [value, remainder] = option.name === command.rest ? [left, ''] : splitWord(left)
    options[option.name] = matchChoice(value, option)
    left = remainder
  }
  return options
}

function splitWord(text: string): [string, string] {
  const [word = ''] = text.split(/\s/, 1)
  return [word, text.slice(word.length).trim()]
}

/** People type a choice's label as well as its value; what matches neither is left to plan() to complain about. */
function matchChoice(value: string, option: OptionSpec): string {
  const wanted = value.toLowerCase()
  const choice = option.choices?.find(
    (one) =>
      one.value.toLowerCase() === wanted || one.label.ko === wanted || one.label.en.toLowerCase() === wanted,
  )
  return choice?.value ?? value
}
