import type { DnsQuery } from '../../packs/threat/src/dns-volume/dns-volume.ts'
import { encoded, labels, payload } from '../../packs/threat/src/dns-volume/tunnel.fixture.ts'

/** SYNTHETIC: a tunnel that sends incompressible bytes evenly, 15 a name, to a domain of its own. */
export interface Tunnel {
  readonly client: string
  readonly domain: string
  readonly form: 'hex' | 'base32' | 'base64'
  readonly bytesPerHour: number
}

const BYTES_A_NAME = 15
const HOUR = 3_600_000

/** Queries of a tunnel from `start` on, in order of time. */
export function* tunnelQueries(
  { client, domain, form, bytesPerHour }: Tunnel,
  start: number,
  hours: number,
): Generator<DnsQuery> {
  const everyMs = (BYTES_A_NAME / bytesPerHour) * HOUR
  for (let at = 0; at * everyMs < hours * HOUR; at += 1) {
    const text = labels(encoded(payload(`${domain}:${at}`, BYTES_A_NAME), form))
    yield { time: start + at * everyMs, client, name: `${text}.${domain}`, type: 'A' }
  }
}
