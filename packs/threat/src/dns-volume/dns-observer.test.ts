import { expect, test } from 'vitest'
import { DnsObserver } from './dns-observer.ts'
import type { DnsQuery, DnsVolume } from './dns-volume.ts'
import { DnsVolumeWatch } from './dns-volume-watch.ts'
import { encoded, payload } from './tunnel.fixture.ts'

const START = Date.parse('2026-03-02T06:00:00Z')
const HOUR = 3_600_000

/** Numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Queries of four days in order of time: names that clients ask for again and again, and tunnels that repeat some of theirs. */
function* streamOf(seed: number): Generator<DnsQuery> {
  const random = randomOf(seed)
  const pick = (below: number): number => Math.floor(random() * below)
  for (let time = START; time < START + 96 * HOUR; time += random() * 0.1 * HOUR) {
    const client = `10.0.0.${pick(4)}`
    const type = random() < 0.3 ? 'TXT' : 'A'
    if (random() < 0.5) yield { time, client, name: `www${pick(40)}.Shop${pick(4)}.com`, type }
    else
      yield { time, client, name: `${encoded(payload(`${client} ${pick(150)}`, 20), 'hex')}.evil${pick(2)}.net`, type }
  }
}

/** What the watch says where queries come through detectors in turn, `passed` of them; without detectors all pass. */
function said(seed: number, detectors: readonly DnsObserver[]) {
  const watch = new DnsVolumeWatch({ key: [1, 2], bound: 300 })
  const found: DnsVolume[] = []
  let [at, passed] = [0, 0]
  for (const query of streamOf(seed)) {
    at += 1
    if (!(detectors[at % detectors.length]?.passes(query) ?? true)) continue
    passed += 1
    const volume = watch.observe(query)
    if (volume) found.push(volume)
  }
  return { found, passed }
}

const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1)

test.each([
  ['one detector', 1, 2 ** 12],
  ['two detectors', 2, 2 ** 12],
  ['a filter that forgets', 1, 2 ** 6],
])('%s: the same findings as with every query, over random streams', (_, count, places) => {
  let findings = 0
  for (const seed of SEEDS) {
    const detectors = Array.from({ length: count }, (__, at) => new DnsObserver({ key: [seed, at], places }))
    const [every, some] = [said(seed, []), said(seed, detectors)]
    expect(some.found).toEqual(every.found)
    expect(some.passed).toBeLessThan(every.passed)
    findings += every.found.length
  }
  expect(findings).toBeGreaterThan(SEEDS.length)
})

test('a name passes once a day and client, whatever its case', () => {
  const observer = new DnsObserver({ key: [5, 6] })
  const passes = (client: string, name: string, hour: number) =>
    observer.passes({ time: START + hour * HOUR, client, name, type: '' })
  expect([passes('a', 'x.net', 0), passes('a', 'X.net', 1), passes('b', 'x.net', 1)]).toEqual([true, false, true])
  expect([passes('a', 'x.net', 18), passes('a', 'x.net', 41), passes('a', 'x.net', 42)]).toEqual([true, false, true])
})
