import { isIP } from 'node:net'
import type { FieldView } from '../match/field-view.ts'
import type { DnsQuery } from './dns-volume.ts'

/** Names of the same thing: Sigma's for DNS logs and Sysmon, Zeek, ECS, Suricata; the first that is there counts. */
const NAME = ['query', 'QueryName', 'dns.question.name', 'dns.rrname']
const TYPE = ['record_type', 'qtype_name', 'dns.question.type', 'dns.rrtype']
const CLIENT = ['src_ip', 'id.orig_h', 'source.ip', 'client.ip', 'Computer', 'Hostname', 'host.name', 'hostname']
const PORT = ['dst_port', 'id.resp_p', 'destination.port', 'dest_port']
/** NetBIOS, multicast DNS and LLMNR stay on the link: nobody outside reads them. */
const ON_LINK = new Set(['137', '5353', '5355'])

/** Names have at most 253 characters, of which a log may write each as four. */
const LONGEST = { name: 1024, client: 256, type: 16 }

/** A query that may leave the network; undefined where the event names no name or no client. */
export function dnsQueryOf(view: FieldView, time: number): DnsQuery | undefined {
  const [name, client] = [first(view, NAME), first(view, CLIENT)]
  if (name === undefined || client === undefined || ON_LINK.has(first(view, PORT) ?? '')) return undefined
  const type = (first(view, TYPE) ?? '').toUpperCase().slice(0, LONGEST.type)
  return { time, client: client.slice(0, LONGEST.client), name: name.slice(-LONGEST.name), type }
}

/** What groups and incidents are formed by: the client is the host, and an address where it is one. */
export function entitiesOfClient(client: string): { readonly host: string; readonly addresses: readonly string[] } {
  return { host: client, addresses: isIP(client) === 0 ? [] : [client] }
}

function first(view: FieldView, names: readonly string[]): string | undefined {
  for (const name of names) {
    const [value] = view.values(name)
    if ((typeof value === 'string' && value !== '' && value !== '-') || typeof value === 'number') return String(value)
  }
  return undefined
}
