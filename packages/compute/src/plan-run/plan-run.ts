import type { EffortName, PlanResult, PlanView } from '@dengta/sdk'
import type { Day } from '../day/day.ts'
import type { Effort } from '../plan/plan-day.ts'

export type PlanState = PlanView['state']

/** A plan that was asked for, from waiting to its end. The plan file is the blob `result.digest`. */
export interface PlanRun {
  readonly id: string
  readonly day: string
  /** Digest of the snapshot planned for, a blob. */
  readonly snapshot: string
  readonly kind: PlanView['kind']
  readonly state: PlanState
  readonly effort: Effort & { readonly name: EffortName }
  readonly askedBy: string
  readonly askedAt: Date
  readonly finishedAt?: Date | undefined
  readonly result?: PlanResult | undefined
  readonly failure?: NonNullable<PlanView['failure']> | undefined
}

export type PlanChange = Partial<Pick<PlanRun, 'state' | 'finishedAt' | 'result' | 'failure'>>

/** True while something may still change. */
export const isOpen = ({ state }: Pick<PlanRun, 'state'>): boolean => state === 'waiting' || state === 'running'

export function planView(run: PlanRun, day: Day, progress: PlanView['progress']): PlanView {
  const { askedAt, finishedAt, result, failure, ...rest } = run
  return {
    ...rest,
    ...{ dayName: day.name, origin: day.origin, askedAt: askedAt.toISOString() },
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
    ...(progress && run.state === 'running' && { progress }),
    ...(result && { result }),
    ...(failure && { failure }),
  }
}
