import { fixedClock } from '@dengta/kernel'
import { type Random, uniform } from '@dengta/statistics'
import type { EngineJob, Executor, Order } from '../executor/executor.ts'
import { MemoryExecutor } from '../executor/memory-executor.ts'
import { runningOver } from './control-step.ts'
import { type ControllerJournal, memoryJournal } from './journal.ts'
import type { PowerLimits } from './power-limits.ts'
import { loadState, type RunnerState, runStep, type StepPorts } from './run-step.ts'
import type { Wanted, WantedJob } from './wanted.ts'

export const MINUTE = 60_000
export const START = Date.UTC(2026, 6, 15)
const LEVELS = [
  { watts: 400, speed: 1 },
  { watts: 300, speed: 0.9 },
  { watts: 200, speed: 0.7 },
]
const PUE = 1.25
/** Half of the chips, and a quarter, at what concave scaling leaves. */
const gangsOf = (chips: number) =>
  [0.5, 0.25].map((share) => ({ chips: chips * share, speed: share ** 0.6 })).filter((gang) => gang.chips >= 1)

class Crash extends Error {}

export function wantedJob(
  job: string,
  changes: Partial<Order> & { startAt?: number; tier?: 0 | 1 | 2 | 3 },
): WantedJob {
  const { startAt = START, tier = 3, chips = 8, ...rest } = changes
  const order: Order = {
    ...{ job, participant: 'p', site: 'east', chip: 'npu', chips, wattsPerChip: 400, kw: (chips * 400 * PUE) / 1000 },
    ...{ minutes: 60, checkpoint: { everyMinutes: 20, costSeconds: 10 }, mayPause: true, command: ['true'], ...rest },
  }
  return { order, startAt, levels: LEVELS, pue: PUE, tier, restartMinutes: 2 }
}

/** A dozen jobs on three sites, two of them under one feeder; half of them have one power level only. */
export function drawWanted(random: Random): Wanted {
  const jobs = Array.from({ length: 12 }, (_, i) => {
    const site = ['east', 'west', 'north'][random() % 3]!
    const minutes = 15 + (random() % 40)
    const startAt = START + (random() % 20) * MINUTE
    const job = wantedJob(`j${i}`, { site, minutes, startAt, chips: 2 ** (1 + (random() % 3)), tier: 3 })
    const sized = i % 2 === 0 ? job : { ...job, gangs: gangsOf(job.order.chips) }
    return random() % 2 === 0 ? sized : { ...sized, levels: job.levels.slice(0, 1) }
  })
  return { jobs: jobs.sort((a, b) => a.startAt - b.startAt), cancelled: [] }
}

/** Limits that fall and rise again every few minutes; most falls are named requests. */
export function drawLimits(random: Random): (now: number) => PowerLimits {
  const spans = Array.from({ length: 40 }, (_, i) => ({
    until: START + (i + 1) * (5 + (random() % 6)) * MINUTE,
    shares: [0, 1, 2, 3].map(() => (uniform(random) < 0.5 ? 1 : 0.5 * uniform(random))),
    named: uniform(random) < 0.7,
  }))
  return (now) => {
    const i = spans.findIndex(({ until }) => now < until)
    const shares = spans[i]?.shares ?? [1, 1, 1, 1]
    const events = (k: number): string[] => (spans[i]?.named && shares[k]! < 1 ? [`request-${i}`] : [])
    const site = (name: string, k: number, parent?: string) => ({
      ...{ name, parent, limitKw: 12 * shares[k]!, events: events(k) },
    })
    return {
      sites: [site('east', 0, 'valley'), site('west', 1, 'valley'), site('north', 2)],
      feeders: [{ name: 'valley', limitKw: 18 * shares[3]!, events: events(3) }],
      holdMinutes: 15,
    }
  }
}

