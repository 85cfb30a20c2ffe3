import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@dengta/kernel'
import type { Executor, Order, Usage } from '../executor/executor.ts'
import { wattsAllowed } from '../executor/watts.ts'
import {
  cancelledAt,
  hasUsed,
  isCancelled,
  isOver,
  type JobObject,
  jobObject,
  mayBeForgotten,
  OURS,
  objectName,
  orderOf,
  type Place,
  readJob,
  seenJob,
  stateOf,
  usageOf,
  usedSoFar,
  WATTS,
} from './job-object.ts'
import type { KubernetesClient } from './kubernetes-client.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'
import { listAll } from './list-watch.ts'

export interface KubernetesExecutorOptions {
  readonly client: KubernetesClient
  readonly places: readonly Place[]
  readonly imageOf: (order: Order) => string
  readonly clock: Clock
  /** How long pods may take to go after a job is suspended, milliseconds; their grace period and some more. */
  readonly endsWithinMs?: number
  /** Milliseconds between two looks at pods that are going. */
  readonly lookEveryMs?: number
}

const CONFLICT = 409
const NOT_FOUND = 404
const QUOTA = 'dengta-power'
/** Calls at the same time; and how often a change is decided anew where others were first. */
const AT_ONCE = 8
const TRIES = 20
const RACES = { en: 'others kept changing it', zh: '该对象不断被其他方修改' }

/** Jobs of batch/v1, suspended and resumed; the power guard is a quota of watts. Written to the API contract, never run on a real cluster. */
export function kubernetesExecutor(options: KubernetesExecutorOptions): Executor {
  const { client, places } = options
  const cluster = clusterOf(options)
  return {
    id: 'kubernetes',
    submit: (order, held) => submit(order, held, options),
    release: (job) => cluster.change(job, ({ spec }) => (spec.suspend ? { spec: { suspend: false } } : undefined)),
    hold: (job) =>
      cluster.change(job, (found) => (stateOf(found) === 'waiting' ? { spec: { suspend: true } } : undefined)),
    requeue: (jobs) => cluster.requeue(jobs),
    cancel: (job) => cluster.remove(job),
    /** Kubernetes has no word for the power of a chip. */
    setLevels: async (levels) => levels.map(({ job }) => job),
    /** The chips of a pod are fixed from its start: such a job is paused instead. */
    resize: async (changes) => changes.map(({ job }) => job),
    setPowerLimit: async (site, kw) => {
      const namespaces = new Set(places.filter((place) => place.site === site).map(({ namespace }) => namespace))
      for (const namespace of namespaces) await setQuota(client, namespace, kw)
    },
    jobs: async () => (await cluster.shown()).map(({ object, order }) => seenJob(object, order)),
    usage: async (since) => usageSince(await cluster.all(), since),
    close: async () => {},
  }
}

interface Ours {
  readonly object: JobObject
  readonly order: Order
  readonly path: string
}

function usageSince(jobs: readonly Ours[], since: number): Usage[] {
  return jobs
    .flatMap(({ object, order }) => usageOf(object, order) ?? [])
    .filter(({ endedAt }) => endedAt >= since)
    .sort((a, b) => a.endedAt - b.endedAt)
}

async function submit(order: Order, held: boolean, options: KubernetesExecutorOptions): Promise<void> {
  const place = options.places.find(({ site, chip }) => site === order.site && chip === order.chip)
  if (!place) throw kubernetesErrors.no_place({ job: order.job, site: order.site, chip: order.chip })
  const body = jobObject(order, place, { image: options.imageOf(order), held })
  const path = collection(place.namespace)
  const { status } = await options.client.call('POST', path, { body, expect: [CONFLICT] })
  if (status !== CONFLICT) return
  const there = readJob((await options.client.call('GET', `${path}/${body.metadata.name}`)).body)
  if (!there || orderOf(there)?.job !== order.job) throw kubernetesErrors.name_taken({ name: body.metadata.name })
}

const collection = (namespace: string): string => `/apis/batch/v1/namespaces/${namespace}/jobs`

