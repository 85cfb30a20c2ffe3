import { alertAt } from '../group/seen-alert.fixture.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { Site } from './case.ts'
import { type Knowledge, Triage } from './triage.ts'

export const ATTACK = 'new service on a server'

/** Two days of a network: update noise every half hour on three hosts, and two attacks of two steps each. */
export function alertsOf(shift: number): SeenAlert[] {
  const alerts: SeenAlert[] = []
  for (let minute = 0; minute < 2880; minute += 30) {
    for (const host of ['web', 'db', 'mail']) alerts.push(alertAt(minute + (shift % 7), 'virus table updated', host))
    if (minute % 300 === 0) alerts.push(alertAt(minute + 3, 'login failed', minute % 600 === 0 ? 'web' : 'db'))
  }
  for (const start of [1500 + shift, 2400 + shift]) {
    for (let step = 0; step < 5; step += 1) alerts.push(alertAt(start + step / 10, 'scan of many ports', 'web'))
    alerts.push(alertAt(start + 4, ATTACK, 'web'))
  }
  return alerts.sort((one, other) => one.time - other.time)
}

export function judgedSite(name: string, shift: number, knowledge: Knowledge): Site {
  const triage = new Triage(name, knowledge)
  for (const alert of alertsOf(shift)) triage.add(alert)
  triage.advance(Number.POSITIVE_INFINITY)
  for (const { number, signature, first } of triage.site().cases) {
    const isAttack = signature === ATTACK || signature === 'scan of many ports'
    const file = `${signature} ${Math.floor(first / 43_200_000)}`
    triage.judge(number, isAttack ? { verdict: 'attack', file } : { verdict: 'benign' })
  }
  return triage.site()
}
