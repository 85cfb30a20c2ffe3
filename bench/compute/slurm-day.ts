import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createSlurmExecutor,
  type Executor,
  memoryJournal,
  type PowerLimits,
  type SlurmDescription,
  startController,
  startSlurm,
  whatSlurmLacks,
} from '@dengta/compute'
import { systemClock } from '@dengta/kernel'
import { seededRandom, uniform } from '@dengta/statistics'
import { type Benchmark, figure } from '../figure.ts'
import { CHIP_KW, dayJobs, SITES, siteKw } from './slurm-day-jobs.ts'
import { type Loss, latestCreatedLoss } from './slurm-day-loss.ts'
import { type Violation, watchLimits } from './slurm-day-watch.ts'

const SLOTS = 96
/** A slot of 15 minutes lasts this long: 150 times faster than the day it stands for. */
const SLOT_MS = 6000
const STEP_MS = 500
const REACTION_S = 5
/** How deep a limit falls: field trials cut 25 % (Phoenix) and up to 40 % (London). */
const SHALLOWEST = 0.1
const DEEPEST = 0.4

const DESCRIPTION: SlurmDescription = {
  chipsPerNode: 8,
  sites: SITES.map(({ site, chip, nodes }) => ({ site, limitKw: siteKw(nodes), pools: [{ chip, nodes }] })),
}

/**
 * A day of 96 slots on 275 real slurmd with 2,200 chips. In every slot one site's limit falls by 10 to 40 %, in turn; the
 * controller must bring the running jobs under it. Jobs are `sleep`, their power is what their licences say.
 */
export const slurmDay: Benchmark = async (emit) => {
  const lack = await whatSlurmLacks()
  if (lack) {
    process.stdout.write(`SKIPPED slurm-day: ${lack.text.en}\n`)
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'dengta-slurm-day-'))
  const began = performance.now()
  const cluster = await startSlurm({ folder, description: DESCRIPTION })
  const startSeconds = (performance.now() - began) / 1000
  try {
    const executor = createSlurmExecutor({ ...cluster, clock: systemClock })
    const observer = createSlurmExecutor({ ...cluster, clock: systemClock, way: 'commands' })
    const { violations, loss, most } = await runDay(executor, observer)
    emit(
      figure('2,200 chips as real slurmd: start', startSeconds, 's', {
        yardstick: `${((await cluster.memoryBytes()) / 1e9).toFixed(2)} GB at the end of the day`,
      }),
    )
    emitReaction(emit, violations, most)
    emitLoss(emit, loss)
  } finally {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runDay(
  executor: Executor,
  observer: Executor,
): Promise<{ violations: readonly Violation[]; loss: Loss; most: number }> {
  const random = seededRandom(2200)
  const drops = Array.from({ length: SLOTS }, () => 1 - (SHALLOWEST + (DEEPEST - SHALLOWEST) * uniform(random)))
  const startsAt = Date.now() + 2000
  const jobs = dayJobs(random, { startsAt, slots: SLOTS, slotMs: SLOT_MS })
  const limits = (now: number): PowerLimits => limitsAt(drops, Math.floor((now - startsAt) / SLOT_MS))
  const journal = memoryJournal()
  const watch = watchLimits(observer, limits)
  const ports = { executor, wanted: () => ({ jobs, cancelled: [] }), limits, clock: systemClock, journal }
  const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`)
  const controller = await startController({ ...ports, record: async () => undefined, everyMs: STEP_MS, onError })
  const loss = { ours: 0, latestCreated: 0, cuts: 0 }
  for (let slot = 0; slot < SLOTS; slot += 1) {
    await sleep(Math.max(0, startsAt + slot * SLOT_MS - Date.now()))
    loss.latestCreated += latestCreatedLoss(watch.newest(), limits(Date.now()), jobs)
    await controller.stepNow().catch(onError)
  }
  await controller.stop()
  const violations = await watch.stop()
  const cuts = (await journal.read()).flatMap((entry) => (entry.kind === 'cut' ? [entry.victims] : []))
  loss.cuts = cuts.length
  loss.ours = cuts.flat().reduce((sum, { job, lostChipHours }) => sum + lostChipHours - restartHours(job), 0)
  return { violations, loss, most: watch.most() }

  function restartHours(name: string): number {
    const wanted = jobs.find(({ order }) => order.job === name)!
    return (wanted.order.chips * wanted.restartMinutes) / 60
  }
}

function limitsAt(drops: readonly number[], slot: number): PowerLimits {
  const sites = SITES.map(({ site, nodes }, index) => {
    const falls = slot >= 0 && slot % SITES.length === index
    const limitKw = siteKw(nodes) * (falls ? drops[Math.min(slot, SLOTS - 1)]! : 1)
    return { name: site, limitKw, events: falls ? [`request-${slot}`] : [] }
  })
  return { sites, feeders: [], holdMinutes: SLOT_MS / 60_000 }
}

type Emit = Parameters<Benchmark>[0]

function emitReaction(emit: Emit, violations: readonly Violation[], most: number): void {
  const seconds = violations.map((each) => each.seconds).sort((a, b) => a - b)
  const late = seconds.filter((each) => each > REACTION_S).length
  const chips = Math.round(most / CHIP_KW)
  emit(
    figure('slurm day: limits broken for more than 5 s', late, 'times', {
      goal: { is: '=', than: 0 },
      yardstick: `${violations.length} times above a limit lowered by 10 to 40 % in ${SLOTS} slots; up to ${chips} chips ran; Slurm alone evicts nothing`,
    }),
  )
  emit(
    figure('slurm day: from cap change to compliance, longest', seconds.at(-1) ?? 0, 's', {
      goal: { is: '<=', than: REACTION_S },
      yardstick: `median ${(seconds[Math.floor(seconds.length / 2)] ?? 0).toFixed(2)} s, looked at twice a second beside the controller`,
    }),
  )
}

function emitLoss(emit: Emit, { ours, latestCreated, cuts }: Loss): void {
  emit(
    figure('slurm day: chip-hours thrown away, against latest-created-first', ours / latestCreated, '', {
      goal: { is: '<=', than: 0.3 },
      yardstick: `${cuts} cuts of 10 to 40 %; ${ours.toFixed(2)} against ${latestCreated.toFixed(2)} chip-hours of compressed time`,
    }),
  )
}
