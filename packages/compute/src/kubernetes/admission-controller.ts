import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@dengta/kernel'
import { admissionPatches, readWorkload, type Verdict, type Workload } from './admission.ts'
import type { KubernetesClient } from './kubernetes-client.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'
import { follow, type WatchEvent } from './list-watch.ts'

/** Who we are in the `controllerName` of an AdmissionCheck. */
const CONTROLLER_NAME = 'dengta.io/power'
const KUEUE = '/apis/kueue.x-k8s.io/v1beta1'
const CONFLICT = 409
const NOT_FOUND = 404

export interface AdmissionOptions {
  readonly client: KubernetesClient
  /** Name of the AdmissionCheck object whose controllerName is `dengta.io/power`. */
  readonly checkName: string
  /** What the plan says; asked for each change of a workload and at each `reconsider`. */
  readonly decide: (workload: Workload) => Verdict
  readonly clock: Clock
  readonly onError?: (error: unknown) => void
  /** Wait after a failure, milliseconds. */
  readonly pauseMs?: number
}

export interface AdmissionController {
  /** Asks the plan anew for every workload: call when plan or limits have changed. */
  reconsider(): Promise<void>
  stop(): Promise<void>
}

/** Kueue's workloads wait for us: says Ready, Retry or Rejected, and switches running ones off and on. Written to the API contract, never run on a real cluster. */
export function startAdmissionController(options: AdmissionOptions): AdmissionController {
  const workloads = new Map<string, Workload>()
  const stopping = new AbortController()
  const loop = run(options, workloads, stopping.signal)
  return {
    reconsider: async () => {
      await settleEach(options, workloads, [...workloads.values()])
    },
    stop: async () => {
      stopping.abort()
      await loop
    },
  }
}

async function run(options: AdmissionOptions, workloads: Map<string, Workload>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await announce(options)
      for await (const event of follow(options.client, `${KUEUE}/workloads`, { signal }))
        await settleEach(options, workloads, take(event, workloads))
    } catch (error) {
      if (signal.aborted) return
      options.onError?.(error)
      await sleep(options.pauseMs ?? 5000, undefined, { signal }).catch(() => {})
    }
  }
}

/** Kueue uses a check only once its controller says that it is there. */
async function announce({ client, checkName, clock }: AdmissionOptions): Promise<void> {
  const path = `${KUEUE}/admissionchecks/${checkName}`
  const check = (await client.call('GET', path)).body as { spec?: { controllerName?: string } }
  const named = check.spec?.controllerName ?? 'nobody'
  if (named !== CONTROLLER_NAME)
    throw kubernetesErrors.not_our_check({ check: checkName, named, ours: CONTROLLER_NAME })
  const lastTransitionTime = clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
  const said = {
    type: 'Active',
    status: 'True',
    reason: 'Active',
    message: 'the power plan answers',
    lastTransitionTime,
  }
  const body = { status: { conditions: [said] } }
  await client.call('PATCH', `${path}/status`, { body })
}

const keyOf = ({ metadata }: Workload): string => `${metadata.namespace}/${metadata.name}`

/** Keeps the copy up to date; answers with the workloads that changed. */
function take(event: WatchEvent, workloads: Map<string, Workload>): Workload[] {
  if (event.type === 'list') workloads.clear()
  const changed = (event.type === 'list' ? event.items : [event.object]).map(readWorkload)
  for (const workload of changed)
    if (event.type === 'deleted') workloads.delete(keyOf(workload))
    else workloads.set(keyOf(workload), workload)
  return event.type === 'deleted' ? [] : changed
}

/** One that the API refuses keeps no other waiting; then the first fault is thrown, and the list is gone through again. */
async function settleEach(
  options: AdmissionOptions,
  workloads: Map<string, Workload>,
  changed: readonly Workload[],
): Promise<void> {
  const faults: unknown[] = []
  for (const workload of changed)
    await settleOne(options, workloads, workload).catch((fault: unknown) => void faults.push(fault))
  if (faults.length > 0) throw faults[0]
}

/** Writes what the verdict asks for; where somebody else wrote first it reads the workload again and decides anew. */
async function settleOne(options: AdmissionOptions, workloads: Map<string, Workload>, first: Workload): Promise<void> {
  const { client, decide, clock, checkName } = options
  const path = `${KUEUE}/namespaces/${first.metadata.namespace}/workloads/${first.metadata.name}`
  for (let workload: Workload | undefined = first; workload; ) {
    const patches = admissionPatches(workload, decide(workload), { checkName, now: clock.now().getTime() })
    const body = patches.workload ?? patches.status
    if (!body) return
    const target = patches.workload ? path : `${path}/status`
    const { status, body: answer } = await client.call('PATCH', target, { body, expect: [CONFLICT, NOT_FOUND] })
    if (status !== CONFLICT) {
      if (status !== NOT_FOUND) workloads.set(keyOf(first), readWorkload(answer))
      return
    }
    const read = await client.call('GET', path, { expect: [NOT_FOUND] })
    workload = read.status === NOT_FOUND ? undefined : readWorkload(read.body)
  }
}
