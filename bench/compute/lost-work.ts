import { cutStates, planCut } from '@dengta/compute'
import { seededRandom } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'
import { fillFleet, LEVELS, latestFirst, lostHours, powerOf } from './running-fleet.ts'

const EVENTS = 100
const HOLD_MINUTES = 60
const DEPTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]

interface Tally {
  ours: number
  byCreation: number
}

/**
 * Work thrown away by pausing at 2,200 chips, by depth of the cut, without power caps on either side.
 * Beside it the order of the field, latest created first; restarts count on neither side.
 */
export const lostWork: Benchmark = async (emit) => {
  for (const depth of DEPTHS) {
    const { ours, byCreation } = tally(depth)
    const share = ours / byCreation
    emit(
      figure(`work thrown away, cut of ${Math.round(100 * depth)} %, against latest-created-first`, share, '', {
        goal: { is: '<=', than: 0.3 },
        yardstick: `${EVENTS} fleets; ${Math.round(ours)} against ${Math.round(byCreation)} chip-hours`,
      }),
    )
  }
}

function tally(depth: number): Tally {
  const random = seededRandom(Math.round(1000 * depth))
  const sum: Tally = { ours: 0, byCreation: 0 }
  for (let event = 0; event < EVENTS; event += 1) {
    const running = fillFleet(random)
    const states = running.map((job) => cutStates({ ...job, levels: LEVELS.slice(0, 1) }, HOLD_MINUTES))
    const target = powerOf(states) * (1 - depth)
    const { chosen } = planCut(states, target)
    sum.ours += lostHours(running.filter((_, j) => chosen[j] === 1))
    sum.byCreation += lostHours(latestFirst(running, states, target))
  }
  return sum
}
