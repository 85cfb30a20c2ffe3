import { z } from 'zod'
import { objectPart } from './object-part.ts'

/** What the plan says of a workload now. */
export type Verdict =
  | { readonly answer: 'run' }
  /** Not now: it leaves its chips if it has them, gives its quota back, and Kueue asks again after a while. */
  | { readonly answer: 'wait'; readonly message: string }

const CHECK = z.looseObject({ name: z.string(), state: z.string() })
const CONDITION = z.looseObject({ type: z.string(), status: z.string() })
const ASSIGNMENT = z.object({
  flavors: z.record(z.string(), z.string()).catch({}),
  resourceUsage: z.record(z.string(), z.union([z.string(), z.number()])).catch({}),
})
const WORKLOAD = z.object({
  metadata: z.looseObject({
    ...{ name: z.string(), namespace: z.string(), resourceVersion: z.string() },
    creationTimestamp: z.string().catch(''),
  }),
  spec: objectPart(
    z.looseObject({
      active: z.boolean().catch(true),
      priority: z.number().catch(0),
      maximumExecutionTimeSeconds: z.number().optional().catch(undefined),
    }),
  ),
  status: objectPart(
    z.looseObject({
      admissionChecks: z.array(CHECK).catch([]),
      conditions: z.array(CONDITION).catch([]),
      admission: z
        .object({ podSetAssignments: z.array(ASSIGNMENT) })
        .optional()
        .catch(undefined),
    }),
  ),
})
/** A Workload of kueue.x-k8s.io/v1beta1 or v1beta2, as far as an admission check needs it; a field of another form says nothing. */
export type Workload = z.infer<typeof WORKLOAD>

/** Undefined for what is no workload. */
export const readWorkload = (object: unknown): Workload | undefined => WORKLOAD.safeParse(object).data

export const checkOf = ({ status }: Workload, checkName: string) =>
  status.admissionChecks.find(({ name }) => name === checkName)

const is = ({ status }: Workload, type: string): boolean =>
  status.conditions.some((each) => each.type === type && each.status === 'True')

/**
 * What a workload is to the check: it waits for an answer, runs, or nothing is asked of us now. One that ran before its queue had
 * our check runs on with the check pending.
 */
export function standingOf(workload: Workload, checkName: string): 'waits' | 'runs' | undefined {
  const state = checkOf(workload, checkName)?.state
  const isAsked = workload.spec.active && is(workload, 'QuotaReserved') && !is(workload, 'Finished')
  if (!isAsked || is(workload, 'Evicted')) return undefined
  if (state === 'Ready') return 'runs'
  if (state !== 'Pending') return undefined
  return is(workload, 'Admitted') ? 'runs' : 'waits'
}

/** Kueue says that a workload is admitted until the last of its pods is gone, also while it evicts it. */
export const draws = (workload: Workload, checkName: string): boolean =>
  !is(workload, 'Finished') && (is(workload, 'Admitted') || standingOf(workload, checkName) === 'runs')

/** Kueue asks again after so long, milliseconds. */
const AGAIN = 60_000

/**
 * A merge patch of the status by which a workload follows the verdict, with the version it was decided on; undefined where nothing is
 * to be done. `Retry` evicts also what runs, and Kueue turns it back to `Pending` when it asks again, which is after `requeueAt`.
 */
export function admissionPatch(
  workload: Workload,
  verdict: Verdict,
  { checkName, now }: { readonly checkName: string; readonly now: number },
): object | undefined {
  const { metadata, status } = workload
  const check = checkOf(workload, checkName)
  const state = verdict.answer === 'run' ? 'Ready' : 'Retry'
  if (!check || check.state === state || check.state === 'Rejected') return undefined
  const message = verdict.answer === 'run' ? IN_PLAN : verdict.message
  const next = { ...check, state, message, lastTransitionTime: timeText(now) }
  const admissionChecks = status.admissionChecks.map((each) => (each === check ? next : each))
  const requeueState = verdict.answer === 'wait' && { requeueState: { requeueAt: timeText(now + AGAIN) } }
  return { metadata: { resourceVersion: metadata.resourceVersion }, status: { admissionChecks, ...requeueState } }
}

const IN_PLAN = 'inside the power plan · 在功率计划之内'

/** RFC 3339 without fractions, as the API has it. */
export const timeText = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
