// The handle of an interaction: what a worker needs to answer it. Made by inbound, opened only here.
import type { Handle } from '../core/inbound.ts'
import { timeOf } from './snowflake.ts'

export interface InteractionHandle {
  interactionId: string
  applicationId: string
  token: string
  /** When to stop using the token, ms since 1970. Discord allows 15 minutes; the last one is kept as a margin. */
  expires: number
  /** A button's `@original` is the message with the button, so its answers are follow-ups. */
  isComponent: boolean
}

const LIFETIME_MS = 14 * 60_000

export function createHandle(interaction: {
  id: string
  application_id: string
  token: string
  isComponent: boolean
}): Handle {
  const handle: InteractionHandle = {
    interactionId: interaction.id,
    applicationId: interaction.application_id,
    token: interaction.token,
    expires: timeOf(interaction.id) + LIFETIME_MS,
    isComponent: interaction.isComponent,
  }
  return JSON.stringify(handle)
}

export function parseHandle(handle: Handle): InteractionHandle {
  return JSON.parse(handle) as InteractionHandle
}
