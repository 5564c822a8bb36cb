// What both platforms say of attachments, and the one rule for reading them: never more than allowed, whatever was claimed.
import { BotError } from './error.ts'
import type { Attachment } from './inbound.ts'

/** Throws `attachment-refused` at the first byte too many. */
export async function readAtMost(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  attachment: Attachment,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.byteLength
    if (bytes > maxBytes) throw attachmentRefused(attachment, `more than the allowed ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

export function attachmentRefused(attachment: Attachment, why: string): BotError {
  return new BotError('attachment-refused', {
    retryable: false,
    say: { ko: '이 첨부 파일은 열 수 없어요.', en: 'I can’t open this attachment.' },
    hint: `attachment ${attachment.id} was not fetched: ${why}`,
  })
}

export function attachmentUnreachable(attachment: Attachment, why: string, cause: unknown): BotError {
  return new BotError('attachment-unreachable', {
    retryable: true,
    say: { ko: '첨부 파일을 내려받지 못했어요.', en: 'I couldn’t download the attachment.' },
    hint: `attachment ${attachment.id} could not be fetched: ${why}`,
    cause,
  })
}
