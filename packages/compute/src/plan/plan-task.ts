import { canonicalJson, type Progress, sha256Hex, utf8 } from '@dengta/kernel'
import { type EventRequest, type Rehearsed, rehearse } from '../grid-event/rehearse.ts'
import { loadHighs } from '../linear/highs-model.ts'
import { readSnapshot } from '../model/read-snapshot.ts'
import type { Placement, Snapshot } from '../model/snapshot.ts'
import { checkPlan, type PlanCheck } from './check-plan.ts'
import { type Effort, planDay } from './plan-day.ts'
import { writePlanFile } from './plan-file.ts'

/** Long work over a day: plain data in and out, so that it may cross to another thread. */
export type PlanTask =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'plan'; readonly snapshot: Snapshot; readonly effort: Effort }
  | {
      readonly kind: 'rehearse'
      readonly snapshot: Snapshot
      readonly placements: readonly Placement[]
      readonly request: EventRequest
    }

/** A plan with its file and what the independent check says of it. */
export interface PlannedDay {
  readonly file: string
  readonly digest: string
  readonly check: PlanCheck
  readonly jobs: number
}

export interface ReadDay {
  readonly snapshot: Snapshot
  /** The canonical JSON that the digest is taken of. */
  readonly json: string
}

export interface TaskAnswers {
  readonly read: ReadDay
  readonly plan: PlannedDay
  readonly rehearse: Rehearsed
}

/** Does the task. Throws `compute.*` where a day is wrong, `grid_event.*` where an event does not fit it. */
export async function runPlanTask(task: PlanTask, progress: Progress): Promise<TaskAnswers[PlanTask['kind']]> {
  switch (task.kind) {
    case 'read':
      return readDay(task.text)
    case 'plan':
      return planAndCheck(task, progress)
    case 'rehearse':
      return rehearse(task.snapshot, task.placements, task.request)
  }
}

/** Undefined members are gone after one passage through JSON, so both readers of a day see the same value. */
function readDay(text: string): ReadDay {
  const json = canonicalJson(readSnapshot(text))
  return { snapshot: JSON.parse(json) as Snapshot, json }
}

async function planAndCheck(task: Extract<PlanTask, { kind: 'plan' }>, progress: Progress): Promise<PlannedDay> {
  const { snapshot, effort } = task
  const plan = planDay(snapshot, effort, { progress, open: await loadHighs() })
  const file = writePlanFile({ snapshot, plan, effort })
  return { file, digest: sha256Hex(utf8(file)), check: checkPlan(snapshot, plan), jobs: snapshot.jobs.length }
}
