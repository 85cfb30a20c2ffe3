import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSlurmExecutor, type Snapshot, startSlurm, whatSlurmLacks } from '@dengta/compute'
import { systemClock } from '@dengta/kernel'
import { createCommandClient } from '../../packages/compute/src/slurm/command-client.ts'
import { type Benchmark, figure } from '../figure.ts'
import { gridFolder } from './grid-data.ts'
import { type Violation, watchLimits } from './slurm-day-watch.ts'
import { type Arm, replanned, slurmAlone } from './slurm-online-arms.ts'
import { costOf, type DayCost } from './slurm-online-cost.ts'
import { dayOf, describe, forecastOf, limitsIn, nodesIn, SLOT_MS } from './slurm-online-day.ts'
import { foreseeing, replanPlayer, slurmUsers } from './slurm-online-players.ts'

const SEED = 1
const REACTION_S = 5

interface Played extends DayCost {
  readonly violations: readonly Violation[]
  /** Jobs waiting at the beginning of a slot, summed over all slots, by Slurm's reason. */
  readonly waits: ReadonlyMap<string, number>
}

/**
 * The comparison `online` on real Slurm: two clusters side by side, so that both meet the same load of the machine, live the same
 * trace day. One has Slurm's own scheduler, the other our re-plan and controller. Costs come from sacct.
 */
export const slurmOnline: Benchmark = async (emit) => {
  const lack = await whatSlurmLacks()
  const data = gridFolder()
  if (lack || !data) {
    process.stdout.write(
      `SKIPPED slurm-online: ${lack?.text.en ?? 'the grid data is not on this machine (set DENGTA_DATA)'}\n`,
    )
    return
  }
  const day = dayOf(data, SEED)
  const forecast = forecastOf(data, SEED)
  const [alone, ours] = await bothOrNone([
    play(day, (arm) => slurmAlone(arm, slurmUsers(day))),
    play(day, (arm) => replanned(arm, replanPlayer(day, foreseeing(forecast)))),
  ])
  const beside = `${day.jobs.length} jobs, ${nodesIn(day)} slurmd an arm, ${(900_000 / SLOT_MS).toFixed(0)} times faster, load of the machine ${loadavg()[0]!.toFixed(0)}`
  const both = `ours ${described(ours)}; Slurm alone ${described(alone)}; ${beside}`
  emit(
    figure(
      'online on real Slurm: missed deadlines against Slurm with backfill and licences',
      ours.missed / alone.missed,
      '',
      {
        goal: { is: '<=', than: 0.2 },
        yardstick: both,
      },
    ),
  )
  emit(
    figure('online on real Slurm: total cost against the same', ours.totalYuan / alone.totalYuan, '', {
      goal: { is: '<=', than: 0.7 },
      yardstick: both,
    }),
  )
  emit(
    figure('online on real Slurm: limits broken for more than 5 s, ours', longOnes(ours), 'times', {
      goal: { is: '=', than: 0 },
      yardstick: `Slurm alone ${longOnes(alone)}; its licences follow the envelope, but it evicts nothing`,
    }),
  )
}

/** Waits for both arms, so that no cluster outlives a fault of the other. */
async function bothOrNone(arms: readonly [Promise<Played>, Promise<Played>]): Promise<readonly [Played, Played]> {
  await Promise.allSettled(arms)
  return Promise.all(arms)
}

async function play(day: Snapshot, arm: (arm: Arm) => Promise<void>): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-slurm-online-'))
  const cluster = await startSlurm({ folder, description: describe(day) })
  try {
    const executor = createSlurmExecutor({ ...cluster, clock: systemClock })
    await executor.usage(Date.now())
    const startsAt = 1000 * Math.ceil(Date.now() / 1000) + 3000
    const watch = watchLimits(executor, (now) => limitsIn(day, Math.floor((now - startsAt) / SLOT_MS)))
    const waits = new Map<string, number>()
    const onWait = (reason: string) => void waits.set(reason, 1 + (waits.get(reason) ?? 0))
    await arm({ day, executor, startsAt, onWait })
    await sleep(Math.max(0, startsAt + (day.slots + 1) * SLOT_MS - Date.now()))
    const violations = await watch.stop()
    for (const { job, state } of await executor.jobs()) if (state !== 'done') await executor.cancel(job)
    await sleep(5000)
    const runs = await createCommandClient(cluster.connection).runs({ since: startsAt - 60_000 })
    return { ...costOf(day, runs, startsAt), violations, waits }
  } finally {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const longOnes = ({ violations }: Played): number => violations.filter(({ seconds }) => seconds > REACTION_S).length

const described = ({ missed, late, never, totalYuan, electricityYuan, waits }: Played): string =>
  `${missed} missed (${late} ended too late, ${never} never began), ${Math.round(totalYuan)} yuan (electricity ${Math.round(electricityYuan)}), job-slots waited: ${reasons(waits)}`

const reasons = (waits: Played['waits']): string =>
  [...waits].map(([reason, count]) => `${reason} ${count}`).join(', ') || 'none'
