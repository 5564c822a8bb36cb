// Commands, shortcuts, buttons and forms: heard in both languages, answered where people look. When the commit is slow: late-interactions.test.ts.
import { afterEach, describe, expect, test } from 'vitest'
import type { Deliver } from '../../src/core/adapter.ts'
import { IGNORED, type Receipt } from '../../src/core/decision.ts'
import type { ActionInbound, CommandInbound, Inbound } from '../../src/core/inbound.ts'
import { openHandle } from '../../src/slack/handle.ts'
import { renderContent } from '../../src/slack/render.ts'
import type { Block, FakeSlack } from '../fakes/slack/index.ts'
import { closeAll, createPost, korean, openRig, placeOf, type Rig, startFake, writeOptions } from './rig.ts'

afterEach(closeAll)

async function open(deliver?: Deliver, mode: 'http' | 'socket' = 'http') {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  const rig = await openRig(slack, { mode, deliver })
  return { slack, channel, rig, mina: slack.user('UMINA', { name: 'mina', locale: 'ko-KR' }) }
}

function commands(rig: Rig): CommandInbound[] {
  return rig.heard.filter((inbound): inbound is CommandInbound => inbound.type === 'command')
}

function actions(rig: Rig): ActionInbound[] {
  return rig.heard.filter((inbound): inbound is ActionInbound => inbound.type === 'action')
}

const replying =
  (text: string, isPrivate: boolean): Deliver =>
  async () => ({ ack: 'none', reply: { content: korean(text), isPrivate } })

describe('the slash command', () => {
  test.each([
    ['ask 배송은 언제 오나요?', 'ask', { question: '배송은 언제 오나요?' }],
    ['질문 배송은 언제 오나요?', 'ask', { question: '배송은 언제 오나요?' }],
    ['질문 --비공개 a < b 맞나요?', 'ask', { question: 'a < b 맞나요?', private: true }],
    ['도움말', 'help', {}],
    ['HELP', 'help', {}],
    ['설정 mode every', 'settings', { name: 'mode', value: 'every' }],
    ['', 'help', {}],
    ['춤춰 줘', '춤춰', {}],
  ])('%j is heard as %s', async (typed, name, options) => {
    const { slack, channel, rig, mina } = await open()
    const escaped = typed.replaceAll('<', '&lt;')
    const outcome = await mina.command('/damso', escaped, channel)
    expect(outcome.ok).toBe(true)
    expect(commands(rig)).toMatchObject([
      {
        name,
        options,
        workspace: `slack:${slack.teamId}`,
        audience: `slack:${slack.teamId}:${channel}`,
        place: { channel, thread: null },
        room: 'channel',
        author: { id: 'UMINA', kind: 'member', locale: 'ko-KR' },
        target: null,
      },
    ])
    const handle = openHandle(commands(rig)[0]!.handle, Date.now())
    expect(handle).toMatchObject({ url: outcome.responseUrl, kind: 'command' })
  })

  test('is told apart by its use, and works in a direct message', async () => {
    const { slack, rig, mina } = await open()
    await mina.command('/damso', 'help', slack.dm(mina))
    await mina.command('/damso', 'help', slack.dm(mina))
    const [first, second] = commands(rig)
    expect(first).toMatchObject({ room: 'dm' })
    expect(first!.source).not.toBe(second!.source)
  })

  test('shows its answer to the one who used it, or to everyone', async () => {
    const { slack, channel, mina } = await open(replying('나만 봐요', true), 'socket')
    await mina.command('/damso', 'help', channel)
    const [shown] = await slack.until(() => {
      const list = slack.ephemerals(channel, 'UMINA')
      return list.length > 0 && list
    })
    expect(shown!.text).toContain('나만 봐요')
    expect(slack.timeline(channel)).toEqual([])
  })

  test('says at once that an answer is being written, to the one who asked', async () => {
    const { slack, channel, mina } = await open(async (inbound) => {
      if (inbound.type !== 'command') return IGNORED
      return { ack: 'defer', status: { place: inbound.place, text: '답변을 쓰고 있어요…' } }
    })
    await mina.command('/damso', 'ask 언제 오나요?', channel)
    expect(slack.ephemerals(channel, 'UMINA').map(({ text }) => text)).toEqual(['답변을 쓰고 있어요…'])
    expect(slack.timeline(channel)).toEqual([])
  })

  test('that everyone may see is in the channel', async () => {
    const { slack, channel, mina } = await open(replying('모두 봐요', false))
    await mina.command('/damso', 'help', channel)
    await slack.until(() => slack.timeline(channel).some(({ text }) => text.includes('모두 봐요')))
  })
})

describe('the message shortcut', () => {
  test('asks about somebody’s message, in that message’s thread', async () => {
    const { slack, channel, rig, mina } = await open()
    const joon = slack.user('UJOON', { name: 'joon' })
    const ts = joon.say(channel, '환불은 <https://x.kr|여기>서 되나요?', {
      files: [{ name: 'a.png', bytes: 'x', mimetype: 'image/png' }],
    })
    const inThread = joon.say(channel, '답글이요', { threadTs: ts })
    expect((await mina.shortcut('ask', ts)).ok).toBe(true)
    expect((await mina.shortcut('ask', inThread)).ok).toBe(true)
    expect(commands(rig)).toMatchObject([
      {
        name: 'ask',
        place: { channel, thread: null },
        target: {
          source: `${channel}:${ts}`,
          text: '환불은 여기 (https://x.kr)서 되나요?',
          attachments: [{ name: 'a.png' }],
          authorIsBot: false,
        },
      },
      { name: 'ask', place: { channel, thread: ts }, target: { source: `${channel}:${inThread}` } },
    ])
  })

  test('on a bot’s message says so, and shows what is said in private', async () => {
    const { slack, channel, rig, mina } = await open(replying('읽을 글이 없어요', true))
    const bot = slack.user('UBOT2', { isBot: true, name: 'bot2' })
    const ts = bot.say(channel, '자동 알림')
    await mina.shortcut('ask', ts)
    expect(commands(rig)[0]!.target!.authorIsBot).toBe(true)
    await slack.until(() => slack.ephemerals(channel, 'UMINA').some(({ text }) => text.includes('읽을 글이')))
  })
})

