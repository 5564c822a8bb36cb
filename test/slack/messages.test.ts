// What people write in Slack, as the rest of the program hears it.
import { afterEach, expect, test } from 'vitest'
import type { Inbound } from '../../src/core/inbound.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { closeAll, korean, openRig, type Rig, startFake } from './rig.ts'

afterEach(closeAll)

async function talk(): Promise<{ slack: FakeSlack; rig: Rig; channel: string }> {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  return { slack, rig: await openRig(slack, { mode: 'socket' }), channel }
}

function of<T extends Inbound['type']>(rig: Rig, type: T): Extract<Inbound, { type: T }>[] {
  return rig.heard.filter((inbound): inbound is Extract<Inbound, { type: T }> => inbound.type === type)
}

test('a mention and the channel message it also is are one question', async () => {
  const { slack, rig, channel } = await talk()
  const mina = slack.user('UMINA', { name: 'mina', locale: 'ko-KR' })
  const ts = mina.say(channel, `${slack.mention} 배송이 언제 오나요?`)
  await slack.until(() => rig.messages().length === 2)
  for (const message of rig.messages()) {
    expect(message).toMatchObject({
      source: `${channel}:${ts}`,
      workspace: `slack:${slack.teamId}`,
      audience: `slack:${slack.teamId}:${channel}`,
      place: { platform: 'slack', channel, thread: null },
      room: 'channel',
      text: '배송이 언제 오나요?',
      mentionsBot: true,
      mentionsOthers: false,
      sharedExternally: false,
      author: { id: 'UMINA', name: 'mina', kind: 'member', locale: 'ko-KR', isAdmin: false },
    })
  }
  await slack.until(() => slack.deliveries.every(({ status }) => status === 'delivered'))
})

test('either of the two events is enough', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UMINA').say(channel, `${slack.mention} 하나`)
  await slack.until(() => rig.messages().length === 2)
  expect(rig.messages().map(({ mentionsBot }) => mentionsBot)).toEqual([true, true])
})

test('a direct message is a question without a mention, in its thread too', async () => {
  const { slack, rig } = await talk()
  const mina = slack.user('UMINA')
  const first = mina.say(slack.dm(mina), '환불되나요?')
  mina.say(slack.dm(mina), '그럼 교환은요?', { threadTs: first })
  await slack.until(() => rig.messages().length === 2)
  expect(rig.messages()).toMatchObject([
    { room: 'dm', place: { channel: 'DUMINA', thread: null }, text: '환불되나요?' },
    { room: 'dm', place: { channel: 'DUMINA', thread: first }, text: '그럼 교환은요?' },
  ])
})

test('a reply in a thread says which thread', async () => {
  const { slack, rig, channel } = await talk()
  const mina = slack.user('UMINA')
  const root = mina.say(channel, '질문 있어요')
  mina.say(channel, '이어서요', { threadTs: root })
  await slack.until(() => rig.messages().length === 2)
  expect(rig.messages()[1]).toMatchObject({ room: 'thread', place: { channel, thread: root } })
})

test('names of people, groups and channels, links and special characters read as they were typed', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UJOON', { name: 'joon' })
  slack
    .user('UMINA')
    .say(channel, 'a < b & c > d, <@UJOON> <#CHELP|help> <!subteam^S1|@cs> <https://x.kr/a?b=1&amp;c=2|여기>')
  await slack.until(() => rig.messages().length === 1)
  expect(rig.messages()[0]).toMatchObject({
    text: 'a < b & c > d, @joon #help @cs 여기 (https://x.kr/a?b=1&c=2)',
    mentionsBot: false,
    mentionsOthers: true,
  })
})

test('someone whose name Slack does not tell in time is still heard', async () => {
  const { slack, rig, channel } = await talk()
  slack.failNext('users.info', { delayMs: 2_000, times: 10 })
  slack.user('UMINA').say(channel, `${slack.mention} 여기요 <@UGHOST>`)
  await slack.until(() => rig.messages().length === 2)
  expect(rig.messages()[0]).toMatchObject({
    text: '여기요 @…',
    author: { id: 'UMINA', kind: 'member', locale: null, isAdmin: false },
  })
})

