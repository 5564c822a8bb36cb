// What becomes of commands, used from a menu or typed as a message.
import { describe, expect, test } from 'vitest'
import { route } from '../../src/core/route.ts'
import { authorOf, commandOf, discordPlace, enqueued, messageOf, viewOf } from './support.ts'

describe('slash commands', () => {
  const question = { question: '배송은 언제 오나요?' }

  test('a public answer on Slack is an ordinary message that quotes the question', () => {
    const what = enqueued(route(commandOf({ options: question }), viewOf()))
    expect(what).toMatchObject({
      kind: 'answer',
      queue: 'chat',
      lane: 'cmd:trigger-1',
      text: question.question,
    })
    expect(what.body).toMatchObject({ isPrivate: false, quotesQuestion: true })
    // For channels where the bot is no member.
    expect(what.handle).toBe('handle-1')
  })

  test('a private answer goes out through the handle', () => {
    const what = enqueued(route(commandOf({ options: { ...question, private: true } }), viewOf()))
    expect(what).toMatchObject({ ack: 'defer-private', handle: 'handle-1' })
    expect(what.body).toMatchObject({ isPrivate: true, quotesQuestion: false })
  })

  test('on Discord the answer is the response to the interaction', () => {
    const what = enqueued(route(commandOf({ options: question, place: discordPlace() }), viewOf()))
    expect(what).toMatchObject({ ack: 'defer', handle: 'handle-1', lane: 'cmd:trigger-1' })
  })

  test('a Slack shortcut is answered in the thread of the message it was used on', () => {
    const target = { source: 'C1:1759.000100', text: 'How do I log in?', attachments: [], authorIsBot: false }
    const what = enqueued(route(commandOf({ target }), viewOf()))
    expect(what).toMatchObject({
      lane: 'C1:1759.000100',
      place: { thread: '1759.000100' },
      text: target.text,
      handle: 'handle-1',
    })
  })

  test('a Discord message command is answered for the one who used it', () => {
    const target = { source: '700', text: 'How do I log in?', attachments: [], authorIsBot: false }
    const what = enqueued(route(commandOf({ target, place: discordPlace() }), viewOf()))
    expect(what).toMatchObject({
      ack: 'defer-private',
      handle: 'handle-1',
      body: { isPrivate: true, target: '700' },
    })
  })

  test('a message that says "forget me" is not a wish of the one who asks about it', () => {
    const target = { source: 'C1:1759.000100', text: 'forget me', attachments: [], authorIsBot: false }
    expect(enqueued(route(commandOf({ target }), viewOf())).kind).toBe('answer')
  })

  test.each([
    ['잊어 줘', 'forget'],
    ['상담원 연결해 주세요', 'person'],
  ])('asking with a command for "%s" is heard as such', (text, kind) => {
    const what = enqueued(route(commandOf({ options: { question: text } }), viewOf()))
    expect(what).toMatchObject({ kind, queue: 'relay', ack: 'defer-private' })
  })

  test('an unknown verb shows the help', () => {
    const decision = route(commandOf({ name: '뭐든지' }), viewOf())
    expect(decision).toMatchObject({ type: 'reply', isPrivate: true })
    expect(JSON.stringify(decision)).toContain('물어보는 법')
  })

  test('commands work where it is otherwise turned off', () => {
    expect(route(commandOf({ options: question }), viewOf({ mode: 'off' })).type).toBe('enqueue')
  })

  test('in a shared channel nobody has allowed, nothing is said in public but help still works', () => {
    const shared = { sharedExternally: true }
    expect(route(commandOf({ ...shared, options: question }), viewOf())).toMatchObject({
      type: 'reply',
      isPrivate: true,
    })
    expect(route(commandOf({ ...shared, name: 'help' }), viewOf()).type).toBe('reply')
  })

  test('a full member may allow it in a shared channel, and change nothing else', () => {
    const allow = { name: 'settings', options: { name: 'shared', value: 'on' } }
    const shared = { sharedExternally: true }
    const what = enqueued(route(commandOf({ ...allow, ...shared }), viewOf()))
    expect(what).toMatchObject({ kind: 'settings', body: { name: 'shared', value: 'on', scope: 'channel' } })
    const refused = { type: 'reply', content: { text: '이 명령은 관리자만 쓸 수 있어요.' } }
    expect(route(commandOf(allow), viewOf())).toMatchObject(refused)
    for (const options of [
      { name: 'mode', value: 'off' },
      { name: 'who', value: 'everyone' },
    ])
      expect(route(commandOf({ ...shared, name: 'settings', options }), viewOf())).toMatchObject(refused)
    const guest = { author: authorOf({ kind: 'guest' }) }
    expect(route(commandOf({ ...allow, ...shared, ...guest }), viewOf())).toMatchObject(refused)
  })

  test('who may use it holds for commands too', () => {
    const decision = route(commandOf({ options: question }), viewOf({ who: 'admins' }))
    expect(decision).toMatchObject({
      type: 'reply',
      content: { text: '여기서는 관리자만 이용할 수 있어요.' },
    })
  })

  test.each([
    ['ko-KR', 'settings', 'ko'],
    ['ko-KR', '설정', 'ko'],
    ['en-US', 'help', 'en'],
    ['en-US', '도움말', 'ko'],
    [null, 'help', 'en'],
    [null, '도움말', 'ko'],
  ] as const)('with a %s client, "%s" is answered in %s', (locale, text, lang) => {
    const author = authorOf({ locale, isAdmin: true })
    expect(enqueued(route(messageOf({ author, text }), viewOf())).body).toMatchObject({ content: { lang } })
  })

  test('the language setting wins over the language of the person', () => {
    const decision = route(commandOf({ name: 'help' }), viewOf({ language: 'en' }))
    expect(decision).toMatchObject({ content: { lang: 'en' } })
  })
})

describe('commands typed as messages', () => {
  test('help is said in the thread, once', () => {
    const what = enqueued(route(messageOf({ text: 'help' }), viewOf()))
    expect(what).toMatchObject({ kind: 'say', queue: 'relay', place: { thread: '1760000000.000100' } })
    expect(what.body).toMatchObject({ isPrivate: false })
  })

  test('a refusal is for the one who typed it only', () => {
    const what = enqueued(route(messageOf({ text: 'settings mode every' }), viewOf()))
    expect(what).toMatchObject({ kind: 'say', place: { thread: null }, body: { isPrivate: true } })
  })

  test('an admin changes a setting by message', () => {
    const author = authorOf({ isAdmin: true })
    const what = enqueued(route(messageOf({ author, text: '설정 모드 새 글' }), viewOf()))
    expect(what).toMatchObject({ kind: 'settings', queue: 'relay', body: { name: 'mode', value: 'every' } })
    expect(what.burst).toBeUndefined()
  })

  test('"질문: …" asks what follows', () => {
    const what = enqueued(route(messageOf({ text: '질문: 배송은 언제 오나요?' }), viewOf()))
    expect(what).toMatchObject({ kind: 'answer', text: '배송은 언제 오나요?', lane: 'C1:1760000000.000100' })
  })
})
