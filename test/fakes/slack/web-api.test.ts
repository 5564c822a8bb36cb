// The fake's Web API, driven by the real @slack/web-api client.
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

describe('who may do what', () => {
  it('knows the bot by its token and refuses any other', async () => {
    const who = await client.auth.test()
    expect(who).toMatchObject({ team_id: slack.teamId, user_id: slack.botUserId, bot_id: slack.botId })
    expect(await refusal(clientFor('xoxb-wrong').auth.test())).toBe('invalid_auth')
  })

  it('tells the granted scopes with every answer', async () => {
    const who = await client.auth.test()
    expect(who.response_metadata?.scopes).toContain('chat:write')
  })

  it('refuses channels the bot is not in, does not see, or that are archived', async () => {
    slack.channel('C2', { withoutBot: true })
    slack.channel('C3', { withoutBot: true, isPrivate: true })
    slack.archive('C1')
    const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'hi' }))
    expect(await post('C2')).toBe('not_in_channel')
    expect(await post('C3')).toBe('channel_not_found')
    expect(await post('C9')).toBe('channel_not_found')
    expect(await post('C1')).toBe('is_archived')
  })

  it('refuses a method whose scope was not granted', async () => {
    await slack.close()
    await start({ scopes: ['users:read'] })
    expect(await refusal(client.chat.postMessage({ channel: 'C1', text: 'hi' }))).toBe('missing_scope')
  })
})

describe('messages', () => {
  it('shows a reply in its thread, then its edit, then its removal', async () => {
    const ts = mina.say('C1', '배송이 언제 오나요?')
    const posted = await client.chat.postMessage({ channel: 'C1', thread_ts: ts, text: '내일 와요' })
    expect(slack.thread('C1', ts).map((one) => one.text)).toEqual(['배송이 언제 오나요?', '내일 와요'])
    await client.chat.update({ channel: 'C1', ts: posted.ts ?? '', text: '모레 와요' })
    expect(slack.thread('C1', ts)[1]).toMatchObject({ text: '모레 와요', edited: true })
    await client.chat.delete({ channel: 'C1', ts: posted.ts ?? '' })
    expect(slack.thread('C1', ts)).toHaveLength(1)
  })

  it('finds metadata again only when it is asked for', async () => {
    const ts = mina.say('C1', 'q')
    const metadata = { event_type: 'damso_post', event_payload: { job_id: 'j1' } }
    await client.chat.postMessage({ channel: 'C1', thread_ts: ts, text: 'a', metadata })
    const plain = await client.conversations.replies({ channel: 'C1', ts })
    const full = await client.conversations.replies({ channel: 'C1', ts, include_all_metadata: true })
    expect(plain.messages?.[1]?.metadata).toBeUndefined()
    expect(full.messages?.[1]?.metadata).toEqual(metadata)
  })

  it('holds messages to the documented sizes', async () => {
    const post = (content: object) =>
      refusal(client.chat.postMessage({ channel: 'C1', text: 'x', ...content }))
    const section = (length: number) => ({
      type: 'section',
      text: { type: 'mrkdwn', text: '가'.repeat(length) },
    })
    expect(await post({ text: 'x'.repeat(40_001) })).toBe('msg_too_long')
    expect(await post({ blocks: [section(3001)] })).toBe('invalid_blocks')
    expect(await post({ blocks: Array.from({ length: 51 }, () => section(1)) })).toBe('invalid_blocks')
    expect(await post({ blocks: Array.from({ length: 5 }, () => section(2900)) })).toBe('msg_blocks_too_long')
    const long = { channel: 'C1', markdown_text: 'x'.repeat(12_001) }
    expect(await refusal(client.chat.postMessage(long))).toBe('msg_too_long')
  })

  it('lists the buttons and hides the fallback text behind blocks', async () => {
    const { ts = '' } = await client.chat.postMessage({
      channel: 'C1',
      text: 'fallback',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*답변* &lt;끝&gt; <@U1>' } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'human',
              text: { type: 'plain_text', text: '상담원 연결' },
              value: 't1',
            },
          ],
        },
      ],
    })
    expect(slack.message(ts)).toMatchObject({
      text: '*답변* <끝> @mina',
      buttons: [{ actionId: 'human', text: '상담원 연결', value: 't1' }],
    })
  })
})

