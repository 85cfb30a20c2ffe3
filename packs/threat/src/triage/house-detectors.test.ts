import { expect, test } from 'vitest'
import { alertAt } from '../group/seen-alert.fixture.ts'
import { VOLUME_DETECTOR } from './house-detectors.ts'
import { alertsOf, judgedSite } from './site.fixture.ts'
import { learn, Triage } from './triage.ts'

const BOUNDS = { falseAlarms: 0.05, missed: 0.3, confidence: 0.9, aim: 0.0002 }
const sites = [0, 31, 62, 93].map((shift, at) => judgedSite(`site ${at}`, shift, learn([])))
const knowledge = learn(sites, BOUNDS)
const NEW = 'sent out in names'

/** What is decided of a signature that nobody has judged, in the middle of a quiet night. */
function decisionOf(detector: string) {
  const triage = new Triage('new', knowledge)
  const alerts = [...alertsOf(155), alertAt(901, NEW, 'db', { detector })].sort((one, other) => one.time - other.time)
  const decided = [...alerts.flatMap((alert) => triage.add(alert)), ...triage.advance(Number.POSITIVE_INFINITY)]
  return decided.find(({ group }) => group.signature === NEW)?.decision
}

test('what a watch of the house finds is not closed on what was learnt from others; that of another detector may be', () => {
  expect(decisionOf('sigma')?.action).toBe('close')
  const decision = decisionOf(VOLUME_DETECTOR)
  expect(decision?.action).toBe('hand_over')
  expect(decision?.reason.en).toContain('nobody has judged a finding of this watch')
})
