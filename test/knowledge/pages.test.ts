// Web pages: fetched from the public internet only, whatever a page, a redirect or a name server says.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AddressRules, isPublicAddress } from '../../src/knowledge/addresses.ts'
import { crawl } from '../../src/knowledge/crawl.ts'
import { createPageFetcher, type PageFetcher } from '../../src/knowledge/fetch-page.ts'
import { isProblem } from '../../src/knowledge/item.ts'
import { createReader, READ_LIMITS, type Reader } from '../../src/knowledge/reader.ts'
import { parseRobots } from '../../src/knowledge/robots.ts'
import { SILENT } from '../../src/log.ts'

describe('an address is public', () => {
  test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '2001:4860:4860::8888'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('an address is not public', () => {
  test.each([
    ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ...['169.254.169.254', '100.64.0.1', '100.127.255.255', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
    ...[
      '192.0.2.1',
      '198.18.0.1',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a00:1', '2002:7f00:1::', 'fec0::1'],
    ...['2001:db8::1', '::127.0.0.1', 'localhost', ''],
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const html =
  (body: string): Answer =>
  (response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<html><body>${body}</body></html>`)
  }
const moved =
  (location: string): Answer =>
  (response) =>
    response.writeHead(302, { location }).end()

let server: Server
let port: number
let pages: Record<string, Answer>
let asked: string[]
let fetcher: PageFetcher
let reader: Reader
let names: Record<string, string[]>

const rules: AddressRules = {
  resolve: async (host) => names[host] ?? [],
  isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
}
const at = (path: string, host = 'shop.test'): string => `http://${host}:${port}${path}`

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const answer = pages[request.url ?? '']
    if (answer) answer(response, request)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  fetcher = createPageFetcher({ maxBytes: 1024 * 1024, timeoutMs: 2_000, maxRedirects: 3 }, rules)
  reader = createReader(READ_LIMITS, SILENT)
})
afterAll(async () => {
  await fetcher[Symbol.asyncDispose]()
  await reader[Symbol.asyncDispose]()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  pages = {}
  asked = []
  names = { 'shop.test': ['127.0.0.1'] }
})

describe('fetching', () => {
  test('a page comes with its final address', async () => {
    pages = { '/old': moved('/new?a=1#top'), '/new?a=1': html('<p>이틀</p>') }
    const page = await fetcher.fetch(at('/old'))
    expect(page).toMatchObject({ url: at('/new?a=1'), name: 'page.html', charset: 'utf-8' })
    expect(page.bytes.toString()).toContain('이틀')
  })

  test('a compressed page is unpacked, and a bomb is not', async () => {
    const packed =
      (bytes: Buffer): Answer =>
      (response) =>
        response
          .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' })
          .end(gzipSync(bytes))
    pages = { '/a': packed(Buffer.from('이틀')), '/b': packed(Buffer.alloc(8 * 1024 * 1024)) }
    expect((await fetcher.fetch(at('/a'))).bytes.toString()).toBe('이틀')
    await expect(fetcher.fetch(at('/b'))).rejects.toMatchObject({ code: 'too-large' })
  })

  test.each([
    'http://127.0.0.2/',
    'http://2130706434/',
    'http://0x7f.2/',
    'http://[::1]/',
    'http://[::ffff:169.254.169.254]/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
  ])('%s is refused', async (address) => {
    await expect(fetcher.fetch(address)).rejects.toMatchObject({ code: 'address-refused' })
  })

  test.each(['file:///etc/passwd', 'ftp://shop.test/', 'http://user:pw@shop.test/', 'not an address'])(
    '%s is no web address',
    async (address) => {
      await expect(fetcher.fetch(address)).rejects.toMatchObject({ code: 'address-forbidden' })
    },
  )

  test('a name that leads into a private network is refused, also beside a public one', async () => {
    names = { 'inside.test': ['10.0.0.7'], 'both.test': ['127.0.0.1', '192.168.0.1'] }
    await expect(fetcher.fetch(at('/', 'inside.test'))).rejects.toMatchObject({ code: 'address-refused' })
    await expect(fetcher.fetch(at('/', 'both.test'))).rejects.toMatchObject({ code: 'address-refused' })
    expect(asked).toEqual([])
  })

  test('a redirect into a private network is refused', async () => {
    names['inside.test'] = ['10.0.0.7']
    pages = {
      '/a': moved('http://127.0.0.2/admin'),
      '/b': moved(`http://inside.test:${port}/admin`),
      '/c': moved('file:///etc/passwd'),
    }
    await expect(fetcher.fetch(at('/a'))).rejects.toMatchObject({ code: 'address-refused' })
    await expect(fetcher.fetch(at('/b'))).rejects.toMatchObject({ code: 'address-refused' })
    await expect(fetcher.fetch(at('/c'))).rejects.toMatchObject({ code: 'address-forbidden' })
  })

  test('a name that answers differently the second time is connected to as it was judged', async () => {
    let times = 0
    const rebinding = createPageFetcher(
      { maxBytes: 1024, timeoutMs: 2_000, maxRedirects: 0 },
      { ...rules, resolve: async () => [times++ === 0 ? '127.0.0.1' : '10.0.0.7'] },
    )
    pages = { '/': html('public') }
    expect((await rebinding.fetch(at('/', 'rebind.test'))).bytes.toString()).toContain('public')
    expect(times).toBe(1)
    await rebinding[Symbol.asyncDispose]()
  })

  test('what is too large, too slow, lost or endless is given up', async () => {
    pages = {
      '/large': (response) => response.end(Buffer.alloc(2 * 1024 * 1024)),
      '/slow': (response) => response.write('<p>'),
      '/loop': moved('/loop'),
    }
    await expect(fetcher.fetch(at('/large'))).rejects.toMatchObject({ code: 'too-large', detail: '1' })
    await expect(fetcher.fetch(at('/slow'))).rejects.toMatchObject({ code: 'timeout' })
    await expect(fetcher.fetch(at('/loop'))).rejects.toMatchObject({ code: 'page-failed' })
    await expect(fetcher.fetch(at('/gone'))).rejects.toMatchObject({
      code: 'page-failed',
      detail: 'HTTP 404',
    })
    await expect(fetcher.fetch('http://shop.test:1/')).rejects.toMatchObject({ code: 'page-failed' })
  })
})

async function found(
  start: string,
  depth = 0,
  maxPages = 50,
): Promise<{ pages: string[]; problems: string[] }> {
  const result = { pages: [] as string[], problems: [] as string[] }
  for await (const item of crawl(start, { fetcher, reader, depth, maxPages })) {
    if (isProblem(item)) result.problems.push(item.code)
    else result.pages.push(item.source.replace(/^http:\/\/shop\.test:\d+/, ''))
  }
  return result
}

describe('from one address to its pages', () => {
  beforeEach(() => {
    names['other.test'] = ['127.0.0.1']
    pages = {
      '/': html(
        `<a href="/a#x">A</a><a href="/a">A</a><a href="b">B</a><a href="/logo.png">L</a><a href="http://other.test:${port}/">O</a><a href="/private/x">P</a>`,
      ),
      '/a': html('<p>가</p><a href="/c">C</a><a href="/">처음</a>'),
      '/b': html('<p>나</p><a href="/broken">깨짐</a>'),
      '/c': html('<p>다</p>'),
      '/private/x': html('<p>비밀</p>'),
      '/robots.txt': (response) => response.end('User-agent: *\nDisallow: /private'),
    }
  })

  test('a page alone', async () => {
    expect(await found(at('/'))).toEqual({ pages: ['/'], problems: [] })
  })

  test('the pages it links to on its own host, as deep as asked, without what robots.txt forbids', async () => {
    expect(await found(at('/'), 1)).toEqual({ pages: ['/', '/a', '/b'], problems: [] })
    expect(await found(at('/'), 2)).toEqual({ pages: ['/', '/a', '/b', '/c'], problems: ['page-failed'] })
    expect(asked).not.toContain('/private/x')
  })

  test('no more pages than allowed, and it says so', async () => {
    expect(await found(at('/'), 2, 2)).toEqual({ pages: ['/', '/a'], problems: ['too-many-links'] })
  })

  const map =
    (tag: string, ...urls: string[]): Answer =>
    (response) => {
      response.setHeader('content-type', 'application/xml')
      response.end(
        `<?xml version="1.0"?><${tag}>${urls.map((url) => `<url><loc>\n${url}\n</loc></url>`).join('')}</${tag}>`,
      )
    }

  test('a sitemap, and a list of sitemaps', async () => {
    pages['/sitemap.xml'] = map('urlset', at('/a'), at('/c'), at('/gone'))
    pages['/index.xml'] = map('sitemapindex', at('/sitemap.xml'))
    expect(await found(at('/sitemap.xml'))).toEqual({ pages: ['/a', '/c'], problems: ['page-failed'] })
    expect(await found(at('/index.xml'))).toEqual({ pages: ['/a', '/c'], problems: ['page-failed'] })
    // As large sites keep them: packed, and not all of them there.
    pages['/packed.xml.gz'] = (response) => {
      response.setHeader('content-type', 'application/x-gzip')
      response.end(gzipSync(`<urlset><url><loc>${at('/b')}</loc></url></urlset>`))
    }
    pages['/index.xml'] = map('sitemapindex', at('/lost.xml'), at('/packed.xml.gz'))
    expect(await found(at('/index.xml'))).toEqual({ pages: ['/b'], problems: ['page-failed'] })
    expect(await found(at('/packed.xml.gz'))).toEqual({ pages: ['/b'], problems: [] })
    pages['/index.xml'] = map('sitemapindex', ...Array.from({ length: 60 }, (_, n) => at(`/map${n}.xml`)))
    for (let n = 0; n < 60; n++) pages[`/map${n}.xml`] = map('urlset', at('/a'))
    expect(await found(at('/index.xml'))).toEqual({ pages: ['/a'], problems: ['too-many-sitemaps'] })
  })
})

describe('of what a sitemap lists nothing is lost silently', () => {
  const listing =
    (...locations: string[]): Answer =>
    (response) => {
      response.setHeader('content-type', 'application/xml')
      response.end(`<urlset>${locations.map((one) => `<url>${one}</url>`).join('')}</urlset>`)
    }
  const problemsOf = async (start: string): Promise<string[]> => {
    const said: string[] = []
    for await (const item of crawl(start, { fetcher, reader, depth: 0, maxPages: 50 }))
      if (isProblem(item)) said.push(item.say.en.replaceAll(`:${port}`, ''))
    return said
  }
  beforeEach(() => {
    for (const host of ['www.shop.test', 'other.test', 'blog.test']) names[host] = ['127.0.0.1']
    pages = { '/a': html('<p>가</p>'), '/b?x=1&y=2': html('<p>나</p>') }
  })

  test('however an address is written in it', async () => {
    pages['/sitemap.xml'] = listing(
      `<loc><![CDATA[${at('/b?x=1&y=2')}]]></loc>`,
      `<loc >\n <![CDATA[ ${at('/a')} ]]> </loc>`,
    )
    expect(await found(at('/sitemap.xml'))).toEqual({ pages: ['/b?x=1&y=2', '/a'], problems: [] })
    pages['/sitemap.xml'] = listing(`<loc xml:space="default">${at('/b?x=1&amp;y=2')}</loc>`)
    expect(await found(at('/sitemap.xml'))).toEqual({ pages: ['/b?x=1&y=2'], problems: [] })
  })

  test('a name with www. before it is the same site, by itself or where a page leads', async () => {
    pages['/sitemap.xml'] = listing(`<loc>${at('/a', 'www.shop.test')}</loc>`, `<loc>${at('/old')}</loc>`)
    pages['/old'] = moved(at('/b?x=1&y=2', 'www.shop.test'))
    const www = `http://www.shop.test:${port}`
    expect(await found(at('/sitemap.xml'))).toEqual({ pages: [`${www}/a`, `${www}/b?x=1&y=2`], problems: [] })
    pages['/sitemap.xml'] = listing(`<loc>${at('/a')}</loc>`)
    expect(await found(at('/sitemap.xml', 'www.shop.test'))).toEqual({ pages: ['/a'], problems: [] })
  })

  test('pages elsewhere, and those that robots.txt keeps out, are told', async () => {
    pages['/old'] = moved(at('/', 'blog.test'))
    pages['/'] = html('<p>x</p>')
    pages['/robots.txt'] = (response) => response.end('User-agent: *\nDisallow: /b')
    const paths = [at('/a'), at('/', 'other.test'), at('/old'), at('/b?x=1')]
    pages['/sitemap.xml'] = listing(...paths.map((url) => `<loc>${url}</loc>`))
    expect(await problemsOf(at('/sitemap.xml'))).toEqual([
      expect.stringContaining('addresses on other sites were left out (other.test 1, blog.test 1).'),
      expect.stringContaining('its robots.txt keeps 1 of the pages out'),
    ])
    pages['/sitemap.xml'] = listing(`<loc>${at('/', 'other.test')}</loc>`)
    expect(await problemsOf(at('/sitemap.xml'))).toEqual([expect.stringContaining('(other.test 1).')])
  })
})

test('robots.txt: the longest rule of our group decides', () => {
  const isAllowed = parseRobots(
    'User-agent: other\nDisallow: /\n\nUser-agent: a\nUser-agent: *\nDisallow: /help # no\nAllow: /help/public\nDisallow: /*.pdf$\nDisallow:',
  )
  expect(['/', '/help/x', '/help/public/x', '/a.pdf', '/a.pdf?x'].map(isAllowed)).toEqual([
    true,
    false,
    true,
    false,
    true,
  ])
})
