import { MemoryExecutor, memoryJournal, type PowerLimits, startController, type WantedJob } from '@dengta/compute'
import { fixedClock } from '@dengta/kernel'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'
import { LEVELS } from './running-fleet.ts'

const CHIPS = 2200
const SLOTS = 96
const SLOT_MS = 15 * 60_000
const PUE = 1.2
const START = Date.UTC(2026, 6, 15)
const FULL_KW = (CHIPS * LEVELS[0]!.watts * PUE) / 1000

/**
 * A 96-slot day at 2,200 chips on the engine in memory: every other slot the limit falls by 10 to 60 %, and a new controller takes
 * over in every slot with nothing but engine and journal. No daemon is involved: what real engines add is measured with Slurm.
 */
export const controller: Benchmark = async (emit) => {
  const random = seededRandom(96)
  const jobs = drawJobs(random)
  const drops = Array.from({ length: SLOTS }, (_, i) => (i % 2 === 0 ? 1 : 1 - (0.1 + 0.5 * uniform(random))))
  const clock = fixedClock(new Date(START))
  const speedOf = (_: unknown, watts: number) => LEVELS.find((level) => level.watts === watts)?.speed ?? 1
  const executor = new MemoryExecutor({ clock, pools: [{ site: 'east', chip: 'npu', count: CHIPS }], speedOf })
  const journal = memoryJournal()
  const seconds: number[] = []
  let above = 0
  const recorded = new Set<string>()
  const limits = (now: number): PowerLimits => limitsOf(drops, now)
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const before = process.cpuUsage()
    const record = async ({ job }: { job: string }) => void recorded.add(job)
    const ports = { executor, wanted: () => ({ jobs, cancelled: [] }), limits, clock, journal, record }
    const one = await startController({ ...ports, everyMs: 3_600_000 })
    const { over } = await one.stepNow()
    await one.stop()
    const { user, system } = process.cpuUsage(before)
    seconds.push((user + system) / 2e6)
    above += over.length
    clock.advance(SLOT_MS)
  }
  const entries = await journal.read()
  const victims = entries.flatMap((entry) => (entry.kind === 'cut' ? entry.victims : []))
  seconds.sort((a, b) => a - b)
  const cuts = entries.filter(({ kind }) => kind === 'over').length
  emit(
    figure('controller, 96 slots, 2,200 chips: limits broken after a step', above, 'slots', {
      goal: { is: '=', than: 0 },
      yardstick: `${cuts} cuts of 10 to 60 %, ${victims.length} requeues, a new controller in every slot, engine in memory`,
    }),
  )
  emit(
    figure('controller, 96 slots, 2,200 chips: one step, p99', seconds[Math.floor(SLOTS * 0.99)]!, 'CPU s', {
      goal: { is: '<=', than: 1 },
      yardstick: `${jobs.length} jobs wanted, ${recorded.size} ended in the day; engine in memory included; median ${seconds[SLOTS / 2]!.toFixed(3)}`,
    }),
  )
}

function drawJobs(random: Random): WantedJob[] {
  return Array.from({ length: 3000 }, (_, i) => {
    const chips = 2 ** (random() % 4)
    const watts = LEVELS[0]!.watts
    const order = {
      ...{ job: `j${i}`, participant: 'p', site: 'east', chip: 'npu', chips, wattsPerChip: watts },
      ...{ kw: (chips * watts * PUE) / 1000, minutes: 60 + (random() % 600), mayPause: true, command: ['true'] },
      checkpoint: { everyMinutes: 30 + (random() % 90), costSeconds: 30 },
    }
    const startAt = START + Math.floor(uniform(random) * SLOTS) * SLOT_MS
    return { order, startAt, levels: LEVELS, pue: PUE, tier: 3 as const, restartMinutes: 2 }
  }).sort((a, b) => a.startAt - b.startAt)
}

function limitsOf(drops: readonly number[], now: number): PowerLimits {
  const slot = Math.min(SLOTS - 1, Math.floor((now - START) / SLOT_MS))
  const events = drops[slot]! < 1 ? [`request-${slot}`] : []
  return { sites: [{ name: 'east', limitKw: FULL_KW * drops[slot]!, events }], feeders: [], holdMinutes: 15 }
}
