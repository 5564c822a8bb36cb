// Discord's refusals as the BotErrors that the rest of the program foresees.
// Codes: discord-api-docs topics/opcodes-and-status-codes, "JSON Error Codes".
import { BotError, type Both } from '../core/error.ts'
import type { Answer } from './api.ts'

export const UNKNOWN_CHANNEL = 10003
export const UNKNOWN_MEMBER = 10007
export const UNKNOWN_MESSAGE = 10008
export const UNKNOWN_USER = 10013
export const UNKNOWN_WEBHOOK = 10015
export const UNKNOWN_INTERACTION = 10062
export const INTERACTION_ANSWERED = 40060
export const MISSING_ACCESS = 50001
export const MISSING_PERMISSIONS = 50013
export const INVALID_WEBHOOK_TOKEN = 50027
export const THREAD_ARCHIVED = 50083
export const NO_HISTORY = 160002
export const THREAD_EXISTS = 160004

const FAILED: Both = {
  ko: '답변을 보내지 못했어요. 잠시 뒤 다시 시도해 주세요.',
  en: 'I couldn’t send the answer. Please try again in a little while.',
}

/** An interaction token that Discord no longer (or not yet) knows. */
export function isDeadToken(answer: Answer<unknown>): boolean {
  return (
    answer.outcome === 'refused' &&
    (answer.code === UNKNOWN_WEBHOOK ||
      answer.code === INVALID_WEBHOOK_TOKEN ||
      answer.code === UNKNOWN_INTERACTION ||
      answer.status === 401)
  )
}

export function refusedWith(answer: Answer<unknown>, ...codes: number[]): boolean {
  return answer.outcome === 'refused' && codes.includes(answer.code)
}

/** `where` names ids only. */
export function toBotError(answer: Exclude<Answer<unknown>, { outcome: 'ok' }>, where: string): BotError {
  if (answer.outcome === 'limited') {
    const { retryAfterMs } = answer
    const hint = `Discord limits ${where} for ${retryAfterMs} ms`
    return new BotError('platform-busy', { retryable: true, say: FAILED, hint, retryAfterMs })
  }
  if (answer.outcome === 'lost') {
    const hint = `Discord did not answer for ${where}; check the network and discordstatus.com`
    return new BotError('platform-unreachable', { retryable: true, say: FAILED, hint, cause: answer.cause })
  }
  const { code, status, cause } = answer
  const say = FAILED
  if (code === UNKNOWN_CHANNEL || code === UNKNOWN_MESSAGE || code === 10004)
    return new BotError('place-gone', {
      retryable: false,
      say,
      hint: `${where} was deleted (${code})`,
      cause,
    })
  if (status === 401)
    return new BotError('platform-unreachable', {
      retryable: true,
      say,
      hint: 'Discord refused the token (401): put the current one in DISCORD_TOKEN',
      cause,
    })
  if (status === 403) {
    const hint = `the bot may not write at ${where} (${code}): give it View Channel, Send Messages and Send Messages in Threads`
    return new BotError('place-forbidden', { retryable: false, say, hint, cause })
  }
  const hint = `Discord refused a call at ${where} (HTTP ${status}, code ${code})`
  return new BotError('platform-refused', { retryable: false, say, hint, cause })
}

export function handleExpired(where: string): BotError {
  const say: Both = {
    ko: '답변할 수 있는 시간이 지났어요. 다시 한번 물어봐 주세요.',
    en: 'The time to answer this has passed. Please ask once more.',
  }
  const hint = `the interaction at ${where} can no longer be answered privately (15 minutes, or never deferred)`
  return new BotError('handle-expired', { retryable: false, say, hint })
}
