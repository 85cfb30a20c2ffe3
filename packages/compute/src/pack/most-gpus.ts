import { askedGpus, type PoolCase, poolProgram } from './pool-program.ts'
import { solveLinear } from './solve-linear.ts'

/** Nobody gives out more GPUs of these nodes within the limit: the linear program with all that there is counted on. */
export async function mostGpus(given: Omit<PoolCase, 'counted'>): Promise<number> {
  const asked = askedGpus(given.pods)
  if (asked === 0) return 0
  const program = poolProgram({ ...given, counted: { cores: 1, coreWorth: 0 } })
  const { columns } = await solveLinear(program)
  return Math.min(
    asked,
    program.worth.reduce((sum, worth, c) => sum + worth * columns[c]!, 0),
  )
}
