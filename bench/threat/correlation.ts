import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CorrelationSet,
  Correlator,
  type CorrelatorEvent,
  loadMappings,
  loadRules,
  Matcher,
  readCorrelations,
} from '@dengta/threat'
import {
  eventOf,
  linesOf,
  matchLines,
  recordedFirings,
  runLane,
} from '../../packs/threat/src/correlate/correlation-lane.fixture.ts'
import { hasThreatData, THREAT_DATA } from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './lane.ts'

type Emit = Parameters<Benchmark>[0]

const ROUNDS = 5
const GROUPS = 1_000_000
const VALUES = 1_800

/** Correlation on the recorded lane beside JSON.parse, a window with many values, and a million open groups. */
export const correlation: Benchmark = async (emit) => {
  if (hasThreatData) await emitLane(emit)
  else process.stderr.write('SKIPPED the lane: set DENGTA_DATA to the folder that holds threat/\n')
  emitManyValues(emit)
  emitManyGroups(emit)
}

async function emitLane(emit: Emit): Promise<void> {
  const text = readFileSync(join(THREAT_DATA, 'conformance/correlation.rules.yml'), 'utf8')
  const set = readCorrelations(loadRules([{ path: 'correlation.rules.yml', text }]))
  const [lines, formats, recorded] = [linesOf(), await loadMappings(), recordedFirings()]
  const found = runLane(set, lines, formats)
  const differences = recorded.filter((line, i) => line !== found[i]).length + Math.abs(found.length - recorded.length)
  emit(
    figure('correlation lane: firings that differ from the oracle', differences, 'firings', {
      goal: { is: '=', than: 0 },
      yardstick: `RSigma 0.21 recorded ${recorded.length} firings on ${lines.length} alerts`,
    }),
  )
  const matched = matchLines(set, lines, formats)
  const events = lines.map((line, i) => eventOf(line, i, matched[i] as number[]))
  const parsing = perSecond(lines.length, () => {
    for (const line of lines) JSON.parse(line)
  })
  const alone = perSecond(lines.length, () => pushAll(set, events))
  const matcher = new Matcher(set.rules, formats)
  const raw = lines.map((line) => Buffer.from(`${line}\n`))
  const whole = perSecond(lines.length, () => matchAndPush(set, matcher, { lines, raw }))
  const yardstick = `JSON.parse alone ${Math.round(parsing)} of the same lines in the same run`
  const goal = { is: '>=', than: 150_000 } as const
  emit(figure('correlation of alerts that are parsed and matched', alone, 'alerts per CPU-second', { goal, yardstick }))
  emit(figure('matching, parsing and correlation of raw lines', whole, 'alerts per CPU-second', { goal, yardstick }))
}

function pushAll(set: CorrelationSet, events: readonly CorrelatorEvent[]): number {
  const correlator = new Correlator(set)
  for (const event of events) correlator.push(event)
  return correlator.state.firings
}

/** From bytes to firings: what a pipeline does with each line. */
function matchAndPush(
  set: CorrelationSet,
  matcher: Matcher,
  { lines, raw }: { lines: readonly string[]; raw: readonly Buffer[] },
): void {
  const places = new Map(set.rules.map((rule, place) => [rule, place]))
  const correlator = new Correlator(set)
  raw.forEach((bytes, i) => {
    const rules: number[] = []
    matcher.match(bytes, 0, bytes.length - 1, (rule) => rules.push(places.get(rule) as number))
    if (rules.length > 0) correlator.push(eventOf(lines[i] as string, i, rules))
  })
}

/** RSigma counts the values anew for every event: 57,000 events a second at 1,800 values. */
function emitManyValues(emit: Emit): void {
  const set = oneRule('type: value_count, rules: [a], group-by: [h], timespan: 1h, condition: {field: u, gte: 1000000}')
  const events = Array.from({ length: 200_000 }, (_, i) => syntheticEvent(i, { h: 'one', u: `value ${i % VALUES}` }))
  const yardstick = `${VALUES} values in one window; RSigma 57,000 by the reference`
  const goal = { is: '>=', than: 150_000 } as const
  const value = perSecond(events.length, () => pushAll(set, events))
  emit(figure('value_count with many values', value, 'events per CPU-second', { goal, yardstick }))
}

function emitManyGroups(emit: Emit): void {
  const set = oneRule('type: event_count, rules: [a], group-by: [h], timespan: 1d, condition: {gte: 3}')
  const correlator = new Correlator(set, { maxGroups: GROUPS })
  const pushed = GROUPS * 2 + GROUPS / 10
  const value = perSecond(
    pushed,
    () => {
      for (let i = 0; i < pushed; i += 1) {
        const host = i < GROUPS * 2 ? i % GROUPS : i
        correlator.push(syntheticEvent(i, { h: `host-${host}.site.example` }))
      }
    },
    1,
  )
  const { groups, evictedGroups, entries, bytes } = correlator.state
  const yardstick = `${groups} groups, ${entries} entries, ${evictedGroups} groups evicted at the cap; arrays ${Math.round(bytes / 2 ** 20)} MiB`
  emit(figure('a million open groups', value, 'events per CPU-second', { yardstick }))
  emit(
    figure('whole process with a million open groups', process.memoryUsage.rss() / 2 ** 20, 'MiB', {
      goal: { is: '<=', than: 1024 },
      yardstick,
    }),
  )
  const began = cpuSeconds()
  const saved = correlator.save()
  new Correlator(set, { maxGroups: GROUPS }).restore(saved)
  const yardstickOfSave = `${Math.round(saved.length / 2 ** 20)} MiB with its SHA-256`
  emit(figure('save and restore of a million groups', cpuSeconds() - began, 's', { yardstick: yardstickOfSave }))
}

function oneRule(section: string): CorrelationSet {
  const rule = 'title: a\nid: a\nlogsource: {product: x}\ndetection: {s: {k: 1}, condition: s}\n'
  const text = `${rule}---\ntitle: c\nid: c\ncorrelation: {${section}}\n`
  return readCorrelations(loadRules([{ path: 'bench.yml', text }]))
}

const syntheticEvent = (i: number, fields: Readonly<Record<string, string>>): CorrelatorEvent => ({
  time: i,
  rules: [0],
  event: i,
  read: (field) => fields[field],
})

function perSecond(events: number, work: () => void, rounds = ROUNDS): number {
  const began = cpuSeconds()
  for (let round = 0; round < rounds; round += 1) work()
  return (events * rounds) / (cpuSeconds() - began)
}
