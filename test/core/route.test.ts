// Where answers go, in which lane, and what each kind of event becomes.
import { describe, expect, test } from 'vitest'
import type { ActionInbound, Attachment } from '../../src/core/inbound.ts'
import { route } from '../../src/core/route.ts'
import { authorOf, discordPlace, enqueued, messageOf, QUIET_MS, slackPlace, viewOf } from './support.ts'

const PICTURE: Attachment = {
  id: 'F1',
  name: 'a.png',
  mime: 'image/png',
  bytes: 9,
  url: 'https://f.example/1',
}

function actionOf(rest: Partial<ActionInbound>): ActionInbound {
  const { workspace, audience, place, room, author, sharedExternally, at } = messageOf()
  return {
    ...{ workspace, audience, place, room, author, sharedExternally, at },
    type: 'action',
    source: 'trigger-9',
    action: 'feedback',
    value: 'up',
    message: '1760000001.000200',
    handle: 'handle-9',
    ...rest,
  }
}

describe('where the bot is off, what is written in a thread is for the person who has it, and for nobody else', () => {
  const off = viewOf({ mode: 'off', staffChannel: 'CSTAFF' })
  const inThread = { place: slackPlace({ thread: '17.1' }), room: 'thread' } as const
  test.each([
    ['in it', { ...inThread, mentionsBot: false }],
    ['that names the bot', inThread],
    ['that names a colleague', { ...inThread, mentionsBot: false, mentionsOthers: true }],
    ['that says stop', { ...inThread, mentionsBot: false, text: '그만' }],
    ['that thanks', { ...inThread, mentionsBot: false, text: '감사합니다' }],
    ['of somebody whom it may not answer', { ...inThread, sharedExternally: true }],
    ['that replies in the channel', { mentionsBot: false, replyTo: '1759999999.000100' }],
  ] as const)('a message %s', (_name, rest) => {
    expect(enqueued(route(messageOf(rest), off))).toMatchObject({ onlyIf: 'with-staff', quietMs: 0 })
  })

  test.each([
    ['to everybody', { mentionsBot: false }],
    ['to the bot', {}],
    ['of another bot', { ...inThread, author: authorOf({ kind: 'bot' }) }],
  ] as const)('not one %s', (_name, rest) => {
    expect(route(messageOf(rest), off).type).toBe('ignore')
  })
})

describe('where the answer to a message goes', () => {
  const slackDm = { channel: 'D1' }
  test.each([
    ['Slack channel', slackPlace(), 'channel', {}, '1760000000.000100', 'C1:1760000000.000100', 'C1'],
    ['Slack thread', slackPlace({ thread: '17.1' }), 'thread', {}, '17.1', 'C1:17.1', undefined],
    [
      'Slack channel, in place',
      slackPlace(),
      'channel',
      { answers: 'here' },
      null,
      'msg:C1:1760000000.000100',
      'C1',
    ],
    [
      'Slack thread, in place',
      slackPlace({ thread: '17.1' }),
      'thread',
      { answers: 'here' },
      '17.1',
      'C1:17.1',
      undefined,
    ],
    ['Slack DM', slackPlace(slackDm), 'dm', {}, '1760000000.000100', 'D1:1760000000.000100', 'D1'],
    ['Slack DM thread', slackPlace({ ...slackDm, thread: '17.1' }), 'dm', {}, '17.1', 'D1:17.1', undefined],
    ['Discord channel', discordPlace(), 'channel', {}, '900', '900', '500'],
    ['Discord channel, in place', discordPlace(), 'channel', { answers: 'here' }, null, 'msg:900', '500'],
    ['Discord thread', discordPlace({ thread: '800' }), 'thread', {}, '800', '800', undefined],
    ['Discord forum post', discordPlace({ thread: '900' }), 'post', {}, '900', '900', undefined],
    ['Discord DM', discordPlace(), 'dm', {}, null, 'dm:500', '500'],
  ] as const)('%s', (_name, place, room, settings, thread, lane, burst) => {
    const what = enqueued(route(messageOf({ place, room }), viewOf(settings)))
    expect(what).toMatchObject({
      kind: 'answer',
      queue: 'chat',
      lane,
      place: { channel: place.channel, thread },
    })
    expect(what.burst).toBe(burst)
  })
})

describe('how long it waits for the rest of a question', () => {
  test.each([
    ['a whole question starts at once', '배송이 언제 오나요?', [], 0],
    ['a greeting waits', '안녕하세요', [], QUIET_MS],
    ['half a sentence waits', 'so I ordered a lamp and', [], QUIET_MS],
    ['a bare mention waits', '', [], QUIET_MS],
    ['a picture alone waits for its question', '', [PICTURE], QUIET_MS],
    ['a picture with words starts at once', '이거요', [PICTURE], 0],
  ])('%s', (_name, text, attachments, quietMs) => {
    expect(enqueued(route(messageOf({ text, attachments }), viewOf())).quietMs).toBe(quietMs)
  })
})

