import { BlockList, isIP } from 'node:net'
import { ingestErrors } from '../ingest-errors.ts'

/** Where a syslog listener listens. Syslog knows no token, so senders from outside are named by their address. */
export interface SyslogListenOptions {
  /** 127.0.0.1 where left out. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port: number
  /** Addresses or networks (192.0.2.0/24) that may send; needed wherever others than this machine can. */
  readonly senders?: readonly string[]
}

/** Tells who may send. Throws `threat_ingest.open_syslog` or `threat_ingest.bad_sender`. */
export function senderCheck({ host = '127.0.0.1', senders }: SyslogListenOptions): (address: string) => boolean {
  const isLocal = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  if (!senders) {
    if (!isLocal) throw ingestErrors.open_syslog({ host })
    return () => true
  }
  const list = new BlockList()
  for (const sender of senders) addSender(list, sender)
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
}

function addSender(list: BlockList, sender: string): void {
  const [address = '', bits, ...more] = sender.split('/')
  const family = isIP(address)
  const width = family === 6 ? 128 : 32
  const prefix = Number(bits ?? width)
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits ?? '0') || prefix > width)
    throw ingestErrors.bad_sender({ sender })
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4')
}
