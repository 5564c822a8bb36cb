import { expect, test } from 'vitest'
import { isGreeting } from '../../src/text/turn-taking.ts'

test.each([
  '안녕하세요',
  '안녕하세요!! 😊',
  'Hi there!',
  'good morning',
  '저기요~',
  '누구세요?',
  '뭐 할 수 있어요?',
  'What can you do?',
])('%s is answered without looking anything up', (text) => {
  expect(isGreeting(text)).toBe(true)
})

test.each([
  '안녕하세요 배송 언제 오나요?',
  'hi, where is my order',
  '안녕 시리즈 환불되나요',
  '누구한테 물어봐야 해요?',
  '뭐 살 수 있어요?',
  '',
])('%s is a question, or nothing', (text) => {
  expect(isGreeting(text)).toBe(false)
})
