import type { OthersPower } from '../executor/others-power.ts'
import { draws, standingOf, type Verdict, type Workload } from './admission.ts'

/** A ResourceFlavor of Kueue: chips of one type at one site, under the name by which pods ask for them. */
export interface Flavor {
  readonly flavor: string
  readonly resource: string
  readonly site: string
  readonly chip: string
}

export interface AdmitOptions {
  readonly checkName: string
  readonly flavors: readonly Flavor[]
  readonly power: OthersPower
  /** Milliseconds since 1970. */
  readonly now: number
}

/** kW by site. */
type Power = ReadonlyMap<string, number>
type Verdicts = readonly (readonly [Workload, Verdict])[]

/**
 * Who of the workloads that ask may run. Those that run stay, by priority and age, as far as their sites have power for them now; what
 * is left then goes to those that wait, where it is left for as long as they may run. Who has to leave counts until it is gone. Pure.
 */
export function admitByPower(workloads: readonly Workload[], options: AdmitOptions): ReadonlyMap<Workload, Verdict> {
  const { checkName } = options
  const all = workloads.toSorted(byPriority)
  const running = all.filter((each) => standingOf(each, checkName) === 'runs')
  const waiting = all.filter((each) => standingOf(each, checkName) === 'waits')
  const drawing = all.filter((each) => draws(each, checkName))
  return new Map([...leaving(running, options), ...entering(waiting, drawnBy(drawing, options), options)])
}

const byPriority = (one: Workload, other: Workload): number =>
  other.spec.priority - one.spec.priority ||
  one.metadata.creationTimestamp.localeCompare(other.metadata.creationTimestamp)

/** A workload whose power cannot be told any more, e.g. since the file of the house has changed, stays. */
function leaving(running: readonly Workload[], options: AdmitOptions): Verdicts {
  let kept: Power = new Map()
  return running.flatMap((workload) => {
    const need = needOf(workload, options)
    if (typeof need === 'string') return []
    const full = fullSite(sum(kept, need), options, options.now)
    if (full !== undefined) return [[workload, wait(noPower(full))] as const]
    kept = sum(kept, need)
    return []
  })
}

function entering(waiting: readonly Workload[], drawn: Power, options: AdmitOptions): Verdicts {
  let taken = drawn
  return waiting.map((workload) => {
    const need = needOf(workload, options)
    if (typeof need === 'string') return [workload, wait(need)] as const
    const seconds = workload.spec.maximumExecutionTimeSeconds ?? 0
    const full = fullSite(sum(taken, need), options, options.now + 1000 * seconds)
    if (full !== undefined) return [workload, wait(noPower(full))] as const
    taken = sum(taken, need)
    return [workload, { answer: 'run' }] as const
  })
}

const wait = (message: string): Verdict => ({ answer: 'wait', message })

function drawnBy(drawing: readonly Workload[], options: AdmitOptions): Power {
  const needs = drawing.map((workload) => needOf(workload, options))
  return needs.reduce<Power>((all, need) => (typeof need === 'string' ? all : sum(all, need)), new Map())
}

/** The first site at which this is more than others may draw from now to `until`. */
function fullSite(wanted: Power, { power, now }: AdmitOptions, until: number): string | undefined {
  return [...wanted].find(([site, kw]) => kw > power.leastKw(site, now, until) + 1e-9)?.[0]
}

function sum(one: Power, other: Power): Power {
  const both = new Map(one)
  for (const [site, kw] of other) both.set(site, (both.get(site) ?? 0) + kw)
  return both
}

/** What a workload draws by the flavors that Kueue has chosen for it, or why that cannot be told. Other resources draw nothing. */
function needOf({ status }: Workload, { flavors, power }: AdmitOptions): Power | string {
  if (!status.admission) return UNPLACED
  const need = new Map<string, number>()
  for (const { flavors: chosen, resourceUsage } of status.admission.podSetAssignments)
    for (const [resource, name] of Object.entries(chosen)) {
      if (!flavors.some((each) => each.resource === resource)) continue
      const flavor = flavors.find((each) => each.resource === resource && each.flavor === name)
      if (!flavor) return unknownFlavor(name, resource)
      const [chips, kw] = [countOf(resourceUsage[resource]), power.chipKw(flavor.site, flavor.chip)]
      if (chips === undefined || kw === undefined) return unknownChips(resource, flavor.chip)
      need.set(flavor.site, (need.get(flavor.site) ?? 0) + chips * kw)
    }
  return need
}

const TIMES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6 }

/** A quantity of chips, such as `8` or, of the API's own making, `2k`. */
function countOf(quantity: string | number | undefined): number | undefined {
  const [, digits, suffix = ''] = /^(\d+)(k|M)?$/.exec(String(quantity)) ?? []
  return digits === undefined ? undefined : Number(digits) * TIMES[suffix]!
}

const UNPLACED = 'Kueue does not say where it would run · Kueue 未说明其运行位置'
const noPower = (site: string): string =>
  `the power plan has no room for it at ${site} now · 功率计划目前在 ${site} 没有余量`
const unknownFlavor = (flavor: string, resource: string): string =>
  `flavor ${flavor} of ${resource} stands for no site in the file of the house · 平台文件中没有 ${resource} 的规格 ${flavor} 所对应的站点`
const unknownChips = (resource: string, chip: string): string =>
  `how much its ${resource} draw is not known: the day states no power of ${chip} · 无法得知其 ${resource} 的功率：排程日未给出 ${chip} 的功率`
