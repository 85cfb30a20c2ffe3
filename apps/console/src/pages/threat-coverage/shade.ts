import type { CoverageView } from '@dengta/sdk'

type Cell = CoverageView['tactics'][number]['techniques'][number]

export type Shade = 'rules' | 'hits'
export type Only = 'all' | 'gaps' | 'quiet'

/** Whether a technique is shown: all of them, those without a rule, or those whose rules never fired. */
export function isShown({ rules, hits }: Pick<Cell, 'rules' | 'hits'>, only: Only): boolean {
  if (only === 'gaps') return rules === 0
  if (only === 'quiet') return rules > 0 && hits === 0
  return true
}

/** Depth of colour from 0 to 4: none, then by powers, for few rules differ more than many. Rules by 3, alerts by 10. */
export function depthOf(count: number, shade: Shade): number {
  if (count <= 0) return 0
  const base = shade === 'rules' ? 3 : 10
  return Math.min(4, 1 + Math.floor(Math.log(count) / Math.log(base) + 1e-9))
}
