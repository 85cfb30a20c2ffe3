import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Executor,
  type Job,
  memoryJournal,
  type OnlinePlan,
  type Placement,
  type Policy,
  type Running,
  type Snapshot,
  startController,
  type WantedJob,
} from '@dengta/compute'
import { systemClock } from '@dengta/kernel'
import { lasts, limitsIn, orderOf, SLOT_MS, shortest, withLatency } from './slurm-online-day.ts'

export interface Arm {
  readonly day: Snapshot
  readonly executor: Executor
  /** Start of slot 0, milliseconds since 1970. */
  readonly startsAt: number
}

type Place = Pick<Placement, 'site' | 'chip'>

/**
 * Slurm as its users know it: every job is submitted on arrival at full power, to a site that they pick; its own scheduler with
 * backfill does the rest, and licences follow the envelope. A job that can no longer end in time is taken back.
 */
export async function slurmAlone({ day, executor, startsAt }: Arm): Promise<void> {
  const open = new Map<string, { job: Job; place: Place }>()
  for (let slot = 0; slot < day.slots; slot += 1) {
    await sleep(Math.max(0, startsAt + slot * SLOT_MS - Date.now()))
    await followEnvelope(executor, day, slot)
    const seen = new Map((await executor.jobs()).map((each) => [each.job, each]))
    for (const [name, { job }] of open) {
      const state = seen.get(name)?.state
      const late = startsAt + job.deadline * SLOT_MS - lasts(day, job, 1) < Date.now()
      if (state === 'waiting' && late) await executor.cancel(name)
      if (state === undefined || state === 'done' || state === 'cancelled') open.delete(name)
    }
    for (const job of day.jobs.filter(({ release }) => release === slot)) {
      const place = leastLoaded(day, job, [...open.values()])
      open.set(job.name, { job, place })
      await executor.submit(orderOf(day, job, { ...place, level: 0 }), false)
    }
  }
}

async function followEnvelope(executor: Executor, day: Snapshot, slot: number): Promise<void> {
  const before = slot === 0 ? [] : limitsIn(day, slot - 1).sites
  for (const [row, { name, limitKw }] of limitsIn(day, slot).sites.entries())
    if (before[row]?.limitKw !== limitKw) await executor.setPowerLimit(name, limitKw)
}

/** The pool with the least work on it for its size: a licence belongs to one site, so a user must choose at submission. */
function leastLoaded({ sites }: Snapshot, job: Job, open: readonly { job: Job; place: Place }[]): Place {
  const allowed = sites.filter(({ name }) => job.sites?.includes(name) ?? true)
  const pools = allowed.flatMap(({ name, pools: own }) => own.map(({ chip, count }) => ({ site: name, chip, count })))
  const load = ({ site, chip, count }: (typeof pools)[number]): number =>
    open
      .filter(({ place }) => place.site === site && place.chip === chip)
      .reduce((sum, each) => sum + each.job.chips * each.job.hours, job.chips * job.hours) / count
  return pools.reduce((a, b) => (load(b) < load(a) ? b : a))
}

/** The rolling re-plan decides in every slot what starts, where and at which level; the controller makes Slurm do it. */
export async function replanned({ day, executor, startsAt }: Arm, policy: Policy): Promise<void> {
  const waiting = new Map<string, Job>()
  const started = new Map<string, { job: Job; placement: Placement; wanted: WantedJob }>()
  const ended = new Set<string>()
  const limits = (now: number) => limitsIn(day, Math.floor((now - startsAt) / SLOT_MS))
  const wanted = () => ({ jobs: [...started.values()].map((each) => each.wanted), cancelled: [] })
  const record = async ({ job }: { readonly job: string }) => void ended.add(job)
  const ports = { executor, wanted, limits, clock: systemClock, journal: memoryJournal(), record }
  const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`)
  const controller = await startController({ ...ports, everyMs: 300, onError })
  let previous: OnlinePlan = { placements: [] }
  for (let now = 0; now < day.slots; now += 1) {
    await sleep(Math.max(0, startsAt + now * SLOT_MS - Date.now()))
    for (const job of day.jobs.filter(({ release }) => release === now)) waiting.set(job.name, withLatency(day, job))
    for (const [name, job] of waiting) if (now + shortest(day, job) > job.deadline) waiting.delete(name)
    const running = await runningIn(now)
    const snapshot = { ...day, jobs: [...waiting.values()] }
    previous = policy({ snapshot, now, horizon: day.slots, running, outages: [], previous })
    for (const placement of previous.placements) if (placement.start === now) start(placement)
    await controller.stepNow().catch(onError)
  }
  await controller.stop()

  function start(placement: Placement): void {
    const job = waiting.get(placement.job)
    if (!job) return
    waiting.delete(job.name)
    const own = day.jobs.find(({ name }) => name === job.name)!
    const order = orderOf(day, own, placement)
    const levels = [{ watts: order.wattsPerChip, speed: 1 }]
    const pue = day.sites.find(({ name }) => name === placement.site)!.pue[0]!
    const planned = { order, startAt: 0, levels, pue, tier: 3 as const, restartMinutes: 0.01 }
    started.set(job.name, { job, placement, wanted: planned })
  }

  /** What holds chips now, by Slurm's own times; a job that has not begun yet is believed to need all its slots. */
  async function runningIn(now: number): Promise<Running[]> {
    const seen = new Map((await executor.jobs()).map((each) => [each.job, each]))
    return [...started.values()].flatMap(({ placement, wanted: { order } }) => {
      const { state, startedAt } = seen.get(order.job) ?? {}
      if (ended.has(order.job) || state === 'done' || state === 'failed' || state === 'cancelled') return []
      const slots = placement.slots
      const until = startedAt === undefined ? now + slots : Math.round((startedAt - startsAt) / SLOT_MS) + slots
      const kw = (order.chips * order.wattsPerChip) / 1000
      return [
        { job: order.job, site: order.site, chip: order.chip, chips: order.chips, kw, until: Math.max(now + 1, until) },
      ]
    })
  }
}
