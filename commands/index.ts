// Every command, in the order in which help and the platforms list them.
import type { Command } from '../src/core/command.ts'
import { add } from './add.ts'
import { ask } from './ask.ts'
import { correct } from './correct.ts'
import { glossary } from './glossary.ts'
import { help } from './help.ts'
import { human } from './human.ts'
import { settings } from './settings.ts'
import { snippet } from './snippet.ts'
import { ticket } from './ticket.ts'
import { tone } from './tone.ts'
import { translate } from './translate.ts'
import { withdraw } from './withdraw.ts'
import { zone } from './zone.ts'

export const COMMANDS: readonly Command[] = [
  ...[ask, translate, human, zone],
  ...[add, correct, withdraw, help, settings, glossary, snippet, tone, ticket],
]
