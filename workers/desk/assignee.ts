// Who is meant by what was typed after "assign": oneself, a mention, or a name that only one has of those who have handled a
// case. Whoever is not of the staff gets none.
import type { Both } from '../../src/core/error.ts'
import type { Mention } from '../../src/core/inbound.ts'
import type { Context } from '../../src/core/turn.ts'
import type { Colleague } from '../../src/desk/model.ts'
import { plain } from '../card.ts'
import { isOfStaff } from '../staff.ts'
import type { DeskDeps } from './desk.ts'
import { ME, TICKET } from './ticket-words.ts'

/** As a slash command brings it: Slack `<@U…|name>`, Discord `<@…>`, in old clients `<@!…>`. */
const MARKED = /^<@!?([A-Z0-9]+)(?:\|([^<>]*))?>/i

/** `why`: there is nobody to whom the case may be given. */
export async function assigneeOf(
  context: Context,
  deps: Pick<DeskDeps, 'answers' | 'tickets'>,
  typed: string,
): Promise<Colleague | { why: Both }> {
  const { turn } = context
  const value = typed.trim()
  if (ME.includes(value.toLowerCase())) return { id: turn.author.id, name: turn.author.name }
  const mentioned = await mentionedIn(context, value)
  const name = value.replace(/^@/, '').trim()
  const found = mentioned ? [mentioned] : await deps.tickets.colleagues(turn.workspace, name)
  const staff: Colleague[] = []
  for (const one of found) if (await isStaff(context, deps, one)) staff.push(one)
  const [to, ...others] = staff
  if (to && others.length === 0) return to
  if (to) return { why: TICKET.several(plain(name)) }
  return { why: found[0] ? TICKET.noStaff(plain(found[0].name)) : TICKET.nobody(plain(name)) }
}

async function mentionedIn({ turn, post }: Context, value: string): Promise<Colleague | null> {
  const marked = MARKED.exec(value)
  if (marked) {
    const [, id = '', label = ''] = marked
    return { id, name: (await post.outbound.nameOf(turn.place, id)) ?? (label || id) }
  }
  // Typed as a message, it reads "@Minsu", and beside it stands who that is.
  const mentions = (turn.messages.at(-1)?.body['mentions'] ?? []) as readonly Mention[]
  return value.startsWith('@') ? (mentions[0] ?? null) : null
}

function isStaff(
  { turn: { workspace, author, settings } }: Context,
  { answers }: Pick<DeskDeps, 'answers'>,
  { id }: Colleague,
): Promise<boolean> {
  // Whether others are admins no platform says in passing: they count by the channel, group or role.
  const isAdmin = id === author.id && author.isAdmin
  return isOfStaff(answers, { workspace, author: { id, isAdmin } }, settings.staffChannel)
}
