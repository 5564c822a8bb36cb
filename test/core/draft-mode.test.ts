// Mode `draft`: staff read what it would say before customers do, and nobody is answered while there are no staff.
import { describe, expect, test } from 'vitest'
import { settings as command } from '../../commands/settings.ts'
import { route } from '../../src/core/route.ts'
import { parseSettingValue } from '../../src/core/setting-words.ts'
import { authorOf, commandOf, discordPlace, enqueued, messageOf, slackPlace, viewOf } from './support.ts'

const DRAFTS = { mode: 'draft', staffChannel: 'CSTAFF' } as const

describe.each([
  ['Slack', slackPlace()],
  ['Discord', discordPlace()],
])('on %s', (_name, place) => {
  test('a new post becomes a draft without a mention, and so does one with', () => {
    for (const mentionsBot of [false, true]) {
      const what = enqueued(route(messageOf({ place, mentionsBot }), viewOf(DRAFTS)))
      expect(what).toMatchObject({ kind: 'draft', queue: 'chat', place: { channel: place.channel } })
    }
  })

  test('what is added in the thread is drafted too', () => {
    const inThread = { place: { ...place, thread: '17.1' }, room: 'thread', mentionsBot: false } as const
    expect(enqueued(route(messageOf(inThread), viewOf(DRAFTS)))).toMatchObject({
      kind: 'draft',
      onlyIf: 'thread-is-ours',
    })
  })

  test('a direct message is answered as ever', () => {
    expect(enqueued(route(messageOf({ place, room: 'dm' }), viewOf(DRAFTS))).kind).toBe('answer')
  })

  test('a wish for a person reaches staff as ever', () => {
    const text = '상담원 연결해 주세요'
    expect(enqueued(route(messageOf({ place, text }), viewOf(DRAFTS))).kind).toBe('person')
  })

  test('without a staff channel nobody is answered', () => {
    expect(route(messageOf({ place }), viewOf({ mode: 'draft' }))).toMatchObject({
      type: 'ignore',
      reason: 'mode-off',
    })
  })

  test('in the staff channel itself it answers when it is mentioned', () => {
    const here = { ...place, channel: 'CSTAFF' }
    expect(enqueued(route(messageOf({ place: here }), viewOf(DRAFTS))).kind).toBe('answer')
    expect(enqueued(route(messageOf({ place: here, mentionsBot: false }), viewOf(DRAFTS))).onlyIf).toBe(
      'burst-is-open',
    )
  })
})

test.each(['draft', '초안', '담당자가 확인한 뒤 답하기', 'after our team has checked the draft'])(
  'the mode can be typed as "%s"',
  (typed) => expect(parseSettingValue('mode', typed, 'C1')).toEqual({ value: 'draft' }),
)

test.each([
  ['ko-KR', null, /상담 채널이 아직 없어서.*settings staff here/],
  ['en-US', null, /no staff channel.*settings staff here/],
  ['ko-KR', 'CSTAFF', /^바꿨어요[^\n]*$/],
] as const)('an admin (%s, staff channel %s) is told what drafts need', (locale, staffChannel, told) => {
  const inbound = commandOf({
    name: command.name,
    options: { name: 'mode', value: 'draft' },
    author: authorOf({ locale, isAdmin: true }),
  })
  const { body } = enqueued(route(inbound, viewOf({ staffChannel })))
  expect(body['done']).toMatch(told)
})
