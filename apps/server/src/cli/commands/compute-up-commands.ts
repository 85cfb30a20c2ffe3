import { join } from 'node:path'
import { demoDescription, openCluster, type SlurmCluster, slurmErrors, startSlurm, stopSlurm } from '@dengta/compute'
import { type Text, toAppError } from '@dengta/kernel'
import { type Command, InvalidArgumentError } from 'commander'
import type { CommandContext } from '../context.ts'
import { readWhole } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'

/** A small real Slurm on this machine, which nobody outside it can reach. */
export function computeUpCommands(program: Command, { config, terminal }: CommandContext): void {
  const { say } = terminal
  const compute = computeGroup(program, terminal)
  const folder = (): string => join(config().home, 'slurm')
  compute
    .command('up')
    .description(say(WORDS.up))
    .requiredOption('--slurm', say(WORDS.slurm))
    .option('--nodes <count>', say(WORDS.nodes), readCount(terminal), 4)
    .option('--job-user <name>', say(WORDS.jobUser), 'nobody')
    .action(async ({ nodes, jobUser }: { nodes: number; jobUser: string }) => {
      const options = { folder: folder(), description: demoDescription(nodes), jobUser }
      const known = await findCluster(options.folder)
      await showCluster(known ?? (await startSlurm({ ...options, progress: terminal.progress })), terminal)
    })
  compute
    .command('down')
    .description(say(WORDS.down))
    .action(async () => {
      const ended = await stopSlurm(folder())
      if (ended === 0) throw slurmErrors.not_running({ folder: folder() })
      const said = { en: `Slurm has ended (${ended} processes)`, zh: `Slurm 已停止（${ended} 个进程）` }
      terminal.result({ ended }, [say(said)])
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

const MOST_NODES = 2000

function readCount(terminal: Pick<Terminal, 'say'>) {
  const read = readWhole(terminal)
  return (text: string): number => {
    const count = read(text)
    if (count < 1 || count > MOST_NODES) throw new InvalidArgumentError(terminal.say(WORDS.badCount))
    return count
  }
}

const WORDS = {
  up: {
    en: 'start a small real Slurm on this machine, reachable by its root only',
    zh: '在本机启动一个小型的真实 Slurm，仅本机 root 可达',
  },
  slurm: { en: 'the engine to start', zh: '要启动的执行引擎' },
  nodes: { en: 'nodes of eight chips each', zh: '节点数，每个节点八片芯片' },
  jobUser: { en: 'user of this machine whom the jobs run as', zh: '运行作业的本机用户' },
  down: { en: 'end the Slurm that `compute up` started', zh: '停止由 `compute up` 启动的 Slurm' },
  badCount: {
    en: `give a whole number of nodes, 1 to ${MOST_NODES}`,
    zh: `请给出 1 至 ${MOST_NODES} 的整数节点数。`,
  },
} satisfies Record<string, Text>
