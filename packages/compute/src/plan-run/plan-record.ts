import { HOUSE } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { PlanResult } from '@dengta/sdk'
import type { Day } from '../day/day.ts'
import type { PlannedDay } from '../plan/plan-task.ts'
import type { PlanRun } from './plan-run.ts'

/** What a finished plan comes to, but for its record. `seconds`: wall clock. */
export function resultOf({ file, digest, check, jobs }: PlannedDay, seconds: number): Omit<PlanResult, 'record'> {
  const { terms, yuan, bound, gap, boundWeak, unserved } = check
  return {
    ...{ digest, jobs, yuan, bound, gap, boundWeak, seconds },
    bytes: Buffer.byteLength(file),
    placed: jobs - unserved.jobs,
    unserved: unserved.jobs,
    terms: { ...terms },
    service: { valueBound: unserved.valueBound, jobsBound: unserved.jobsBound },
    check: { ok: check.ok, faults: [...check.faults], text: check.text },
  }
}

/** The record of a plan, signed by the house. `basis`: the record of the plan that it follows, if there is one. */
export function planRecord(
  run: PlanRun,
  day: Day,
  result: Omit<PlanResult, 'record'>,
  basis: readonly string[],
): NewRecord<'plan'> {
  const { terms, yuan, bound, gap, boundWeak, jobs, unserved, service, check } = result
  const { seed, ascents, rounds } = run.effort
  return {
    kind: 'plan',
    actor: HOUSE,
    subjects: [
      { name: `plan:${run.id}`, digest: { sha256: result.digest } },
      { name: `day:${day.id}`, digest: { sha256: run.snapshot } },
    ],
    predicate: {
      ...{ basis: [...basis], plan: run.id, day: day.name, origin: day.origin },
      ...{ snapshot: run.snapshot, file: result.digest, effort: { seed, ascents, rounds } },
      ...{ jobs, unserved, terms, yuan, bound, gap, boundWeak, service },
      check: { ok: check.ok, faults: check.faults.map(({ code }) => code) },
    },
  }
}
