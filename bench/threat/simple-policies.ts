import { type Case, learnPriors, recordOf, type SignaturePriors, sumPriors } from '@dengta/threat'
import type { LabelledNetwork } from './ait-ads.ts'
import { type Outcome, outcomeOf, sumOutcomes } from './triage-outcome.ts'

interface Policy {
  readonly name: string
  readonly shows: (cases: readonly Case[], rateOf: (it: Case) => number) => (it: Case) => boolean
}

/** The yardsticks of the reference: records of signatures only, no model. */
const POLICIES: readonly Policy[] = [
  atLeast(0.02),
  atLeast(0.05),
  atLeast(0.5),
  twoStages(0.5, 1_800_000),
  twoStages(0.3, 7_200_000),
]

/** Each policy learnt on the other networks, applied to each network. */
export function simpleOutcomes(networks: readonly LabelledNetwork[]): { name: string; outcome: Outcome }[] {
  return POLICIES.map(({ name, shows }) => ({
    name,
    outcome: sumOutcomes(
      networks.map((network) => {
        const priors = sumPriors(networks.filter((other) => other !== network).map(({ cases }) => learnPriors(cases)))
        const shown = network.cases.filter(shows(network.cases, (it) => rate(priors, it)))
        return outcomeOf(network, new Set(shown.map(({ number }) => number)))
      }),
    ),
  }))
}

function rate(priors: SignaturePriors, { signature }: Case): number {
  const { attacks, cases } = recordOf(priors, signature)
  return cases === 0 ? 0 : attacks / cases
}

function atLeast(limit: number): Policy {
  return { name: `record >= ${limit}`, shows: (_, rateOf) => (it) => rateOf(it) >= limit }
}

/** Anchors reach the first limit; a record of 2 % suffices within `reach` ms of one, before or after. */
function twoStages(limit: number, reach: number): Policy {
  return {
    name: `two stages, anchor >= ${limit}, record >= 0.02 within ${reach / 60_000} min`,
    shows: (cases, rateOf) => {
      const anchors = cases.filter((it) => rateOf(it) >= limit).map(({ first }) => first)
      const isNear = ({ first }: Case) => anchors.some((anchor) => Math.abs(anchor - first) <= reach)
      return (it) => rateOf(it) >= limit || (rateOf(it) >= 0.02 && isNear(it))
    },
  }
}
