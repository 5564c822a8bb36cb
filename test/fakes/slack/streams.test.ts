// Streamed messages, driven by the real @slack/web-api client.
import { WebClient, type WebClientOptions } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeSlack, type FakeSlackOptions, type FakeUser, startFakeSlack } from './index.ts'
import { quiet } from './quiet-logger.ts'

let slack: FakeSlack
let client: WebClient
let mina: FakeUser

async function start(options: FakeSlackOptions = {}, clientOptions: WebClientOptions = {}) {
  slack = await startFakeSlack(options)
  client = clientFor(slack.botToken, clientOptions)
  mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: 'help', members: ['U1'] })
}

function clientFor(token: string, options: WebClientOptions = {}) {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
    ...options,
  })
}

/** The platform's error code of a refused call. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const data = error instanceof Error && 'data' in error ? error.data : undefined
    if (typeof data === 'object' && data && 'error' in data) return String(data.error)
    throw error
  }
  return 'ok'
}

beforeEach(() => start())
afterEach(() => slack.close())

const recipient = { recipient_user_id: 'U1', recipient_team_id: 'T0DAMSO' }

const good = { text: { type: 'plain_text', text: '도움됐어요' }, value: 'good' } as const
const bad = { text: { type: 'plain_text', text: '아쉬워요' }, value: 'bad' } as const

describe('streams', () => {
  it('grow in the thread and finish with their buttons', async () => {
    const thread_ts = mina.say('C1', 'q')
    const marker = {
      type: 'context',
      block_id: 'post-1',
      elements: [{ type: 'mrkdwn', text: 'AI' }],
    } as const
    const { ts = '' } = await client.chat.startStream({
      channel: 'C1',
      thread_ts,
      ...recipient,
      chunks: [{ type: 'blocks', blocks: [marker] }],
    })
    await client.chat.appendStream({ channel: 'C1', ts, markdown_text: '안녕' })
    await client.chat.appendStream({ channel: 'C1', ts, chunks: [{ type: 'markdown_text', text: '하세요' }] })
    expect(slack.message(ts)).toMatchObject({ text: 'AI안녕하세요', streamingState: 'in_progress' })
    const found = await client.conversations.replies({ channel: 'C1', ts: thread_ts })
    expect(found.messages?.[1]?.blocks?.[0]?.block_id).toBe('post-1')
    const feedback = {
      type: 'feedback_buttons',
      action_id: 'fb',
      positive_button: good,
      negative_button: bad,
    }
    const blocks = [{ type: 'context_actions', elements: [feedback] }]
    await client.chat.stopStream({ channel: 'C1', ts, blocks })
    expect(slack.message(ts)).toMatchObject({
      streamingState: 'completed',
      buttons: [{ text: '도움됐어요' }, { text: '아쉬워요' }],
    })
  })

  it('need a recipient outside direct messages', async () => {
    const thread_ts = mina.say('C1', 'q')
    const dmTs = mina.say(slack.dm(mina), 'q')
    const open = (args: object) => refusal(client.chat.startStream({ channel: 'C1', thread_ts, ...args }))
    expect(await open({})).toBe('missing_recipient_team_id')
    expect(await open({ recipient_team_id: 'T0DAMSO' })).toBe('missing_recipient_user_id')
    expect(await open({ channel: slack.dm(mina), thread_ts: dmTs })).toBe('ok')
  })

  it('refuse update and delete while open, and append and stop once closed', async () => {
    const thread_ts = mina.say('C1', 'q')
    const { ts = '' } = await client.chat.startStream({ channel: 'C1', thread_ts, ...recipient })
    const at = { channel: 'C1', ts }
    expect(await refusal(client.chat.update({ ...at, text: 'x' }))).toBe('streaming_state_conflict')
    expect(await refusal(client.chat.delete(at))).toBe('cant_delete_message')
    const both = { ...at, markdown_text: 'a', chunks: [] }
    expect(await refusal(client.chat.appendStream(both))).toBe('invalid_arguments')
    const long = { ...at, markdown_text: 'x'.repeat(12_001) }
    expect(await refusal(client.chat.appendStream(long))).toBe('msg_too_long')
    await client.chat.stopStream(at)
    expect(await refusal(client.chat.appendStream({ ...at, markdown_text: 'x' }))).toBe(
      'message_not_in_streaming_state',
    )
    expect(await refusal(client.chat.stopStream(at))).toBe('message_not_in_streaming_state')
  })

  it('die after five minutes and are repaired by an update', async () => {
    const thread_ts = mina.say('C1', 'q')
    const { ts = '' } = await client.chat.startStream({
      channel: 'C1',
      thread_ts,
      ...recipient,
      markdown_text: '여기까',
    })
    slack.advance(299_000)
    await client.chat.appendStream({ channel: 'C1', ts, markdown_text: '지' })
    slack.advance(2000)
    expect(slack.message(ts)).toMatchObject({ text: '여기까지', streamingState: 'errored' })
    const append = client.chat.appendStream({ channel: 'C1', ts, markdown_text: '!' })
    expect(await refusal(append)).toBe('message_not_in_streaming_state')
    await client.chat.update({ channel: 'C1', ts, markdown_text: '여기까지였어요.' })
    expect(slack.message(ts)?.text).toBe('여기까지였어요.')
  })

  it('work through the ChatStreamer of the client', async () => {
    const thread_ts = mina.say('C1', 'q')
    const streamer = client.chatStream({ channel: 'C1', thread_ts, ...recipient, buffer_size: 5 })
    await streamer.append({ markdown_text: '첫 번째 조각 ' })
    await streamer.append({ markdown_text: '두 번째 조각' })
    await streamer.stop()
    expect(slack.thread('C1', thread_ts)[1]).toMatchObject({
      text: '첫 번째 조각 두 번째 조각',
      streamingState: 'completed',
    })
  })
})