describe('a button', () => {
  async function openWithAnswer(deliver?: Deliver) {
    const opened = await open(deliver)
    const { slack, channel, rig, mina } = opened
    const root = mina.say(channel, '질문')
    const content = korean('답변이에요', {
      buttons: [
        { action: 'feedback', value: 'up', label: '도움됐어요' },
        { action: 'feedback', value: 'down', label: '아쉬워요' },
        { action: 'person', value: '', label: '상담원 연결' },
      ],
    })
    const writer = rig.outbound.write(
      createPost(placeOf(channel, root)),
      writeOptions({ recipient: 'UMINA' }),
    )
    const { id } = await writer.finish(content)
    const ids = actionIds(slack, id)
    rig.heard.length = 0
    return { ...opened, root, id, ids }
  }

  test('under an answer is heard with its value and its message', async () => {
    const { channel, rig, mina, root, id, ids } = await openWithAnswer()
    expect((await mina.click(id, ids.find((one) => one.startsWith('feedback'))!, 'negative')).ok).toBe(true)
    expect((await mina.click(id, ids.find((one) => one.startsWith('person'))!)).ok).toBe(true)
    expect(actions(rig)).toMatchObject([
      {
        action: 'feedback',
        value: 'down',
        message: id,
        place: { channel, thread: root },
        author: { id: 'UMINA' },
      },
      { action: 'person', message: id },
    ])
    expect(openHandle(actions(rig)[0]!.handle, Date.now())?.kind).toBe('action')
  })

  test('answers only the one who pressed it', async () => {
    const { slack, channel, mina, id, ids } = await openWithAnswer(
      async (inbound: Inbound): Promise<Receipt> =>
        inbound.type === 'action'
          ? { ack: 'update', reply: { content: korean('의견 고맙습니다'), isPrivate: true } }
          : IGNORED,
    )
    await mina.click(id, ids.find((one) => one.startsWith('feedback'))!, 'positive')
    await slack.until(() => slack.ephemerals(channel, 'UMINA').some(({ text }) => text.includes('의견')))
    expect(slack.message(id)!.text).toContain('답변이에요')
  })

  test('that is not ours is acknowledged and ignored', async () => {
    const { slack, channel, rig, mina } = await open()
    const blocks = [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'else', text: { type: 'plain_text', text: 'x' } }],
      },
    ] as Block[]
    const ts = mina.say(channel, '', { blocks })
    await slack.until(() => rig.heard.length === 1)
    expect((await mina.click(ts, 'else')).ok).toBe(true)
    expect(actions(rig)).toEqual([])
  })

  test('pressed by someone of another company says who they are', async () => {
    const { slack, rig } = await open()
    const shared = slack.channel('CSHARED', { isExtShared: true })
    const { blocks } = renderContent(
      korean('안녕하세요', { buttons: [{ action: 'person', value: '', label: '상담원' }] }),
      null,
    )
    const other = slack.user('UOTHER', { isExternal: true })
    const ts = other.say(shared, '', { blocks: blocks as unknown as Block[] })
    await slack.until(() => rig.heard.length === 1)
    await other.click(ts, actionIds(slack, ts)[0]!)
    expect(actions(rig)[0]).toMatchObject({
      workspace: `slack:${slack.teamId}`,
      sharedExternally: true,
      author: { kind: 'external', isAdmin: false },
    })
  })
})

function actionIds(slack: FakeSlack, ts: string): string[] {
  return [...JSON.stringify(slack.message(ts)).matchAll(/"action_?[iI]d":"([^"]+)"/g)].map(([, id]) => id!)
}

test('a form opens, comes back filled in, and its answer reaches the person', async () => {
  const { slack, channel, rig, mina } = await open(async (inbound): Promise<Receipt> => {
    if (inbound.type !== 'command') return IGNORED
    if (inbound.name === 'save')
      return { ack: 'none', reply: { content: korean('저장했어요'), isPrivate: true } }
    return {
      ack: 'none',
      form: {
        submit: 'save',
        title: '말투를 정해 주세요',
        lang: 'ko',
        fields: [
          {
            id: 'tone',
            label: '말투',
            choices: [
              { name: '해요체', value: 'yo' },
              { name: '하십시오체', value: 'formal' },
            ],
          },
          { id: 'note', label: '메모', multiline: true },
        ],
      },
    }
  })
  await mina.command('/damso', '설정', channel)
  await slack.until(() => slack.views.length === 1)
  const outcome = await mina.submitView({ tone: 'formal', note: '메모'.normalize('NFD') })
  expect(outcome.ok).toBe(true)
  expect(commands(rig)[1]).toMatchObject({
    name: 'save',
    options: { tone: 'formal', note: '메모' },
    place: { channel, thread: null },
    author: { id: 'UMINA' },
  })
  await slack.until(() => slack.ephemerals(channel, 'UMINA').some(({ text }) => text.includes('저장했어요')))
})
