// A button can be pressed as soon as its message is seen; what the message is about is written down a moment later.
import { BotError } from '../src/core/error.ts'

const AGAIN_MS = 500

/** The press is looked at again when the turn that it is about is through. */
export function stillRunning(): BotError {
  return new BotError('desk-not-ready', {
    ...{ retryable: true, say: { ko: '', en: '' }, retryAfterMs: AGAIN_MS },
    hint: 'What was pressed is being written right now.',
  })
}
