// Fetches one web page or file, from public addresses only, within limits of size and time. Redirects are followed by
// hand, because each is a new address to be judged.
import { promisify } from 'node:util'
import { brotliDecompress, unzip } from 'node:zlib'
import { Agent, type Dispatcher, request } from 'undici'
import { type AddressRules, checkedLookup, checkUrl, PUBLIC_ONLY } from './addresses.ts'
import { ReadFailure } from './readers/failure.ts'
import { kindOfName } from './readers/kind.ts'

export interface FetchLimits {
  maxBytes: number
  timeoutMs: number
  maxRedirects: number
}

export interface Fetched {
  /** Where the redirects ended. */
  url: string
  bytes: Buffer
  /** A name that says what kind of file it is. */
  name: string
  charset: string | null
}

export interface PageFetcher extends AsyncDisposable {
  /** Throws ReadFailure, and the signal's reason. */
  fetch(url: string, signal?: AbortSignal): Promise<Fetched>
}

const USER_AGENT = 'Damso/1.0 (knowledge base import)'

const GZIP = Buffer.from([0x1f, 0x8b])

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/html': '.html',
  'application/xhtml+xml': '.html',
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/csv': '.csv',
  'application/xml': '.xml',
  'text/xml': '.xml',
  'application/pdf': '.pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/x-hwp': '.hwp',
  'application/haansofthwp': '.hwp',
  'application/hwp+zip': '.hwpx',
}

export function createPageFetcher(limits: FetchLimits, rules: AddressRules = PUBLIC_ONLY): PageFetcher {
  const agent = new Agent({
    connect: { lookup: checkedLookup(rules), timeout: Math.min(10_000, limits.timeoutMs) },
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
    maxHeaderSize: 32 * 1024,
  })
  return {
    async fetch(address, signal) {
      const deadline = AbortSignal.timeout(limits.timeoutMs)
      const either = signal ? AbortSignal.any([signal, deadline]) : deadline
      try {
        return await follow(agent, toUrl(address), limits, rules, either)
      } catch (error) {
        signal?.throwIfAborted()
        throw toFailure(error, limits)
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

function toUrl(address: string): URL {
  if (!URL.canParse(address)) throw new ReadFailure('address-forbidden')
  const url = new URL(address)
  url.hash = ''
  return url
}

async function follow(
  agent: Agent,
  first: URL,
  limits: FetchLimits,
  rules: AddressRules,
  signal: AbortSignal,
): Promise<Fetched> {
  let url = first
  for (let hops = 0; hops <= limits.maxRedirects; hops++) {
    checkUrl(url, rules)
    const response = await request(url, {
      dispatcher: agent,
      signal,
      headers: { 'user-agent': USER_AGENT, accept: 'text/html, */*;q=0.8', 'accept-encoding': 'gzip, br' },
    })
    const location = textOf(response.headers['location'])
    const isMoved = [301, 302, 303, 307, 308].includes(response.statusCode)
    if (!isMoved || location === null) return await take(url, response, limits)
    await response.body.dump()
    if (!URL.canParse(location, url.href)) throw new ReadFailure('page-failed', 'HTTP redirect')
    url = new URL(location, url)
    url.hash = ''
  }
  throw new ReadFailure('page-failed', `more than ${limits.maxRedirects} redirects`)
}

async function take(url: URL, response: Dispatcher.ResponseData, limits: FetchLimits): Promise<Fetched> {
  const { statusCode, headers, body } = response
  if (statusCode !== 200) {
    await body.dump()
    throw new ReadFailure('page-failed', `HTTP ${statusCode}`)
  }
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += (part as Buffer).length
    if (size > limits.maxBytes) {
      body.destroy()
      throw tooLarge(limits)
    }
    parts.push(part as Buffer)
  }
  const encoding = textOf(headers['content-encoding'])?.toLowerCase() ?? 'identity'
  const [type = '', ...more] = (textOf(headers['content-type']) ?? 'text/html').split(';')
  const charset = /charset\s*=\s*"?([\w:-]+)/i.exec(more.join(';'))?.[1] ?? null
  const bytes = await unpack(Buffer.concat(parts), encoding, limits)
  const name = nameOf(url, type.trim().toLowerCase())
  // Sitemaps may be sent as gzip files: sitemaps.org/protocol.html, "Sitemap file requirements".
  const isPacked = /\.xml\.gz$/i.test(url.pathname) && bytes.subarray(0, 2).equals(GZIP)
  if (isPacked)
    return { url: url.href, bytes: await unpack(bytes, 'gzip', limits), name: 'page.xml', charset }
  return { url: url.href, bytes, name, charset }
}

async function unpack(bytes: Buffer, encoding: string, limits: FetchLimits): Promise<Buffer> {
  const options = { maxOutputLength: limits.maxBytes }
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate')
      return await promisify(unzip)(bytes, options)
    if (encoding === 'br') return await promisify(brotliDecompress)(bytes, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limits)
    throw new ReadFailure('page-failed', encoding, error)
  }
  if (encoding === 'identity' || encoding === '') return bytes
  throw new ReadFailure('page-failed', encoding)
}

/** A path like /help/42.do says nothing; then the type that the server named decides. */
function nameOf(url: URL, type: string): string {
  const last = url.pathname.split('/').at(-1) ?? ''
  const extension = EXTENSIONS[type]
  if (extension === '.html' || (extension && !kindOfName(last))) return `page${extension}`
  return last === '' ? 'page.html' : last
}

function toFailure(error: unknown, { timeoutMs }: FetchLimits): unknown {
  // undici wraps what the look-up threw.
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if (each instanceof ReadFailure) return each
  const { name, code } = error as NodeJS.ErrnoException
  const isLate = name === 'TimeoutError' || /TIMEOUT/.test(code ?? '')
  if (isLate) return new ReadFailure('timeout', String(Math.round(timeoutMs / 1000)), error)
  return new ReadFailure('page-failed', code ?? name, error)
}

function tooLarge({ maxBytes }: FetchLimits): ReadFailure {
  return new ReadFailure('too-large', String(Math.round(maxBytes / 1024 / 1024)))
}

function textOf(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}
