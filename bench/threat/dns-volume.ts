import type { DnsQuery, DnsVolume } from '../../packs/threat/src/dns-volume/dns-volume.ts'
import { DnsVolumeWatch } from '../../packs/threat/src/dns-volume/dns-volume-watch.ts'
import { hasThreatData, readBrotli } from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { type Tunnel, tunnelQueries } from './dns-tunnels.ts'
import { dnsWay } from './dns-way.ts'
import { cpuSeconds } from './lane.ts'

type Emit = Parameters<Benchmark>[0]
const KEY = [17, 23] as const
const HOUR = 3_600_000
const HOURS = 36
/** Hours of the background alone before the tunnels begin. */
const QUIET = 6
const RATES = [10_240, 1024, 600, 300, 200, 150]
const FORMS = ['hex', 'base32', 'base64'] as const

/** What the watch of DNS volume says of recorded traffic without labels, and of synthetic tunnels put into it. */
export const dnsVolume: Benchmark = async (emit) => {
  manyPairs(emit)
  if (!hasThreatData) {
    process.stderr.write('SKIPPED: set DENGTA_DATA to the folder that holds threat/\n')
    return
  }
  const lines = recordedLines()
  const queries = lines.map(queryOf).sort((a, b) => a.time - b.time)
  recorded(emit, queries)
  teams(emit, queries)
  tunnels(emit, queries)
  cost(emit, lines, queries)
  await dnsWay(emit, lines)
}

/** WRCCDC 2018: names that clients asked servers on port 53 for. */
function recordedLines(): string[] {
  const lines = readBrotli('events/zeek.ndjson.br').toString('utf8').trimEnd().split('\n')
  return lines.filter((line) => line.includes('"_path":"dns"') && line.includes('"id.resp_p":53,'))
}

function queryOf(line: string): DnsQuery {
  const event = JSON.parse(line) as Record<string, string>
  const [time, client] = [Date.parse(event.ts ?? ''), event['id.orig_h'] ?? '']
  return { time, client, name: event.query ?? '', type: event.qtype_name ?? '' }
}

function observed(queries: Iterable<DnsQuery>, bound?: number): DnsVolume[] {
  const watch = new DnsVolumeWatch({ key: KEY, ...(bound === undefined ? {} : { bound }) })
  const found: DnsVolume[] = []
  for (const query of queries) {
    const volume = watch.observe(query)
    if (volume) found.push(volume)
  }
  return found
}

/** Bytes of the pair that carried most, to 1 %: the greatest bound that something goes over. */
function greatest(queries: readonly DnsQuery[]): number {
  let [over, within] = [1, 8192]
  while (within > over * 1.01) {
    const bound = Math.sqrt(over * within)
    if (observed(queries, bound).length > 0) over = bound
    else within = bound
  }
  return over
}

function recorded(emit: Emit, queries: readonly DnsQuery[]): void {
  const clients = new Set(queries.map(({ client }) => client)).size
  const minutes = ((queries.at(-1)?.time ?? 0) - (queries[0]?.time ?? 0)) / 60_000
  const days = (clients * minutes) / 1440
  const told = observed(queries).length
  emit(
    figure('DNS volume: alerts on recorded traffic without known tunnels', told, 'alerts', {
      goal: { is: '=', than: 0 },
      yardstick: `${queries.length} queries of ${clients} clients in ${minutes.toFixed(0)} minutes = ${days.toFixed(2)} client days: with none seen no more than ${Math.round((3 / days) * 1000)} a day and 1,000 clients at 95 %, so little is proven`,
    }),
  )
  const natted = queries.map((query) => ({ ...query, client: 'all' }))
  const [one, all] = [greatest(queries), greatest(natted)]
  emit(
    figure('DNS volume: greatest volume of a client and domain in the recording', one, 'bytes', {
      goal: { is: '<=', than: 4096 },
      yardstick: `all clients as one: ${all.toFixed(0)}; were every ${minutes.toFixed(0)} minutes of a day as new as these: ${Math.round((one * 1440) / minutes)} and ${Math.round((all * 1440) / minutes)}`,
    }),
  )
  const daily = observed(queries, (4096 * minutes) / 1440)
  emit(
    figure(
      'DNS volume: the same were every minute of a day as new as these',
      (new Set(daily.map((each) => each.client + each.domain)).size / clients) * 1000,
      'alerts/day/1,000 clients',
      {
        yardstick: `an upper end: ${daily.map(({ domain }) => domain).join(', ')}`,
      },
    ),
  )
}

/** A bound from seven teams, twice their greatest volume, held against the eighth. */
function teams(emit: Emit, queries: readonly DnsQuery[]): void {
  const teamOf = ({ client }: DnsQuery): string => /^10\.47\.(\d)\./.exec(client)?.[1] ?? ''
  const names = [...new Set(queries.map(teamOf))].filter((name) => name !== '').sort()
  const over = names.map((name) => {
    const bound = 2 * greatest(queries.filter((query) => teamOf(query) !== name && teamOf(query) !== ''))
    return observed(
      queries.filter((query) => teamOf(query) === name),
      bound,
    ).length
  })
  emit(
    figure(
      'DNS volume: alerts on a team left out, at twice the greatest volume of the others',
      over.reduce((a, b) => a + b, 0),
      'alerts',
      {
        goal: { is: '=', than: 0 },
        yardstick: `${names.length} teams, one each left out: ${over.join(' ')}`,
      },
    ),
  )
}

