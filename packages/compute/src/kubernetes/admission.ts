import { z } from 'zod'

/** What the plan says of a workload now. */
export type Verdict =
  | { readonly answer: 'run' }
  /** Not yet: it gives its quota back and is asked for again later. */
  | { readonly answer: 'wait'; readonly message: string }
  /** Runs and must leave its chips: switched off until the answer is `run` again. */
  | { readonly answer: 'stop'; readonly message: string }
  | { readonly answer: 'never'; readonly message: string }

const CHECK = z.looseObject({ name: z.string(), state: z.enum(['Pending', 'Ready', 'Retry', 'Rejected']) })
const CONDITION = z.looseObject({ type: z.string(), status: z.string() })
const WORKLOAD = z.looseObject({
  metadata: z.looseObject({
    ...{ name: z.string(), namespace: z.string(), resourceVersion: z.string() },
    ...{ uid: z.string().optional(), annotations: z.record(z.string(), z.string()).default({}) },
  }),
  spec: z.looseObject({ active: z.boolean().default(true) }),
  status: z
    .looseObject({ admissionChecks: z.array(CHECK).default([]), conditions: z.array(CONDITION).default([]) })
    .prefault({}),
})
/** A Workload of kueue.x-k8s.io/v1beta1, as far as an admission check needs it. */
export type Workload = z.infer<typeof WORKLOAD>

export const readWorkload = (object: unknown): Workload => WORKLOAD.parse(object)

/** Marks a workload that we switched off, so that nobody else's is ever switched on. */
export const STOPPED = 'dengta.io/stopped'

/** Merge patches, each with the version it was decided on; absent where nothing is to be done. */
export interface AdmissionPatches {
  readonly workload?: object
  readonly status?: object
}

const STATES = { run: 'Ready', wait: 'Retry', stop: 'Retry', never: 'Rejected' } as const

/**
 * What to write so that a workload follows the verdict. A workload without our check, or finished, is none of ours. `Retry` is
 * written once: Kueue itself turns it back to `Pending` when it asks again.
 */
export function admissionPatches(
  workload: Workload,
  verdict: Verdict,
  { checkName, now }: { readonly checkName: string; readonly now: number },
): AdmissionPatches {
  const { metadata, spec, status } = workload
  const check = status.admissionChecks.find(({ name }) => name === checkName)
  const finished = status.conditions.some((each) => each.type === 'Finished' && each.status === 'True')
  if (!check || finished) return {}
  const version = { resourceVersion: metadata.resourceVersion }
  const ours = metadata.annotations[STOPPED] !== undefined
  if (verdict.answer === 'stop' && spec.active)
    return {
      workload: { metadata: { ...version, annotations: { [STOPPED]: verdict.message } }, spec: { active: false } },
    }
  if (verdict.answer === 'run' && !spec.active && ours)
    return { workload: { metadata: { ...version, annotations: { [STOPPED]: null } }, spec: { active: true } } }
  if (!spec.active) return {}
  const state = STATES[verdict.answer]
  if (check.state === state || check.state === 'Rejected') return {}
  const message = verdict.answer === 'run' ? 'inside the power plan' : verdict.message
  const lastTransitionTime = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
  const next = { ...check, state, message, lastTransitionTime }
  const admissionChecks = status.admissionChecks.map((each) => (each === check ? next : each))
  return { status: { metadata: version, status: { admissionChecks } } }
}
