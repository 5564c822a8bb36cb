// Commands as people type them, and messages that only begin like one.
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { parseTyped, type TypedSurface } from '../../src/core/verbs.ts'

function parse(text: string, surface: TypedSurface): string | null {
  const typed = parseTyped(text, COMMANDS, surface)
  return typed && [typed.command.name, JSON.stringify(typed.options)].join(' ')
}

describe('after the slash command', () => {
  test.each([
    ['help', 'help {}'],
    ['도움말', 'help {}'],
    ['HELP', 'help {}'],
    ['ask When will it arrive?', 'ask {"question":"When will it arrive?"}'],
    ['질문 배송은 언제 오나요?', 'ask {"question":"배송은 언제 오나요?"}'],
    ['질문 첫째 줄\n둘째 줄', 'ask {"question":"첫째 줄\\n둘째 줄"}'],
    ['ask --private How much?', 'ask {"private":true,"question":"How much?"}'],
    ['질문 얼마예요? --비공개', 'ask {"private":true,"question":"얼마예요?"}'],
    ['ask', 'ask {}'],
    ['settings', 'settings {}'],
    ['설정 모드 every', 'settings {"name":"모드","value":"every"}'],
    ['settings mode every workspace', 'settings {"name":"mode","value":"every workspace"}'],
  ])('"%s"', (text, expected) => {
    expect(parse(text, 'slash')).toBe(expected)
  })

  test.each(['', '   ', '배송은 언제 오나요?', '???', 'asking'])('"%s" is no verb', (text) => {
    expect(parse(text, 'slash')).toBeNull()
  })
})

describe('after a mention', () => {
  test.each([
    ['지식에 추가', 'add {}'],
    ['이 파일 지식에 추가해 주세요!', 'add {}'],
    ['지식에 추가: 반품은 30일', 'add {"text":"반품은 30일"}'],
    ['Please add these files to the knowledge base.', 'add {}'],
    ['add to knowledge\nReturns: 30 days', 'add {"text":"Returns: 30 days"}'],
    ['help', 'help {}'],
    ['Help!', 'help {}'],
    ['도움말?', 'help {}'],
    ['도움말 보여 줘', 'help {}'],
    ['settings', 'settings {}'],
    ['settings mode every', 'settings {"name":"mode","value":"every"}'],
    ['설정 호칭 회원님', 'settings {"name":"호칭","value":"회원님"}'],
    ['설정 말투통일 켬', 'settings {"name":"말투통일","value":"켬"}'],
    ['설정 답변위치 여기', 'settings {"name":"답변위치","value":"여기"}'],
    ['질문: 배송은 언제 오나요?', 'ask {"question":"배송은 언제 오나요?"}'],
  ])('"%s" is a command', (text, expected) => {
    expect(parse(text, 'mention')).toBe(expected)
  })

  test.each([
    'help me with my order',
    'Help, my order is gone',
    '도움말은 어디 있어요?',
    '도움말 말고 상담원이요',
    '질문 있어요',
    '질문 하나만 드려도 될까요?',
    'ask you something?',
    'settings are gone after the update',
    '설정 화면이 안 열려요',
    '설정 언어는 어떻게 바꾸나요?',
    'settings language where do I find it in the app',
  ])('"%s" is a question', (text) => {
    expect(parse(text, 'mention')).toBeNull()
  })
})
