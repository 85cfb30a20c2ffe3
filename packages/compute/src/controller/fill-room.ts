import type { EngineJob } from '../executor/executor.ts'
import type { Action, LevelChange, Resize } from './action.ts'
import { kwOn, resizeOf } from './cut-actions.ts'
import type { PowerTree } from './power-tree.ts'
import type { Seen } from './seen.ts'
import { checkpointAge, type OnChips } from './victims.ts'
import type { Wanted, WantedJob } from './wanted.ts'

export interface Room {
  readonly seen: Seen
  readonly wanted: Wanted
  readonly tree: PowerTree
  /** Jobs that this step has held or lowered. */
  readonly touched: ReadonlySet<string>
}

/** Gives room in plan order: back to the planned level and gang (all in one call each), back from hold, or in for the first time. */
export function fillRoom(room: Room): Action[] {
  const { seen, wanted } = room
  const engine = new Map(seen.jobs.map((job) => [job.job, job]))
  const levels: LevelChange[] = []
  const jobs: Resize[] = []
  const starts = wanted.jobs.flatMap((job) => {
    const { order, startAt } = job
    if (startAt > seen.now || seen.ended.has(order.job) || room.touched.has(order.job)) return []
    if (wanted.cancelled.includes(order.job)) return []
    const found = engine.get(order.job)
    if (!found) return [submit(job, room)]
    if (found.state === 'held') return fromHold(job, found, room)
    if (found.state !== 'running') return []
    const grown = grow(job, found, room)
    jobs.push(...grown)
    if (grown.length === 0) levels.push(...raise(job, found, room))
    return []
  })
  return [
    ...(levels.length > 0 ? [{ do: 'levels', levels } as const] : []),
    ...(jobs.length > 0 ? [{ do: 'resize', jobs } as const] : []),
    ...starts,
  ]
}

function submit({ order }: WantedJob, { tree }: Room): Action {
  const fits = tree.fits(order.site, order.kw)
  if (fits) tree.add(order.site, order.kw)
  return { do: 'submit', order, held: !fits }
}

/** A job taken off its chips under a request of the grid stays off until that request is over. */
function fromHold(job: WantedJob, found: EngineJob, room: Room): Action[] {
  const { order } = job
  const { seen, tree } = room
  if (holds(seen.cutUnder.get(order.job), found, tree)) return []
  const gang = gangToHave(job, found, room)
  if (gang !== found.chips) {
    const kw = (order.kw * gang) / order.chips
    return [{ do: 'resize', jobs: [resizeOf(asIfOnChips(job, found), { chips: gang, kw }, seen.now)] }]
  }
  const needed = found.chips < order.chips ? found.kw : Math.max(found.kw, order.kw)
  if (!tree.fits(found.site, needed)) return []
  tree.add(found.site, needed)
  return [{ do: 'release', job: order.job }]
}

/** A shrunk job comes back on the gang that it was put on, and on its own once that request of the grid is over and there is power. */
function gangToHave({ order }: WantedJob, found: EngineJob, { seen, tree }: Room): number {
  const resized = seen.resized.get(order.job)
  if (resized && resized.chips < order.chips && holds(resized.event, found, tree))
    return Math.min(resized.chips, found.chips)
  return tree.fits(found.site, order.kw) ? order.chips : found.chips
}

/** Whether a request of the grid is one of those that are in force at the job's site. */
const holds = (event: string | undefined, { site }: EngineJob, tree: PowerTree): boolean =>
  event !== undefined && tree.events(site).includes(event)

const asIfOnChips = (wanted: WantedJob, seen: EngineJob): OnChips => ({ seen, wanted, mayCap: false, mayShrink: true })

/** Growing begins at a checkpoint, so that as good as nothing is thrown away: within this share of the time between two. */
const JUST_WRITTEN = 0.1

/** A shrunk job goes back to the largest gang that fits, once the request that it shrank under is over. */
function grow(job: WantedJob, found: EngineJob, { seen, tree }: Room): Resize[] {
  const { order, gangs = [] } = job
  if (found.chips >= order.chips || found.leavingSince !== undefined) return []
  if (holds(seen.resized.get(order.job)?.event, found, tree)) return []
  const here = asIfOnChips(job, found)
  const every = order.checkpoint?.everyMinutes ?? 0
  if (checkpointAge(here, seen.now) > every * JUST_WRITTEN) return []
  const sizes = [order.chips, ...gangs.map(({ chips }) => chips)].filter((chips) => chips > found.chips)
  const kwOf = (chips: number): number => (found.kw * chips) / found.chips
  const chips = sizes.find((each) => tree.fits(found.site, kwOf(each) - found.kw))
  if (chips === undefined) return []
  tree.add(found.site, kwOf(chips) - found.kw)
  return [resizeOf(here, { chips, kw: kwOf(chips) }, seen.now)]
}

/** The highest level up to the planned one that fits. */
function raise(job: WantedJob, found: EngineJob, { seen, tree }: Room): LevelChange[] {
  const { order, levels } = job
  const planned = (order.kw * found.chips) / order.chips
  if (seen.fixedPower.has(order.job) || found.kw >= planned * (1 - 1e-6)) return []
  const change = levels
    .filter(({ watts }) => watts <= order.wattsPerChip)
    .map(({ watts }): LevelChange => ({ job: order.job, wattsPerChip: watts, kw: kwOn(job, found.chips, watts) }))
    .find(({ kw }) => kw > found.kw * (1 + 1e-6) && tree.fits(found.site, kw - found.kw))
  if (!change) return []
  tree.add(found.site, change.kw - found.kw)
  return [change]
}
