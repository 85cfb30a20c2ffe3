import { canonicalJson, HOUSE, sha256Hex, type Text, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { ComputeJobView } from '@dengta/sdk'
import type { EngineJob, Executor, Usage } from '../executor/executor.ts'
import { jobReasons as reasons } from '../public-job/job-reasons.ts'
import type { PublicJob, PublicJobChange } from '../public-job/public-job.ts'

type Outcome = 'done' | 'failed' | 'cancelled'

/** What stands in the record beside the usage itself. */
export interface UsageBasis {
  /** Record of the plan that placed the job. */
  readonly plan: string
  readonly origin: 'real' | 'simulated'
  readonly engine: Executor['id']
}

function outcomeOf({ exitCode }: Usage, { cancelAskedAt }: PublicJob): Outcome {
  if (exitCode === 0) return 'done'
  return cancelAskedAt ? 'cancelled' : 'failed'
}

/** The record of what a job used, signed by the house. The job is named by the digest of what was asked for. */
export function usageRecord(job: PublicJob, usage: Usage, { plan, origin, engine }: UsageBasis): NewRecord<'usage'> {
  const { site, chip } = job.placement!
  const asked = sha256Hex(utf8(canonicalJson({ id: job.id, participant: job.participant, ask: job.ask })))
  const { joules } = usage
  return {
    kind: 'usage',
    actor: HOUSE,
    subjects: [{ name: `job:${job.id}`, digest: { sha256: asked } }],
    predicate: {
      ...(job.ask.scenario !== undefined && { scenario: job.ask.scenario }),
      ...{ basis: [plan], job: asked, origin, outcome: outcomeOf(usage, job), engine, site, chip, chips: usage.chips },
      ...{ startedAt: new Date(usage.startedAt).toISOString(), endedAt: new Date(usage.endedAt).toISOString() },
      chipHours: usage.chipHours,
      ...(joules && { energy: { joules: joules.value, method: joules.method, source: joules.source } }),
    },
  }
}

/** What becomes of the job. `seen`: as the engine shows it, if it still does. */
export function endOf(
  job: PublicJob,
  usage: Usage,
  { engine, record, seen }: { readonly engine: string; readonly record: string; readonly seen: EngineJob | undefined },
): PublicJobChange {
  const state = outcomeOf(usage, job)
  const said = seen?.reason ?? endText(usage.exitCode)
  const reason = { done: reasons.done(), cancelled: reasons.cancelled(), failed: reasons.failed(said) }[state]
  return {
    ...{ state, reason, record, usage: usageView(usage, engine) },
    startedAt: new Date(usage.startedAt),
    endedAt: new Date(usage.endedAt),
  }
}

function endText(exitCode: number | undefined): Text {
  if (exitCode === undefined) return { en: 'it was ended', zh: '已被终止' }
  return { en: `exit code ${exitCode}`, zh: `退出码 ${exitCode}` }
}

const JOULES_A_KWH = 3_600_000

function usageView({ chipHours, joules }: Usage, engine: string): NonNullable<ComputeJobView['usage']> {
  if (!joules) return { chipHours, engine }
  const { value, method, source } = joules
  return { chipHours, kwh: value / JOULES_A_KWH, method, source, engine }
}
