import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EngineJob,
  type Executor,
  memoryJournal,
  type Order,
  type Snapshot,
  startController,
  type WantedJob,
} from '@dengta/compute'
import { systemClock } from '@dengta/kernel'
import { limitsIn, SLOT_MS } from './slurm-online-day.ts'
import type { Player } from './slurm-online-players.ts'

export interface Arm {
  readonly day: Snapshot
  readonly executor: Executor
  /** Start of slot 0, milliseconds since 1970. */
  readonly startsAt: number
  /** Told of every job that waits at the beginning of a slot, and why. */
  readonly onWait: (reason: string) => void
}

/** Slurm's own scheduler with backfill, fed by its users; licences follow the envelope. */
export async function slurmAlone(arm: Arm, player: Player): Promise<void> {
  const { day, executor, startsAt } = arm
  for (let slot = 0; slot < day.slots; slot += 1) {
    await sleep(Math.max(0, startsAt + slot * SLOT_MS - Date.now()))
    await followEnvelope(executor, day, slot)
    const { orders, cancelled } = player(slot, await seenBy(arm))
    for (const name of cancelled) await executor.cancel(name)
    for (const order of orders) await executor.submit(order, false)
  }
}

async function followEnvelope(executor: Executor, day: Snapshot, slot: number): Promise<void> {
  const before = slot === 0 ? [] : limitsIn(day, slot - 1).sites
  for (const [row, { name, limitKw }] of limitsIn(day, slot).sites.entries())
    if (before[row]?.limitKw !== limitKw) await executor.setPowerLimit(name, limitKw)
}

/** What Slurm shows, its times counted from the beginning of the day. */
async function seenBy({ executor, startsAt, onWait }: Arm): Promise<ReadonlyMap<string, EngineJob>> {
  const jobs = await executor.jobs()
  for (const { state, reason } of jobs) if (state === 'waiting' || state === 'held') onWait(String(reason ?? state))
  return new Map(
    jobs.map((each) => [each.job, { ...each, startedAt: each.startedAt && each.startedAt - startsAt }] as const),
  )
}

/** The rolling re-plan decides in every slot what starts; the controller makes Slurm do it and holds it to the limits. */
export async function replanned(arm: Arm, player: Player): Promise<void> {
  const { day, executor, startsAt } = arm
  const jobs: WantedJob[] = []
  const ports = {
    ...{ executor, clock: systemClock, journal: memoryJournal(), record: async () => undefined },
    wanted: () => ({ jobs, cancelled: [] }),
    limits: (now: number) => limitsIn(day, Math.floor((now - startsAt) / SLOT_MS)),
  }
  const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`)
  const controller = await startController({ ...ports, everyMs: 300, onError })
  for (let now = 0; now < day.slots; now += 1) {
    await sleep(Math.max(0, startsAt + now * SLOT_MS - Date.now()))
    const { orders } = player(now, await seenBy(arm))
    jobs.push(...orders.map((order) => wantedOf(day, order)))
    await controller.stepNow().catch(onError)
  }
  await controller.stop()
}

function wantedOf({ sites }: Snapshot, order: Order): WantedJob {
  const levels = [{ watts: order.wattsPerChip, speed: 1 }]
  const pue = sites.find(({ name }) => name === order.site)!.pue[0]!
  return { order, startAt: 0, levels, pue, tier: 3, restartMinutes: 0.01 }
}
