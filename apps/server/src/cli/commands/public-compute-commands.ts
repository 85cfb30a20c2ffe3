import { readFile } from 'node:fs/promises'
import { defineErrors, readDocument } from '@dengta/kernel'
import { type ComputeJobView, newComputeJob, type QuotaView } from '@dengta/sdk'
import type { Command } from 'commander'
import { freeLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readNumber } from '../read-number.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import { computeGroup } from './compute-group.ts'

export const jobFileErrors = defineErrors('job_file', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the job file is neither YAML nor JSON: {problem}; correct the line and try again',
    zh: '第 {line} 行：作业文件不是有效的 YAML 或 JSON（{problem}）；请改正后重试',
  },
  field: {
    kind: 'invalid',
    en: 'line {line}, {path}: {problem}; correct the field and try again',
    zh: '第 {line} 行，{path}：{problemZh}；请改正后重试',
  },
})

/** Public compute: what is free, what is granted, and jobs that ask for it. */
export function publicComputeCommands(program: Command, context: CommandContext): void {
  const compute = computeGroup(program)
  freeCommand(compute, context)
  quotaCommands(compute, context)
  jobCommands(compute, context)
}

function freeCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('free')
    .description('what is free when, and how clean it is; needs no token')
    .action(async () => {
      const free = await connect((client) => client.getFreeCompute())
      terminal.result(free, freeLines(free, terminal))
    })
}

function quotaCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const row = ({ participant, chipHours, kwh, shareDue, shareUsed }: QuotaView): string[] => [
    participant,
    `${chipHours.left.toFixed(1)} / ${chipHours.granted} chip-h`,
    `${kwh.left.toFixed(1)} / ${kwh.granted} kWh`,
    `${(100 * shareUsed).toFixed(1)} % (${(100 * shareDue).toFixed(1)} %)`,
  ]
  compute
    .command('quotas')
    .description('quotas: left and granted, share used (and due)')
    .action(async () => {
      const quotas = await connect((client) => client.listQuotas())
      terminal.result(quotas, formatTable(quotas.map(row)))
    })
  compute
    .command('grant <participant>')
    .description('grant public compute anew; what was used before counts no more')
    .requiredOption('--chip-hours <number>', 'chip-hours', readNumber)
    .requiredOption('--kwh <number>', 'kilowatt-hours', readNumber)
    .option('--share <number>', 'weight among participants', readNumber, 1)
    .option('--sites <names>', 'comma-separated sites that the data agreement allows; all unless stated')
    .action(async (participant: string, options: { chipHours: number; kwh: number; share: number; sites?: string }) => {
      const { sites, ...amounts } = options
      const wish = { participant, ...amounts, ...(sites !== undefined && { sites: sites.split(',') }) }
      const quota = await connect((client) => client.grantQuota(wish))
      terminal.result(quota, formatTable([row(quota)]))
    })
}

function jobCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const line = ({ id, name, state, reason }: ComputeJobView) => [id, name, say(called('job', state)), say(reason)]
  compute
    .command('ask <file>')
    .description('ask for compute: a job as YAML or JSON (name, class, chips, hours, deadline, ...)')
    .action(async (path: string) => {
      const { value } = readDocument(await readFile(path, 'utf8'), newComputeJob, jobFileErrors)
      const job = await connect((client) => client.askCompute(value))
      terminal.result(job, formatTable([line(job)]))
    })
  compute
    .command('jobs')
    .description('jobs of public compute, newest first: where each stands and why')
    .action(async () => {
      const jobs = await connect((client) => client.listComputeJobs())
      terminal.result(jobs, formatTable(jobs.map(line)))
    })
  compute
    .command('cancel <job>')
    .description('cancel a job that has not begun')
    .action(async (id: string) => {
      const job = await connect((client) => client.cancelComputeJob(id))
      terminal.result(job, formatTable([line(job)]))
    })
}
