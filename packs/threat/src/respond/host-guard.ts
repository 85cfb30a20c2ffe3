import type { Text } from '@dengta/kernel'
import { isInBlock, readBlock } from '../rule/cidr.ts'
import { respondErrors } from './respond-errors.ts'

/** How near an address is to the house itself; the later, the more harm a forged call can do. */
export type Reach = 'public' | 'private' | 'loopback' | 'link-local'

/** One host that may be called. Everything that is not listed is refused. */
export interface AllowedHost {
  /** Name or address as it stands in the URL, in lower case. */
  readonly host: string
  /** Absent: the default port of the scheme. */
  readonly port?: number
  /** What its name may resolve to; absent: public addresses only. */
  readonly reach?: Reach
  /** Allows http besides https. */
  readonly plaintext?: boolean
}

const blocks = (...texts: readonly string[]) => texts.flatMap((text) => readBlock(text) ?? [])
const LOOPBACK = blocks('127.0.0.0/8', '::1/128')
const LINK_LOCAL = blocks('169.254.0.0/16', 'fe80::/10')
const PRIVATE = blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7')
/** Special-purpose blocks (RFC 6890 and its registries) that no host to be called has. */
const NEVER = blocks(
  ...[
    '0.0.0.0/8',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '192.88.99.0/24',
  ],
  ...[
    '224.0.0.0/4',
    '240.0.0.0/4',
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/32',
    '2001:db8::/32',
  ],
  ...['2002::/16', 'fec0::/10', 'ff00::/8'],
)
const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

/** Undefined: an address that nothing should be sent to. IPv4 in IPv6 clothes counts as what it is. */
export function reachOf(address: string): Reach | undefined {
  const plain = unmapped(address.split('%', 1)[0] as string)
  const within = (list: typeof NEVER) => list.some((block) => isInBlock(block, plain))
  if (readBlock(plain) === undefined) return undefined
  if (within(LOOPBACK)) return 'loopback'
  if (within(NEVER)) return undefined
  if (within(LINK_LOCAL)) return 'link-local'
  return within(PRIVATE) ? 'private' : 'public'
}

function unmapped(address: string): string {
  const found = MAPPED.exec(address)
  if (!found) return address
  if (found[1]) return found[1]
  const [high, low] = [Number.parseInt(found[2] as string, 16), Number.parseInt(found[3] as string, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** Whether a name that is allowed may stand for this address: a name server must not lead a call into the house. */
export function mayReach(allowed: AllowedHost, address: string): boolean {
  const reach = reachOf(address)
  return reach !== undefined && (reach === 'public' || reach === allowed.reach)
}

/** The entry of the list that lets this URL be called; throws `threat_respond.host_refused`. */
export function allowedHost(url: URL, list: readonly AllowedHost[]): AllowedHost {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const refused = (why: Text) => respondErrors.host_refused({ host: host || '-', why })
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused({ en: 'only http and https are spoken', zh: '只支持 http 和 https' })
  if (url.username !== '' || url.password !== '')
    throw refused({ en: 'the address carries a name or a password', zh: '地址中带有用户名或密码' })
  const usual = url.protocol === 'https:' ? 443 : 80
  const port = url.port === '' ? usual : Number(url.port)
  const entry = list.find((each) => each.host === host && (each.port ?? usual) === port)
  if (entry === undefined) throw refused({ en: 'it is not on the list', zh: '不在允许名单上' })
  if (url.protocol === 'http:' && entry.plaintext !== true)
    throw refused({ en: 'it may be called over https only', zh: '只允许经 https 访问' })
  if (readBlock(host) !== undefined && !mayReach(entry, host))
    throw refused({ en: 'its address is not one that may be called', zh: '其地址不在可访问的范围内' })
  return entry
}
