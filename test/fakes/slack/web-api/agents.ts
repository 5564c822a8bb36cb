// assistant.threads.*, agents.sessions.* and views.*: the surfaces around the conversation.
import { dictsArg, jsonArg, requiredArg, stringArg } from '../arguments.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { AgentSession, ChannelRecord, Dict } from '../shapes.ts'
import type { World } from '../world.ts'
import { type Methods, visibleChannel, writableChannel } from './context.ts'

const MAX_PROMPTS = 4
const MAX_LOADING_MESSAGES = 10
const MAX_TITLE = 200
// facts A4: a status goes away after two minutes.
const STATUS_LIFETIME_MS = 120_000
const SESSION_STATUSES = ['active', 'processing', 'suspended', 'closed']

function setStatus(args: Dict, { world }: Platform): Dict {
  const channel = writableChannel(world, requiredArg(args, 'channel_id', 'channel_not_found'))
  const threadTs = requiredArg(args, 'thread_ts', 'invalid_thread_ts')
  const text = stringArg(args, 'status')
  if (text === undefined) throw new Refusal('invalid_arguments')
  const loading = jsonArg(args, 'loading_messages') ?? []
  if (!Array.isArray(loading) || loading.length > MAX_LOADING_MESSAGES) throw new Refusal('invalid_arguments')
  // docs.slack.dev assistant.threads.setStatus: an empty string clears it.
  if (text === '') channel.statuses.delete(threadTs)
  else channel.statuses.set(threadTs, { text, loadingMessages: loading.map(String), setAt: world.now() })
  world.changed()
  return {}
}

/** What a person sees above the message box now. */
export function statusText(world: World, channel: ChannelRecord, threadTs: string): string {
  const status = channel.statuses.get(threadTs)
  return status && world.now() - status.setAt < STATUS_LIFETIME_MS ? status.text : ''
}

function setSuggestedPrompts(args: Dict, { world }: Platform): Dict {
  const channel = visibleChannel(world, requiredArg(args, 'channel_id', 'channel_not_found'))
  const prompts = (dictsArg(args, 'prompts') ?? []).map((prompt) => ({
    title: String(prompt['title'] ?? ''),
    message: String(prompt['message'] ?? ''),
  }))
  if (prompts.length === 0 || prompts.length > MAX_PROMPTS) throw new Refusal('invalid_arguments')
  // docs.slack.dev migrating-to-agent-messaging: with thread_ts the call silently does nothing for agent apps.
  if (stringArg(args, 'thread_ts')) return {}
  const title = stringArg(args, 'title')
  channel.prompts = { prompts, ...(title ? { title } : {}) }
  world.changed()
  return {}
}

function sessionOf(channel: ChannelRecord, threadTs: string, initiator: string): AgentSession {
  const known = channel.sessions.get(threadTs)
  if (known) return known
  const session: AgentSession = { status: 'active', title: '', initiator }
  channel.sessions.set(threadTs, session)
  return session
}

function setSessionStatus(args: Dict, { world }: Platform): Dict {
  const channel = writableChannel(world, requiredArg(args, 'channel_id', 'channel_not_found'))
  const threadTs = requiredArg(args, 'thread_ts', 'invalid_thread_ts')
  const status = requiredArg(args, 'status')
  if (!SESSION_STATUSES.includes(status)) throw new Refusal('invalid_arguments')
  const title = stringArg(args, 'title')
  if ((title ?? '').length > MAX_TITLE) throw new Refusal('invalid_arguments')
  const isNew = !channel.sessions.has(threadTs)
  const session = sessionOf(channel, threadTs, stringArg(args, 'initiator_user_id') ?? '')
  session.status = status as AgentSession['status']
  // docs.slack.dev agents.sessions.setStatus: the title counts only when the session is created.
  if (isNew && title) session.title = title
  world.changed()
  const canStop = world.botEvents === undefined || world.botEvents.includes('agent_session_stopped')
  return {
    status: session.status,
    agent_status: session.status,
    title: session.title,
    ...(canStop ? {} : { warning: 'missing_agent_session_stopped_event_subscription' }),
  }
}

function renameSession(args: Dict, { world }: Platform): Dict {
  const channel = writableChannel(world, requiredArg(args, 'channel_id', 'channel_not_found'))
  const session = channel.sessions.get(requiredArg(args, 'thread_ts', 'invalid_thread_ts'))
  const title = requiredArg(args, 'title')
  // The error's name is our assumption.
  if (!session) throw new Refusal('session_not_found')
  if (title.length > MAX_TITLE) throw new Refusal('invalid_arguments')
  session.title = title
  world.changed()
  return { title }
}

function setTitle(args: Dict, { world }: Platform): Dict {
  const channel = writableChannel(world, requiredArg(args, 'channel_id', 'channel_not_found'))
  const session = sessionOf(channel, requiredArg(args, 'thread_ts', 'invalid_thread_ts'), '')
  session.title = requiredArg(args, 'title')
  world.changed()
  return {}
}

export const agentMethods: Methods = {
  // facts A4: works in channels with chat:write alone since 2026-03-05.
  'assistant.threads.setStatus': { run: setStatus, scopes: ['chat:write', 'assistant:write'] },
  'assistant.threads.setSuggestedPrompts': {
    run: setSuggestedPrompts,
    scopes: ['chat:write', 'assistant:write'],
  },
  'assistant.threads.setTitle': { run: setTitle, scopes: ['chat:write', 'assistant:write'] },
  'agents.sessions.setStatus': { run: setSessionStatus, scopes: ['chat:write'] },
  'agents.sessions.rename': { run: renameSession, scopes: ['chat:write'] },
}
