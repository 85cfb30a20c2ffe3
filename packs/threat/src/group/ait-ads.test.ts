import { expect, test } from 'vitest'
import { hasThreatData, readBrotli, skippedNote } from '../threat-data.fixture.ts'
import { readAitAds } from './ait-ads.fixture.ts'
import { Grouper } from './grouper.ts'

test.runIf(hasThreatData)(`groups of a real network equal those of an independent count${skippedNote}`, () => {
  const grouper = new Grouper()
  const alerts = readAitAds(readBrotli('triage/ait-ads-russellmitchell.csv.br').toString('utf8'))
  const groups = new Set<number>()
  const attacks = new Set<number>()
  const benign = new Set<number>()
  for (const { alert, window, step } of alerts) {
    const { number } = grouper.add(alert).group
    groups.add(number)
    if (step !== '-') attacks.add(number)
    if (window === 'false_positive') benign.add(number)
  }
  // counted once by pandas over the same file
  expect({
    alerts: alerts.length,
    groups: groups.size,
    attacks: attacks.size,
    benign: [...benign].filter((number) => !attacks.has(number)).length,
  }).toEqual({
    alerts: 45_544,
    groups: 2309,
    attacks: 46,
    benign: 2188,
  })
})
