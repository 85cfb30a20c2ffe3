import { parse } from 'tldts'

/** A name below a domain that somebody has registered: whoever runs the domain reads everything before it. */
export interface QueryName {
  /** Registered domain (public suffix and one label), or the /16 of a reverse zone; lower case. */
  readonly domain: string
  /** What stands before it, without the dot between; as asked, with its case. */
  readonly carried: string
}

/** Private suffixes too: two names below one provider's suffix have two owners. Names may hold any character. */
const OPTIONS = { allowPrivateDomains: true, validateHostname: false, extractHostname: false } as const
/** Reverse zones of private, shared, link and loopback addresses are answered at home (RFC 6303, RFC 7793). */
const AT_HOME =
  /(?:^|\.)(?:10|127|168\.192|254\.169|(?:1[6-9]|2\d|3[01])\.172|(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.100)\.in-addr\.arpa$/i
const REVERSE = /^(.*?)\.?((?:\d{1,3}\.){2}in-addr\.arpa)$/i

/**
 * Undefined where a name carries nothing to a stranger: none before the registered domain, none of a public suffix
 * (`.local`, `.lan`, RFC 6761, RFC 6762), a private address, or no name at all.
 */
export function queryNameOf(name: string): QueryName | undefined {
  const whole = name.endsWith('.') ? name.slice(0, -1) : name
  if (AT_HOME.test(whole)) return undefined
  const reverse = REVERSE.exec(whole)
  if (reverse) return named(reverse[1] as string, reverse[2] as string)
  const { domain, isIcann, isPrivate } = parse(whole.toLowerCase(), OPTIONS)
  if (domain === null || !(isIcann || isPrivate)) return undefined
  return named(whole.slice(0, -domain.length - 1), domain)
}

function named(carried: string, domain: string): QueryName | undefined {
  return carried === '' ? undefined : { carried, domain: domain.toLowerCase() }
}
