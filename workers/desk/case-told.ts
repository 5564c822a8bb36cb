// What is said to the two sides of a case, each in their own thread. Who has left is not told, and the case goes on all the
// same.
import type { Content } from '../../src/core/content.ts'
import type { Context } from '../../src/core/turn.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { reaches, staffThreadOf } from './desk.ts'
import { DESK_CARD } from './desk-words.ts'

type Told = Pick<Content, 'text' | 'buttons' | 'moments'>

/** False when there is nobody to tell. */
export function tellCustomer(
  { post }: Pick<Context, 'post'>,
  ticket: Ticket,
  told: Told,
  slot = 'told',
): Promise<boolean> {
  const { lang, place } = ticket
  // Called for before the bot had said a word, the conversation has no thread yet on Discord.
  return reaches(post.send(slot, { ...told, lang }, { place, title: DESK_CARD.subject(ticket)[lang] }))
}

/** In the thread of the card, in both languages; not at all before there is one. */
export async function tellStaff(
  { post }: Pick<Context, 'post'>,
  ticket: Ticket,
  text: string,
  slot = 'staff',
): Promise<void> {
  const place = staffThreadOf(ticket)
  if (place !== null) await reaches(post.send(slot, { text, lang: 'ko' }, { place }))
}
