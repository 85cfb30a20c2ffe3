import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { EngineJob, EngineState, Order, Usage } from '../executor/executor.ts'
import { orderSchema } from '../executor/order-schema.ts'
import { wattsDrawn } from '../executor/watts.ts'
import { kubernetesErrors } from './kubernetes-errors.ts'
import { objectPart } from './object-part.ts'

/** Where a pool's jobs go: one namespace a site, and the name under which its device plugin offers the chip. */
export interface Place {
  readonly site: string
  readonly chip: string
  readonly namespace: string
  /** e.g. `huawei.com/Ascend910` or `nvidia.com/gpu`. */
  readonly resource: string
  readonly nodeSize: number
}

/** Watts as an extended resource: pods ask for it, nodes offer plenty, and the quota of the namespace is the power guard. */
export const WATTS = 'dengta.io/watts'
export const OURS = 'app.kubernetes.io/managed-by=dengta'
const ORDER = 'dengta.io/order'
/** Chip-seconds of runs that were ended early, and when the first began, RFC 3339. */
const USED = 'dengta.io/used-chip-seconds'
const STARTED = 'dengta.io/started-at'
/** When its owner took it back, RFC 3339: it is suspended for good, and kept for what it used. */
const CANCELLED = 'dengta.io/cancelled-at'
/** Programs that can, say here when they wrote their last checkpoint, RFC 3339. */
const CHECKPOINT = 'dengta.io/checkpoint-at'
const WEEK_SECONDS = 604_800

/** One odd object must not hide the others: a field of another form says nothing. */
const count = z.number().catch(0)
const moment = z.iso.datetime().optional().catch(undefined)
const word = z.string().catch('')
const CONDITION = z.looseObject({ type: word, status: word, lastTransitionTime: moment })
const JOB = z.looseObject({
  metadata: z.looseObject({
    ...{ name: z.string(), resourceVersion: z.string() },
    annotations: z.record(z.string(), z.string()).catch({}),
    deletionTimestamp: z.string().optional().catch(undefined),
  }),
  spec: objectPart(z.looseObject({ suspend: z.boolean().catch(false) })),
  status: objectPart(
    z.looseObject({
      ...{ active: count, terminating: count, startTime: moment, completionTime: moment },
      conditions: z.array(CONDITION).catch([]),
    }),
  ),
})
export type JobObject = z.infer<typeof JOB>

/** Undefined for what is no job. */
export const readJob = (body: unknown): JobObject | undefined => JOB.safeParse(body).data

/** A valid object name that two different jobs never share. */
export function objectName(job: string): string {
  const digest = createHash('sha256').update(job).digest('hex').slice(0, 10)
  const words = job
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return ['dengta', words, digest]
    .filter((part) => part !== '')
    .join('-')
    .replace(/--+/g, '-')
}

/** batch/v1 Job: a gang of whole nodes is an indexed job; no pod is replaced before its forerunner is gone. */
export function jobObject(
  order: Order,
  place: Place,
  { image, held }: { readonly image: string; readonly held: boolean },
) {
  const { job, chips, kw, minutes, command } = order
  const pods = podsOf(order, place)
  const labels = { 'app.kubernetes.io/managed-by': 'dengta' }
  const amounts = { [place.resource]: String(chips / pods), [WATTS]: String(wattsDrawn(kw / pods)) }
  const container = { name: 'main', image, command, resources: { requests: amounts, limits: amounts } }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: objectName(job), labels, annotations: { [ORDER]: JSON.stringify(order) } },
    spec: {
      ...{ suspend: held, parallelism: pods, completions: pods, completionMode: 'Indexed' },
      ...{ backoffLimit: 0, podReplacementPolicy: 'Failed' },
      ...{ activeDeadlineSeconds: Math.ceil(minutes * 60), ttlSecondsAfterFinished: WEEK_SECONDS },
      template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [container] } },
    },
  }
}

function podsOf({ job, chips }: Order, { nodeSize }: Place): number {
  if (chips <= nodeSize) return 1
  if (chips % nodeSize !== 0) throw kubernetesErrors.uneven_gang({ job, chips, nodeSize })
  return chips / nodeSize
}

/** The order that a job of ours was made from; undefined for a foreign one, and where somebody has spoilt it. */
export function orderOf({ metadata }: JobObject): Order | undefined {
  try {
    return orderSchema.safeParse(JSON.parse(metadata.annotations[ORDER] ?? '')).data
  } catch {
    return undefined
  }
}

