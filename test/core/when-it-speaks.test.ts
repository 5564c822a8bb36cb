// When it speaks and when it keeps quiet, as conversations.
import { describe, expect, test } from 'vitest'
import { route } from '../../src/core/route.ts'
import type { Conversation } from './conversation.ts'
import { createMemory, toInbound } from './replay.ts'
import { viewOf } from './support.ts'
import { CONVERSATIONS } from './threads.ts'

/** What happened at each message, beside what was said. */
function replay(conversation: Conversation): string[] {
  const memory = createMemory()
  const view = viewOf(conversation.settings)
  return conversation.turns.map((turn, index) => {
    if (!turn.soon) memory.settle()
    const inbound = toInbound(conversation, index, memory.botPost)
    return `${turn.by}: ${turn.text} → ${memory.apply(route(inbound, view), inbound)}`
  })
}

describe.each(['ko', 'en'] as const)('conversations in %s', (lang) => {
  test.each(CONVERSATIONS.filter((one) => one.lang === lang))('$name', (conversation) => {
    const expected = conversation.turns.map((turn) => `${turn.by}: ${turn.text} → ${turn.expect}`)
    expect(replay(conversation)).toEqual(expected)
  })
})

test('there are at least forty conversations, on both platforms and in both languages', () => {
  expect(CONVERSATIONS.length).toBeGreaterThanOrEqual(40)
  for (const lang of ['ko', 'en'] as const) {
    for (const platform of ['slack', 'discord'] as const) {
      const some = CONVERSATIONS.filter((one) => one.lang === lang && one.platform === platform)
      expect(some.length).toBeGreaterThan(5)
    }
  }
})
