// What becomes of flags, of the share button, and of wishes for a translation, typed or chosen.
import { describe, expect, test } from 'vitest'
import type { MessageInbound, ReactionInbound } from '../../src/core/inbound.ts'
import { route } from '../../src/core/route.ts'
import { langOfFlag, parseTargetLang, TARGET_LANGS } from '../../src/core/target-lang.ts'
import { parseTone } from '../../src/core/tone.ts'
import { readTranslateOptions } from '../../src/core/translate-options.ts'
import { authorOf, commandOf, discordPlace, enqueued, messageOf, slackPlace, viewOf } from './support.ts'

function flagOn(rest: Partial<ReactionInbound> = {}): ReactionInbound {
  const place = rest.place ?? slackPlace()
  const message = place.platform === 'slack' ? 'C1:1.000100' : '700'
  return {
    type: 'reaction',
    ...{ workspace: place.workspace, audience: 'a', place, room: 'channel', author: authorOf() },
    ...{ sharedExternally: false, at: 0, source: `react:${message}:U1`, emoji: '🇺🇸', message },
    ...rest,
  }
}

describe('flags', () => {
  test('a translation goes into the thread of the message, once per message and language', () => {
    const what = enqueued(route(flagOn(), viewOf()))
    expect(what).toMatchObject({
      kind: 'flag',
      once: 'flag:C1:1.000100:en',
      lane: 'flag:C1:1.000100:en',
      place: { thread: '1.000100' },
      body: { to: 'en', target: 'C1:1.000100' },
    })
    // English is English, whoever's flag it is.
    expect(enqueued(route(flagOn({ emoji: '🇬🇧', author: authorOf({ id: 'U2' }) }), viewOf())).once).toBe(
      what.once,
    )
    expect(enqueued(route(flagOn({ emoji: '🇯🇵' }), viewOf())).once).not.toBe(what.once)
  })

  test('on Discord it is a reply where answers stand in the channel', () => {
    const place = discordPlace()
    expect(enqueued(route(flagOn({ place }), viewOf())).place.thread).toBe('700')
    expect(enqueued(route(flagOn({ place }), viewOf({ answers: 'here' }))).place.thread).toBeNull()
    const inThread = discordPlace({ thread: '600' })
    expect(enqueued(route(flagOn({ place: inThread, room: 'thread' }), viewOf())).place.thread).toBe('600')
  })

  test.each([
    ['flags are off', {}, { flags: 'off' as const }],
    ['it never speaks', {}, { mode: 'off' as const }],
    ['a bot put it there', { author: authorOf({ kind: 'bot' }) }, {}],
    ['only members may use it', { author: authorOf({ kind: 'guest' }) }, { who: 'members' as const }],
    ['nobody has allowed the shared channel', { sharedExternally: true }, {}],
    ['it is taken off', { isRemoved: true }, {}],
    ['a bot put another emoji there', { emoji: '👍', author: authorOf({ kind: 'bot' }) }, {}],
  ])('nothing happens where %s', (_why, rest, settings) => {
    expect(route(flagOn(rest), viewOf(settings)).type).toBe('ignore')
  })

  test.each(['👍', '🇨🇭'])(
    '%s, which asks for no language, goes to the copy of a message, if it has one',
    (emoji) => {
      const what = enqueued(route(flagOn({ emoji }), viewOf()))
      expect(what).toMatchObject({ kind: 'reaction', onlyIf: 'with-copy', body: { emoji, isRemoved: false } })
      const off = enqueued(route(flagOn({ emoji, isRemoved: true }), viewOf()))
      expect(off).toMatchObject({ lane: what.lane, body: { isRemoved: true } })
    },
  )

  test.each([
    ['🇰🇷', 'ko'],
    ['🇺🇸', 'en'],
    ['🇬🇧', 'en'],
    ['🇯🇵', 'ja'],
    ['🇨🇳', 'zh'],
    ['🇻🇳', 'vi'],
    ['🇪🇸', 'es'],
    ['🇩🇪', 'de'],
    ['🇫🇷', 'fr'],
    ['🇧🇷', 'pt'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', null],
    ['🏳️‍🌈', null],
    ['🇰', null],
    ['', null],
    ['KR', null],
  ])('%s asks for %s', (emoji, lang) => {
    expect(langOfFlag(emoji)).toBe(lang)
  })
})

describe('the share button', () => {
  test('counts once, however often it is pressed', () => {
    const { workspace, audience, place, room, author, sharedExternally, at } = commandOf()
    const what = enqueued(
      route(
        {
          ...{ workspace, audience, place, room, author, sharedExternally, at },
          ...{ type: 'action', action: 'share', value: '42', message: '1.2', source: 'act:1', handle: 'h' },
        },
        viewOf(),
      ),
    )
    expect(what).toMatchObject({ kind: 'share', once: 'share:42', queue: 'relay', ack: 'update' })
  })
})

describe('the command', () => {
  const typed = (text: string) => route(messageOf({ text }), viewOf())

  test.each([
    ['번역 영어로 내일 배송돼요', '내일 배송돼요', { to: 'en' }],
    ['translate to Korean: Where is it?', 'Where is it?', { to: 'ko' }],
    ['번역: 내일 배송돼요', '내일 배송돼요', {}],
    ['translate I would like a refund', 'I would like a refund', {}],
    ['번역해 줘: 내일 배송돼요', '내일 배송돼요', {}],
    ['이 글을 번역해 주세요\n내일 배송돼요', '내일 배송돼요', {}],
    ['please translate this: It ships tomorrow', 'It ships tomorrow', {}],
    ['번역 도착어=일본어 말투=편하게 내일 배송돼요', '내일 배송돼요', { to: 'ja', tone: 'casual' }],
    ['translate from English to Korean Where is it?', 'Where is it?', { from: 'en', to: 'ko' }],
  ])('"%s" is one', (text, rest, body) => {
    const what = enqueued(typed(text))
    expect(what).toMatchObject({
      kind: 'translate',
      queue: 'chat',
      text: rest,
      body: { isPrivate: true, ...body },
    })
    // Only for the one who asks, so not in a thread that is yet to be.
    expect(what.place.thread).toBeNull()
  })

  test.each([
    '번역 기능이 있나요?',
    '번역이 이상해요',
    'translate button is gone',
    '번역은 언제 되나요?',
    '번역가를 구해요',
  ])('"%s" is a question', (text) => {
    expect(enqueued(typed(text)).kind).toBe('answer')
  })

  test.each([
    ['translate my language English', { reads: 'en' }],
    ['번역 내 언어 영어', { reads: 'en' }],
    ['번역 내 언어는 일본어로', { reads: 'ja' }],
    ['번역 내 언어: 한국어', { reads: 'ko' }],
    ['translate my language auto', { reads: null }],
    ['my language Japanese', { reads: 'ja' }],
    ['설정 내 언어 영어', { reads: 'en' }],
  ])('"%s" chooses a language', (text, body) => {
    expect(enqueued(typed(text))).toMatchObject({ kind: 'my-language', body: { isPrivate: true, ...body } })
  })

  test.each([
    ['translate my tone formal', { tone: 'formal' }],
    ['번역 내 말투 편하게', { tone: 'casual' }],
    ['내 말투는 격식 있게 해 주세요', { tone: 'formal' }],
    ['settings my tone: polite', { tone: 'polite' }],
    ['내 말투 자동', { tone: null }],
  ])('"%s" chooses a tone', (text, body) => {
    expect(enqueued(typed(text))).toMatchObject({ kind: 'my-tone', body: { isPrivate: true, ...body } })
  })

  test('either is anybody’s to choose, by an option or under the settings too', () => {
    const sent = (name: string, options: Record<string, string>) =>
      enqueued(route(commandOf({ name, author: authorOf({ isAdmin: false }), options }), viewOf()))
    expect(sent('translate', { mytone: 'casual' })).toMatchObject({
      ...{ kind: 'my-tone', body: { tone: 'casual' } },
    })
    expect(sent('translate', { mine: 'auto' })).toMatchObject({ kind: 'my-language', body: { reads: null } })
    expect(sent('settings', { name: '내 말투', value: '격식' })).toMatchObject({
      ...{ kind: 'my-tone', body: { tone: 'formal' } },
    })
    expect(sent('settings', { name: 'my language', value: 'Korean' })).toMatchObject({
      ...{ kind: 'my-language', body: { reads: 'ko' } },
    })
  })

  test.each(['my tone was rude, sorry', '내 말투가 이상해요', 'my language settings are gone'])(
    '"%s" is a question',
    (text) => expect(enqueued(typed(text)).kind).toBe('answer'),
  )

  test.each([
    ['translate last 10', { last: 10 }],
    ['번역 최근 10개', { last: 10 }],
    ['번역 최근 메시지 5개 영어로', { last: 5, to: 'en' }],
    ['번역 영어로 지난 7개', { last: 7, to: 'en' }],
    ['translate to Korean: last 500 messages', { last: 30, to: 'ko' }],
    ['translate last 0', { last: 1 }],
  ])('"%s" is about the newest messages', (text, body) => {
    const what = enqueued(typed(text))
    expect(what).toMatchObject({ kind: 'translate-last', queue: 'chat', body: { isPrivate: true, ...body } })
  })

  test('a text that begins like that is translated', () => {
    expect(enqueued(typed('translate last 10 days were great')).kind).toBe('translate')
    expect(enqueued(typed('번역 최근 10개월 동안 즐거웠어요')).kind).toBe('translate')
  })

  test('"my language" alone asks which it is, and a sentence about it is translated', () => {
    expect(enqueued(typed('내 말투')).body).not.toHaveProperty('tone')
    expect(enqueued(typed('번역 내 말투가 무례했나요')).kind).toBe('translate')
    expect(enqueued(typed('번역 내 언어')).body).not.toHaveProperty('reads')
    expect(enqueued(typed('translate my language is Korean')).kind).toBe('translate')
    expect(enqueued(typed('번역 내 언어 실력이 늘었어요')).kind).toBe('translate')
  })

  test('a text that wishes for a person is translated all the same', () => {
    const options = { text: '상담원 연결해 주세요', to: 'en' }
    expect(enqueued(route(commandOf({ name: 'translate', options }), viewOf()))).toMatchObject({
      kind: 'translate',
      ack: 'defer-private',
      body: { to: 'en' },
    })
  })

  test('the shortcut answers its reader alone, on Slack too', () => {
    const target = { source: 'C1:1759.000100', text: 'Where is it?', attachments: [], authorIsBot: false }
    const what = enqueued(route(commandOf({ name: 'translate', target }), viewOf()))
    expect(what).toMatchObject({ lane: 'cmd:trigger-1', ack: 'defer-private', handle: 'handle-1' })
    expect(what.body).toMatchObject({ isPrivate: true, target: target.source, quotesQuestion: false })
  })

  test.each([
    [{ text: '클링온어로 번역', to: 'klingon' }, 'klingon'],
    [{ text: '안녕', tone: 'shouting' }, 'shouting'],
    [{ text: '  ' }, '번역할 글을 함께'],
  ])('%j is answered with how to do it', (options, said) => {
    const decision = route(commandOf({ name: 'translate', options }), viewOf())
    expect(decision).toMatchObject({ type: 'reply', isPrivate: true })
    expect(JSON.stringify(decision)).toContain(said)
  })
})

test.each([
  ['영어로 내일 배송돼요', { to: '영어', text: '내일 배송돼요' }],
  ['영어로', { to: '영어', text: '' }],
  ['영어로는 뭐라고 해요?', { text: '영어로는 뭐라고 해요?' }],
  ['into Japanese, hello', { to: 'Japanese', text: 'hello' }],
  ['to Korea with love', { text: 'to Korea with love' }],
  ['--to en --tone formal 안녕', { to: 'en', tone: 'formal', text: '안녕' }],
  ['한국어를 영어로 안녕', { from: '한국어', to: '영어', text: '안녕' }],
  ['tone="격식 있게" 안녕', { tone: '격식 있게', text: '안녕' }],
  ['영어로 일본어로 안녕', { to: '영어', text: '일본어로 안녕' }],
  ['to=en  a  b\n c', { to: 'en', text: 'a  b\n c' }],
])('reads "%s"', (typed, read) => {
  expect(readTranslateOptions(typed)).toEqual(read)
})

test('languages and tones go by their names in both languages', () => {
  for (const lang of TARGET_LANGS) expect(parseTargetLang(lang)).toBe(lang)
  expect(['영어', 'ENGLISH', 'kr', '한국말', 'español', 'xx', ''].map(parseTargetLang)).toEqual([
    'en',
    'en',
    'ko',
    'ko',
    'es',
    null,
    null,
  ])
  expect(['격식 있게(합니다)', '해요체', '반말', 'Formal', 'x'].map(parseTone)).toEqual([
    'formal',
    'polite',
    'casual',
    'formal',
    null,
  ])
})

describe('a channel with a pair of languages', () => {
  const auto = viewOf({ auto: 'ko-en' })
  const said = (rest: Partial<MessageInbound>): MessageInbound => messageOf({ mentionsBot: false, ...rest })

  test('every message is a turn of its own, answered in its thread or in place', () => {
    const what = enqueued(route(said({ text: '내일 배송돼요.' }), auto))
    expect(what).toMatchObject({
      kind: 'auto',
      queue: 'batch',
      ack: 'none',
      quietMs: 0,
      text: '내일 배송돼요.',
    })
    expect(what.lane).toBe(`auto:${messageOf().source}`)
    expect(what.place.thread).not.toBeNull()
    const here = enqueued(route(said({ text: '내일 배송돼요.' }), viewOf({ auto: 'ko-en', answers: 'here' })))
    expect(here.place.thread).toBeNull()
  })

  test('in a thread staff get it instead, if they have it', () => {
    const place = slackPlace({ thread: '1.000050' })
    const what = enqueued(route(said({ text: '내일 배송돼요.', place, room: 'thread' }), auto))
    expect(what).toMatchObject({
      kind: 'auto',
      relay: { kind: 'answer', onlyIf: 'with-staff', lane: 'C1:1.000050' },
    })
  })

  test.each([
    ['it is off', {}, {}],
    ['a bot wrote it', { author: authorOf({ kind: 'bot' }) }, { auto: 'ko-en' }],
    ['it is the staff channel', {}, { auto: 'ko-en', staffChannel: 'C1' }],
    [
      'only members may use it',
      { author: authorOf({ kind: 'guest' }) },
      { auto: 'ko-en', who: 'members' as const },
    ],
    ['there are no words', { text: '' }, { auto: 'ko-en' }],
  ])('nothing is translated where %s', (_why, rest, settings) => {
    const decision = route(said({ text: '내일 배송돼요.', ...rest }), viewOf(settings))
    expect(decision).not.toMatchObject({ kind: 'auto' })
  })

  test('who mentions the bot is answered', () => {
    const asked = messageOf({ text: '배송 언제 와요?', mentionsBot: true })
    expect(enqueued(route(asked, auto)).kind).toBe('answer')
  })
})
