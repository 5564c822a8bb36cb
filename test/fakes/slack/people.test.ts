// What people can do in the fake, as Bolt hears of it, and what Slack shows of the answers.
import { App, SocketModeReceiver } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeSlack, type FakeUser, startFakeSlack } from './index.ts'
import { quiet } from './quiet-logger.ts'

let slack: FakeSlack
let app: App
let mina: FakeUser

beforeEach(async () => {
  slack = await startFakeSlack()
  mina = slack.user('U1', { name: 'mina', locale: 'ko-KR' })
  slack.channel('C1', { name: 'help', members: ['U1'] })
  const clientOptions = { slackApiUrl: slack.apiUrl }
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: quiet,
    installerOptions: { clientOptions },
  })
  app = new App({ token: slack.botToken, receiver, logger: quiet, ignoreSelf: false, clientOptions })
  await app.start()
})

afterEach(async () => {
  await app.stop()
  await slack.close()
})

it.each(['@Damso', '@damso', '@DAMSO'])('%s becomes a mention of the bot as it is typed', (typed) => {
  const ts = mina.say('C1', `${typed} 배송이 언제 오나요?`)
  expect(slack.message(ts)?.text).toBe('@damso 배송이 언제 오나요?')
  const kinds = slack.deliveries.map(({ payload }) => (payload['event'] as { type?: string }).type)
  expect(kinds).toContain('app_mention')
})

