// How politely translations for the customer of a case speak, by staff's word. It is the customer's, whatever their case; what
// they have chosen themselves comes first.
import type { Both } from '../../src/core/error.ts'
import type { Settings } from '../../src/core/settings.ts'
import { TONE_WORDS, type Tones } from '../../src/core/tone.ts'
import { readChoice } from '../../src/core/translate-options.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { TICKET } from './ticket-words.ts'

export interface TicketToneDeps {
  people: Pick<Tones, 'toneOf' | 'toneFor' | 'setStaffTone'>
  settingsOf(workspace: string, channel: string): Settings
}

/** `typed`: '' only asks what it is. Returns what it is from now on. */
export async function customerTone(
  { people, settingsOf }: TicketToneDeps,
  ticket: Ticket,
  typed: string,
): Promise<Both> {
  const { workspace, customer, place, staffPlace } = ticket
  const chosen = typed === '' ? undefined : readChoice('tone', typed)
  if (typed !== '' && chosen === undefined) return TICKET.notTone
  if (chosen !== undefined) await people.setStaffTone(workspace, customer, chosen)
  const own = await people.toneOf(place.workspace, customer)
  if (own !== null) return TICKET.toneOwn(ticket, TONE_WORDS[own])
  const ours = await people.toneFor(place.workspace, customer, workspace)
  if (ours !== null) return TICKET.toneIs(ticket, TONE_WORDS[ours])
  return TICKET.toneOfChannel(ticket, TONE_WORDS[settingsOf(staffPlace.workspace, staffPlace.channel).tone])
}