/** SYNTHETIC tunnels in recorded traffic that is repeated for two days: each of another client. */
function tunnels(emit: Emit, queries: readonly DnsQuery[]): void {
  const start = queries[0]?.time ?? 0
  const clients = [...new Set(queries.map(({ client }) => client))]
  const all: Tunnel[] = RATES.flatMap((bytesPerHour) =>
    FORMS.map((form) => ({ form, bytesPerHour, domain: `${form}-${bytesPerHour}.net`, client: '' })),
  ).map((tunnel, at) => ({ ...tunnel, client: clients[at % clients.length] ?? '' }))
  const begun = start + QUIET * HOUR
  const sources = [repeated(queries, HOURS), ...all.map((tunnel) => tunnelQueries(tunnel, begun, HOURS - QUIET))]
  const found = observed(merged(sources))
  const first = new Map(found.map((each) => [each.domain, each]).reverse() as [string, DnsVolume][])
  for (const bytesPerHour of RATES) {
    const hit = all.filter((tunnel) => tunnel.bytesPerHour === bytesPerHour).map(({ domain }) => first.get(domain))
    const hours = hit.map((each) => (each ? (each.time - begun) / HOUR : Number.POSITIVE_INFINITY))
    const isWithin = 20 * bytesPerHour >= 4096
    emit(
      figure(
        `DNS volume: synthetic tunnels of ${bytesPerHour} bytes an hour found of 3`,
        hit.filter(Boolean).length,
        'tunnels',
        {
          ...(isWithin ? { goal: { is: '=', than: 3 } } : {}),
          yardstick: `hours until told, hex, base32, base64: ${hours.map((each) => each.toFixed(1)).join(', ')}; bytes out by then: ${hours.map((each) => Math.round(each * bytesPerHour)).join(', ')}`,
        },
      ),
    )
  }
  const tunnelled = new Set(all.map(({ domain }) => domain))
  emit(
    figure(
      'DNS volume: other alerts beside them',
      found.filter(({ domain }) => !tunnelled.has(domain)).length,
      'alerts',
      {
        goal: { is: '=', than: 0 },
        yardstick: `${HOURS} hours: the recorded 21 minutes again and again, which brings no new names after the first`,
      },
    ),
  )
}

function* repeated(queries: readonly DnsQuery[], hours: number): Generator<DnsQuery> {
  const [first, last] = [queries[0]?.time ?? 0, queries.at(-1)?.time ?? 0]
  const period = last - first + 1000
  for (let round = 0; round * period < hours * HOUR; round += 1)
    for (const query of queries) yield { ...query, time: query.time + round * period }
}

/** The queries of all sources in order of time. */
function* merged(sources: readonly Generator<DnsQuery>[]): Generator<DnsQuery> {
  const heads = sources.map((source) => ({ source, next: source.next() }))
  for (;;) {
    let soonest: (typeof heads)[number] | undefined
    for (const head of heads)
      if (!head.next.done && (!soonest || head.next.value.time < (soonest.next.value as DnsQuery).time)) soonest = head
    if (!soonest) return
    yield soonest.next.value as DnsQuery
    soonest.next = soonest.source.next()
  }
}

function cost(emit: Emit, lines: readonly string[], queries: readonly DnsQuery[]): void {
  const rounds = 10
  let begun = cpuSeconds()
  observed(repeated(queries, rounds * 0.35))
  const watching = cpuSeconds() - begun
  begun = cpuSeconds()
  for (let round = 0; round < rounds; round += 1) for (const line of lines) JSON.parse(line)
  const parsing = cpuSeconds() - begun
  const million = 1e6 / (lines.length * rounds)
  emit(
    figure('DNS volume: watching a million queries', watching * million, 'CPU-s', {
      goal: { is: '<=', than: 5 },
      yardstick: `JSON.parse of the same lines: ${(parsing * million).toFixed(2)} CPU-s`,
    }),
  )
}

/** SYNTHETIC: a million pairs with two new names each, then the copy that a checkpoint takes. */
function manyPairs(emit: Emit): void {
  const watch = new DnsVolumeWatch({ key: KEY })
  const before = process.memoryUsage()
  for (let at = 0; at < 2_000_000; at += 1)
    watch.observe({
      time: 1.6e12 + at,
      client: `c${at % 1000}`,
      name: `www${at >= 1e6 ? 2 : 1}.d${Math.floor((at % 1e6) / 1000)}.com`,
      type: 'A',
    })
  const after = process.memoryUsage()
  const grown = (after.arrayBuffers - before.arrayBuffers) / 2 ** 20
  emit(
    figure('DNS volume: memory of a million pairs', grown, 'MiB', {
      goal: { is: '<=', than: 512 },
      yardstick: `${watch.pairs} pairs with two new names each; whole process ${Math.round(after.rss / 2 ** 20)} MiB`,
    }),
  )
  let [longest, all] = [0, 0]
  for (const work = watch.freeze(); ; ) {
    const begun = cpuSeconds()
    const { done } = work.next()
    const took = 1000 * (cpuSeconds() - begun)
    ;[longest, all] = [Math.max(longest, took), all + took]
    if (done) break
  }
  emit(
    figure('DNS volume: longest step of copying them for a checkpoint', longest, 'CPU-ms', {
      yardstick: `all steps ${all.toFixed(0)} ms`,
    }),
  )
}