export function stateOf({ metadata, spec, status }: JobObject): EngineState {
  const is = (type: string): boolean => status.conditions.some((each) => each.type === type && each.status === 'True')
  if (is('Complete')) return 'done'
  if (is('Failed')) return 'failed'
  if (status.active + status.terminating > 0) return 'running'
  if (metadata.deletionTimestamp !== undefined || isCancelled({ metadata })) return 'cancelled'
  return spec.suspend ? 'held' : 'waiting'
}

export const isOver = (state: EngineState): boolean => state === 'done' || state === 'failed' || state === 'cancelled'

/** Suspended while pods of it are still there: they are being ended. */
function leavingSince({ metadata, spec, status }: JobObject): number | undefined {
  const suspended = status.conditions.find(({ type, status: is }) => type === 'Suspended' && is === 'True')
  return spec.suspend ? time(metadata.annotations[CANCELLED] ?? suspended?.lastTransitionTime) : undefined
}

/** What ended says when, running says since when. */
export function seenJob(object: JobObject, order: Order): EngineJob {
  const { job, site, chip, chips, kw } = order
  const state = stateOf(object)
  const blocked = object.status.conditions.find(({ type }) => type === 'Suspended')
  return {
    ...{ job, engineId: object.metadata.name, state, site, chip, chips, kw },
    startedAt: state === 'running' ? time(object.status.startTime) : undefined,
    endedAt: isOver(state) ? endOf(object) : undefined,
    leavingSince: state === 'running' ? leavingSince(object) : undefined,
    checkpointAt: time(object.metadata.annotations[CHECKPOINT]),
    reason: state === 'held' ? String(blocked?.message ?? 'suspended') : undefined,
  }
}

/** The annotations that keep what runs used before one is suspended; the API server forgets when a job first started. */
export function usedSoFar(object: JobObject, { chips }: Order, now: number): Record<string, string> {
  const { annotations } = object.metadata
  const { startTime } = object.status
  if (object.spec.suspend || startTime === undefined) return {}
  const used = usedBefore(annotations) + (Math.max(0, now - Date.parse(startTime)) / 1000) * chips
  return { [USED]: String(used), [STARTED]: annotations[STARTED] ?? startTime }
}

/** Chip-seconds of earlier runs; none where somebody has spoilt the annotation. */
function usedBefore({ [USED]: text = '' }: Readonly<Record<string, string>>): number {
  const used = Number(text)
  return Number.isFinite(used) ? Math.max(0, used) : 0
}

/** True where deleting the job would lose what it used. */
export const hasUsed = ({ metadata, spec, status }: JobObject): boolean =>
  metadata.annotations[USED] !== undefined || (!spec.suspend && status.startTime !== undefined)

export const isCancelled = ({ metadata }: Pick<JobObject, 'metadata'>): boolean =>
  metadata.annotations[CANCELLED] !== undefined

/** What marks a job as taken back for good. */
export const cancelledAt = (now: number): Record<string, string> => ({ [CANCELLED]: new Date(now).toISOString() })

/** A job that was taken back so long ago that the API server would have forgotten it, had it ended by itself. */
export function mayBeForgotten({ metadata }: JobObject, now: number): boolean {
  const at = time(metadata.annotations[CANCELLED])
  return at !== undefined && now - at > WEEK_SECONDS * 1000
}

/** Energy is the ordered power for the time on chips: the API meters none. */
export function usageOf(object: JobObject, order: Order): Usage | undefined {
  const { annotations } = object.metadata
  const state = stateOf(object)
  const startedAt = time(annotations[STARTED]) ?? time(object.status.startTime)
  const endedAt = endOf(object)
  if (startedAt === undefined || endedAt === undefined || !isOver(state)) return undefined
  const { chips, kw, job } = order
  const last = state === 'cancelled' ? 0 : (endedAt - (time(object.status.startTime) ?? endedAt)) / 1000
  const seconds = usedBefore(annotations) + last * chips
  const value = (seconds / chips) * kw * 1000
  return {
    ...{ job, startedAt, endedAt, chips, chipHours: seconds / 3600 },
    exitCode: state === 'cancelled' ? undefined : state === 'done' ? 0 : 1,
    joules: { value, method: 'estimate', source: 'ordered power x time on the chips' },
  }
}

function endOf({ metadata, status }: JobObject): number | undefined {
  const last = status.conditions.find(
    ({ type, status: is }) => is === 'True' && (type === 'Complete' || type === 'Failed'),
  )
  return time(last ? (status.completionTime ?? last.lastTransitionTime) : metadata.annotations[CANCELLED])
}

/** Annotations hold what their writers like: what is no time is none. */
function time(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : at
}
