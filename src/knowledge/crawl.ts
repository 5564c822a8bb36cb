// From one address to its pages: the page itself, those a sitemap lists, or those it links to on the same host.
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
  const robots = createRobots(fetcher, signal)
  const queue: Found[] = sitemap?.pages.map((url) => ({ url, depth: 0 })) ?? [
    { url: first.url, depth: parts.depth },
  ]
  const seen = new Set(queue.map(({ url }) => url))
  const isMine = sameHost(first.url)
  let count = 0
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (count >= maxPages) {
      yield toProblem('too-many-links', start, String(maxPages))
      return
    }
    // What was asked for by name is fetched; for what was found, the site has a say.
    const isAsked = next.url === first.url
    if (!isAsked && !(await robots(next.url))) continue
    count++
    try {
      const page = isAsked ? first : await fetcher.fetch(next.url, signal)
      const item = toItem(page)
      // Redirected to a page that is there already, or to another site.
      if (page.url !== next.url && (seen.has(page.url) || !isMine(page.url))) continue
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
}

/** Of a list of sitemaps too; only pages of its own host. One sitemap that cannot be had does not keep the others out. */
async function pagesOfSitemap(first: Fetched, { fetcher, maxPages, signal }: Parts): Promise<Sitemap> {
  const isMine = sameHost(first.url)
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
    for (const url of locations(text).filter(isMine)) {
      if (isIndex) sitemaps.push(url)
      else pages.add(url)
    }
  }
  if (pages.size === 0 && problems.length === 0) throw new ReadFailure('empty')
  return { pages: [...pages], problems }
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

function locations(xml: string): string[] {
  return xml
    .split('<loc>')
    .slice(1)
    .flatMap((rest) => {
      const url = rest.slice(0, 2_000).split('<', 1)[0]?.trim().replaceAll('&amp;', '&') ?? ''
      return URL.canParse(url) ? [new URL(url).href] : []
    })
}

function sameHost(url: string): (other: string) => boolean {
  const { host } = new URL(url)
  return (other) => new URL(other).host === host
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
