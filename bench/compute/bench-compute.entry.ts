import { runBenchmarks } from '../figure.ts'
import { controller } from './controller.ts'
import { dayAhead } from './day-ahead.ts'
import { emerald } from './emerald.ts'
import { emergency } from './emergency.ts'
import { lostWork } from './lost-work.ts'
import { month } from './month.ts'
import { online } from './online.ts'
import { packing } from './packing.ts'
import { shrinking } from './shrinking.ts'
import { slurmDay } from './slurm-day.ts'
import { slurmOnline } from './slurm-online.ts'
import { slurmRehearsal } from './slurm-rehearsal.ts'
import { solvers } from './solvers.ts'

/** Lines of "what it must show" of the planner that are figures. */
export const run = (filter: string): Promise<boolean> =>
  runBenchmarks(
    {
      'day-ahead': dayAhead,
      emerald,
      emergency,
      online,
      packing,
      month,
      controller,
      'lost-work': lostWork,
      shrinking,
      'slurm-day': slurmDay,
      'slurm-online': slurmOnline,
      'slurm-rehearsal': slurmRehearsal,
      solvers,
    },
    filter,
  )
