import { readFile } from 'node:fs/promises'
import { defineErrors, readDocument, type Text } from '@dengta/kernel'
import { type ComputeJobView, newComputeJob, type QuotaView } from '@dengta/sdk'
import type { Command } from 'commander'
import { freeLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readNumber } from '../read-number.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import { computeGroup } from './command-groups.ts'
import { PUBLIC_WORDS as WORDS } from './public-compute-words.ts'

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
  const compute = computeGroup(program, context.terminal)
  freeCommand(compute, context)
  quotaCommands(compute, context)
  jobCommands(compute, context)
}

function freeCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('free')
    .description(terminal.say(WORDS.free))
    .action(async () => {
      const free = await connect((client) => client.getFreeCompute())
      terminal.result(free, freeLines(free, terminal))
    })
}

function quotaCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const row = ({ participant, chipHours, kwh, shareDue, shareUsed }: QuotaView): string[] => [
    participant,
    `${chipHours.left.toFixed(1)} / ${chipHours.granted} ${say(UNIT.chipHours)}`,
    `${kwh.left.toFixed(1)} / ${kwh.granted} ${say(UNIT.kwh)}`,
    `${(100 * shareUsed).toFixed(1)} % (${(100 * shareDue).toFixed(1)} %)`,
  ]
  compute
    .command('quotas')
    .description(say(WORDS.quotas))
    .action(async () => {
      const quotas = await connect((client) => client.listQuotas())
      terminal.result(quotas, formatTable(quotas.map(row)))
    })
  compute
    .command('grant <participant>')
    .description(say(WORDS.grant))
    .requiredOption('--chip-hours <number>', say(WORDS.chipHours), readNumber(terminal))
    .requiredOption('--kwh <number>', say(WORDS.kwh), readNumber(terminal))
    .option('--share <number>', say(WORDS.share), readNumber(terminal), 1)
    .option('--sites <names>', say(WORDS.sites))
    .action(async (participant: string, options: { chipHours: number; kwh: number; share: number; sites?: string }) => {
      const { sites, ...amounts } = options
      const wish = { participant, ...amounts, ...(sites !== undefined && { sites: sites.split(',') }) }
      const quota = await connect((client) => client.grantQuota(wish))
      terminal.result(quota, formatTable([row(quota)]))
    })
}

const UNIT = {
  chipHours: { en: 'chip-h', zh: '卡时' },
  kwh: { en: 'kWh', zh: '千瓦时' },
} satisfies Record<string, Text>

function jobCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const line = ({ id, name, state, reason }: ComputeJobView) => [id, name, say(called('job', state)), say(reason)]
  compute
    .command('ask <file>')
    .description(say(WORDS.ask))
    .action(async (path: string) => {
      const { value } = readDocument(await readFile(path, 'utf8'), newComputeJob, jobFileErrors)
      const job = await connect((client) => client.askCompute(value))
      terminal.result(job, formatTable([line(job)]))
    })
  compute
    .command('jobs')
    .description(say(WORDS.jobs))
    .action(async () => {
      const jobs = await connect((client) => client.listComputeJobs())
      terminal.result(jobs, formatTable(jobs.map(line)))
    })
  compute
    .command('cancel <job>')
    .description(say(WORDS.cancel))
    .action(async (id: string) => {
      const job = await connect((client) => client.cancelComputeJob(id))
      terminal.result(job, formatTable([line(job)]))
    })
}
