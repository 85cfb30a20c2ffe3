import { expect, test } from 'vitest'
import { Matcher } from '../match/matcher.ts'
import type { DetectedObservation } from '../pipeline/detector/detector-protocol.ts'
import { evaluateBatch } from '../pipeline/detector/evaluate-batch.ts'
import { loadRuleSource } from '../pipeline/detector/load-rule-source.ts'
import { unpacked } from '../pipeline/detector/packed.ts'
import { observationOf } from '../pipeline/observation.ts'
import { StageChain } from '../pipeline/stage/stage-chain.ts'
import { stagesOf } from '../service/flow/live-flow.ts'
import { untaught } from '../service/model/model-service.ts'
import { chosenRules } from '../service/rule/rule-source.ts'
import { DnsObserver } from './dns-observer.ts'
import { DNS_QUERY_RULES } from './dns-query-rules.ts'
import { DNS_VOLUME } from './dns-volume-stage.ts'
import { encoded, labels, payload } from './tunnel.fixture.ts'

const START = Date.parse('2026-03-02T06:00:00Z')
const RULES = chosenRules({ dataFolder: 'none' })

/** Zeek's lines of a tunnel, ten bytes a minute, beside names that people ask for. */
function lines(minutes: number): Buffer {
  const line = (at: number, query: string, qtype: string): string =>
    JSON.stringify({
      _path: 'dns',
      ts: START / 1000 + at * 60,
      'id.orig_h': '10.1.1.9',
      'id.resp_p': 53,
      query,
      qtype_name: qtype,
    })
  const all = Array.from({ length: minutes }, (_, at) => [
    line(at, `${labels(encoded(payload(`h${at}`, 10), 'base32'))}.evil.net`, 'TXT'),
    line(at, `www${at % 9}.example.com`, 'A'),
  ])
  return Buffer.from(`${all.flat().join('\n')}\n`)
}

test('from lines of Zeek to a decision: queries are no alerts, and go on once; the volume is an alert that triage takes up', async () => {
  const { rules, formats, report } = await loadRuleSource(RULES.source)
  expect(rules.filter(({ id }) => DNS_QUERY_RULES.has(id))).toHaveLength(2)
  expect(report.rules).toBe(rules.length - 2)
  const bytes = lines(600)
  const received = START + 86_400_000
  const head = { sequence: 1, receivedMs: received }
  const observer = new DnsObserver({ key: [1, 2] })
  const context = { matcher: new Matcher(rules, formats), formats, journal: 'j', observer }
  const { events, alerts, observations } = evaluateBatch(head, bytes, context)
  expect([events, alerts.count, observations.count]).toEqual([1200, 0, 600 + 9])
  const { stages, silent } = await stagesOf({ network: 'n', model: untaught(), rules: RULES })
  expect([...silent]).toEqual(expect.arrayContaining([...DNS_QUERY_RULES]))
  const chain = new StageChain(stages)
  const part = { stream: 'zeek', lines: 1200, bytes: bytes.length, linesBefore: 0, position: undefined }
  const slab = { index: 0, memory: new SharedArrayBuffer(1), at: 0, bytes }
  const batch = { ...head, slab, length: bytes.length, lines: 1200, parts: [part] }
  const seen = observations.pieces.flatMap((piece) => unpacked<DetectedObservation>(piece))
  const found = seen.map((each) => observationOf(each, batch))
  const findings = [...(await chain.push([], received, found)), ...(await chain.push([], Number.POSITIVE_INFINITY))]
  expect(chain.faults).toEqual({})
  expect(findings.map(({ stage }) => stage)).toEqual([DNS_VOLUME, 'triage'])
  expect(findings[1]?.body).toMatchObject({
    kind: 'decision',
    group: { host: '10.1.1.9', detector: 'volume', alerts: 1, techniques: ['T1048.003', 'T1071.004'] },
    decision: { action: 'hand_over' },
  })
})

test('a query from the future goes on with the time of its receipt', async () => {
  const { rules, formats } = await loadRuleSource(RULES.source)
  const observer = new DnsObserver({ key: [1, 2] })
  const context = { matcher: new Matcher(rules, formats), formats, journal: 'j', observer }
  const receivedMs = START - 365 * 86_400_000
  const { observations } = evaluateBatch({ sequence: 1, receivedMs }, lines(3), context)
  const seen = observations.pieces.flatMap((piece) => unpacked<DetectedObservation>(piece))
  expect(seen).toHaveLength(6)
  for (const each of seen) expect(each.seen).toMatchObject({ time: receivedMs })
})
