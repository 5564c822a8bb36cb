// Web pages: the article without menus and footers. What nobody can see is left out: it is where hidden instructions stand.
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import type { ReadDocument } from '../model.ts'
import { decodeText } from './decode.ts'
import { htmlToMarkdown } from './turndown.ts'

const UNSEEN =
  'script, style, noscript, template, svg, iframe, [hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"], [style*="font-size:0"]'
const AROUND = 'nav, footer, aside, form, dialog, [role="navigation"], [role="banner"], [role="contentinfo"]'

/** Readability finds articles; on a list of questions it may keep one of them. */
const MIN_SHARE = 0.6
const MAX_LINKS = 2_000

export interface PageOptions {
  /** The page's address, for its links. */
  url: string | null
  /** As the server named it. */
  charset: string | null
}

export function readHtml(bytes: Uint8Array, { url, charset }: PageOptions): ReadDocument {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const html = decodeText(bytes, charset ?? /<meta[^>]{0,200}charset=["']?([\w-]+)/i.exec(head)?.[1])
  const page = parsePage(html)
  for (const node of page.querySelectorAll(UNSEEN)) node.remove()
  const heading = textOf(page.querySelector('h1'))
  const title = textOf(page.querySelector('title'))
  const body = bodyOf(html)
  const links = url === null ? [] : linksOf(page, url)
  const article = new Readability(page as never, { keepClasses: true }).parse()
  const isWhole = (article?.textContent ?? '').trim().length >= textOf(body).length * MIN_SHARE
  const content = isWhole && article?.content ? article.content : body.innerHTML
  return {
    title: heading || article?.title || title || null,
    markdown: withHeading(htmlToMarkdown(content, url), heading),
    links,
  }
}

/** Readability lowers the page's own heading or takes it out, and with it the root of the path of headings. */
function withHeading(markdown: string, heading: string): string {
  if (heading === '' || markdown.startsWith(`# ${heading}\n`)) return markdown
  const lowered = `## ${heading}\n`
  if (markdown.includes(lowered)) return markdown.replace(lowered, () => lowered.slice(1))
  return markdown.includes(`# ${heading}`) ? markdown : `# ${heading}\n\n${markdown}`
}

type Page = ReturnType<typeof parseHTML>['document']

/** linkedom makes no body of its own for a fragment, or for a page that leaves the tag out. */
function parsePage(html: string): Page {
  const { document } = parseHTML(html)
  const hasBody = document.documentElement?.nodeName === 'HTML' && document.querySelector('body')
  return hasBody ? document : parseHTML(`<!doctype html><html><body>${html}</body></html>`).document
}

/** Absolute, without fragments, menus included: that is where the other pages are. */
function linksOf(page: Page, url: string): string[] {
  const found = new Set<string>()
  for (const node of page.querySelectorAll('a[href]')) {
    const href = node.getAttribute('href') ?? ''
    if (!URL.canParse(href, url)) continue
    const target = new URL(href, url)
    target.hash = ''
    if (/^https?:$/.test(target.protocol)) found.add(target.href)
    if (found.size >= MAX_LINKS) break
  }
  return [...found]
}

interface Part {
  innerHTML: string
  textContent: string | null
}

/** The main part, or all of the body, without what stands around it. */
function bodyOf(html: string): Part {
  const document = parsePage(html)
  for (const node of document.querySelectorAll(`${UNSEEN}, ${AROUND}`)) node.remove()
  const main = document.querySelector('main, [role="main"]')
  return textOf(main)
    ? (main as Part)
    : ((document.querySelector('body') ?? document.documentElement) as Part)
}

function textOf(part: Pick<Part, 'textContent'> | null): string {
  return (part?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}
