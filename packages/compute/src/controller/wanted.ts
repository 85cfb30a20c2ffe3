import type { Order } from '../executor/executor.ts'
import type { Gang, Level, Placement, Snapshot, Tier } from '../model/snapshot.ts'
import { gangOf } from '../model/way.ts'
import type { Plan } from '../plan/plan.ts'

/** A job as the plan wants it: what to ask the engine for, from when on, and what a cut may do to it. */
export interface WantedJob {
  readonly order: Order
  /** Not before this, milliseconds since 1970. */
  readonly startAt: number
  /** Power levels of its class on its chip, from the highest down. */
  readonly levels: readonly Level[]
  /** Smaller gangs, the largest first; speeds as a share of that of the ordered gang. */
  readonly gangs?: readonly Gang[] | undefined
  readonly pue: number
  readonly tier: Tier
  /** Minutes to come back from a checkpoint. */
  readonly restartMinutes: number
}

/** Everything the house wants of an engine now. Earlier jobs come first to whatever room there is. */
export interface Wanted {
  readonly jobs: readonly WantedJob[]
  /** Jobs whose owner took them back. */
  readonly cancelled: readonly string[]
}

export interface WantedOptions {
  /** Start of slot 0, milliseconds since 1970. */
  readonly startsAt: number
  readonly commandOf: (job: string) => readonly string[]
  readonly restartMinutes: number
}

/** A plan as orders, in plan order: by start, then as the plan lists them. Tier 0 work is never paused. */
export function wantedOf(snapshot: Snapshot, plan: Plan, options: WantedOptions): Wanted {
  const placements = plan.placements.toSorted((a, b) => a.start - b.start)
  return { jobs: placements.map((placement) => wantedJob(snapshot, placement, options)), cancelled: [] }
}

function wantedJob(snapshot: Snapshot, placement: Placement, options: WantedOptions): WantedJob {
  const job = snapshot.jobs.find(({ name }) => name === placement.job)!
  const site = snapshot.sites.find(({ name }) => name === placement.site)!
  const curve = snapshot.classes[job.class]![placement.chip]!
  const { watts } = curve[placement.level]!
  const own = gangOf(job, placement)
  const pue = Math.max(...site.pue.slice(placement.start, placement.start + placement.slots))
  const order: Order = {
    job: job.name,
    participant: job.participant,
    site: site.name,
    chip: placement.chip,
    chips: own.chips,
    wattsPerChip: watts,
    kw: (own.chips * watts * pue) / 1000,
    minutes: placement.slots * snapshot.slotMinutes,
    checkpoint: job.checkpoint,
    mayPause: job.tier > 0,
    command: options.commandOf(job.name),
  }
  const startAt = options.startsAt + placement.start * snapshot.slotMinutes * 60_000
  const levels = curve.toSorted((a, b) => b.watts - a.watts)
  const gangs = gangsBelow(job.gangs, own)
  return { order, startAt, levels, gangs, pue, tier: job.tier, restartMinutes: options.restartMinutes }
}

/** The gangs smaller than one, with speeds as a share of its speed. */
export function gangsBelow(gangs: readonly Gang[] | undefined, own: Gang): readonly Gang[] | undefined {
  return gangs
    ?.filter(({ chips }) => chips < own.chips)
    .map(({ chips, speed }) => ({ chips, speed: speed / own.speed }))
}
