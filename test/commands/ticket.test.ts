// The ticket command as it is typed: which number is a case's, and which is part of what is said.
import { expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { ticket } from '../../commands/ticket.ts'
import { asCommand } from '../../src/core/route/command.ts'
import { planViewOf } from '../../src/core/route/view.ts'
import { parseTyped } from '../../src/core/verbs.ts'
import { commandOf, discordPlace, messageOf, viewOf } from '../core/support.ts'

function typed(text: string): [number: unknown, value: string] | 'help' {
  const found = parseTyped(text, COMMANDS, 'mention')!
  expect(found.command.name).toBe('ticket')
  const plan = ticket.plan(
    asCommand(ticket, found.options, messageOf({})),
    planViewOf(viewOf(), 'slack', 'ko'),
  )
  return 'kind' in plan ? [plan.body?.['number'], plan.text] : 'help'
}

test.each<[string, ReturnType<typeof typed>]>([
  ['티켓 보기', [null, '']],
  ['티켓 보기 3', [3, '']],
  ['ticket show #3', [3, '']],
  ['ticket resolve 3번', [3, '']],
  ['ticket priority 3 urgent', [3, 'urgent']],
  ['티켓 우선순위 긴급', [null, '긴급']],
  ['ticket note #3 call back', [3, 'call back']],
  ['ticket note 3 boxes arrived', [null, '3 boxes arrived']],
  ['티켓 메모 3번 내일 연락', [3, '내일 연락']],
  ['ticket merge #5', [null, '#5']],
  ['ticket merge #3 #5', [3, '#5']],
  ['ticket assign me', [null, 'me']],
  ['티켓 이관 #2 민수', [2, '민수']],
  ['ticket note', 'help'],
  ['ticket snooze #3', 'help'],
])('%s', (text, expected) => expect(typed(text)).toEqual(expected))

test('on Discord the number is a field of its own, with or without its sign', () => {
  const plan = ticket.plan(
    commandOf({
      name: 'ticket',
      place: discordPlace(),
      options: { action: 'note', number: '3', value: '2 boxes' },
    }),
    planViewOf(viewOf(), 'discord', 'ko'),
  )
  expect('kind' in plan && [plan.body?.['number'], plan.text]).toEqual([3, '2 boxes'])
})

test.each(['ticket is not working', '티켓 어디서 사나요?', 'ticket list?'])('%s is a question', (text) =>
  expect(parseTyped(text, COMMANDS, 'mention')).toBeNull(),
)