test('a file comes with the words written to it', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UMINA').say(channel, `${slack.mention} 이 사진이요`, {
    files: [{ name: '사진.png', bytes: 'abc', mimetype: 'image/png' }],
  })
  await slack.until(() => rig.messages().length === 2)
  const [attachment] = rig.messages()[0]!.attachments
  expect(attachment).toMatchObject({ name: '사진.png', mime: 'image/png', bytes: 3 })
  expect(attachment!.url).toContain('/files-pri/')
})

test('a guest, an admin and a person of another company are told apart', async () => {
  const { slack, rig } = await talk()
  const shared = slack.channel('CSHARED', { isExtShared: true })
  slack.user('UGUEST', { isGuest: true }).say(shared, '손님')
  slack.user('UBOSS', { isAdmin: true }).say(shared, '관리자')
  slack.user('UOTHER', { isExternal: true }).say(shared, '협력사')
  await slack.until(() => rig.messages().length === 3)
  const kinds = rig.messages().map(({ text, author, sharedExternally }) => ({
    text,
    kind: author.kind,
    isAdmin: author.isAdmin,
    sharedExternally,
  }))
  expect(kinds.sort((a, b) => a.text.localeCompare(b.text))).toEqual([
    { text: '관리자', kind: 'member', isAdmin: true, sharedExternally: true },
    { text: '손님', kind: 'guest', isAdmin: false, sharedExternally: true },
    { text: '협력사', kind: 'external', isAdmin: false, sharedExternally: true },
  ])
  expect(new Set(rig.messages().map(({ audience }) => audience)).size).toBe(1)
})

test('another bot is heard as a bot, and its own words are not', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UBOT2', { name: 'other', isBot: true }).say(channel, `${slack.mention} hi`)
  await postAsBot(slack, channel)
  slack.user('UMINA').say(channel, '끝')
  await slack.until(() => rig.messages().some(({ text }) => text === '끝'))
  await slack.until(() => slack.pendingDeliveries() === 0)
  const authors = rig.messages().map(({ author }) => author.kind)
  expect(authors.filter((kind) => kind === 'bot').length).toBeGreaterThan(0)
  expect(rig.messages().some(({ author }) => author.id === slack.botUserId)).toBe(false)
})

async function postAsBot(slack: FakeSlack, channel: string): Promise<void> {
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, text: '제 답변입니다' }),
  })
  expect(await response.json()).toMatchObject({ ok: true })
}

test('an edit is heard when the words changed, not when Slack found out the language', async () => {
  const { slack, rig, channel } = await talk()
  const mina = slack.user('UMINA')
  const ts = mina.say(channel, '배송 언제와요')
  await slack.until(() => rig.messages().length === 1)
  slack.detectLanguage(ts)
  mina.edit(ts, `${slack.mention} 배송 언제 와요?`)
  await slack.until(() => of(rig, 'edit').length === 1)
  await slack.until(() => slack.pendingDeliveries() === 0)
  expect(of(rig, 'edit')).toEqual([
    {
      type: 'edit',
      writtenAt: expect.any(Number),
      workspace: `slack:${slack.teamId}`,
      audience: `slack:${slack.teamId}:${channel}`,
      source: `${channel}:${ts}`,
      text: '배송 언제 와요?',
    },
  ])
})

test('a deleted question is heard, also when it leaves a tombstone over its replies', async () => {
  const { slack, rig, channel } = await talk()
  const mina = slack.user('UMINA')
  const alone = mina.say(channel, '하나')
  const root = mina.say(channel, '둘')
  mina.say(channel, '둘의 답글', { threadTs: root })
  await slack.until(() => rig.messages().length === 3)
  mina.delete(alone)
  mina.delete(root)
  await slack.until(() => of(rig, 'delete').length === 2)
  const sources = of(rig, 'delete').map(({ source }) => source)
  expect(sources.sort()).toEqual([`${channel}:${alone}`, `${channel}:${root}`].sort())
  expect(of(rig, 'edit')).toEqual([])
})

