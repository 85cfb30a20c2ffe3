import { expect, test } from 'vitest'
import type { DnsVolume } from './dns-volume.ts'
import { type DnsVolumeState, DnsVolumeWatch } from './dns-volume-watch.ts'
import { stateBytes, stateFrom } from './state-bytes.ts'
import { encoded, labels, payload } from './tunnel.fixture.ts'

const KEY = [3, 5] as const
const START = Date.parse('2026-03-02T06:00:00Z')
const MINUTE = 60_000

/** One new name of so many random bytes every `everyMs`, to `domain`. */
function tunnel(
  watch: DnsVolumeWatch,
  options: { client?: string; domain?: string; bytes: number; everyMs: number; count: number },
) {
  const { client = '10.0.0.7', domain = 'evil.net', bytes, everyMs, count } = options
  const found: DnsVolume[] = []
  for (let at = 0; at < count; at += 1) {
    const name = `${labels(encoded(payload(`${client}${domain}${at}`, bytes), 'base32'))}.${domain}`
    const volume = watch.observe({ time: START + at * everyMs, client, name, type: at % 2 === 0 ? 'TXT' : 'A' })
    if (volume) found.push(volume)
  }
  return found
}

function frozen(watch: DnsVolumeWatch): DnsVolumeState {
  const work = watch.freeze()
  for (;;) {
    const step = work.next()
    if (step.done) return stateFrom(Buffer.concat(stateBytes(step.value))) as DnsVolumeState
  }
}

test('ten bytes a minute are found before 4,096 bytes are out, and told again when it has doubled', () => {
  const [first, second, ...others] = tunnel(new DnsVolumeWatch({ key: KEY }), {
    bytes: 10,
    everyMs: MINUTE,
    count: 900,
  })
  const out = (volume: DnsVolume | undefined): number => (10 * ((volume?.time ?? 0) - START)) / MINUTE
  expect(out(first)).toBeGreaterThan(2500)
  expect(out(first)).toBeLessThanOrEqual(4096)
  expect(second?.bytes).toBeGreaterThan(2 * 4096)
  expect(others).toEqual([])
  expect(first).toMatchObject({
    client: '10.0.0.7',
    domain: 'evil.net',
    bound: 4096,
    usual: undefined,
    irregularity: 0,
  })
  expect(first?.textShare).toBeCloseTo(0.5, 2)
})

test('names asked for again carry nothing more; names of no public domain are not looked at', () => {
  const watch = new DnsVolumeWatch({ key: KEY, bound: 100 })
  const ask = (name: string, at: number) => watch.observe({ time: START + at, client: 'c', name, type: 'A' })
  const found = Array.from({ length: 5000 }, (_, at) => [
    ask(`h${at % 20}.example.com`, at),
    ask(`n${at}.corp.lan`, at),
  ])
  expect(found.flat().filter((each) => each !== undefined)).toEqual([])
  expect(watch.counts).toMatchObject({ queries: 10_000, bare: 5000 })
})

test('what six clients do alike is usual, a seventh that does ten times as much is not; nothing is usual without end', () => {
  const watch = new DnsVolumeWatch({ key: KEY, bound: 1000 })
  const six = Array.from({ length: 6 }, (_, at) => `client ${at}`)
  for (const client of six) tunnel(watch, { client, bytes: 20, everyMs: MINUTE, count: 30 })
  expect(tunnel(watch, { client: 'alike', bytes: 20, everyMs: MINUTE, count: 50 })).toEqual([])
  expect(watch.counts.usual).toBeGreaterThan(0)
  expect(tunnel(watch, { client: 'much', bytes: 20, everyMs: MINUTE, count: 300 }).length).toBeGreaterThan(0)
  const many = six.map((client) =>
    tunnel(watch, { client, domain: 'all.net', bytes: 20, everyMs: MINUTE, count: 1000 }),
  )
  expect(many.every((found) => found.length > 0)).toBe(true)
})

