import type { LabelledNetwork } from './ait-ads.ts'

/** What a policy did with the groups of left-out networks, as counts; labels are those of AIT-ADS. */
export interface Outcome {
  readonly groups: number
  readonly alerts: number
  /** Groups and their alerts that a person has to look at. */
  readonly looks: number
  readonly alertsLookedAt: number
  readonly benign: number
  readonly falseEscalations: number
  readonly steps: number
  readonly missedSteps: readonly string[]
  /** One intrusion a network; found when any of its steps but the quiet DNS channel was shown to a person. */
  readonly intrusions: number
  readonly intrusionsFound: number
}

/** `shown` holds the numbers of the groups that a person has to look at, escalated or handed over. */
export function outcomeOf(network: LabelledNetwork, shown: ReadonlySet<number>): Outcome {
  const steps = new Set<string>()
  const found = new Set<string>()
  for (const { number } of network.cases) {
    for (const step of network.steps[number]!) {
      steps.add(step)
      if (shown.has(number)) found.add(step)
    }
  }
  const benign = network.cases.filter((it) => it.disposition?.verdict === 'benign')
  return {
    groups: network.cases.length,
    alerts: network.alerts,
    looks: shown.size,
    alertsLookedAt: [...shown].reduce((sum, number) => sum + network.sizes[number]!, 0),
    benign: benign.length,
    falseEscalations: benign.filter(({ number }) => shown.has(number)).length,
    steps: steps.size,
    missedSteps: [...steps].filter((step) => !found.has(step)).map((step) => `${network.name} ${step}`),
    intrusions: 1,
    intrusionsFound: [...found].some((step) => step !== 'dnsteal') ? 1 : 0,
  }
}

export function sumOutcomes(outcomes: readonly Outcome[]): Outcome {
  const total = (of: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + of(outcome), 0)
  return {
    groups: total((it) => it.groups),
    alerts: total((it) => it.alerts),
    looks: total((it) => it.looks),
    alertsLookedAt: total((it) => it.alertsLookedAt),
    benign: total((it) => it.benign),
    falseEscalations: total((it) => it.falseEscalations),
    steps: total((it) => it.steps),
    missedSteps: outcomes.flatMap((it) => it.missedSteps),
    intrusions: total((it) => it.intrusions),
    intrusionsFound: total((it) => it.intrusionsFound),
  }
}
