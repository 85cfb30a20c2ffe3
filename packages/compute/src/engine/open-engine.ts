import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Clock, toAppError } from '@dengta/kernel'
import type { Sandbox } from '@dengta/sandbox'
import { entryFile } from '@dengta/store'
import type { Pool } from '../executor/may-start.ts'
import { openLocalExecutor } from '../local/local-executor.ts'
import { openCluster } from '../slurm/slurm-cluster.ts'
import { createSlurmExecutor } from '../slurm/slurm-executor.ts'
import { type Engine, type EngineChoice, NO_ENGINE } from './engine.ts'

export interface EngineOptions {
  readonly kind: 'local' | 'slurm'
  /** The data folder of the house. */
  readonly home: string
  readonly sandbox: Sandbox
  readonly clock: Clock
  readonly wattsPerCore: number
}

/** Opens what runs the jobs of a house; where it cannot be opened the house stands without, says why, and tries again. */
export async function openEngine(options: EngineOptions): Promise<EngineChoice> {
  const { kind, sandbox } = options
  if (kind === 'local' && sandbox.level.name !== 'bubblewrap') return { none: NO_ENGINE.noSandbox }
  const again = (): Promise<EngineChoice> => openEngine(options)
  try {
    return { ...(kind === 'slurm' ? await openSlurm(options) : await openLocal(options)), again }
  } catch (thrown) {
    return { none: toAppError(thrown).text, again }
  }
}

const MIB = 1024 * 1024
/** Limits of one program on this machine; its longest time is that of its placement. */
const LOCAL_LIMITS = { cpuSeconds: 86_400, memoryBytes: 512 * MIB, processes: 16, outputBytes: 64 * MIB }
const LOCAL_STEP_MS = 500
const SLURM_STEP_MS = 1000

async function openLocal({ home, sandbox, clock, wattsPerCore }: EngineOptions): Promise<Engine> {
  let pools: readonly Pool[] = []
  const executor = await openLocalExecutor({
    ...{ folder: join(home, 'compute', 'local'), sandbox, clock, limits: LOCAL_LIMITS, wattsPerCore },
    ...{ pools: () => pools, mostRuns: Math.max(2, availableParallelism()) },
  })
  return {
    ...{ executor, everyMs: LOCAL_STEP_MS, holdsPrograms: true },
    demoCommand: (seconds) => ['node', entryFile('demo-workload'), String(seconds)],
    follow: (today) => {
      pools = today
    },
  }
}

/** The Slurm of `dengta compute up --slurm`. Its jobs are in no sandbox, so it is given the house's own workload only. */
async function openSlurm({ home, clock }: EngineOptions): Promise<Engine> {
  const { connection, description } = await openCluster(join(home, 'slurm'))
  return {
    ...{ executor: createSlurmExecutor({ connection, description, clock }), everyMs: SLURM_STEP_MS },
    ...{ sites: description.sites.map(({ site }) => site), holdsPrograms: false },
    demoCommand: (seconds) => ['sleep', String(seconds)],
    follow: () => {},
  }
}
