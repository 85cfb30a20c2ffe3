import { type CutJob, cutStates, planCut } from '@dengta/compute'
import { seededRandom } from '@dengta/statistics'
import { solveLinear } from '../../packages/compute/src/pack/solve-linear.ts'
import { type Benchmark, figure } from '../figure.ts'
import { fillFleet, LEVELS, latestFirst, lostHours, powerOf, type Started } from './running-fleet.ts'

const EVENTS = 100
/** Fleets, the first of each depth, on which the least of any choice of victims is found by integer programming. */
const SOLVED = 4
const HOLD_MINUTES = 60
const DEPTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]

interface Tally {
  ours: number
  byCreation: number
  /** With power caps allowed on our side. */
  capped: number
}

/**
 * Work thrown away by pausing at 2,200 chips, by depth of the cut: first without power caps on either side, beside the least that
 * any choice of victims throws away; then with caps on our side, which slow work down and throw none away. Beside both the order
 * of the field, latest created first; restarts count on neither side.
 */
export const lostWork: Benchmark = async (emit) => {
  for (const depth of DEPTHS) {
    const { ours, byCreation, capped } = tally(depth, EVENTS)
    const name = `cut of ${Math.round(100 * depth)} %, against latest-created-first`
    const hours = (mine: number): string =>
      `${EVENTS} fleets; ${Math.round(mine)} against ${Math.round(byCreation)} chip-hours`
    const goal = { is: '<=', than: 0.3 } as const
    emit(
      figure(`work thrown away, ${name}`, ours / byCreation, '', {
        goal,
        yardstick: `${hours(ours)}; ${await leastText(depth)}`,
      }),
    )
    emit(figure(`work thrown away, caps allowed, ${name}`, capped / byCreation, '', { goal, yardstick: hours(capped) }))
  }
}

function tally(depth: number, events: number): Tally {
  const sum: Tally = { ours: 0, byCreation: 0, capped: 0 }
  for (const running of fleets(depth, events)) {
    const states = running.map((job) => cutStates({ ...job, levels: LEVELS.slice(0, 1) }, HOLD_MINUTES))
    const target = powerOf(states) * (1 - depth)
    sum.ours += thrownAway(running, states, target)
    sum.byCreation += lostHours(latestFirst(running, states, target))
    sum.capped += thrownAway(
      running,
      running.map((job) => cutStates(job, HOLD_MINUTES)),
      target,
    )
  }
  return sum
}

function fleets(depth: number, events: number): Started[][] {
  const random = seededRandom(Math.round(1000 * depth))
  return Array.from({ length: events }, () => fillFleet(random))
}

function thrownAway(running: readonly Started[], states: readonly CutJob[], target: number): number {
  const { chosen } = planCut(states, target)
  return lostHours(running.filter((_, j) => states[j]!.choices[chosen[j]!]!.kw === 0))
}

/** What the best choice of victims comes to on the first fleets, and ours on the same. */
async function leastText(depth: number): Promise<string> {
  const { ours, byCreation } = tally(depth, SOLVED)
  let least = 0
  for (const running of fleets(depth, SOLVED)) least += await leastLost(running, depth)
  const share = (lost: number): string => (lost / byCreation).toFixed(4)
  return `on the first ${SOLVED} nobody can throw away less than ${share(least)} (integer program, HiGHS), ours ${share(ours)}`
}

/** Chip-hours that are lost at least: all chips draw the same, so what stays is a knapsack of whole chips. */
async function leastLost(running: readonly Started[], depth: number): Promise<number> {
  const chips = running.reduce((sum, job) => sum + job.chips, 0)
  const worth = running.map((job) => lostHours([job]))
  const { columns } = await solveLinear({
    worth,
    upper: running.map(() => 1),
    entries: running.map((job) => [[0, job.chips]]),
    limits: [Math.floor(chips * (1 - depth) + 1e-6)],
    whole: true,
  })
  return lostHours(running) - worth.reduce((sum, hours, c) => sum + hours * columns[c]!, 0)
}
