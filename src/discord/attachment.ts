// Fetches what a person attached: only from Discord's own hosts, never more than allowed, and never with the bot's
// token, since attachment addresses are signed by themselves.

import { attachmentRefused, attachmentUnreachable, readAtMost } from '../core/attachment.ts'
import { isBotError } from '../core/error.ts'
import type { Attachment } from '../core/inbound.ts'
import { DEFAULT_API_URL } from './api.ts'

const HOSTS: readonly string[] = ['cdn.discordapp.com', 'media.discordapp.net']
const TIMEOUT_MS = 15_000

export async function fetchAttachment(
  attachment: Attachment,
  maxBytes: number,
  apiUrl: string = DEFAULT_API_URL,
): Promise<Uint8Array> {
  if (!isOwnHost(attachment.url, apiUrl))
    throw attachmentRefused(attachment, 'it is not on a host of Discord')
  if (attachment.bytes > maxBytes)
    throw attachmentRefused(attachment, `${attachment.bytes} bytes, allowed ${maxBytes}`)
  let response: Response
  try {
    response = await fetch(attachment.url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    return await readAtMost(response.body, maxBytes, attachment)
  } catch (cause) {
    if (isBotError(cause)) throw cause
    throw attachmentUnreachable(attachment, 'Discord did not give it; its link may have expired', cause)
  }
}

function isOwnHost(url: string, apiUrl: string): boolean {
  const { protocol, hostname, origin } = new URL(url)
  if (protocol === 'https:' && HOSTS.includes(hostname)) return true
  return apiUrl !== DEFAULT_API_URL && origin === new URL(apiUrl).origin
}
