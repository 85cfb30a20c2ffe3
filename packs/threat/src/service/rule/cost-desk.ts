import { setTimeout as delay } from 'node:timers/promises'
import type { Caller } from '@dengta/kernel'
import type { RuleCosts } from '../../pipeline/detector/rule-costs.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { type LiveFigures, liveFigures } from './live-figures.ts'

/** The live flow as far as rules are concerned; both answer undefined while none runs. */
export interface MeteredFlow {
  ruleCosts(): Promise<RuleCosts | undefined>
  liftQuarantine(rule: string): Promise<number | undefined>
}

/** What rules cost the live flow, and the way out of quarantine. */
export interface CostDesk {
  /** Figures for the rule set with this hash; empty where no flow runs, or it runs others. */
  figures(hash: string): Promise<LiveFigures>
  /** Throws `threat.not_running` or `threat.not_quarantined`; who did it, and why it had been put away, is in the audit trail. */
  lift(caller: Caller, rule: string): Promise<void>
}

/** Pages wait this long for detectors that are at work; then they show the figures of the last answer. */
const PATIENCE_MS = 1000

type Parts = Pick<ThreatContext, 'store' | 'clock'> & { readonly flow: MeteredFlow }

export function costDesk({ store, clock, flow }: Parts): CostDesk {
  let known: RuleCosts | undefined
  let asking: Promise<void> | undefined
  const ask = async (): Promise<void> => {
    try {
      known = await flow.ruleCosts()
    } finally {
      asking = undefined
    }
  }
  const costs = async (): Promise<RuleCosts | undefined> => {
    asking ??= ask()
    await Promise.race([asking, delay(PATIENCE_MS, undefined, { ref: false })])
    return known
  }
  return {
    figures: async (hash) => {
      const found = await costs()
      return found?.hash === hash ? liveFigures(found) : new Map()
    },
    lift: async ({ participant: actor }, rule) => {
      const found = await costs()
      const lifted = await flow.liftQuarantine(rule)
      if (lifted === undefined) throw threatErrors.not_running()
      if (lifted === 0) throw threatErrors.not_quarantined({ id: rule })
      const why = found && liveFigures(found).get(rule)?.quarantine?.reason.en
      const detail = why === undefined ? {} : { detail: why }
      await audit(store.db<ThreatTables>(), { at: clock.now(), actor, action: 'rule.lift', target: rule, ...detail })
      await asking
      asking = ask()
      await asking
    },
  }
}
