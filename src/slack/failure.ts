// Slack's refusals as the BotErrors that the rest of the program foresees.
// Codes: the "Errors" tables of docs.slack.dev reference/methods/chat.postMessage, chat.update and chat.startStream.
import { BotError, type Both } from '../core/error.ts'
import type { Answer } from './api.ts'

const GONE = new Set([
  'channel_not_found',
  'is_archived',
  'thread_not_found',
  'message_not_found',
  'user_not_found',
])
const FORBIDDEN = new Set([
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'no_permission',
  'access_denied',
  'missing_scope',
  'user_not_in_channel',
  'cannot_reply_to_message',
])
/** Of ours: nothing in SLACK_BOT_TOKEN is of the workspace. */
export const NO_TOKEN = 'no_token'
/** The app was removed from the workspace, or its token revoked: `tokens_revoked` and `app_uninstalled` are events. */
const BAD_TOKEN = new Set([
  'app_uninstalled',
  'tokens_revoked',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
  'ekm_access_denied',
])
const TOO_LONG = new Set(['msg_too_long', 'msg_blocks_too_long'])
const NOT_STREAMING = new Set(['message_not_in_streaming_state', 'stopped_by_user'])
const STILL_STREAMING = new Set(['streaming_state_conflict', 'message_is_streaming'])

const FAILED: Both = {
  ko: '답변을 보내지 못했어요. 잠시 뒤 다시 시도해 주세요.',
  en: 'I couldn’t send the answer. Please try again in a little while.',
}

export function refusedWith(answer: Answer, ...codes: string[]): boolean {
  return answer.outcome === 'refused' && codes.includes(answer.code)
}

/** Whatever is asked with this token is refused. */
export function isBadToken(answer: Answer): answer is Extract<Answer, { outcome: 'refused' }> {
  return answer.outcome === 'refused' && BAD_TOKEN.has(answer.code)
}

/** The stream ended without us: its five minutes are over, or the person pressed Stop. */
export function isNotStreaming(answer: Answer): boolean {
  return answer.outcome === 'refused' && NOT_STREAMING.has(answer.code)
}

/** An open stream refuses update and delete. Measured by third parties; `cant_…` covers the undocumented rest. */
export function isStillStreaming(answer: Answer): boolean {
  return (
    answer.outcome === 'refused' &&
    (STILL_STREAMING.has(answer.code) || answer.code === 'cant_delete_message')
  )
}

/** No post of any form can go there: a stream refused for this is not worth an ordinary post. */
export function isNoPlace(answer: Answer): boolean {
  return isBadToken(answer) || refusedWith(answer, ...GONE, ...FORBIDDEN, NO_TOKEN)
}

/** `where` names ids only. */
export function toBotError(answer: Exclude<Answer, { outcome: 'ok' }>, where: string): BotError {
  const say = FAILED
  if (answer.outcome === 'limited') {
    const { retryAfterMs } = answer
    const hint = `Slack limits ${where} for ${retryAfterMs} ms`
    return new BotError('platform-busy', { retryable: true, say, hint, retryAfterMs })
  }
  if (answer.outcome === 'lost') {
    const hint = `Slack did not answer for ${where}; check the network and status.slack.com`
    return new BotError('platform-unreachable', { retryable: true, say, hint, cause: answer.cause })
  }
  const { code } = answer
  if (GONE.has(code))
    return new BotError('place-gone', { retryable: false, say, hint: `${where} is gone (${code})` })
  if (FORBIDDEN.has(code)) {
    const hint = `the bot may not write at ${where} (${code}): invite it, and compare its scopes with \`npm run manifest\``
    return new BotError('place-forbidden', { retryable: false, say, hint })
  }
  if (code === NO_TOKEN) {
    const hint = `no token is of the workspace of ${where}: add its bot token to SLACK_BOT_TOKEN`
    return new BotError('token-refused', { retryable: true, say, hint })
  }
  if (BAD_TOKEN.has(code)) {
    const hint = `Slack refused the token at ${where} (${code}): put the current one in SLACK_BOT_TOKEN`
    return new BotError('token-refused', { retryable: true, say, hint })
  }
  if (TOO_LONG.has(code)) {
    const hint = `a post at ${where} is longer than Slack takes (${code})`
    return new BotError('content-too-long', {
      retryable: false,
      say: { ko: '답변이 너무 길어요.', en: 'The answer is too long.' },
      hint,
    })
  }
  const hint = `Slack refused a call at ${where} (${code})`
  return new BotError('platform-refused', { retryable: false, say, hint })
}