describe('trouble', () => {
  it('limits posts per channel and streams per workspace, with Retry-After', async () => {
    await slack.close()
    await start({ rateLimits: 'real' })
    const post = () => client.chat.postMessage({ channel: 'C1', text: 'x' })
    for (let i = 0; i < 5; i += 1) await post()
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
    slack.advance(1100)
    await post()
    const thread_ts = mina.say('C1', 'q')
    const open = () => client.chat.startStream({ channel: 'C1', thread_ts, ...recipient })
    for (let i = 0; i < 22; i += 1) await open()
    await expect(open()).rejects.toMatchObject({ retryAfter: 60 })
    expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.startStream', status: 429 })
  })

  it('lets a commercial app outside the Marketplace read fifteen messages a minute', async () => {
    await slack.close()
    await start({ rateLimits: 'real', distribution: 'commercial' })
    for (let i = 0; i < 20; i += 1) mina.say('C1', `${i}`)
    const page = await client.conversations.history({ channel: 'C1', limit: 100 })
    expect(page.messages).toHaveLength(15)
    const next = client.conversations.history({ channel: 'C1', cursor: page.response_metadata?.next_cursor })
    await expect(next).rejects.toMatchObject({ retryAfter: 60 })
  })

  it('raises a storm of 429s when asked', async () => {
    slack.failNext('chat.postMessage', { status: 429, retryAfter: 7, times: 2 })
    const post = () => client.chat.postMessage({ channel: 'C1', text: 'x' })
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 })
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 })
    await post()
    expect(slack.timeline('C1')).toHaveLength(1)
  })

  it('posts although the answer is lost, by a cut connection or a 500', async () => {
    slack.failNext('chat.postMessage', { drop: true, afterEffect: true })
    slack.failNext('chat.postMessage', { status: 500, afterEffect: true })
    await expect(client.chat.postMessage({ channel: 'C1', text: 'one' })).rejects.toThrow()
    await expect(client.chat.postMessage({ channel: 'C1', text: 'two' })).rejects.toThrow()
    expect(slack.timeline('C1').map((one) => one.text)).toEqual(['one', 'two'])
  })

  it('posts nothing when the call itself failed', async () => {
    slack.failNext('chat.postMessage', { status: 500 })
    slack.failNext('chat.postMessage', { error: 'fatal_error' })
    await expect(client.chat.postMessage({ channel: 'C1', text: 'one' })).rejects.toThrow()
    expect(await refusal(client.chat.postMessage({ channel: 'C1', text: 'two' }))).toBe('fatal_error')
    expect(slack.timeline('C1')).toEqual([])
  })
})

describe('pings', () => {
  it('are found in text, blocks and rich text, and not where they are neutralised', async () => {
    const post = (content: object) => client.chat.postMessage({ channel: 'C1', text: '', ...content })
    await post({ text: 'hi &lt;!channel&gt; @channel' })
    await post({ text: 'x', blocks: [{ type: 'section', text: { type: 'plain_text', text: '<!here>' } }] })
    expect(slack.pings()).toEqual([])
    await post({ text: 'hi <!channel> and <@U1>' })
    await post({ text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S1>' } }] })
    const section = { type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }
    await post({ text: 'x', blocks: [{ type: 'rich_text', elements: [section] }] })
    expect(slack.pings().map((one) => `${one.kind}:${one.target}`)).toEqual([
      'channel:channel',
      'user:U1',
      'subteam:S1',
      'here:here',
    ])
  })

  it('are found in a stream even when cut in two', async () => {
    const thread_ts = mina.say('C1', 'q')
    const { ts = '' } = await client.chat.startStream({
      channel: 'C1',
      thread_ts,
      ...recipient,
      markdown_text: 'all <!chan',
    })
    await client.chat.appendStream({ channel: 'C1', ts, markdown_text: 'nel>' })
    expect(slack.pings()).toMatchObject([{ kind: 'channel' }])
  })
})

describe('files', () => {
  it('are given only to the bot; anybody else gets the sign-in page', async () => {
    mina.say('C1', '', { files: [{ name: '사진.png', bytes: 'PNG', mimetype: 'image/png' }] })
    const page = await client.conversations.history({ channel: 'C1' })
    const url = page.messages?.[0]?.files?.[0]?.url_private ?? ''
    const mine = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } })
    const other = await fetch(url)
    expect([mine.headers.get('content-type'), await mine.text()]).toEqual(['image/png', 'PNG'])
    expect([other.status, other.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })
})

describe('agent surface', () => {
  it('shows a status until the answer comes, or two minutes', async () => {
    const ts = mina.say('C1', 'q')
    const status = { channel_id: 'C1', thread_ts: ts, status: '답변을 쓰고 있어요…' }
    await client.assistant.threads.setStatus(status)
    expect(slack.status('C1', ts)).toBe('답변을 쓰고 있어요…')
    await client.chat.postMessage({ channel: 'C1', thread_ts: ts, text: 'a' })
    expect(slack.status('C1', ts)).toBe('')
    await client.assistant.threads.setStatus(status)
    slack.advance(121_000)
    expect(slack.status('C1', ts)).toBe('')
  })

  it('shows prompts in a DM only when they are set without a thread', async () => {
    const dm = slack.dm(mina)
    const prompts: [{ title: string; message: string }] = [{ title: '배송', message: '배송이 언제 와요?' }]
    await client.assistant.threads.setSuggestedPrompts({
      channel_id: dm,
      thread_ts: '1700000000.000001',
      prompts,
    })
    expect(slack.prompts(dm)).toBeUndefined()
    await client.assistant.threads.setSuggestedPrompts({ channel_id: dm, prompts })
    expect(slack.prompts(dm)?.prompts).toEqual(prompts)
  })
})

describe('waiting', () => {
  it('ends with what was waited for, or says what Slack shows instead', async () => {
    const seen = slack.until(() => slack.timeline('C1').find((one) => one.text === 'late'))
    await client.chat.postMessage({ channel: 'C1', text: 'late' })
    expect((await seen).text).toBe('late')
    await expect(slack.until(() => false, { timeoutMs: 30, what: 'a miracle' })).rejects.toThrow(
      /30 ms for a miracle.*late/s,
    )
  })
})
