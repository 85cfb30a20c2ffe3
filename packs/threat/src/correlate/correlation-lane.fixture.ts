import { Matcher } from '../match/matcher.ts'
import type { Format } from '../normalise/format.ts'
import type { Scalar } from '../normalise/leaves.ts'
import { readBrotli } from '../threat-data.fixture.ts'
import type { CorrelationSet } from './correlation-set.ts'
import { Correlator, type CorrelatorEvent } from './correlator.ts'

/** An event of the correlation lane; its time is in seconds. */
interface LaneEvent extends Readonly<Record<string, Scalar>> {
  readonly time: number
}

export const linesOf = (): string[] =>
  readBrotli('conformance/correlation.events.ndjson.br').toString('utf8').trimEnd().split('\n')

export const recordedFirings = (): string[] =>
  readBrotli('oracle/rsigma-correlation.tsv.br').toString('utf8').trimEnd().split('\n')

/** Matches raw lines against the rules of the set: for each line the places of the rules that hold. */
export function matchLines(set: CorrelationSet, lines: readonly string[], formats: readonly Format[]): number[][] {
  const matcher = new Matcher(set.rules, formats)
  const places = new Map(set.rules.map((rule, place) => [rule, place]))
  return lines.map((line) => {
    const found: number[] = []
    const bytes = Buffer.from(`${line}\n`)
    matcher.match(bytes, 0, bytes.length - 1, (rule) => found.push(places.get(rule) as number))
    return found
  })
}

export function eventOf(line: string, event: number, rules: readonly number[]): CorrelatorEvent {
  const fields = JSON.parse(line) as LaneEvent
  return { time: fields.time * 1000, rules, event, read: (field) => fields[field] }
}

/** Firings of the lane as the oracle wrote them: line, correlation, group, value. */
export function runLane(set: CorrelationSet, lines: readonly string[], formats: readonly Format[]): string[] {
  const correlator = new Correlator(set)
  const matched = matchLines(set, lines, formats)
  return lines
    .flatMap((line, i) => correlator.push(eventOf(line, i, matched[i] as number[])))
    .map(({ event, correlation, group, value }) => [event, correlation.id, group.join(','), value].join('\t'))
}