describe('commands and shortcuts', () => {
  it('show the acknowledgement to the person alone, and response_url to all', async () => {
    app.command('/damso', async ({ ack, command, respond }) => {
      await ack({ text: `잠시만요: ${command.text}` })
      await respond({ text: '다 됐어요', response_type: 'in_channel' })
    })
    const outcome = await mina.command('/damso', '도움말', 'C1')
    expect(outcome.ok).toBe(true)
    expect(slack.ephemerals('C1', 'U1')).toMatchObject([{ text: '잠시만요: 도움말', ephemeralTo: 'U1' }])
    const [shown] = await slack.until(() => slack.timeline('C1').length === 1 && slack.timeline('C1'))
    expect(shown?.text).toBe('다 됐어요')
  })

  it('are not offered to external members, nor commands in threads', async () => {
    const guest = slack.user('U9', { name: 'out', isExternal: true })
    const ts = mina.say('C1', 'hi')
    expect((await guest.command('/damso', 'x', 'C1')).refused).toContain('external')
    expect((await guest.shortcut('ask', ts)).refused).toContain('external')
    expect((await mina.command('/damso', 'x', 'C1', { threadTs: ts })).refused).toContain('threads')
    expect(slack.deliveries.filter((one) => one.kind !== 'events_api')).toEqual([])
  })

  it('carry the message a shortcut was used on', async () => {
    app.shortcut({ type: 'message_action', callback_id: 'ask' }, async ({ ack, shortcut, respond }) => {
      await ack()
      await respond({ text: `질문: ${shortcut.message.text}` })
    })
    const ts = mina.say('C1', '배송은요?')
    expect((await mina.shortcut('ask', ts)).ok).toBe(true)
    await slack.until(() => slack.ephemerals('C1', 'U1').some((one) => one.text === '질문: 배송은요?'))
  })

  it('end a response_url after five uses and after half an hour', async () => {
    app.command('/damso', async ({ ack }) => ack())
    const { responseUrl = '' } = await mina.command('/damso', 'x', 'C1')
    const use = async (url: string) =>
      (await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status
    const statuses = []
    for (let i = 0; i < 6; i += 1) statuses.push(await use(responseUrl))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    const { responseUrl: later = '' } = await mina.command('/damso', 'x', 'C1')
    slack.advance(30 * 60_000 + 1)
    expect(await use(later)).toBe(404)
  })
})

describe('buttons and modals', () => {
  it('send the value of the button that was pressed, and replace the message', async () => {
    app.action('fb', async ({ ack, action, respond }) => {
      await ack()
      await respond({ text: `고마워요: ${'value' in action ? action.value : ''}`, replace_original: true })
    })
    const label = (text: string, value: string) => ({ text: { type: 'plain_text' as const, text }, value })
    const feedback = {
      type: 'feedback_buttons' as const,
      action_id: 'fb',
      positive_button: label('도움됐어요', 'good'),
      negative_button: label('아쉬워요', 'bad'),
    }
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C1',
      text: 'x',
      blocks: [{ type: 'context_actions', elements: [feedback] }],
    })
    await mina.click(ts, 'fb', 'negative')
    await slack.until(() => slack.message(ts)?.text === '고마워요: bad')
    await expect(mina.click(ts, 'nothing')).rejects.toThrow('nothing to press')
  })

  it('open a modal by a fresh trigger, refuse bad input and take good input', async () => {
    const input = { type: 'plain_text_input' as const, action_id: 'text' }
    app.shortcut('ask', async ({ ack, client, shortcut }) => {
      await ack()
      await client.views.open({
        trigger_id: shortcut.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'ask',
          title: { type: 'plain_text', text: '물어보기' },
          blocks: [
            { type: 'input', block_id: 'q', label: { type: 'plain_text', text: '질문' }, element: input },
          ],
        },
      })
    })
    const asked: unknown[] = []
    app.view('ask', async ({ ack, view }) => {
      const text = view.state.values['q']?.['text']?.value
      if (!text) return ack({ response_action: 'errors', errors: { q: '질문을 써 주세요' } })
      asked.push(text)
      return ack()
    })
    const { triggerId = '' } = await mina.shortcut('ask')
    await slack.until(() => slack.views.length === 1)
    expect((await mina.submitView({})).errors).toEqual({ q: '질문을 써 주세요' })
    expect((await mina.submitView({ text: '언제 와요?' })).errors).toBeUndefined()
    expect(asked).toEqual(['언제 와요?'])
    expect(slack.views[0]?.open).toBe(false)
    const again = app.client.views.open({ trigger_id: triggerId, view: { type: 'home', blocks: [] } })
    await expect(again).rejects.toMatchObject({ data: { error: 'invalid_trigger_id' } })
  })

  it('are pressed in the Home tab too', async () => {
    const pressed: unknown[] = []
    app.action('lang', async ({ ack, action }) => {
      pressed.push('value' in action && action.value)
      await ack()
    })
    const text = { type: 'plain_text' as const, text: '한국어' }
    const button = { type: 'button' as const, action_id: 'lang', value: 'ko', text }
    const blocks = [{ type: 'actions' as const, elements: [button] }]
    await app.client.views.publish({ user_id: 'U1', view: { type: 'home', blocks } })
    expect((await mina.clickView('lang')).ok).toBe(true)
    expect(pressed).toEqual(['ko'])
  })

  it('say dispatch_failed when no app is connected', async () => {
    await app.stop()
    await slack.close()
    slack = await startFakeSlack({ ackTimeoutMs: 20, whenNoSocket: 'retry' })
    slack.channel('C1')
    const outcome = await slack.user('U1').command('/damso', 'x', 'C1')
    expect(outcome).toMatchObject({ ok: false, error: 'dispatch_failed' })
  })
})

