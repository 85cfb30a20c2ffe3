import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Clock, toAppError } from '@dengta/kernel'
import type { Sandbox } from '@dengta/sandbox'
import { entryFile } from '@dengta/store'
import type { Pool } from '../executor/may-start.ts'
import { openKubernetesFile } from '../kubernetes/kubernetes-file.ts'
import { openLocalExecutor } from '../local/local-executor.ts'
import { reservationKeeper } from '../slurm/event-reservations.ts'
import { createPowerReservations } from '../slurm/power-reservations.ts'
import { openCluster } from '../slurm/slurm-cluster.ts'
import { createSlurmExecutor } from '../slurm/slurm-executor.ts'
import { openSlurmFile } from '../slurm/slurm-file.ts'
import { type Engine, type EngineChoice, NO_ENGINE } from './engine.ts'
import { foundAgain } from './found-again.ts'

export const ENGINE_KINDS = ['local', 'slurm', 'kubernetes'] as const
export type EngineKind = (typeof ENGINE_KINDS)[number]

export interface EngineOptions {
  readonly kind: EngineKind
  /** A file that says which cluster: needed for Kubernetes; a Slurm is that of `dengta compute up` where absent. */
  readonly file?: string | undefined
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
    return { ...(await OPEN[kind](options)), again }
  } catch (thrown) {
    return { none: toAppError(thrown).text, again }
  }
}

const MIB = 1024 * 1024
/** Limits of one program on this machine; its longest time is that of its placement. */
const LOCAL_LIMITS = { cpuSeconds: 86_400, memoryBytes: 512 * MIB, processes: 16, outputBytes: 64 * MIB }
const LOCAL_STEP_MS = 500
const SLURM_STEP_MS = 1000
const KUBERNETES_STEP_MS = 1000

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

/** A Slurm of others, or that of `dengta compute up --slurm`. Its jobs are in no sandbox, so it is given the house's own workload only. */
async function openSlurm(options: EngineOptions): Promise<Engine> {
  const reach = () => reachSlurm(options)
  const first = await reach()
  return {
    ...{ ...foundAgain(first, reach), everyMs: SLURM_STEP_MS, sites: first.description.sites.map(({ site }) => site) },
    ...CLUSTER,
  }
}

async function reachSlurm({ home, file, clock }: EngineOptions) {
  const { connection, description } = await (file === undefined
    ? openCluster(join(home, 'slurm'))
    : openSlurmFile(file))
  const executor = createSlurmExecutor({ connection, description, clock })
  return { executor, description, keepFree: reservationKeeper(createPowerReservations(connection)) }
}

/** Tried against a stub of its API only. Its pods are no sandbox of ours either. */
async function openKubernetes({ file, clock }: EngineOptions): Promise<Engine> {
  const opened = await openKubernetesFile(file, { clock, env: process.env })
  return { ...opened, everyMs: KUBERNETES_STEP_MS, ...CLUSTER }
}

const CLUSTER = {
  holdsPrograms: false,
  demoCommand: (seconds: number) => ['sleep', String(seconds)],
  follow: () => {},
}

const OPEN: Readonly<Record<EngineKind, (options: EngineOptions) => Promise<Engine>>> = {
  local: openLocal,
  slurm: openSlurm,
  kubernetes: openKubernetes,
}
