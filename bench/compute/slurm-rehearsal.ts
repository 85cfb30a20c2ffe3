import { type Benchmark, figure } from '../figure.ts'
import { gridFolder } from './grid-data.ts'
import { costOf, type DayCost } from './slurm-online-cost.ts'
import { dayOf, forecastOf } from './slurm-online-day.ts'
import { foreseeing, type Player, replanPlayer, slurmUsers } from './slurm-online-players.ts'
import { rehearse } from './slurm-online-rehearsal.ts'

/** Day 1 is the day of `slurm-online`, and the one on which the packing of nodes was worked out. */
const SEEDS = [1, 2, 3]

/** `slurm-online` without daemons: the same days and players on a Slurm in memory, with its nodes, licences and latencies. */
export const slurmRehearsal: Benchmark = async (emit) => {
  const data = gridFolder()
  if (!data) {
    process.stdout.write('SKIPPED slurm-rehearsal: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  for (const seed of SEEDS) {
    const day = dayOf(data, seed)
    const play = (player: Player): DayCost => costOf(day, rehearse(day, player, seed), 0)
    const alone = play(slurmUsers(day))
    const ours = play(replanPlayer(day, foreseeing(forecastOf(data, seed))))
    const both = { yardstick: `ours ${described(ours)}; Slurm alone ${described(alone)}; Slurm in memory, both arms` }
    emit(
      figure(`rehearsed Slurm, day ${seed}: missed deadlines against Slurm alone`, ours.missed / alone.missed, '', {
        goal: { is: '<=', than: 0.2 },
        ...both,
      }),
    )
    emit(
      figure(`rehearsed Slurm, day ${seed}: total cost against the same`, ours.totalYuan / alone.totalYuan, '', {
        goal: { is: '<=', than: 0.7 },
        ...both,
      }),
    )
  }
}

const described = ({ missed, totalYuan, electricityYuan }: DayCost): string =>
  `${missed} missed, ${Math.round(totalYuan)} yuan (electricity ${Math.round(electricityYuan)})`
