// The manifest that an admin pastes into Slack, and what may be typed after the slash command.
import { expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { configSchema } from '../../src/config.ts'
import { parseVerb } from '../../src/slack/commands.ts'
import { toSlackManifest } from '../../src/slack/manifest.ts'
import { isFreeCommand, RESERVED_COMMANDS } from '../../src/slack/reserved.ts'

const OPTIONS = { name: '하늘상점 도우미', command: '/damso', mode: 'socket' } as const

test('the manifest of Socket Mode needs no address and lets people write to the bot', () => {
  const manifest = toSlackManifest(COMMANDS, OPTIONS)
  expect(JSON.stringify(manifest)).not.toContain('request_url')
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: true,
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: expect.arrayContaining(['app_mention', 'message.im', 'agent_session_stopped']),
    },
  })
  expect(manifest.features).toMatchObject({
    agent_view: { suggested_prompts: expect.any(Array) },
    app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    slash_commands: [{ command: '/damso', should_escape: true }],
  })
})

test('the manifest of HTTP mode sends everything to one address', () => {
  const manifest = toSlackManifest(COMMANDS, { ...OPTIONS, mode: 'http', url: 'https://damso.example.com' })
  const address = 'https://damso.example.com/slack/events'
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: address },
    event_subscriptions: { request_url: address },
  })
  expect(manifest.features?.slash_commands?.[0]).toMatchObject({ url: address })
  expect(() => toSlackManifest(COMMANDS, { ...OPTIONS, mode: 'http' })).toThrow(/https/)
  expect(() => toSlackManifest(COMMANDS, { ...OPTIONS, mode: 'http', url: 'http://a.example' })).toThrow(
    /https/,
  )
})

test('the slash command says in both languages what can follow it, and the shortcut what it does', () => {
  const { features } = toSlackManifest(COMMANDS, OPTIONS)
  const [slash] = features!.slash_commands!
  expect(slash!.description).toMatch(/질문\(ask\).*설정\(settings\)/)
  expect(slash!.usage_hint).toMatch(/질문 <질문>.*ask <question>/)
  expect(features!.shortcuts).toMatchObject([
    { type: 'message', callback_id: 'ask' },
    { type: 'message', callback_id: 'translate', name: 'Translate · 번역' },
    { type: 'message', callback_id: 'add', name: 'Add to knowledge · 지식 추가' },
    { type: 'message', callback_id: 'correct', name: 'Correct answer · 답변 고치기' },
    { type: 'message', callback_id: 'withdraw', name: 'Withdraw answer · 답변 철회' },
  ])
  expect(features!.shortcuts![0]!.name).toContain('하늘상점')
  const short = toSlackManifest(COMMANDS, { ...OPTIONS, name: 'Damso' })
  expect(short.features!.shortcuts![0]!.name).toBe('Ask Damso · 물어보기')
})

test('nothing in it is longer than Slack takes, however long the name', () => {
  const name = '아주 긴 이름을 가진 우리 회사의 친절한 고객 상담 도우미 로봇 아주 긴 이름'
  const { display_information: shown, features } = toSlackManifest(COMMANDS, { ...OPTIONS, name })
  expect(shown.name.length).toBeLessThanOrEqual(35)
  expect(shown.description!.length).toBeLessThanOrEqual(140)
  expect(features!.bot_user!.display_name.length).toBeLessThanOrEqual(80)
  for (const { name } of features!.shortcuts!) expect(name.length).toBeLessThanOrEqual(24)
  expect(features!.slash_commands![0]!.description.length).toBeLessThanOrEqual(2_000)
  expect(features!.slash_commands![0]!.usage_hint!.length).toBeLessThanOrEqual(1_000)
  expect(features!.agent_view).toMatchObject({
    suggested_prompts: { length: 4 },
    agent_description: expect.stringMatching(/^.{1,300}$/),
  })
})

test('the usual command name is not one that Slack keeps for itself', () => {
  const usual = configSchema.shape.SLACK_COMMAND.parse(undefined)
  expect(isFreeCommand(usual)).toBe(true)
  for (const command of RESERVED_COMMANDS) {
    expect(isFreeCommand(command), command).toBe(false)
    expect(() => toSlackManifest(COMMANDS, { ...OPTIONS, command })).toThrow(/manifest-invalid/)
  }
  for (const command of ['damso', '/담소', '/Damso', '/a b', '/', `/${'a'.repeat(32)}`])
    expect(isFreeCommand(command), command).toBe(false)
})

test.each([
  ['ask 배송 언제 와요?', 'ask', { question: '배송 언제 와요?' }],
  ['질문 배송 언제 와요?', 'ask', { question: '배송 언제 와요?' }],
  ['Ask --private a &amp; b &lt; c', 'ask', { question: 'a & b < c', private: true }],
  ['질문 비공개=네 환불 규정', 'ask', { question: '환불 규정', private: true }],
  ['ask a=b 이 뭐예요', 'ask', { question: 'a=b 이 뭐예요' }],
  ['설정', 'settings', {}],
  ['settings mode every', 'settings', { name: 'mode', value: 'every' }],
  ['settings name=mode value="every one"', 'settings', { name: 'mode', value: 'every one' }],
  ['설정 이름=mode 값=every', 'settings', { name: 'mode', value: 'every' }],
  ['settings staffChannel <#C0123456|help>', 'settings', { value: '<#C0123456|help>' }],
  ['도움말', 'help', {}],
  ['help!', 'help', {}],
  ['', 'help', {}],
  ['   ', 'help', {}],
  ['배송 언제 와요?', '배송', {}],
  ['ask'.normalize('NFD'), 'ask', {}],
  ['설정'.normalize('NFD'), 'settings', {}],
])('/damso %s', (text, name, options) => {
  const verb = parseVerb(text, COMMANDS)
  expect(verb.name).toBe(name)
  expect(verb.options).toMatchObject(options)
})
