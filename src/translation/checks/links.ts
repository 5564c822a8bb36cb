// Addresses that the source does not have: a model does not send people anywhere.
import { keepHosts } from '../../text/links.ts'
import type { Flag } from '../model.ts'

/** Of the lengths that names may have: a long text without spaces would be read once for each of its letters. */
const ADDRESS =
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}|(?:[\p{L}\p{N}-]{1,63}\.){1,9}\p{L}{2,63}(?::\d{1,5})?/giu

/** The text without them; the flag does not name them either. */
export function takeOutLinks(source: string, text: string): { text: string; flags: Flag[] } {
  const known = new Set(addressesIn(source))
  const added = addressesIn(text).filter((address) => !known.has(address))
  if (added.length === 0) return { text, flags: [] }
  const kept = keepHosts(text, [...known])
  // "Sure.Then" has the form of an address and is none.
  const removed = added.filter((address) => !kept.toLowerCase().includes(address))
  if (removed.length === 0) return { text, flags: [] }
  return { text: kept, flags: [{ kind: 'link', detail: '' }] }
}

function addressesIn(text: string): string[] {
  // "example.com이에요": what Korean adds is no part of it.
  return text
    .split(/\s+/)
    .flatMap((word) => (word.includes('.') ? (word.match(ADDRESS) ?? []) : []))
    .map((address) => address.toLowerCase().replace(/(?<=[a-z0-9])[가-힣]+$/, ''))
}