test('a resolver that asks on behalf of a client is not told beside it', () => {
  const watch = new DnsVolumeWatch({ key: KEY })
  const clients = new Set<string>()
  for (let at = 0; at < 1000; at += 1)
    for (const client of ['10.0.0.7', 'resolver']) {
      const name = `${encoded(payload(`n${at}`, 20), 'hex')}.evil.net`
      const found = watch.observe({ time: START + at * 1000, client, name, type: 'A' })
      if (found) clients.add(found.client)
    }
  expect([...clients]).toEqual(['10.0.0.7'])
})

test('restored from its bytes at any point it answers as one that went on', () => {
  for (const cut of [0, 1, 100, 450]) {
    const [going, stopped] = [new DnsVolumeWatch({ key: KEY }), new DnsVolumeWatch({ key: KEY })]
    const ask = (watch: DnsVolumeWatch, at: number) =>
      watch.observe({
        time: START + at * MINUTE,
        client: 'c',
        name: `${encoded(payload(`${at % 700}`, 12), 'hex')}.evil.net`,
        type: '',
      })
    for (let at = 0; at < cut; at += 1) expect(ask(stopped, at)).toEqual(ask(going, at))
    const restored = new DnsVolumeWatch({ key: [9, 9] }, frozen(stopped))
    for (let at = cut; at < 900; at += 1) expect(ask(restored, at)).toEqual(ask(going, at))
    expect(restored.counts).toEqual(going.counts)
  }
})

test('a flood of new domains does not push a tunnel out, and stays within its pairs', () => {
  const watch = new DnsVolumeWatch({ key: KEY, maxPairs: 1000 })
  let found = 0
  for (let at = 0; at < 600; at += 1) {
    const time = START + at * MINUTE
    const name = `${encoded(payload(`n${at}`, 20), 'hex')}.evil.net`
    if (watch.observe({ time, client: 'c', name, type: 'A' })) found += 1
    for (let domain = 0; domain < 20; domain += 1)
      watch.observe({ time, client: 'c', name: `www.flood${at}x${domain}.com`, type: 'A' })
  }
  expect(found).toBeGreaterThan(0)
  expect(watch.pairs).toBeLessThanOrEqual(1000)
  expect(watch.counts.dropped).toBeGreaterThan(0)
})

test('room that is made in steps between the queries keeps the same tunnel, in small steps', () => {
  const watch = new DnsVolumeWatch({ key: KEY, maxPairs: 20_000 })
  const room: number[] = []
  let found = 0
  for (let at = 0; at < 300; at += 1) {
    const work = watch.prepare()
    if (work) room.push(stepsOf(work))
    const time = START + at * MINUTE
    if (watch.observe({ time, client: 'c', name: `${encoded(payload(`n${at}`, 20), 'hex')}.evil.net`, type: 'A' }))
      found += 1
    for (let domain = 0; domain < 200; domain += 1)
      watch.observe({ time, client: 'c', name: `www.flood${at}x${domain}.com`, type: 'A' })
    expect(watch.pairs).toBeLessThan(20_000)
  }
  expect(found).toBeGreaterThan(0)
  expect(watch.counts.dropped).toBeGreaterThan(20_000)
  expect(room.length).toBeGreaterThan(5)
  expect(Math.min(...room)).toBeGreaterThan(3)
})

function stepsOf(work: Generator<void>): number {
  let steps = 1
  while (!work.next().done) steps += 1
  return steps
}

test('a query from before 1970, of a clock that was never set, is late and counts for nobody', () => {
  const watch = new DnsVolumeWatch({ key: KEY, bound: 40 })
  for (const client of ['one', 'two']) {
    for (let at = 0; at < 50; at += 1) {
      const name = `${labels(encoded(payload(`${client}${at}`, 20), 'base32'))}.evil.net`
      expect(watch.observe({ time: Date.UTC(1601, 0, 1) + at, client, name, type: 'A' })).toBeUndefined()
    }
  }
  expect([watch.counts.late, watch.pairs]).toEqual([100, 0])
})
