import { COMPARED_POLICIES, type ComparedPolicy, comparePolicies, readSnapshot } from '@dengta/compute'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { readNumber, readWhole } from '../read-number.ts'
import { simulationLines } from '../simulation-lines.ts'
import { computeGroup } from './compute-group.ts'

interface Options {
  readonly jobs?: string
  readonly days: number
  readonly policy: readonly ComparedPolicy[]
  readonly estimateError: number
  readonly nodeHours?: number
  readonly repairHours: number
  readonly seed: number
}

const MOST_DAYS = 366
const MOST_SIGMA = 2

/** Plays a day or a month without any server: what each policy would have come to. */
export function simulateCommands(program: Command, { terminal }: CommandContext): void {
  computeGroup(program)
    .command('simulate <day>')
    .description('play a day as it comes, jobs turning up one by one, under our policy and the simple ones · 模拟')
    .option('--jobs <file>', 'a CSV table of jobs, for a day that lists none')
    .option('--days <number>', 'times that the day is played, one after the other', within(1, MOST_DAYS), 1)
    .addOption(policyOption())
    .option(
      '--estimate-error <sigma>',
      'owners misjudge their hours by exp(sigma z), z standard normal',
      between(0, MOST_SIGMA),
      0,
    )
    .option('--node-hours <hours>', 'mean hours between failures of a node; none fails where absent', between(1, 1e9))
    .option('--repair-hours <hours>', 'until a failed node is back', between(0, 1e4), 4)
    .option('--seed <number>', 'of estimates, failures and the search', readWhole, 1)
    .action(async (path: string, options: Options) => {
      const { days, seed, estimateError: sigma, nodeHours, repairHours, policy } = options
      const snapshot = readSnapshot(await readDayFile(path, options.jobs))
      const failures = nodeHours === undefined ? undefined : { nodeHours, repairHours }
      const played = comparePolicies({ snapshot, days, sigma, failures, seed }, policy, terminal.progress)
      const figures = played.map(({ policy: name, outcome: { log, kw, ...figures } }) => ({ policy: name, ...figures }))
      terminal.result({ day: snapshot.name, days, seed, policies: figures }, simulationLines(figures, terminal))
    })
}

const policyOption = (): Option =>
  new Option('--policy <names...>', 'policies to play').choices(COMPARED_POLICIES).default(COMPARED_POLICIES)

function between(least: number, most: number) {
  return (text: string): number => {
    const value = readNumber(text)
    if (value < least || value > most) throw new InvalidArgumentError(`give a number from ${least} to ${most}`)
    return value
  }
}

function within(least: number, most: number) {
  return (text: string): number => between(least, most)(String(readWhole(text)))
}
