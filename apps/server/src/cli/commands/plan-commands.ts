import { readFile, writeFile } from 'node:fs/promises'
import { checkPlan, effortOf, type Plan, readPlanFile, readSnapshot, runApart, type Snapshot } from '@dengta/compute'
import type { EffortName } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import { checkLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { EXIT } from '../exit-codes.ts'
import { readWhole } from '../read-number.ts'
import { computeGroup } from './compute-group.ts'

export const effortOption = (): Option =>
  new Option('--effort <name>', 'how much work the plan is worth')
    .choices(['quick', 'normal', 'thorough'])
    .default('normal')

/** Planning and checking without any server. */
export function planCommands(program: Command, context: CommandContext): void {
  planOffline(program, context)
  program
    .command('plan')
    .description('check plan files · 核验计划')
    .helpGroup('Prove 验证:')
    .command('check <file>')
    .description('recompute feasibility, terms and bound of a plan file, offline; exit code 1 where it does not hold')
    .option('--day <file>', 'the day that you got by another way; else the one inside the plan file')
    .action(async (path: string, options: { day?: string }) => {
      const { plan, snapshot } = readPlanFile(await readFile(path, 'utf8'))
      const check = await checkAgainst(plan, options.day, snapshot)
      context.terminal.result(check, checkLines(check, context.terminal))
      context.exit(check.ok ? EXIT.ok : EXIT.refused)
    })
}

async function checkAgainst(plan: Plan, day: string | undefined, inside: Snapshot) {
  return checkPlan(day === undefined ? inside : readSnapshot(await readFile(day, 'utf8')), plan)
}

function planOffline(program: Command, { terminal, exit }: CommandContext): void {
  computeGroup(program)
    .command('plan <day>')
    .description('plan a day from its YAML or JSON file, offline, and write the plan file')
    .requiredOption('-o, --output <file>', 'where the plan file goes')
    .addOption(effortOption())
    .option('--seed <number>', 'seed of the search', readWhole, 1)
    .option('--jobs <file>', 'a CSV table of jobs, for a day that lists none')
    .action(async (path: string, options: { output: string; effort: EffortName; seed: number; jobs?: string }) => {
      const { progress } = terminal
      const { snapshot } = await runApart({ kind: 'read', text: await readDayFile(path, options.jobs) })
      const effort = effortOf(options.effort, options.seed, snapshot.jobs.length)
      const { file, digest, check } = await runApart({ kind: 'plan', snapshot, effort }, { progress })
      await writeFile(options.output, file)
      terminal.result({ file: options.output, digest, ...check }, [
        ...checkLines(check, terminal),
        `${options.output}  sha256 ${digest}`,
      ])
      exit(check.ok ? EXIT.ok : EXIT.refused)
    })
}
