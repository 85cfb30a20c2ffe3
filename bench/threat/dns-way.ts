import { Matcher } from '@dengta/threat'
import { DnsObserver } from '../../packs/threat/src/dns-volume/dns-observer.ts'
import { houseRules } from '../../packs/threat/src/dns-volume/dns-query-rules.ts'
import { DnsVolumeStage } from '../../packs/threat/src/dns-volume/dns-volume-stage.ts'
import type { DetectedAlert, DetectedObservation } from '../../packs/threat/src/pipeline/detector/detector-protocol.ts'
import { evaluateBatch } from '../../packs/threat/src/pipeline/detector/evaluate-batch.ts'
import { loadRuleSource } from '../../packs/threat/src/pipeline/detector/load-rule-source.ts'
import { unpacked } from '../../packs/threat/src/pipeline/detector/packed.ts'
import { observationOf } from '../../packs/threat/src/pipeline/observation.ts'
import { pipelineAlertOf } from '../../packs/threat/src/pipeline/pipeline-alert.ts'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './lane.ts'

const KEY = [17, 23] as const
const HEAD = { sequence: 1, receivedMs: 1.8e12 }
const ROUNDS = 3

/** What one way of a set of lines through detection and the watch took. */
interface Way {
  readonly detecting: number
  readonly main: number
  readonly passed: number
  /** Bytes of a stored step. */
  readonly stored: number
}

type Go = (lines: readonly string[], isObserved: boolean) => Way

/** The way of DNS queries through the detectors and the main thread, apart, without database: as recorded, and all new. */
export async function dnsWay(emit: Parameters<Benchmark>[0], lines: readonly string[]): Promise<void> {
  const go = await wayOf()
  const fresh = lines.map((line, at) => line.replace('"query":"', `"query":"n${at}-`))
  const cases = [
    ['as recorded', lines, 25, 1],
    ['all of new names', fresh, 30, 12],
  ] as const
  for (const [what, each, detectors, main] of cases) {
    const [before, after] = [mean(go, each, false), mean(go, each, true)]
    const million = 1e6 / each.length
    const say = (value: number): string => (value * million).toFixed(1)
    const share = `${after.passed} of ${each.length} go on`
    emit(
      figure(`DNS volume: a million queries ${what}, in detectors`, after.detecting * million, 'CPU-s', {
        goal: { is: '<=', than: detectors },
        yardstick: `as silent alerts: ${say(before.detecting)}; ${share}`,
      }),
    )
    emit(
      figure(`DNS volume: a million queries ${what}, in the main thread`, after.main * million, 'CPU-s', {
        goal: { is: '<=', than: main },
        yardstick: `as silent alerts: ${say(before.main)}; with the text of the step, no database`,
      }),
    )
    emit(
      figure(`DNS volume: a million queries ${what}, stored until a checkpoint`, (after.stored * million) / 1e6, 'MB', {
        yardstick: `as silent alerts: ${((before.stored * million) / 1e6).toFixed(0)}`,
      }),
    )
  }
}

function mean(go: Go, lines: readonly string[], isObserved: boolean): Way {
  go(lines, isObserved)
  const ways = Array.from({ length: ROUNDS }, () => go(lines, isObserved))
  const of = (name: keyof Way): number => ways.reduce((sum, way) => sum + way[name], 0) / ROUNDS
  return { detecting: of('detecting'), main: of('main'), passed: of('passed'), stored: of('stored') }
}

/** A new detector and a new watch each time. */
async function wayOf(): Promise<Go> {
  const { rules, formats } = await loadRuleSource({ path: houseRules() })
  const matcher = new Matcher(rules, formats)
  return (lines, isObserved) => {
    const stage = new DnsVolumeStage({ key: KEY, formats })
    const observer = isObserved ? { observer: new DnsObserver({ key: KEY }) } : {}
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    const part = { stream: 'zeek', lines: lines.length, bytes: bytes.length, linesBefore: 0, position: undefined }
    const slab = { index: 0, memory: new SharedArrayBuffer(1), at: 0, bytes }
    const batch = { ...HEAD, slab, length: bytes.length, lines: lines.length, parts: [part] }
    const begun = cpuSeconds()
    const { alerts, observations } = evaluateBatch(HEAD, bytes, { matcher, formats, journal: 'bench', ...observer })
    const detected = cpuSeconds()
    let stored = 0
    for (const piece of alerts.pieces) {
      const found = unpacked<DetectedAlert>(piece).map((alert) => pipelineAlertOf(alert, batch))
      for (const alert of found) stage.push({ kind: 'alert', alert }, () => undefined)
      stored += JSON.stringify(found).length
    }
    for (const piece of observations.pieces) {
      const found = unpacked<DetectedObservation>(piece).map((each) => observationOf(each, batch))
      for (const each of found) stage.observe(each, () => undefined)
      stored += JSON.stringify(found).length
    }
    const passed = alerts.count + observations.count
    return { detecting: detected - begun, main: cpuSeconds() - detected, passed, stored }
  }
}