describe('what is left for the database to decide', () => {
  test('an unmentioned channel message only ever joins what was just asked', () => {
    const what = enqueued(route(messageOf({ mentionsBot: false }), viewOf()))
    expect(what).toMatchObject({ onlyIf: 'burst-is-open', burst: 'C1' })
  })

  test('more of a question joins it even when it asks for a person', () => {
    const what = enqueued(route(messageOf({ mentionsBot: false, text: '상담원 연결해 주세요' }), viewOf()))
    expect(what).toMatchObject({ kind: 'answer', onlyIf: 'burst-is-open' })
  })

  test('an unmentioned thread message is answered only in a thread of ours', () => {
    const message = messageOf({ mentionsBot: false, room: 'thread', place: slackPlace({ thread: '17.1' }) })
    expect(enqueued(route(message, viewOf()))).toMatchObject({ onlyIf: 'thread-is-ours', lane: 'C1:17.1' })
    expect(enqueued(route(message, viewOf())).isNote).toBeUndefined()
  })

  test('a thread message to somebody else is noted, so that the thread knows who spoke', () => {
    const place = slackPlace({ thread: '17.1' })
    const message = messageOf({ mentionsBot: false, mentionsOthers: true, room: 'thread', place })
    expect(enqueued(route(message, viewOf()))).toMatchObject({ onlyIf: 'thread-is-ours', isNote: true })
  })

  test('inside a Discord thread a reply changes nothing: the lane is known', () => {
    const place = discordPlace({ thread: '800' })
    const message = messageOf({ mentionsBot: false, room: 'thread', place, replyTo: '801' })
    expect(enqueued(route(message, viewOf()))).toMatchObject({ lane: '800', replyTo: undefined })
  })
})

describe('text from outside', () => {
  test('a flood is cut to the longest text a platform allows, without half a character', () => {
    const what = enqueued(route(messageOf({ text: `a${'😀'.repeat(30_000)}` }), viewOf()))
    expect(what.text.length).toBe(40_000)
    expect(what.text.isWellFormed()).toBe(true)
  })

  test('attachments reach the handler', () => {
    const what = enqueued(route(messageOf({ text: '이게 뭐죠?', attachments: [PICTURE] }), viewOf()))
    expect(what.body['attachments']).toEqual([PICTURE])
  })
})

describe('buttons, edits and arrivals', () => {
  test.each(['feedback', 'person'] as const)('the %s button is recorded and nothing moves', (action) => {
    const what = enqueued(route(actionOf({ action }), viewOf()))
    expect(what).toMatchObject({
      kind: action,
      queue: 'relay',
      ack: 'update',
      body: { message: '1760000001.000200' },
    })
  })

  test('Stop names the message and who pressed it', () => {
    expect(route(actionOf({ action: 'stop' }), viewOf())).toMatchObject({
      type: 'signal',
      signal: { kind: 'stop', lane: null, author: 'U1', isAdmin: false },
    })
  })

  test('“그만” in a channel is for what grows there for its writer, and to nobody in particular else a message', () => {
    const told = messageOf({ text: '그만', mentionsBot: true })
    const signal = { kind: 'stop', lane: null, author: 'U1', place: { channel: 'C1', thread: null } }
    expect(route(told, viewOf())).toMatchObject({ type: 'signal', signal })
    expect(route(told, viewOf())).not.toHaveProperty('otherwise')
    const said = route(messageOf({ text: '그만', mentionsBot: false }), viewOf())
    expect(said).toMatchObject({ type: 'signal', signal, otherwise: { onlyIf: 'burst-is-open' } })
  })

  test('Slack’s own Stop names the thread', () => {
    const place = slackPlace({ thread: '17.1' })
    const decision = route({ type: 'stop', workspace: 'slack:T1', place, author: authorOf() }, viewOf())
    expect(decision).toMatchObject({ signal: { kind: 'stop', lane: 'C1:17.1', turn: null } })
  })

  test('a suggested question is asked under the message that offered it', () => {
    const suggest = { action: 'suggest', value: '무엇을 할 수 있나요?', room: 'dm' } as const
    const onSlack = enqueued(route(actionOf({ ...suggest, place: slackPlace({ channel: 'D1' }) }), viewOf()))
    expect(onSlack).toMatchObject({ text: suggest.value, lane: 'D1:1760000001.000200', kind: 'answer' })
    const onDiscord = enqueued(route(actionOf({ ...suggest, place: discordPlace() }), viewOf()))
    expect(onDiscord).toMatchObject({ lane: 'dm:500', place: { thread: null } })
  })

  test('a settings button does what the command does, and only for admins', () => {
    const press = { action: 'settings', value: 'shared on' } as const
    expect(route(actionOf(press), viewOf())).toMatchObject({ type: 'reply', isPrivate: true })
    const what = enqueued(route(actionOf({ ...press, author: authorOf({ isAdmin: true }) }), viewOf()))
    expect(what).toMatchObject({
      kind: 'settings',
      body: { name: 'shared', value: 'on' },
      handle: 'handle-9',
    })
  })

  test('edits and deletions go to whatever became of the message', () => {
    const from = { workspace: 'slack:T1', audience: 'a', source: 'C1:1' }
    expect(route({ type: 'edit', ...from, text: '새 글', writtenAt: 7 }, viewOf())).toEqual({
      type: 'signal',
      signal: { kind: 'edit', ...from, text: '새 글', writtenAt: 7 },
    })
    expect(route({ type: 'delete', ...from }, viewOf())).toEqual({
      type: 'signal',
      signal: { kind: 'delete', ...from },
    })
  })

  test('an invitation is answered with a welcome that names what is missing', () => {
    const { workspace, audience, place, room, author, sharedExternally, at } = messageOf()
    const from = { workspace, audience, place, room, author, sharedExternally, at }
    const missing = ['channels:history']
    const arrival = { ...from, type: 'arrival', source: 'E1', arrival: 'invited', missing } as const
    expect(route(arrival, viewOf())).toMatchObject({ kind: 'welcome', lane: 'arrival:E1', body: { missing } })
  })
})
