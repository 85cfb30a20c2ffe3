import { access, constants, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { checkPlan, effortOf, type Plan, readPlanFile, readSnapshot, runApart, type Snapshot } from '@dengta/compute'
import type { EffortName } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import { checkLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { EXIT } from '../exit-codes.ts'
import { VERBS } from '../help/help-words.ts'
import { readWhole } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { COMPUTE_WORDS as WORDS } from './compute-words.ts'
import { OPTION } from './option-words.ts'

export const effortOption = ({ say }: Pick<Terminal, 'say'>): Option =>
  new Option('--effort <name>', say(OPTION.effort)).choices(['quick', 'normal', 'thorough']).default('normal')

/** Planning and checking without any server. */
export function planCommands(program: Command, context: CommandContext): void {
  const { terminal, exit } = context
  const { say } = terminal
  planOffline(program, context)
  program
    .command('plan')
    .description(say(WORDS.planGroup))
    .helpGroup(say(VERBS.prove))
    .command('check <file>')
    .description(say(WORDS.check))
    .option('--day <file>', say(WORDS.checkDay))
    .action(async (path: string, options: { day?: string }) => {
      const { plan, snapshot } = readPlanFile(await readFile(path, 'utf8'))
      const check = await checkAgainst(plan, options.day, snapshot)
      terminal.result(check, checkLines(check, terminal))
      exit(check.ok ? EXIT.ok : EXIT.refused)
    })
}

async function checkAgainst(plan: Plan, day: string | undefined, inside: Snapshot) {
  return checkPlan(day === undefined ? inside : readSnapshot(await readFile(day, 'utf8')), plan)
}

/** Throws before the long work where the file can be neither overwritten nor made. */
async function mayWrite(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  await access(there ? file : dirname(file), constants.W_OK)
}

function planOffline(program: Command, { terminal, exit }: CommandContext): void {
  const { say, progress } = terminal
  computeGroup(program, terminal)
    .command('plan <day>')
    .description(say(WORDS.plan))
    .requiredOption('-o, --output <file>', say(WORDS.output))
    .addOption(effortOption(terminal))
    .option('--seed <number>', say(OPTION.searchSeed), readWhole(terminal), 1)
    .option('--jobs <file>', say(OPTION.jobsTable))
    .action(async (path: string, options: { output: string; effort: EffortName; seed: number; jobs?: string }) => {
      await mayWrite(options.output)
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
