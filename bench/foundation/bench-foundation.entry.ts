import { runBenchmarks } from '../figure.ts'
import { hidden } from './hidden.ts'
import { kill } from './kill.ts'
import { scoring } from './scoring.ts'
import { start } from './start.ts'
import { verify } from './verify.ts'

/** Every line of "what it must show" of the foundation that is a figure. */
export const run = (filter: string): Promise<boolean> => runBenchmarks({ start, verify, scoring, hidden, kill }, filter)
