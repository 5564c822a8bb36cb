import { expect, test } from 'vitest'
import { asksToStop } from '../../src/text/turn-taking.ts'

test.each(['그만', '그만!', '그만 써 줘', '멈춰 주세요', '중지', 'stop', 'Stop.', 'stop please', 'STOP!!'])(
  'stops for "%s"',
  (text) => {
    expect(asksToStop(text)).toBe(true)
  },
)

test.each([
  '그만두고 싶어요',
  '구독 중지 방법 알려 주세요',
  'stop my subscription',
  'how do I stop emails?',
  '멈춰요 화면이',
  '',
])('does not stop for "%s"', (text) => {
  expect(asksToStop(text)).toBe(false)
})
