import { chipsFreed, cutStates, planCut } from '@dengta/compute'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'
import { type GangCurve, gangCurves } from './gang-curves.ts'
import { gridFolder } from './grid-data.ts'
import { fillFleet, LEVELS, powerOf, type Started } from './running-fleet.ts'

const EVENTS = 200
const HOURS = [1, 4]

/**
 * The cuts of the emergency once more, on jobs that may shrink: each gang of 2, 4 or 8 draws a measured curve of that size. What
 * is lost counts slower work, work thrown away and restarts, as share of what is lost where gangs keep their chips.
 */
export const shrinking: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) return void process.stdout.write('SKIPPED bench shrinking: no public data (gavel) beside the checkout\n')
  const curves = gangCurves(folder)
  for (const hours of HOURS) {
    for (const caps of [false, true]) {
      const { lost, without, freed, p99, cpu } = cutAll(curves, { minutes: 60 * hours, caps })
      const what = `${caps ? 'power caps, pauses' : 'pauses'} and gangs that shrink, ${hours} h`
      const share = lost / without
      const yardstick = `measured V100 curves (Gavel), ${EVENTS} cuts of 10 to 40 % at 2,200 chips; ${freed.toFixed(0)} chips freed on average`
      emit(figure(`work lost with ${what}, of the same without shrinking`, share, '', { yardstick }))
      emit(
        figure(`decision with ${what}, p99`, p99 / 1000, 's', {
          goal: { is: '<=', than: 1 },
          yardstick: `${cpu.toFixed(2)} CPU s for all`,
        }),
      )
    }
  }
}

interface Cuts {
  readonly minutes: number
  readonly caps: boolean
}

function cutAll(curves: readonly GangCurve[], { minutes, caps }: Cuts) {
  const random = seededRandom(2026)
  const milliseconds: number[] = []
  const sum = { lost: 0, without: 0, freed: 0 }
  const began = process.cpuUsage()
  for (let event = 0; event < EVENTS; event += 1) {
    const levels = caps ? LEVELS : LEVELS.slice(0, 1)
    const fixed = fillFleet(random).map((job) => ({ ...job, levels }))
    const elastic = fixed.map((job) => ({ ...job, gangs: drawGangs(curves, job, random) }))
    const share = 0.9 - 0.3 * uniform(random)
    const from = performance.now()
    const states = elastic.map((job) => cutStates(job, minutes))
    const cut = planCut(states, powerOf(states) * share)
    milliseconds.push(performance.now() - from)
    const plain = fixed.map((job) => cutStates(job, minutes))
    sum.lost += cut.loss
    sum.without += planCut(plain, powerOf(plain) * share).loss
    sum.freed += chipsFreed(states, cut) / EVENTS
  }
  const { user, system } = process.cpuUsage(began)
  const p99 = milliseconds.sort((a, b) => a - b)[Math.floor(EVENTS * 0.99)]!
  return { ...sum, p99, cpu: (user + system) / 1e6 }
}

function drawGangs(curves: readonly GangCurve[], { chips }: Started, random: Random) {
  const fitting = curves.filter(({ whole }) => whole === chips)
  return fitting.length === 0 ? [] : fitting[random() % fitting.length]!.gangs
}