/** A house on an engine in memory whose every call can be made to crash, before or after it takes effect. */
export function rehearsal(wanted: Wanted, limits: (now: number) => PowerLimits) {
  const clock = fixedClock(new Date(START))
  const pools = ['east', 'west', 'north'].map((site) => ({ site, chip: 'npu', count: 16 }))
  const speedOf = (order: Order, watts: number, chips: number): number =>
    (LEVELS.find((level) => level.watts === watts)?.speed ?? 1) * (chips / order.chips) ** 0.6
  const engine = new MemoryExecutor({ clock, pools, speedOf, forgetsAfterMs: 3 * MINUTE })
  const journal = memoryJournal()
  const crashes = { calls: 0, before: -1, after: -1, afterFirst: '' }
  const faults: string[] = []
  const cuts = new Map<string, number>()
  const shrinks: string[] = []
  const watch = watchStarts({ engine, now: () => clock.now().getTime(), limits, faults, cuts, shrinks })
  const through = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    crashes.calls += 1
    if (crashes.calls === crashes.before) throw new Crash()
    const result = await watch(name, act)
    if (crashes.calls === crashes.after || crashes.afterFirst === name) throw new Crash()
    return result
  }
  const ports: StepPorts = {
    executor: wrap(engine, through),
    journal: wrap(journal, through),
    wanted: () => wanted,
    limits,
    clock,
    record: async ({ job }) => {
      recorded.push(job)
    },
  }
  const recorded: string[] = []
  return { clock, engine, journal, ports, crashes, faults, cuts, shrinks, recorded }
}

type Through = <T>(name: string, act: () => Promise<T>) => Promise<T>

function wrap<T extends Executor | ControllerJournal>(inner: T, through: Through): T {
  return new Proxy(inner, {
    get: (target, key) => {
      const value = Reflect.get(target, key) as unknown
      if (typeof value !== 'function') return value
      return (...values: unknown[]) => through(String(key), () => value.apply(target, values) as Promise<unknown>)
    },
  })
}

interface Watch {
  readonly engine: MemoryExecutor
  readonly now: () => number
  readonly limits: (now: number) => PowerLimits
  readonly faults: string[]
  readonly cuts: Map<string, number>
  readonly shrinks: string[]
}

const CHANGES = ['submit', 'release', 'setLevels', 'resize', 'setPowerLimit', 'requeue', 'hold', 'cancel']

/** Notes a fault for each call that starts a job or raises power where a limit is broken then, and for each second requeue. */
function watchStarts({ engine, now, limits, faults, cuts, shrinks }: Watch): Through {
  return async (name, act) => {
    if (!CHANGES.includes(name)) return act()
    const before = await engine.jobs()
    const result = await act()
    const after = await engine.jobs()
    const over = runningOver(after, limits(now()))
    shrinks.push(...before.filter((job) => (find(after, job)?.chips ?? 0) < job.chips).map(({ job }) => job))
    const grown = after.filter((job) => drawn(job) > drawn(find(before, job)))
    for (const job of grown)
      for (const { node } of over.filter((each) => pathOf(job.site, limits(now())).includes(each.node)))
        faults.push(`${name} raised ${job.job} while ${node} was above its limit`)
    for (const job of before.filter((each) => each.state === 'running' && find(after, each)?.state === 'held')) {
      for (const event of [...limits(now()).sites, ...limits(now()).feeders]
        .filter((node) => pathOf(job.site, limits(now())).includes(node.name))
        .flatMap((node) => node.events)
        .filter((event, i, all) => all.indexOf(event) === i)) {
        const key = `${job.job} under ${event}`
        cuts.set(key, (cuts.get(key) ?? 0) + 1)
      }
    }
    return result
  }
}

const find = (jobs: readonly EngineJob[], { job }: EngineJob) => jobs.find((each) => each.job === job)
const drawn = (job: EngineJob | undefined): number => (job?.state === 'running' ? job.kw : 0)
const pathOf = (site: string, { sites }: PowerLimits): string[] => [
  site,
  ...sites.filter(({ name }) => name === site).flatMap(({ parent }) => parent ?? []),
]

/** One step; where it crashes, a new controller takes over with nothing but engine and journal. */
export async function stepOrRestart(
  ports: StepPorts,
  state: RunnerState | undefined,
): Promise<RunnerState | undefined> {
  try {
    const known = state ?? (await loadState(ports.journal))
    await runStep(ports, known)
    return known
  } catch (error) {
    if (error instanceof Crash) return undefined
    throw error
  }
}
