import { join } from 'node:path'
import { driveEvent, type EventJob } from '@dengta/compute'
import { type Benchmark, figure } from '../figure.ts'
import { gridFolder, readCsv } from './grid-data.ts'

/** The record of the field trial: 400 minutes, cut held from 16:25 to 19:35 of a record that begins at 14:40. */
const RECORD = 400
const EVENT = { from: 105, to: 295 }
const CUT = 0.25

/** Jobs of SRP_exp_performance.csv; weights of the published figure by tier; floors by allowed slow-down. */
const JOBS = [
  { curve: 'ft_llama_8b_p3', tier: 2, published: 0.939635 },
  { curve: 'infer_llama_8b_32g', tier: 3, published: 0.973165 },
  { curve: 'infer_llama_8b_48g', tier: 1, published: 1 },
  { curve: 'infer_llama_8b_48g', tier: 2, published: 0.992455 },
  { curve: 'pt_mpt_13b_sm', tier: 3, published: 0.666923 },
  { curve: 'pt_mpt_7b_fast', tier: 3, published: 0.743277 },
] as const
const WEIGHT = { 1: 0.9, 2: 0.75, 3: 0.5 } as const
const FLOOR = { 1: 0.9, 2: 0.75, 3: 0.5 } as const
const PUBLISHED = 0.909560245

/** Replay of the Phoenix trial on its own power-cap sweep: 25 % less power, only caps that were measured. */
export const emerald: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('emerald SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  const jobs = jobsOf(join(folder, 'emerald/dvfs_sweep.csv'))
  const full = jobs.reduce((sum, { states }) => sum + states[0]!.kw, 0)
  const targetKw = full * (1 - CUT)
  const run = driveEvent(jobs, RECORD, { ...EVENT, targetKw })
  const held = [...run.kw.subarray(EVENT.from, EVENT.to)].map((kw) => 100 * (kw / targetKw - 1))
  emit(
    figure('Emerald Phoenix: weighted performance at a 25 % cut', run.weighted, '', {
      goal: { is: '>=', than: 0.95 },
      yardstick: `published ${PUBLISHED.toFixed(4)} (at a 31.5 % cut); no run can exceed ${run.bound.toFixed(4)}`,
    }),
  )
  const beside = `${targetKw.toFixed(1)} of ${full.toFixed(1)} kW, ${held.length} minutes`
  emit(
    figure('power above target, worst minute', Math.max(...held), '%', {
      goal: { is: '<=', than: 0 },
      yardstick: beside,
    }),
  )
  emit(
    figure('power below target, worst minute', -Math.min(...held), '%', {
      goal: { is: '<=', than: 2 },
      yardstick: beside,
    }),
  )
  const under = jobs.filter(({ floor }, j) => run.performance[j]! < floor).length
  const each = run.performance.map(
    (value, j) => `${JOBS[j]!.curve} ${value.toFixed(3)} (published ${JOBS[j]!.published.toFixed(3)})`,
  )
  emit(
    figure('jobs below the floor of their tier', under, 'jobs', {
      goal: { is: '=', than: 0 },
      yardstick: each.join(', '),
    }),
  )
}

function jobsOf(file: string): EventJob[] {
  const sweep = readCsv(file)
  return JOBS.map(({ curve, tier }, i) => {
    const states = sweep
      .filter((row) => row.Workload === curve)
      .map((row) => ({
        name: `${row['GPU power cap']} W`,
        kw: Number(row['total GPU power']) / 1000,
        performance: Number(row['normalized throughput']),
      }))
      .sort((a, b) => b.kw - a.kw)
    const paused = { name: 'paused', kw: 0, performance: 0 }
    return { job: `${curve}-${i}`, weight: WEIGHT[tier], floor: FLOOR[tier], states: [...states, paused] }
  })
}
