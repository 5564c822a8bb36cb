// From one address to its pages: the page itself, those a sitemap lists, or those it links to on the same site. What a
// sitemap lists and is not fetched is reported; where pages link to is not.
import type { Fetched, PageFetcher } from './fetch-page.ts'
import type { Item, Items } from './item.ts'
import type { ImportProblem } from './model.ts'
import { problemOf, toProblem } from './problems.ts'
import type { Reader } from './reader.ts'
import { ReadFailure } from './readers/failure.ts'
import { kindOfName } from './readers/kind.ts'
import { type IsAllowed, parseRobots } from './robots.ts'

export interface CrawlOptions {
  /** 0 = only the page itself; a sitemap's pages count as 0 too. */
  depth: number
  maxPages: number
  signal?: AbortSignal
}

interface Parts extends CrawlOptions {
  fetcher: PageFetcher
  reader: Reader
}

interface Found {
  url: string
  depth: number
}

const MAX_SITEMAPS = 50
const MAX_HOSTS_SHOWN = 5
/** Pictures, styles and programs that a page links to. */
const NO_PAGE =
  /\.(?:png|jpe?g|gif|webp|svg|ico|css|js|mjs|json|xml|rss|zip|gz|exe|dmg|apk|mp[34]|mov|avi|woff2?)$/i

/** Pages come one after the other, so that no site is asked for many at once. */
export async function* crawl(start: string, parts: Parts): Items {
  const { fetcher, maxPages, signal } = parts
  let first: Fetched
  let sitemap: Sitemap | null
  try {
    first = await fetcher.fetch(start, signal)
    sitemap = isSitemap(first) ? await pagesOfSitemap(first, parts) : null
  } catch (error) {
    yield toProblemOrThrow(error, start)
    return
  }
  yield* sitemap?.problems ?? []
  const left = sitemap?.left ?? createLeft()
  const robots = createRobots(fetcher, signal)
  const queue: Found[] = sitemap?.pages.map((url) => ({ url, depth: 0 })) ?? [
    { url: first.url, depth: parts.depth },
  ]
  const seen = new Set(queue.map(({ url }) => url))
  const isMine = sameSite(first.url)
  let count = 0
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (count >= maxPages) {
      yield toProblem('too-many-links', start, String(maxPages))
      break
    }
    // What was asked for by name is fetched; for what was found, the site has a say.
    const isAsked = next.url === first.url
    if (!isAsked && !(await robots(next.url))) {
      if (sitemap) left.forbidden++
      continue
    }
    count++
    try {
      const page = isAsked ? first : await fetcher.fetch(next.url, signal)
      const item = toItem(page)
      if (!isAsked && !isMine(page.url)) {
        left.elsewhere.add(page.url)
        continue
      }
      // Redirected to a page that is there already.
      if (page.url !== next.url && seen.has(page.url)) continue
      seen.add(page.url)
      if (next.depth > 0) {
        item.read = await parts.reader.read({ ...page, url: page.url }, signal)
        for (const url of item.read.links) {
          if (seen.has(url) || !isMine(url) || NO_PAGE.test(new URL(url).pathname)) continue
          seen.add(url)
          if (queue.length < maxPages) queue.push({ url, depth: next.depth - 1 })
        }
      }
      yield item
    } catch (error) {
      yield toProblemOrThrow(error, next.url)
    }
  }
  if (left.elsewhere.size > 0) yield toProblem('other-site', start, toExamples(left.elsewhere))
  if (left.forbidden > 0) yield toProblem('robots', start, String(left.forbidden))
}

/** What was found and is not taken. */
interface Left {
  /** Addresses on other sites. */
  elsewhere: Set<string>
  /** Pages that robots.txt keeps out. */
  forbidden: number
}

function createLeft(): Left {
  return { elsewhere: new Set(), forbidden: 0 }
}

/** "blog.shop.example 12, shop.co.kr 3" */
function toExamples(elsewhere: ReadonlySet<string>): string {
  const pages = Map.groupBy(elsewhere, (url) => new URL(url).host)
  const hosts = [...pages].map(([host, { length }]) => `${host} ${length}`)
  return [...hosts.slice(0, MAX_HOSTS_SHOWN), ...(hosts.length > MAX_HOSTS_SHOWN ? ['…'] : [])].join(', ')
}