/** Jobs by name, wherever they lie: one namespace a site. */
function clusterOf({ client, places, clock, endsWithinMs = 60_000, lookEveryMs = 500 }: KubernetesExecutorOptions) {
  const namespaces = [...new Set(places.map(({ namespace }) => namespace))]
  const all = async (): Promise<Ours[]> => {
    const lists = await Promise.all(
      namespaces.map(async (namespace) => {
        const { items } = await listAll(client, collection(namespace), { labelSelector: OURS })
        return items.flatMap((item) => ours(item, namespace))
      }),
    )
    return lists.flat()
  }
  const find = async (job: string): Promise<Ours | undefined> => {
    for (const namespace of namespaces) {
      const path = `${collection(namespace)}/${objectName(job)}`
      const { status, body } = await client.call('GET', path, { expect: [NOT_FOUND] })
      const [found] = status === NOT_FOUND ? [] : ours(body, namespace)
      if (found) return found
    }
    return undefined
  }
  /** Patches what `decide` says of the job as it is now; begins again where somebody else was first. */
  const change = async (
    job: string,
    decide: (object: JobObject, order: Order) => object | undefined,
  ): Promise<void> => {
    for (let left = TRIES; ; left -= 1) {
      const found = await find(job)
      const patch = found && mayChange(found.object) ? decide(found.object, found.order) : undefined
      if (!found || !patch) return
      const { resourceVersion } = found.object.metadata
      const metadata = { ...('metadata' in patch ? (patch.metadata as object) : {}), resourceVersion }
      const body = { ...patch, metadata }
      const { status } = await client.call('PATCH', found.path, { body, expect: [CONFLICT, NOT_FOUND] })
      if (status !== CONFLICT) return
      if (left === 1) throw kubernetesErrors.refused({ method: 'PATCH', path: found.path, status, problem: RACES })
    }
  }
  const requeue = async (jobs: readonly string[]): Promise<void> => {
    const suspend = (object: JobObject, order: Order) =>
      object.spec.suspend
        ? undefined
        : { metadata: { annotations: usedSoFar(object, order, clock.now().getTime()) }, spec: { suspend: true } }
    const faults: unknown[] = []
    for (let k = 0; k < jobs.length; k += AT_ONCE)
      await Promise.all(
        jobs
          .slice(k, k + AT_ONCE)
          .map((job) => change(job, suspend).catch((fault: unknown) => void faults.push(fault))),
      )
    if (faults.length > 0) throw faults[0]
    await untilGone(new Set(jobs), { all, lookEveryMs, looks: Math.ceil(endsWithinMs / lookEveryMs) })
  }
  /** In the foreground, so that a job is shown until its pods are gone: they draw power until then. */
  const drop = ({ path }: Ours) =>
    client.call('DELETE', path, { query: { propagationPolicy: 'Foreground' }, expect: [NOT_FOUND] })
  const remove = async (job: string): Promise<void> => {
    const found = await find(job)
    if (!found || !mayChange(found.object)) return
    if (!hasUsed(found.object)) return void (await drop(found))
    const now = clock.now().getTime()
    await change(job, (object, order) => ({
      metadata: { annotations: { ...usedSoFar(object, order, now), ...cancelledAt(now) } },
      spec: { suspend: true },
    }))
  }
  const shown = async (): Promise<Ours[]> => {
    const now = clock.now().getTime()
    const [old, rest] = [[] as Ours[], [] as Ours[]]
    for (const each of await all()) (mayBeForgotten(each.object, now) ? old : rest).push(each)
    for (const each of old) await drop(each)
    return rest
  }
  return { all, shown, change, requeue, remove }
}

const mayChange = (object: JobObject): boolean => !isOver(stateOf(object)) && !isCancelled(object)

function ours(item: unknown, namespace: string): Ours[] {
  const object = readJob(item)
  const order = object && orderOf(object)
  return object && order ? [{ object, order, path: `${collection(namespace)}/${object.metadata.name}` }] : []
}

interface UntilGone {
  readonly all: () => Promise<readonly Ours[]>
  readonly lookEveryMs: number
  readonly looks: number
}

/** A suspended job draws power until its pods are gone; one that takes too long is shown as running for the next step to see. */
async function untilGone(jobs: ReadonlySet<string>, { all, lookEveryMs, looks }: UntilGone): Promise<void> {
  for (let left = looks; left > 0; left -= 1) {
    const going = (await all()).filter(({ object, order }) => jobs.has(order.job) && object.spec.suspend)
    if (going.every(({ object }) => stateOf(object) !== 'running')) return
    await sleep(lookEveryMs)
  }
}

/** Lowering a quota evicts nothing and lets no new pod in above it: just what a guard must do. */
async function setQuota(client: KubernetesClient, namespace: string, kw: number): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`
  const spec = { hard: { [`requests.${WATTS}`]: String(wattsAllowed(kw)) } }
  const patched = await client.call('PATCH', `${path}/${QUOTA}`, { body: { spec }, expect: [NOT_FOUND] })
  if (patched.status !== NOT_FOUND) return
  const body = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: QUOTA }, spec }
  const { status } = await client.call('POST', path, { body, expect: [CONFLICT] })
  if (status === CONFLICT) await client.call('PATCH', `${path}/${QUOTA}`, { body: { spec } })
}
