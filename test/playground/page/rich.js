// Slack's rich text as elements. Its texts are literal: a star in them is a star.
import { h } from './dom.js'
import { emoji } from './emoji.js'
import { lineBreaks, link, mention } from './inline.js'

export function rich(elements, names) {
  const out = []
  for (const element of elements) out.push(...block(element, names))
  return out
}

function block(element, names) {
  const inner = () => (element.elements ?? []).flatMap((one) => text(one, names))
  switch (element.type) {
    case 'rich_text_list':
      return [list(element, names)]
    case 'rich_text_quote':
      return [h('blockquote', {}, h('p', {}, inner()))]
    case 'rich_text_preformatted':
      return [h('pre', {}, h('code', {}, inner()))]
    default:
      return [h('p', { class: 'section' }, trimEnd(inner()))]
  }
}

/** Slack ends a section with the line break before the next one. */
function trimEnd(nodes) {
  const kept = [...nodes]
  const isEmpty = (node) => node === '' || (node instanceof Element && node.tagName === 'BR')
  while (kept.length > 0 && isEmpty(kept.at(-1))) kept.pop()
  return kept
}

function list(element, names) {
  const tag = element.style === 'ordered' ? 'ol' : 'ul'
  const items = (element.elements ?? []).map((item) =>
    h(
      'li',
      {},
      (item.elements ?? []).flatMap((one) => text(one, names)),
    ),
  )
  const indent = element.indent ?? 0
  return h(tag, { start: (element.offset ?? 0) + 1, style: `margin-left: ${indent * 1.4}em` }, ...items)
}

function text(element, names) {
  switch (element.type) {
    case 'user':
      return [mention(`@${names(element.user_id)}`)]
    case 'usergroup':
      return [mention(`@${element.usergroup_id}`)]
    case 'broadcast':
      return [mention(`@${element.range}`)]
    case 'channel':
      return [mention(`#${names(element.channel_id)}`)]
    case 'emoji':
      return [emoji(`:${element.name}:`, `:${element.name}:`)]
    case 'link':
      return [styled([link(element.url, [element.text ?? element.url])], element.style)]
    default:
      return element.style
        ? [styled(lineBreaks(element.text ?? ''), element.style)]
        : lineBreaks(element.text ?? '')
  }
}

function styled(nodes, style = {}) {
  const tags = [style.code && 'code', style.strike && 's', style.italic && 'em', style.bold && 'strong']
  return tags.filter(Boolean).reduce((inside, tag) => h(tag, {}, inside), wrap(nodes))
}

function wrap(nodes) {
  const fragment = h('span', {}, nodes)
  return fragment.childNodes.length === 1 ? fragment.firstChild : fragment
}