function toItem({ url, name, bytes, charset }: Fetched): Item {
  return { source: url, url, name, charset, bytes: async () => bytes }
}

function toProblemOrThrow(error: unknown, source: string) {
  const problem = problemOf(error, source)
  if (!problem) throw error
  return problem
}

function isSitemap({ name, bytes }: Fetched): boolean {
  return (
    kindOfName(name) !== 'pdf' &&
    /<(?:urlset|sitemapindex)[\s>]/.test(bytes.subarray(0, 2_000).toString('latin1'))
  )
}

interface Sitemap {
  pages: string[]
  /** Of sitemaps that a list of them names. */
  problems: ImportProblem[]
  left: Left
}

/** Of a list of sitemaps too; only pages of its own site. One sitemap that cannot be had does not keep the others out. */
async function pagesOfSitemap(first: Fetched, { fetcher, maxPages, signal }: Parts): Promise<Sitemap> {
  const isMine = sameSite(first.url)
  const left = createLeft()
  const pages = new Set<string>()
  const problems: ImportProblem[] = []
  const sitemaps: (Fetched | string)[] = [first]
  for (let n = 0; sitemaps.length > 0 && pages.size <= maxPages; n++) {
    const next = sitemaps.shift()!
    if (n === MAX_SITEMAPS) {
      problems.push(toProblem('too-many-sitemaps', first.url, String(MAX_SITEMAPS)))
      break
    }
    const sitemap = typeof next === 'string' ? await fetchOr(problems, fetcher, next, signal) : next
    if (sitemap === null) continue
    const text = sitemap.bytes.toString('utf8')
    const isIndex = /<sitemapindex[\s>]/.test(text.slice(0, 2_000))
    for (const url of locations(text)) {
      if (!isMine(url)) left.elsewhere.add(url)
      else if (isIndex) sitemaps.push(url)
      else pages.add(url)
    }
  }
  if (pages.size + left.elsewhere.size === 0 && problems.length === 0) throw new ReadFailure('empty')
  return { pages: [...pages], problems, left }
}

async function fetchOr(
  problems: ImportProblem[],
  fetcher: PageFetcher,
  url: string,
  signal?: AbortSignal,
): Promise<Fetched | null> {
  try {
    return await fetcher.fetch(url, signal)
  } catch (error) {
    problems.push(toProblemOrThrow(error, url))
    return null
  }
}

const LOCATION = /<loc(?:\s[^<>]{0,200})?>\s*(?:<!\[CDATA\[([^<>\]]{0,2048})\]\]>|([^<]{0,2048}))/g

function locations(xml: string): string[] {
  return [...xml.matchAll(LOCATION)].flatMap(([, verbatim, escaped = '']) => {
    const url = (verbatim ?? escaped.replaceAll('&amp;', '&')).trim()
    return URL.canParse(url) ? [new URL(url).href] : []
  })
}

/** A name with "www." before it is the same site: many list their pages under the one and answer under the other. */
function sameSite(url: string): (other: string) => boolean {
  const siteOf = (address: string): string => new URL(address).host.replace(/^www\./, '')
  const site = siteOf(url)
  return (other) => siteOf(other) === site
}

/** A site without a readable robots.txt allows everything. */
function createRobots(fetcher: PageFetcher, signal?: AbortSignal): (url: string) => Promise<boolean> {
  const byOrigin = new Map<string, IsAllowed>()
  return async (address) => {
    const { origin, pathname, search } = new URL(address)
    let isAllowed = byOrigin.get(origin)
    if (!isAllowed) {
      const text = await fetcher.fetch(`${origin}/robots.txt`, signal).then(
        ({ bytes }) => bytes.toString('utf8'),
        (error: unknown) => {
          if (error instanceof ReadFailure) return ''
          throw error
        },
      )
      isAllowed = parseRobots(text)
      byOrigin.set(origin, isAllowed)
    }
    return isAllowed(pathname + search)
  }
}
