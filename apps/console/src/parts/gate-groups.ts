import type { GateState, GateView } from '@dengta/sdk'

/** The same gate asked of several benchmarks or submissions. */
export interface GateGroup {
  readonly gate: GateView['gate']
  /** Open where it stands open for one of them, closed where it is closed for all, else not proven. */
  readonly state: GateState
  readonly open: number
  readonly views: readonly GateView[]
}

/** One group a gate, in the order in which the gates first appear. */
export function gateGroups(views: readonly GateView[]): readonly GateGroup[] {
  return [...new Set(views.map(({ gate }) => gate))].map((gate) => {
    const same = views.filter((view) => view.gate === gate)
    const open = same.filter(({ decision }) => decision === 'OPEN').length
    return { gate, state: stateOf(same, open), open, views: same }
  })
}

function stateOf(views: readonly GateView[], open: number): GateState {
  if (open > 0) return 'OPEN'
  return views.every(({ decision }) => decision === 'CLOSED') ? 'CLOSED' : 'NOT_PROVEN'
}
