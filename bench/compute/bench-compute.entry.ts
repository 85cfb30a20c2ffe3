import { runBenchmarks } from '../figure.ts'
import { dayAhead } from './day-ahead.ts'

/** Lines of "what it must show" of the planner that are figures. */
export const run = (filter: string): Promise<boolean> => runBenchmarks({ 'day-ahead': dayAhead }, filter)
