import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { SLURM_ENVIRONMENT } from './cluster-daemons.ts'
import { INSIDE } from './cluster-files.ts'
import { findNamespace, fromOutside, inside, type Namespace, processesIn } from './namespace.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import type { SlurmDescription } from './slurm-description.ts'
import { slurmErrors } from './slurm-errors.ts'
import { stopSlurm } from './stop-slurm.ts'

/** A Slurm on loopback that runs now. */
export interface SlurmCluster {
  readonly folder: string
  readonly description: SlurmDescription
  readonly namespace: Namespace
  readonly connection: SlurmConnection
  /** Resident memory of all its processes, each shared page counted once, bytes. */
  memoryBytes(): Promise<number>
  stop(): Promise<void>
}

/** The Slurm that runs in this folder, whoever started it. Throws `slurm.not_running`. */
export async function openCluster(folder: string): Promise<SlurmCluster> {
  const place = resolve(folder)
  const namespace = await findNamespace(place)
  if (!namespace) throw slurmErrors.not_running({ folder: place })
  const { description, jobUser } = JSON.parse(await readFile(join(place, 'cluster.json'), 'utf8')) as {
    description: SlurmDescription
    jobUser: string
  }
  const connection: SlurmConnection = {
    prefix: inside(namespace),
    environment: SLURM_ENVIRONMENT,
    rest: {
      address: { socket: fromOutside(namespace, `${INSIDE}/rest/rest.sock`) },
      key: await readFile(join(place, 'ctld', 'jwt.key')),
    },
    jobUser,
    outputFolder: `${INSIDE}/output`,
    operator: 'root',
  }
  return {
    folder: place,
    description,
    namespace,
    connection,
    memoryBytes: () => memoryOf(namespace),
    stop: async () => void (await stopSlurm(place)),
  }
}

async function memoryOf(namespace: Namespace): Promise<number> {
  const sizes = await Promise.all(
    (await processesIn(namespace)).map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
      return 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
