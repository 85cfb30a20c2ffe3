import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@dengta/kernel'
import { admissionPatch, readWorkload, timeText, type Verdict, type Workload } from './admission.ts'
import { KnownWorkloads } from './known-workloads.ts'
import type { KubernetesClient } from './kubernetes-client.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'
import { follow } from './list-watch.ts'

/** Who we are in the `controllerName` of an AdmissionCheck. */
const CONTROLLER_NAME = 'dengta.io/power'
const CONFLICT = 409
const NOT_FOUND = 404

export const KUEUE_VERSIONS = ['v1beta1', 'v1beta2'] as const
export type KueueVersion = (typeof KUEUE_VERSIONS)[number]

export interface AdmissionOptions {
  readonly client: KubernetesClient
  readonly version: KueueVersion
  /** Name of the AdmissionCheck object whose controllerName is `dengta.io/power`. */
  readonly checkName: string
  /** What the plan says of the workloads that ask; called at each change of one and at each `reconsider`. */
  readonly decide: (workloads: readonly Workload[]) => ReadonlyMap<Workload, Verdict>
  readonly clock: Clock
  /** Wait after a failure, milliseconds. */
  readonly pauseMs?: number
}

export interface AdmissionController {
  /** Asks the plan anew for every workload: call when plan or limits have changed. Throws what keeps the check from its work. */
  reconsider(): Promise<void>
  stop(): Promise<void>
}

/** Kueue's workloads wait for us: says Ready or Retry, also to what runs. Written to the API contract, never run on a real cluster. */
export function startAdmissionController(options: AdmissionOptions): AdmissionController {
  const known = new KnownWorkloads(options.checkName)
  const stopping = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  let fault: unknown
  /** One decision after the other: two at once would give the same power away twice. */
  const settle = (before = () => {}): Promise<void> => {
    const next = last.then(() => {
      before()
      return settleAll(options, known)
    })
    last = next.catch(() => {})
    return next
  }
  const work = async (): Promise<void> => {
    await announce(options)
    for await (const event of follow(options.client, `${apiOf(options)}/workloads`, { signal: stopping.signal })) {
      await settle(() => known.take(event))
      fault = undefined
    }
  }
  const loop = untilStopped(work, stopping.signal, async (error) => {
    fault = error
    await sleep(options.pauseMs ?? 5000, undefined, { signal: stopping.signal }).catch(() => {})
  })
  return {
    reconsider: async () => {
      await settle()
      if (fault !== undefined) throw fault
    },
    stop: async () => {
      stopping.abort()
      await loop
    },
  }
}

async function untilStopped(
  work: () => Promise<void>,
  signal: AbortSignal,
  failed: (error: unknown) => Promise<void>,
): Promise<void> {
  while (!signal.aborted) await work().catch((error: unknown) => (signal.aborted ? undefined : failed(error)))
}

const apiOf = ({ version }: AdmissionOptions): string => `/apis/kueue.x-k8s.io/${version}`

/** Kueue uses a check only once its controller says that it is there. */
async function announce(options: AdmissionOptions): Promise<void> {
  const { client, checkName, clock } = options
  const path = `${apiOf(options)}/admissionchecks/${checkName}`
  const check = (await client.call('GET', path)).body as { spec?: { controllerName?: string } }
  const named = check.spec?.controllerName ?? 'nobody'
  if (named !== CONTROLLER_NAME)
    throw kubernetesErrors.not_our_check({ check: checkName, named, ours: CONTROLLER_NAME })
  const lastTransitionTime = timeText(clock.now().getTime())
  const said = { type: 'Active', status: 'True', reason: 'Active', message: 'the power plan answers' }
  const body = { status: { conditions: [{ ...said, lastTransitionTime }] } }
  await client.call('PATCH', `${path}/status`, { body })
}

/** One that the API refuses keeps no other waiting; then the first fault is thrown. */
async function settleAll(options: AdmissionOptions, known: KnownWorkloads): Promise<void> {
  const faults: unknown[] = []
  for (const [workload, verdict] of options.decide(known.all()))
    await write(options, known, { workload, verdict }).catch((fault: unknown) => void faults.push(fault))
  if (faults.length > 0) throw faults[0]
}

/** Where somebody else wrote first the workload is read again; what then becomes of it is the next decision. */
async function write(
  options: AdmissionOptions,
  known: KnownWorkloads,
  { workload, verdict }: { readonly workload: Workload; readonly verdict: Verdict },
): Promise<void> {
  const { client, clock, checkName } = options
  const body = admissionPatch(workload, verdict, { checkName, now: clock.now().getTime() })
  if (!body) return
  const { namespace, name } = workload.metadata
  const path = `${apiOf(options)}/namespaces/${namespace}/workloads/${name}`
  const patched = await client.call('PATCH', `${path}/status`, { body, expect: [CONFLICT, NOT_FOUND] })
  const { status, body: found } =
    patched.status === CONFLICT ? await client.call('GET', path, { expect: [NOT_FOUND] }) : patched
  const read = status === NOT_FOUND ? undefined : readWorkload(found)
  if (read) known.learn(read)
  else known.forget(workload)
}
