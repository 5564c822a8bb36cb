// Internal notes stay with the team, wherever in a message they stand; what only looks like one goes to the customer.
import { expect, test } from 'vitest'
import { splitNotes } from '../../src/text/notes.ts'

test.each([
  ['Will check.\n// he is lying', 'Will check.', 'he is lying'],
  ['확인할게요.\n  //VIP\n사진 부탁드려요.', '확인할게요.\n사진 부탁드려요.', 'VIP'],
  ['a\n// b\n\nc\n//d', 'a\n\nc', 'b\nd'],
  ['```\n// code\n```\n// note', '```\n// code\n```', 'note'],
  // Never closed, it is no code block on either platform.
  ['Use ```\n// he is lying', 'Use ```', 'he is lying'],
  ['// he is lying\nand rude', '', 'he is lying\nand rude'],
  ['\n // all\n// of it', '', 'all\nof it'],
])('%j', (text, said, note) => expect(splitNotes(text)).toEqual({ said, note }))

test.each([
  'https://shop.example/a',
  '주소는\nhttps://shop.example/a 예요.',
  'See a // b\nand c // d',
  '```js\n// say hello\nhello()\n```',
  'Run ```x\n// y\nz``` please.',
  '/ 1\n/command',
  '',
])('%j is no note', (text) => expect(splitNotes(text)).toEqual({ said: text, note: '' }))
