import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkPlan, explainJob, planRunErrors, readPlanFile } from '@dengta/compute'
import { AppError, sha256Hex } from '@dengta/kernel'
import type { Client, EffortName, PlanView } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import { planLines, whyLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { EXIT } from '../exit-codes.ts'
import { openFile } from '../open-file.ts'
import { readWhole } from '../read-number.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { COMPUTE_WORDS as WORDS } from './compute-words.ts'
import { OPTION } from './option-words.ts'
import { effortOption } from './plan-commands.ts'

/** Days and plans of the house, and why a job lies where it lies. */
export function computeCommands(program: Command, context: CommandContext): void {
  const compute = computeGroup(program, context.terminal)
  dayCommands(compute, context)
  runCommands(compute, context)
  fileCommand(compute, context)
  whyCommand(compute, context)
}

interface UploadOptions {
  readonly origin: 'real' | 'simulated'
  readonly source: string
  readonly startsAt?: string
  readonly jobs?: string
}

function dayCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  compute
    .command('upload <file>')
    .description(say(WORDS.upload))
    .addOption(new Option('--origin <origin>', say(OPTION.origin)).choices(['real', 'simulated']).makeOptionMandatory())
    .requiredOption('--source <text>', say(WORDS.source))
    .option('--jobs <file>', say(OPTION.jobsTable))
    .option('--starts-at <time>', say(WORDS.startsAt))
    .action(async (path: string, { jobs, ...options }: UploadOptions) => {
      const upload = jobs === undefined ? await openFile(path) : new Blob([await readDayFile(path, jobs)])
      const day = await connect((client) => client.uploadDay(options, upload))
      terminal.result(day, [`${day.id}  ${day.name}  ${day.startsAt}  ${day.snapshot}`])
    })
  compute
    .command('days')
    .description(say(WORDS.days))
    .action(async () => {
      const days = await connect((client) => client.listDays())
      const rows = days.map((day) => [
        ...[day.id, day.name, day.startsAt, String(day.jobs)],
        ...[say(called('origin', day.origin)), day.plan ?? '-'],
      ])
      terminal.result(days, formatTable(rows))
    })
}

function runCommands(compute: Command, { terminal, connect, exit }: CommandContext): void {
  const { say } = terminal
  compute
    .command('run <day>')
    .description(say(WORDS.run))
    .addOption(effortOption(terminal))
    .option('--seed <number>', say(OPTION.searchSeed), readWhole(terminal), 1)
    .action(async (day: string, { effort, seed }: { effort: EffortName; seed: number }) => {
      const plan = await connect(async (client) =>
        awaitPlan(client, (await client.askPlan({ day, effort, seed })).id, terminal),
      )
      terminal.result(plan, planLines(plan, terminal))
      if (plan.state !== 'done') exit(EXIT.refused)
    })
  compute
    .command('cancel-plan <plan>')
    .description(say(WORDS.cancelPlan))
    .action(async (id: string) => {
      const plan = await connect((client) => client.cancelPlan(id))
      terminal.result(plan, planLines(plan, terminal))
    })
  compute
    .command('plans')
    .description(say(WORDS.plans))
    .action(async () => {
      const plans = await connect((client) => client.listPlans())
      const gap = ({ result }: PlanView): string => (result ? `${(100 * result.gap).toFixed(2)} %` : '-')
      const rows = plans.map((plan) => [
        ...[plan.id, plan.dayName, say(called('planKind', plan.kind)), say(called('plan', plan.state)), gap(plan)],
      ])
      terminal.result(plans, formatTable(rows))
    })
}

/** The plan file, with every job of everybody: what a stranger checks with `dengta plan check`. */
function fileCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('download <plan> <file>')
    .description(terminal.say(WORDS.download))
    .action(async (plan: string, path: string) => {
      const bytes = await connect(async (client) => (await client.downloadPlan(plan)).arrayBuffer())
      await writeFile(path, new Uint8Array(bytes))
      const digest = sha256Hex(new Uint8Array(bytes))
      terminal.result({ file: path, plan, digest }, [`${path}  sha256 ${digest}`])
    })
}

const ASK_AGAIN_MS = 200

/** Asks until the plan has ended. */
export async function awaitPlan(
  client: Client,
  id: string,
  { progress }: Pick<Terminal, 'progress'>,
): Promise<PlanView> {
  for (;;) {
    const plan = await client.getPlan(id)
    if (plan.state !== 'waiting' && plan.state !== 'running') return plan
    if (plan.progress) progress({ label: plan.progress.step, done: plan.progress.share, total: 1 })
    await sleep(ASK_AGAIN_MS)
  }
}

function whyCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('why <plan> <job>')
    .description(terminal.say(WORDS.why))
    .action(async (plan: string, job: string) => {
      const why = plan.endsWith('.json')
        ? await whyInFile(plan, job)
        : await connect((client) => client.getJobWhy(plan, job))
      terminal.result(why, whyLines(why, terminal))
    })
}

/** Explains no plan that does not hold: throws the first fault that the check finds. */
async function whyInFile(path: string, job: string) {
  const { snapshot, plan } = readPlanFile(await readFile(path, 'utf8'))
  const [fault] = checkPlan(snapshot, plan).faults
  if (fault) throw new AppError('invalid', fault.code, fault.text)
  if (!snapshot.jobs.some(({ name }) => name === job)) throw planRunErrors.no_job({ plan: path, job })
  const { placement, here, now, power, waitsFor, megawatt, yuanPerMwh } = explainJob(snapshot, plan, job)
  const said = { ...(here && { here }), ...(now && { now }), ...(power && { power }) }
  return { plan: path, job, served: placement !== undefined, ...said, waitsFor, megawatt, yuanPerMwh }
}
