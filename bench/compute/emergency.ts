import { type CutJob, cutStates, planCut, type RunningJob } from '@dengta/compute'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'

const CHIPS = 2200
const EVENTS = 200
const HOLD_MINUTES = 60
const LEVELS = [
  { watts: 345, speed: 1 },
  { watts: 288, speed: 0.945 },
  { watts: 196, speed: 0.79 },
]

interface Started extends RunningJob {
  readonly created: number
}

/** Random cuts of 10 to 40 % (as in the London trial) at 2,200 chips: how long a decision takes, and what is thrown away. */
export const emergency: Benchmark = async (emit) => {
  const random = seededRandom(2026)
  const milliseconds: number[] = []
  let ours = 0
  let byCreation = 0
  for (let event = 0; event < EVENTS; event += 1) {
    const running = fill(random)
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

/** Gangs of 1 to 8 until the chips are used up; checkpoints every half hour to two hours. */
function fill(random: Random): Started[] {
  const jobs: Started[] = []
  for (let left = CHIPS; left > 0; ) {
    const chips = Math.min(left, 2 ** (random() % 4))
    const every = 30 + 90 * uniform(random)
    jobs.push({
      job: `j${jobs.length}`,
      chips,
      levels: LEVELS,
      pue: 1.2,
      checkpointAge: every * uniform(random),
      restart: 2,
      mayPause: true,
      created: uniform(random),
    })
    left -= chips
  }
  return jobs
}

const powerOf = (jobs: readonly CutJob[]): number => jobs.reduce((sum, { choices }) => sum + choices[0]!.kw, 0)

const lostHours = (paused: readonly Started[]): number =>
  paused.reduce((sum, { chips, checkpointAge }) => sum + (chips * checkpointAge) / 60, 0)

/** Victims in the order of the field: what was created last goes first, whatever it has to lose. */
function latestFirst(running: readonly Started[], states: readonly CutJob[], target: number): Started[] {
  const order = [...running.keys()].sort((a, b) => running[b]!.created - running[a]!.created)
  const victims: Started[] = []
  let kw = powerOf(states)
  for (const j of order) {
    if (kw <= target) break
    kw -= states[j]!.choices[0]!.kw
    victims.push(running[j]!)
  }
  return victims
}
