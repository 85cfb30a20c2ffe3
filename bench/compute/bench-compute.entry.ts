import { runBenchmarks } from '../figure.ts'
import { dayAhead } from './day-ahead.ts'
import { emerald } from './emerald.ts'
import { emergency } from './emergency.ts'
import { month } from './month.ts'
import { online } from './online.ts'
import { packing } from './packing.ts'

/** Lines of "what it must show" of the planner that are figures. */
export const run = (filter: string): Promise<boolean> =>
  runBenchmarks({ 'day-ahead': dayAhead, emerald, emergency, online, packing, month }, filter)
