// Where an answer goes, and the lane that keeps it in order with what else is said there.
import type { MessageInbound, Place } from '../inbound.ts'
import type { Settings } from '../settings.ts'

/** Slack's ts out of a source `<channel>:<ts>`; a Discord message id is its own thread-to-be. */
export function threadRootOf(place: Place, source: string): string {
  return place.platform === 'slack' ? source.slice(source.lastIndexOf(':') + 1) : source
}

/** A thread made from a Discord message takes the message's id, so the message and its thread share a lane. */
export function threadLaneOf(place: Place, thread: string): string {
  return place.platform === 'slack' ? `${place.channel}:${thread}` : thread
}

export function isInThread(inbound: Pick<MessageInbound, 'room'>): boolean {
  return inbound.room === 'thread' || inbound.room === 'post'
}

/** The place of the answer to a message, and its lane. */
export function answerTo(inbound: MessageInbound, settings: Settings): { place: Place; lane: string } {
  const { place, room, source } = inbound
  if (isInThread(inbound) && place.thread !== null) {
    return { place, lane: threadLaneOf(place, place.thread) }
  }
  if (room === 'dm' && place.platform === 'discord') {
    return { place: { ...place, thread: null }, lane: `dm:${place.channel}` }
  }
  if (room === 'channel' && settings.answers === 'here') {
    return { place: { ...place, thread: null }, lane: `msg:${source}` }
  }
  const thread = place.thread ?? threadRootOf(place, source)
  return { place: { ...place, thread }, lane: threadLaneOf(place, thread) }
}
