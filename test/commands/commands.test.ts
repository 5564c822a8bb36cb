// The commands: what they say in both languages and what they refuse.
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { settings as settingsCommand } from '../../commands/settings.ts'
import type { Decision } from '../../src/core/decision.ts'
import type { CommandInbound } from '../../src/core/inbound.ts'
import { route } from '../../src/core/route.ts'
import { SETTING_WORDS } from '../../src/core/setting-table.ts'
import { parseSettingValue, SETTING_NAMES } from '../../src/core/setting-words.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '../../src/core/settings.ts'
import { authorOf, commandOf, discordPlace, messageOf, slackPlace, viewOf } from '../core/support.ts'

const admin = authorOf({ isAdmin: true })
const english = authorOf({ locale: 'en-US' })

function sent(rest: Partial<CommandInbound>, settings = {}): Decision {
  return route(commandOf(rest), viewOf(settings))
}

function textOf(decision: Decision): string {
  if (decision.type !== 'reply') throw new Error(`expected words, got ${JSON.stringify(decision)}`)
  return decision.content.text
}

function change(options: CommandInbound['options'], rest: Partial<CommandInbound> = {}): Decision {
  return sent({ name: 'settings', author: admin, options, ...rest })
}

describe('what the platforms need of a command', () => {
  test.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (_name, command) => {
    // Discord: names 1–32 characters, lower case, no spaces; descriptions 1–100; required options first.
    for (const named of [command, ...command.options]) {
      expect(named.name).toMatch(/^[a-z0-9_-]{1,32}$/)
      expect(named.nameKo).toMatch(/^[\p{L}\p{N}_-]{1,32}$/u)
      for (const summary of Object.values(named.summary)) expect(summary.length).toBeLessThanOrEqual(100)
    }
    const required = command.options.map((option) => option.required === true)
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)))
    for (const option of command.options) expect(option.choices?.length ?? 0).toBeLessThanOrEqual(25)
  })

  test('names are unique in both languages', () => {
    const names = COMMANDS.flatMap((command) => [command.name, command.nameKo])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('help', () => {
  test('says in Korean how to ask, reach a person and be forgotten, by the bot’s own name', () => {
    const text = textOf(sent({ name: 'help' }))
    for (const part of ['하늘상점 도우미', '/damso ask <질문>', '상담원 연결', '잊어 줘'])
      expect(text).toContain(part)
    expect(text).not.toMatch(/담소|Damso\b/)
  })

  test('says the same in English, as commands are typed on Discord', () => {
    const text = textOf(sent({ name: 'help', author: english, place: discordPlace() }))
    for (const part of ['`/ask <question>`', 'Talk to a person', 'forget me']) expect(text).toContain(part)
  })

  test('shows staff commands to staff only', () => {
    expect(textOf(sent({ name: 'help' }))).not.toContain('/damso settings')
    expect(textOf(sent({ name: 'help', author: admin }))).toContain('/damso settings')
    expect(textOf(sent({ name: 'help', author: admin }))).toContain('메시지 메뉴 → 지식에 추가')
  })

  test('says how it behaves in this channel', () => {
    expect(textOf(sent({ name: 'help' }, { mode: 'every' }))).toContain('새 글마다')
    expect(textOf(sent({ name: 'help' }, { mode: 'off' }))).toContain('DM으로 물어봐 주세요')
  })
})

describe('ask', () => {
  test('without a question says how to ask', () => {
    expect(textOf(sent({}))).toContain('/damso ask')
  })

  test('about a message with nothing to read says so', () => {
    const target = { source: 'C1:1.1', text: ' ', attachments: [], authorIsBot: false }
    expect(textOf(sent({ target }))).toContain('읽을 글이 없어요')
  })
})

describe('add to knowledge', () => {
  const file = { id: 'F1', name: 'a.md', mime: 'text/markdown', bytes: 1, url: 'https://files.slack.com/a' }
  const target = { source: 'C1:1.1', text: '반품은 30일', attachments: [file], authorIsBot: false }

  test('is work without hurry, told to the admin alone', () => {
    expect(sent({ name: 'add', author: admin, target })).toMatchObject({
      ...{ type: 'enqueue', kind: 'import', queue: 'batch', ack: 'defer-private', text: '반품은 30일' },
      ...{ lane: 'cmd:trigger-1', body: { attachments: [file], lang: 'ko', target: 'C1:1.1' } },
    })
  })

  test('is for admins', () => {
    expect(textOf(sent({ name: 'add', target }))).toBe('이 명령은 관리자만 쓸 수 있어요.')
  })

  test('of an empty message says so, and as a slash command how it is done', () => {
    const empty = { ...target, text: ' ', attachments: [] }
    expect(textOf(sent({ name: 'add', author: admin, target: empty }))).toContain('글도 파일도 없어요')
    expect(textOf(sent({ name: 'add', author: admin }))).toContain('메시지의 메뉴')
  })

  test('works by mention with files, and refuses others in private', () => {
    const say = (author = admin) =>
      route(messageOf({ text: '지식에 추가해 줘', attachments: [file], author }), viewOf())
    expect(say()).toMatchObject({ kind: 'import', queue: 'batch', text: '', body: { attachments: [file] } })
    expect(say(authorOf())).toMatchObject({ kind: 'say', body: { isPrivate: true } })
  })
})

describe('settings', () => {
  test.each(['ko-KR', 'en-US'])(
    'are shown in one message, of which Discord takes 2,000 characters: %s',
    (locale) => {
      const shown = textOf(sent({ name: 'settings', author: { ...admin, locale }, options: {} }))
      expect(shown.length).toBeLessThan(1_700)
      for (const name of SETTING_NAMES) expect(shown).toContain(`\`${SETTING_WORDS[name].typed}\``)
    },
  )

  test('are for admins', () => {
    expect(textOf(sent({ name: 'settings' }))).toBe('이 명령은 관리자만 쓸 수 있어요.')
  })

  test('show every current value in the person’s language', () => {
    const text = textOf(change({}))
    for (const name of SETTING_NAMES) expect(text).toContain(SETTING_WORDS[name].name.ko)
    expect(text).toContain('부를 때만 답하기')
    const inEnglish = textOf(change({}, { author: authorOf({ isAdmin: true, locale: 'en-US' }) }))
    expect(inEnglish).toContain('only when mentioned')
  })

  test.each([
    [
      { name: 'mode', value: 'every' },
      { name: 'mode', value: 'every', scope: 'channel' },
    ],
    [
      { name: '모드', value: '새 글' },
      { name: 'mode', value: 'every', scope: 'channel' },
    ],
    [
      { name: 'mode', value: 'every workspace' },
      { name: 'mode', value: 'every', scope: 'workspace' },
    ],
    [
      { name: '언어', value: '한국어 전체' },
      { name: 'language', value: 'ko', scope: 'workspace' },
    ],
    [
      { name: 'mode', value: 'off', scope: 'workspace' },
      { name: 'mode', value: 'off', scope: 'workspace' },
    ],
    [
      { name: '답변위치', value: '여기' },
      { name: 'answers', value: 'here', scope: 'channel' },
    ],
    [
      { name: '답변', value: '위치 여기 전체' },
      { name: 'answers', value: 'here', scope: 'workspace' },
    ],
    [
      { name: 'AI', value: '표시 끔' },
      { name: 'label', value: 'off', scope: 'channel' },
    ],
    [
      { name: '상담', value: '채널 이 채널' },
      { name: 'staffChannel', value: 'C1', scope: 'workspace' },
    ],
    [
      { name: 'answers', value: 'channel' },
      { name: 'answers', value: 'here', scope: 'channel' },
    ],
    [
      { name: '표시', value: '처음만' },
      { name: 'label', value: 'first', scope: 'channel' },
    ],
    [
      { name: '대상', value: '관리자만' },
      { name: 'who', value: 'admins', scope: 'channel' },
    ],
    [
      { name: '공유', value: '켬' },
      { name: 'shared', value: 'on', scope: 'channel' },
    ],
    [
      { name: 'mode', value: 'default' },
      { name: 'mode', value: null, scope: 'channel' },
    ],
    [
      { name: '상담채널', value: '여기' },
      { name: 'staffChannel', value: 'C1', scope: 'workspace' },
    ],
    [
      { name: 'staff', value: '<#C0STAFF1|support>' },
      { name: 'staffChannel', value: 'C0STAFF1', scope: 'workspace' },
    ],
    [
      { name: 'staff', value: 'none' },
      { name: 'staffChannel', value: null, scope: 'workspace' },
    ],
  ])('%j', (options, body) => {
    expect(change(options)).toMatchObject({ type: 'enqueue', kind: 'settings', queue: 'relay', body })
  })

  test('typed in a direct message are the workspace’s', () => {
    const decision = change(
      { name: 'mode', value: 'every' },
      { room: 'dm', place: slackPlace({ channel: 'D1' }) },
    )
    expect(decision).toMatchObject({ body: { scope: 'workspace' } })
  })

  test('confirm what holds now, and where', () => {
    expect(change({ name: 'mode', value: 'every' })).toMatchObject({
      body: { done: '바꿨어요. 모드: **새 글마다 답하기** (이 채널)' },
    })
    expect(change({ name: 'who', value: '기본 서버' }, { place: discordPlace() })).toMatchObject({
      body: { done: '바꿨어요. 사용 대상: **누구나** (서버 전체)' },
    })
  })

  test('a wrong value is told with the allowed ones and an example that works', () => {
    const text = textOf(change({ name: 'mode', value: 'sometimes' }))
    for (const part of ['sometimes', '`mention`', '`every`', '`off`', '`/damso settings mode mention`']) {
      expect(text).toContain(part)
    }
    const onDiscord = textOf(change({ name: 'mode', value: 'sometimes' }, { place: discordPlace() }))
    expect(onDiscord).toContain('`/settings name:mode value:mention`')
  })

  test('an unknown name is told with the known ones', () => {
    expect(textOf(change({ name: 'colour', value: 'red' }))).toContain('`answers` (답변 위치)')
  })

  test('every value that is offered can be typed in either language and be stored', () => {
    for (const name of SETTING_NAMES) {
      for (const one of SETTING_WORDS[name].values) {
        for (const typed of [one.value, ...one.aliases, one.label.ko, one.label.en]) {
          const parsed = parseSettingValue(name, typed, 'C1')
          expect(parsed, `${name} ${typed}`).toEqual({ value: one.value })
          expect(settingsSchema.safeParse({ [name]: parsed?.value }).success).toBe(true)
        }
      }
    }
  })

  test('values complete while they are typed', async () => {
    const value = settingsCommand.options.find((option) => option.name === 'value')!
    const query = {
      workspace: 'slack:T1',
      channel: 'C1',
      lang: 'ko',
      settings: DEFAULT_SETTINGS,
      options: { name: 'mode' },
    } as const
    expect(await value.complete?.('', query)).toHaveLength(4)
    expect(await value.complete?.('ev', query)).toEqual([{ name: '새 글마다 답하기', value: 'every' }])
    expect(await value.complete?.('', { ...query, options: {} })).toEqual([])
  })

  test('names complete in either language, since there are more than a platform lists', async () => {
    const name = settingsCommand.options.find((option) => option.name === 'name')!
    const query = {
      workspace: 'w',
      channel: 'C1',
      lang: 'ko' as const,
      settings: DEFAULT_SETTINGS,
      options: {},
    }
    expect(await name.complete?.('책임', query)).toEqual([{ name: '책임자', value: 'lead' }])
    expect(await name.complete?.('topi', query)).toMatchObject([{ value: 'topics' }])
  })
})
