// Which addresses may be shown: http(s) on a listed host, without tricks, and listed e-mail addresses.

export interface Allowed {
  /** An absolute or protocol-relative web address. */
  address: (address: string) => boolean
  mail: (address: string) => boolean
}

/** `hosts`: "shop.example", "shop.example:8443", whole addresses, or e-mail addresses ("help@mail.example"). */
export function allowedHosts(hosts: readonly string[]): Allowed {
  const names = new Set(
    hosts
      .filter((host) => !host.includes('@'))
      .flatMap((host) => hostOf(host.includes('://') ? host : `https://${host}`) ?? []),
  )
  const mails = new Set(
    hosts.filter((host) => host.includes('@')).map((mail) => mail.replace(/^mailto:/i, '').toLowerCase()),
  )
  return {
    address: (address) => {
      const host = hostOf(address.startsWith('//') ? `https:${address}` : address)
      return host !== null && names.has(host)
    },
    mail: (address) => {
      const host = hostOf(`https://${address.slice(address.lastIndexOf('@') + 1)}`)
      return mails.has(address.toLowerCase()) || (host !== null && names.has(host))
    },
  }
}

/** In ASCII, so that letters of another alphabet that look alike are another host; null for anything unusual. */
function hostOf(address: string): string | null {
  // Browsers and other readers disagree on what a backslash before the path means.
  if (/[\\\s]/.test(address) || !URL.canParse(address)) return null
  const { protocol, host, username, password } = new URL(address)
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null
  return host.replace(/^www\./, '').replace(/\.$/, '')
}
