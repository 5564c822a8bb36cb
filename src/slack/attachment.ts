// Fetches what a person attached: with the bot's token, so only from Slack's own file hosts, and never more than allowed.
import { attachmentRefused, attachmentUnreachable, readAtMost } from '../core/attachment.ts'
import { isBotError } from '../core/error.ts'
import type { Attachment } from '../core/inbound.ts'

export interface FetchOptions {
  token: string
  maxBytes: number
  apiUrl?: string
}

const TIMEOUT_MS = 15_000
const OWN_HOST = /^(?:files\.slack\.com|[a-z0-9.-]+\.slack-(?:files|edge)\.com)$/
const MAX_REDIRECTS = 3
/** Asking again would not help. */
const REFUSED = new Set([401, 403, 404, 410])

export async function fetchAttachment(attachment: Attachment, options: FetchOptions): Promise<Uint8Array> {
  const { maxBytes } = options
  if (attachment.bytes > maxBytes)
    throw attachmentRefused(attachment, `${attachment.bytes} bytes, allowed ${maxBytes}`)
  try {
    const response = await request(attachment, options)
    if (REFUSED.has(response.status))
      throw attachmentRefused(attachment, `Slack answered HTTP ${response.status}`)
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    if (isSignInPage(response, attachment)) {
      await response.body.cancel()
      throw attachmentRefused(attachment, 'Slack showed its sign-in page: the bot needs the scope files:read')
    }
    return await readAtMost(response.body, maxBytes, attachment)
  } catch (cause) {
    if (isBotError(cause)) throw cause
    throw attachmentUnreachable(attachment, 'Slack did not give it', cause)
  }
}

/** Follows redirects by hand: each address is checked before the token goes there. */
async function request(attachment: Attachment, options: FetchOptions): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const headers = { authorization: `Bearer ${options.token}` }
  let url = attachment.url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    if (!isOwnHost(url, options.apiUrl)) throw attachmentRefused(attachment, 'it is not on a host of Slack')
    const response = await fetch(url, { headers, redirect: 'manual', signal })
    const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
    if (next === null) return response
    await response.body?.cancel()
    if (!URL.canParse(next, url)) break
    url = new URL(next, url).href
  }
  throw attachmentRefused(attachment, 'Slack redirects without end')
}

function isOwnHost(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, origin } = new URL(url)
  if (apiUrl && origin === new URL(apiUrl).origin) return true
  return protocol === 'https:' && OWN_HOST.test(hostname)
}

/** Without a token that may read it, Slack answers 200 with a page of HTML. */
function isSignInPage(response: Response, { mime }: Attachment): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('text/html') && !mime.startsWith('text/html')
}
