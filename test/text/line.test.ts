import { expect, test } from 'vitest'
import { fitLine } from '../../src/text/line.ts'

test.each([
  ['배송이\n언제\t 오나요?', 80, '배송이 언제 오나요?'],
  ['  여백  ', 80, '여백'],
  ['가나다라마바사', 5, '가나다라…'],
  ['가나다 라마바', 5, '가나다…'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 15, '👨‍👩‍👧‍👦…'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '…'],
  ['', 5, ''],
])('%j in %i characters is %j', (text, maxChars, line) => {
  expect(fitLine(text, maxChars)).toBe(line)
})