test('decomposed Hangul, NUL and lone surrogates arrive clean', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UMINA').say(channel, `${'한글'.normalize('NFD')}\u0000 ok`)
  await slack.until(() => rig.messages().length === 1)
  expect(rig.messages()[0]!.text).toBe('한글 ok')
})

test('an invitation and an opened conversation are heard, with what is missing and in the person’s language', async () => {
  const slack = await startFake({ scopes: ['chat:write', 'commands', 'users:read', 'assistant:write'] })
  const rig = await openRig(slack, { mode: 'socket' })
  const channel = slack.channel('CNEW', { withoutBot: true })
  const mina = slack.user('UMINA', { locale: 'en-US' })
  mina.invite(channel)
  mina.openDm()
  await slack.until(() => of(rig, 'arrival').length === 2)
  const byKind = new Map(of(rig, 'arrival').map((one) => [one.arrival, one]))
  expect(byKind.get('invited')).toMatchObject({ author: { id: 'UMINA' }, place: { channel } })
  expect(byKind.get('invited')!.missing).toContain('app_mentions:read')
  expect(byKind.get('invited')!.missing).not.toContain('chat:write')
  expect(byKind.get('dm-opened')).toMatchObject({ source: 'dm-opened:UMINA', room: 'dm', missing: [] })
  const shown = await slack.until(() => slack.prompts('DUMINA'))
  expect(shown.prompts.length).toBeGreaterThan(0)
  expect(JSON.stringify(shown)).not.toMatch(/[가-힣]/)
})

test('Slack’s own Stop button is heard with the person and the thread', async () => {
  const { slack, rig } = await talk()
  const mina = slack.user('UMINA')
  const dm = slack.dm(mina)
  const root = mina.say(dm, '질문')
  await fetch(`${slack.apiUrl}agents.sessions.setStatus`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel_id: dm,
      thread_ts: root,
      status: 'processing',
      initiator_user_id: 'UMINA',
    }),
  })
  mina.stop(root)
  await slack.until(() => of(rig, 'stop').length === 1)
  expect(of(rig, 'stop')[0]).toMatchObject({
    workspace: `slack:${slack.teamId}`,
    place: { channel: dm, thread: root },
    author: { id: 'UMINA' },
  })
  await slack.until(() => slack.session(dm, root)?.status === 'active')
})

test('what cannot be shown besides is logged, and the event acknowledged all the same', async () => {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  const content = korean('잠시 뒤에 물어봐 주세요')
  const rig = await openRig(slack, {
    mode: 'socket',
    deliver: async () => ({ ack: 'none', reply: { content, isPrivate: true } }),
  })
  slack.failNext('chat.postEphemeral', { status: 503 })
  slack.user('UMINA').say(channel, '안녕')
  await slack.until(() => rig.log.lines.some(({ message }) => message === 'a side effect failed'))
  await slack.until(() => slack.pendingDeliveries() === 0)
  expect(slack.deliveries.map(({ status }) => status)).toEqual(['delivered'])
})

test('an uninstall and whatever else Slack sends are acknowledged and ignored', async () => {
  const { slack, rig, channel } = await talk()
  const mina = slack.user('UMINA')
  const ts = mina.say(channel, '안녕')
  mina.react(ts, 'thumbsup')
  slack.uninstall()
  await slack.until(() => slack.deliveries.length >= 4 && slack.pendingDeliveries() === 0)
  expect(slack.deliveries.every(({ status }) => status === 'delivered')).toBe(true)
  expect(rig.heard.map(({ type }) => type).toSorted()).toEqual(['message', 'reaction'])
  expect(rig.log.lines.some(({ level, message }) => level === 'error' && message.includes('removed'))).toBe(
    true,
  )
})

test('what people write is never logged', async () => {
  const { slack, rig, channel } = await talk()
  slack.user('UMINA').say(channel, `${slack.mention} 비밀번호는 hunter2`)
  await slack.until(() => rig.messages().length === 2)
  expect(JSON.stringify(rig.log.lines)).not.toContain('hunter2')
})
