// Which network addresses an import may reach: the public internet only. A page must not be able to make the bot read
// its own host, the company's network or a cloud's metadata service.
import { lookup as resolveHost } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ReadFailure } from './readers/failure.ts'

export interface AddressRules {
  /** All addresses of a name. */
  resolve(host: string): Promise<string[]>
  isAllowed(address: string): boolean
}

export const PUBLIC_ONLY: AddressRules = {
  resolve: async (host) => (await resolveHost(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
}

/** False for private, loopback, link-local, shared (CGNAT), multicast, reserved and translated addresses. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  // An IPv4 address in IPv6 clothes is judged as what it is.
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  // Of IPv6 only 2000::/3 is in use on the internet.
  return parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20
}

/** Throws ReadFailure. An address that is written out never reaches the look-up below, so it is judged here. */
export function checkUrl(url: URL, rules: AddressRules): void {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || url.username !== '' || url.password !== '') throw new ReadFailure('address-forbidden')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !rules.isAllowed(host)) throw new ReadFailure('address-refused')
}

/**
 * For net.connect: resolves once and hands over what was judged, so that a name cannot answer differently a moment
 * later. One forbidden address among several refuses the name.
 */
export function checkedLookup(rules: AddressRules): LookupFunction {
  return (host, options, done) => {
    rules.resolve(host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        const [first] = found
        if (!first) return done(new ReadFailure('page-failed', 'DNS'), '')
        if (!addresses.every(rules.isAllowed)) return done(new ReadFailure('address-refused'), '')
        if (options.all) done(null, found)
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    )
  }
}
