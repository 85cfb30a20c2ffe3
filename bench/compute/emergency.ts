import { cutStates, planCut } from '@dengta/compute'
import { seededRandom, uniform } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'
import { fillFleet, LEVELS, latestFirst, lostHours, powerOf } from './running-fleet.ts'

const EVENTS = 200
const HOLD_MINUTES = 60

/** Random cuts of 10 to 40 % (as in the London trial) at 2,200 chips: how long a decision takes, and what is thrown away. */
export const emergency: Benchmark = async (emit) => {
  const random = seededRandom(2026)
  const milliseconds: number[] = []
  let ours = 0
  let byCreation = 0
  for (let event = 0; event < EVENTS; event += 1) {
    const running = fillFleet(random)
    const cut = 0.1 + 0.3 * uniform(random)
    const began = performance.now()
    const capped = running.map((job) => cutStates(job, HOLD_MINUTES))
    planCut(capped, powerOf(capped) * (1 - cut))
    milliseconds.push(performance.now() - began)
    const pausing = running.map((job) => cutStates({ ...job, levels: LEVELS.slice(0, 1) }, HOLD_MINUTES))
    const target = powerOf(pausing) * (1 - cut)
    const { chosen } = planCut(pausing, target)
    ours += lostHours(running.filter((_, j) => chosen[j] === 1))
    byCreation += lostHours(latestFirst(running, pausing, target))
  }
  const p99 = milliseconds.sort((a, b) => a - b)[Math.floor(EVENTS * 0.99)]!
  emit(
    figure('emergency cut at 2,200 chips: decision, p99', p99 / 1000, 's', {
      goal: { is: '<=', than: 1 },
      yardstick: `${EVENTS} random cuts of 10 to 40 %, median ${milliseconds[EVENTS / 2]!.toFixed(2)} ms`,
    }),
  )
  emit(
    figure('work thrown away by pausing, against latest-created-first', ours / byCreation, '', {
      goal: { is: '<=', than: 0.3 },
      yardstick: `no power caps on either side; ${Math.round(ours)} against ${Math.round(byCreation)} chip-hours`,
    }),
  )
}
