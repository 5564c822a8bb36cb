import { expect, test } from 'vitest'
import { emojiName } from '../../src/slack/emoji.ts'

test.each([
  ['📝', 'memo'],
  ['👍', '+1'],
  ['🙇', 'bow'],
  [':eyes:', 'eyes'],
  ['partyparrot', 'partyparrot'],
  ['🦜', '+1'],
])('%s is put on a message as :%s:', (emoji, name) => {
  expect(emojiName(emoji)).toBe(name)
})