describe('messages', () => {
  it('tell of edits, of deletions, and of language detection that changes nothing', async () => {
    const seen: [string | undefined, string | undefined, string | undefined][] = []
    app.event('message', async ({ event }) => {
      if (event.subtype === 'message_changed') {
        const [now, before] = [event.message, event.previous_message]
        seen.push(['changed', 'text' in before ? before.text : '', 'text' in now ? now.text : ''])
      }
      if (event.subtype === 'message_deleted') seen.push(['deleted', event.deleted_ts, undefined])
    })
    const ts = mina.say('C1', '하나')
    mina.edit(ts, '둘')
    slack.detectLanguage(ts)
    mina.delete(ts)
    await slack.until(() => seen.length === 3)
    expect(seen).toEqual([
      ['changed', '하나', '둘'],
      ['changed', '둘', '둘'],
      ['deleted', ts, undefined],
    ])
  })

  it('leave a tombstone where a deleted question has replies', async () => {
    const subtypes: unknown[] = []
    app.event('message', async ({ event }) => {
      if (event.subtype === 'message_changed') subtypes.push(event.message.subtype)
    })
    const ts = mina.say('C1', '질문')
    await app.client.chat.postMessage({ channel: 'C1', thread_ts: ts, text: '답변' })
    mina.delete(ts)
    await slack.until(() => subtypes.includes('tombstone'))
    expect(slack.thread('C1', ts).map((one) => one.text)).toEqual(['This message was deleted.', '답변'])
  })

  it("report the bot's own posts too, and reactions, and invitations", async () => {
    const seen: string[] = []
    app.event(/.*/, async ({ event }) => {
      const inviter = event.type === 'member_joined_channel' ? event.inviter : ''
      seen.push(`${event.type}${'bot_id' in event ? ' by bot' : ''} ${inviter}`.trim())
    })
    slack.channel('C2', { withoutBot: true })
    mina.say('C2', 'unheard')
    mina.invite('C2')
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C2', text: 'hello' })
    mina.react(ts, '+1')
    await slack.until(() => seen.length === 3)
    expect(seen).toEqual(['member_joined_channel U1', 'message by bot', 'reaction_added'])
    expect(slack.message(ts)?.reactions).toEqual([{ name: '+1', users: ['U1'] }])
    slack.removeBot('C2')
    const post = app.client.chat.postMessage({ channel: 'C2', text: 'again' })
    await expect(post).rejects.toMatchObject({ data: { error: 'not_in_channel' } })
  })

  it('carry who they are from in a shared channel', async () => {
    slack.channel('C3', { isExtShared: true })
    const jun = slack.user('U9', { name: 'jun', isExternal: true })
    const seen: unknown[] = []
    app.event('message', async ({ event, body }) => {
      seen.push([
        body.is_ext_shared_channel,
        'user_team' in event && event.user_team,
        body.authorizations?.[0]?.team_id,
      ])
    })
    jun.say('C3', 'hello')
    await slack.until(() => seen.length === 1)
    expect(seen).toEqual([[true, 'T0OTHER', slack.teamId]])
    const { user } = await app.client.users.info({ user: 'U9' })
    expect([user?.team_id, user?.profile?.email]).toEqual(['T0OTHER', undefined])
  })
})

describe('the native Stop', () => {
  it('is there only while a session is processing, and ends the streams itself', async () => {
    const stopped: string[][] = []
    app.event('agent_session_stopped', async ({ event }) => void stopped.push(event.streaming_message_ts))
    const dm = mina.openDm()
    const thread = mina.say(dm, '긴 답을 해 주세요')
    expect(() => mina.stop(thread)).toThrow('no Stop button')
    const at = { channel_id: dm, thread_ts: thread }
    await app.client.agents.sessions.setStatus({ ...at, status: 'processing', title: '긴 답' })
    const { ts = '' } = await app.client.chat.startStream({
      channel: dm,
      thread_ts: thread,
      markdown_text: '첫',
    })
    mina.stop(thread)
    await slack.until(() => stopped.length === 1)
    expect(stopped).toEqual([[ts]])
    expect(slack.message(ts)).toMatchObject({ text: '첫', streamingState: 'completed' })
    expect(slack.session(dm, thread)).toMatchObject({ status: 'processing', title: '긴 답' })
    const append = app.client.chat.appendStream({ channel: dm, ts, markdown_text: '둘' })
    await expect(append).rejects.toMatchObject({ data: { error: 'stopped_by_user' } })
  })
})
