import { join } from 'node:path'
import { demoDescription, openCluster, type SlurmCluster, slurmErrors, startSlurm, stopSlurm } from '@dengta/compute'
import { toAppError } from '@dengta/kernel'
import { type Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from '../context.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './compute-group.ts'

/** A small real Slurm on this machine, which nobody outside it can reach. */
export function computeUpCommands(program: Command, { config, terminal }: CommandContext): void {
  const compute = computeGroup(program)
  const folder = (): string => join(config().home, 'slurm')
  compute
    .command('up')
    .description('start a small real Slurm on this machine, reachable by its root only · 启动本机 Slurm')
    .requiredOption('--slurm', 'the engine to start')
    .option('--nodes <count>', 'nodes of eight chips each', readCount, 4)
    .option('--job-user <name>', 'user of this machine whom the jobs run as', 'nobody')
    .action(async ({ nodes, jobUser }: { nodes: number; jobUser: string }) => {
      const options = { folder: folder(), description: demoDescription(nodes), jobUser }
      const known = await findCluster(options.folder)
      await showCluster(known ?? (await startSlurm({ ...options, progress: terminal.progress })), terminal)
    })
  compute
    .command('down')
    .description('end the Slurm that `compute up` started · 停止本机 Slurm')
    .action(async () => {
      const ended = await stopSlurm(folder())
      if (ended === 0) throw slurmErrors.not_running({ folder: folder() })
      const said = { en: `Slurm has ended (${ended} processes)`, zh: `Slurm 已停止（${ended} 个进程）` }
      terminal.result({ ended }, [terminal.say(said)])
    })
}

async function findCluster(folder: string): Promise<SlurmCluster | undefined> {
  try {
    return await openCluster(folder)
  } catch (error) {
    if (toAppError(error).code === 'slurm.not_running') return undefined
    throw error
  }
}

async function showCluster({ folder, description, connection }: SlurmCluster, terminal: Terminal): Promise<void> {
  const sites = description.sites.map(({ site, limitKw, pools }) => {
    const chips = pools.map(({ chip, nodes }) => `${nodes * description.chipsPerNode} ${chip}`).join(', ')
    return `  ${site}  ${chips}  ${limitKw} kW`
  })
  const runs = { en: `Slurm runs in ${folder}`, zh: `Slurm 正在运行，目录 ${folder}` }
  const command = `SLURM_CONF=${connection.environment.SLURM_CONF} ${connection.prefix.join(' ')} squeue`
  const look = { en: `look at its jobs:  ${command}`, zh: `查看作业：${command}` }
  terminal.result({ folder, description }, [terminal.say(runs), ...sites, terminal.say(look)])
}

function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 2000)
    throw new InvalidArgumentError('give a whole number of nodes, 1 to 2000')
  return count
}
