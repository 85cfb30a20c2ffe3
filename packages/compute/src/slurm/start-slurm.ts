import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Progress, silent, type Text } from '@dengta/kernel'
import {
  type ClusterPlace,
  startAccounting,
  startController,
  startDatabase,
  startMunge,
  startNodes,
  startRest,
} from './cluster-daemons.ts'
import { type Owners, writeClusterFolder } from './cluster-folder.ts'
import { openNamespace } from './namespace.ts'
import { openCluster, type SlurmCluster } from './slurm-cluster.ts'
import { checkDescription, nodesOf, type SlurmDescription } from './slurm-description.ts'
import { slurmErrors } from './slurm-errors.ts'
import { whatSlurmLacks } from './slurm-needs.ts'
import { stopSlurm } from './stop-slurm.ts'
import { systemUsers } from './system-users.ts'

export interface StartOptions {
  /** Folder of the cluster: keys, configuration, database, logs. Kept between starts. */
  readonly folder: string
  readonly description: SlurmDescription
  /** User of this machine whom the jobs run as; never root. */
  readonly jobUser?: string | undefined
  readonly progress?: Progress | undefined
}

/** Runs slurmrestd: any user who is neither root nor the user of Slurm. */
const REST_USER = 'slurm'

/**
 * Starts a real Slurm that only this machine's root can reach: munged, MariaDB, slurmdbd, slurmctld, a slurmd a node and
 * slurmrestd, in one network and process namespace. What an earlier start left in the folder is ended first.
 */
export async function startSlurm(options: StartOptions): Promise<SlurmCluster> {
  const { description, jobUser = 'nobody', progress = silent } = options
  const folder = resolve(options.folder)
  checkDescription(description)
  const lack = await whatSlurmLacks()
  if (lack) throw lack
  const owners = await ownersOf(jobUser)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await stopSlurm(folder)
  await forgetSockets(folder)
  await writeClusterFolder(folder, { description, owners })
  await writeFile(join(folder, 'cluster.json'), JSON.stringify({ description, jobUser }), { mode: 0o600 })
  const place = { folder, namespace: await openNamespace(folder) }
  try {
    await startAll(place, { description, jobUser, progress })
  } catch (error) {
    await stopSlurm(folder)
    throw error
  }
  return openCluster(folder)
}

type Everything = Required<Pick<StartOptions, 'description' | 'progress'>> & { jobUser: string }

async function startAll(place: ClusterPlace, { description, jobUser, progress }: Everything): Promise<void> {
  const nodes = nodesOf(description).length
  const total = nodes + 5
  let done = 0
  const step = (label: Text): void => progress?.({ label, done: done++, total })
  step({ en: 'starting munge and the database', zh: '正在启动 munge 与数据库' })
  await Promise.all([startMunge(place), startDatabase(place)])
  step({ en: 'starting accounting', zh: '正在启动记账服务' })
  await startAccounting(place, { description, jobUser })
  step({ en: 'starting the controller of Slurm', zh: '正在启动 Slurm 控制器' })
  await startController(place)
  const label = { en: `starting ${nodes} nodes`, zh: `正在启动 ${nodes} 个节点` }
  await startNodes(place, { description, onNode: () => step(label) })
  step({ en: 'starting the REST service', zh: '正在启动 REST 服务' })
  await startRest(place, REST_USER)
  step({ en: 'Slurm is ready', zh: 'Slurm 已就绪' })
}

async function ownersOf(jobUser: string): Promise<Owners> {
  const users = await systemUsers()
  const [munge, mysql, rest, job] = [users.get('munge'), users.get('mysql'), users.get(REST_USER), users.get(jobUser)]
  if (!munge || !mysql || !rest)
    throw slurmErrors.programs_absent({
      programs: {
        en: 'the users munge, mysql, slurm (munge, mariadb-server, slurm-client)',
        zh: '用户 munge、mysql、slurm（软件包 munge、mariadb-server、slurm-client）',
      },
    })
  if (!job || job.uid === 0)
    throw slurmErrors.bad_description({
      path: 'jobUser',
      problem: { en: `${jobUser} must be a user here, and not root`, zh: `${jobUser} 应为本机用户，且不能是 root` },
    })
  return { munge, mysql, rest, job }
}

/** Sockets and pid files of an earlier start would be taken for those of this one. */
async function forgetSockets(folder: string): Promise<void> {
  await rm(join(folder, 'run'), { recursive: true, force: true })
  for (const socket of ['munge/munge.socket', 'rest/rest.sock']) await rm(join(folder, socket), { force: true })
}
