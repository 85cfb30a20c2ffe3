import type { Matcher } from '@dengta/threat'
import { readBrotli } from '../../packs/threat/src/threat-data.fixture.ts'

/** Recorded events of one kind, and the oracle's matches for them. */
export interface Lane {
  readonly name: string
  readonly files: readonly string[]
  readonly oracle: string
  /** How often a file is run for timing. */
  readonly repeat: number
}

export interface LaneResult {
  readonly events: number
  readonly differences: number
  /** Events per CPU-second of one core. */
  readonly matching: number
  readonly parsing: number
}

/** CPU seconds of this process, user and system. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function timed(work: () => void): number {
  const began = cpuSeconds()
  work()
  return cpuSeconds() - began
}

function eachLine(bytes: Buffer, work: (from: number, to: number) => void): void {
  let to = bytes.indexOf(10)
  for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(10, from)) work(from, to)
}

/** Compares every event with the oracle first, then times matching and `JSON.parse` alone on the same bytes. */
export function runLane({ files, repeat }: Lane, matcher: Matcher, expected: ReadonlyMap<number, string>): LaneResult {
  const total = { events: 0, differences: 0, matching: 0, parsing: 0 }
  for (const file of files) {
    const bytes = readBrotli(file)
    const from = total.events
    const found = matchAll(bytes, matcher)
    found.forEach((ids, i) => {
      if (ids !== (expected.get(from + i) ?? '')) total.differences += 1
    })
    total.events += found.length
    for (let round = 0; round < repeat; round += 1) {
      total.matching += timed(() => eachLine(bytes, (start, end) => matcher.match(bytes, start, end, () => undefined)))
      total.parsing += timed(() => eachLine(bytes, (start, end) => JSON.parse(bytes.toString('utf8', start, end))))
    }
  }
  const timedEvents = total.events * repeat
  return { ...total, matching: timedEvents / total.matching, parsing: timedEvents / total.parsing }
}

function matchAll(bytes: Buffer, matcher: Matcher): string[] {
  const found: string[] = []
  eachLine(bytes, (from, to) => {
    const ids: string[] = []
    const outcome = matcher.match(bytes, from, to, (rule) => ids.push(rule.id))
    found.push('fault' in outcome ? outcome.fault : ids.sort().join(','))
  })
  return found
}
