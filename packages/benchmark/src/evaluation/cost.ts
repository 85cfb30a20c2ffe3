import type { SandboxResult } from '@dengta/sandbox'
import type { Evaluation } from '../submission/submission.ts'

export const DEFAULT_WATTS_PER_CORE = 10
const MEMORY_STEP = 16 * 1024 * 1024

/**
 * What a run cost, coarse on purpose: times to 0.01 s and memory to 16 MiB, as finer figures could carry hidden values out.
 * Energy is an estimate and says so.
 */
export function costOf(
  { cpuSeconds, wallSeconds, peakBytes }: SandboxResult,
  wattsPerCore: number,
): Evaluation['cost'] {
  const cpu = hundredths(cpuSeconds)
  return {
    cpuSeconds: cpu,
    wallSeconds: hundredths(wallSeconds),
    peakBytes: Math.ceil(peakBytes / MEMORY_STEP) * MEMORY_STEP,
    joules: hundredths(cpu * wattsPerCore),
    joulesMethod: `estimate: CPU seconds x ${wattsPerCore} W per core`,
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}
