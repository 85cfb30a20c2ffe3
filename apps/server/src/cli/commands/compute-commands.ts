import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkPlan, explainJob, planRunErrors, readPlanFile } from '@dengta/compute'
import { AppError, sha256Hex } from '@dengta/kernel'
import type { Client, EffortName, PlanView, SettlementQuery } from '@dengta/sdk'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { planLines, rehearsalLines, whyLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { settlementLines } from '../event-lines.ts'
import { openFile } from '../open-file.ts'
import { readNumber, readWhole } from '../read-number.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './compute-group.ts'
import { effortOption } from './plan-commands.ts'

/** Days and plans of the house, why a job lies where it lies, and what a grid event would do. */
export function computeCommands(program: Command, context: CommandContext): void {
  const compute = computeGroup(program)
  dayCommands(compute, context)
  runCommands(compute, context)
  fileCommand(compute, context)
  whyCommand(compute, context)
  eventCommands(compute, context)
  settleCommand(compute, context)
}

interface UploadOptions {
  readonly origin: 'real' | 'simulated'
  readonly source: string
  readonly startsAt?: string
  readonly jobs?: string
}

function dayCommands(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('upload <file>')
    .description('upload a day, YAML or JSON; a mistake in it is named with line and field')
    .addOption(
      new Option('--origin <origin>', 'where its figures come from')
        .choices(['real', 'simulated'])
        .makeOptionMandatory(),
    )
    .requiredOption('--source <text>', 'in words: what was measured, what was assumed')
    .option('--jobs <file>', 'a CSV table of jobs, for a day that lists none')
    .option('--starts-at <time>', 'when slot 0 begins, RFC 3339; the coming midnight UTC unless stated')
    .action(async (path: string, { jobs, ...options }: UploadOptions) => {
      const upload = jobs === undefined ? await openFile(path) : new Blob([await readDayFile(path, jobs)])
      const day = await connect((client) => client.uploadDay(options, upload))
      terminal.result(day, [`${day.id}  ${day.name}  ${day.startsAt}  ${day.snapshot}`])
    })
  compute
    .command('days')
    .description('all days, newest first')
    .action(async () => {
      const days = await connect((client) => client.listDays())
      const rows = days.map((day) => [day.id, day.name, day.startsAt, String(day.jobs), day.origin, day.plan ?? '-'])
      terminal.result(days, formatTable(rows))
    })
}

function runCommands(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('run <day>')
    .description('plan an uploaded day on the server and wait for the result, which goes on record')
    .addOption(effortOption())
    .option('--seed <number>', 'seed of the search', readWhole, 1)
    .action(async (day: string, { effort, seed }: { effort: EffortName; seed: number }) => {
      const plan = await connect(async (client) =>
        awaitPlan(client, (await client.askPlan({ day, effort, seed })).id, terminal),
      )
      terminal.result(plan, planLines(plan, terminal))
    })
  compute
    .command('cancel-plan <plan>')
    .description('stop the planning of a day · 取消计划')
    .action(async (id: string) => {
      const plan = await connect((client) => client.cancelPlan(id))
      terminal.result(plan, planLines(plan, terminal))
    })
  compute
    .command('plans')
    .description('all plans, newest first')
    .action(async () => {
      const plans = await connect((client) => client.listPlans())
      const gap = ({ result }: PlanView): string => (result ? `${(100 * result.gap).toFixed(2)} %` : '-')
      const rows = plans.map((plan) => [
        plan.id,
        plan.dayName,
        plan.kind,
        terminal.say(called('plan', plan.state)),
        gap(plan),
      ])
      terminal.result(plans, formatTable(rows))
    })
}

/** The plan file, with every job of everybody: what a stranger checks with `dengta plan check`. */
function fileCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('download <plan> <file>')
    .description('save the plan file, to be checked with `dengta plan check`; for operator and auditor')
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
    .description('why a job lies where it lies: of a plan of the house by its id, or of a plan file, offline')
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

interface EventOptions {
  readonly from: string
  readonly minutes: number
  readonly depth: number
  readonly notice: number
  readonly sites?: string
}

function eventCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const request = ({ from, minutes, depth, notice, sites }: EventOptions) => ({
    ...{ from, minutes, depth: depth / 100, noticeMinutes: notice },
    ...(sites !== undefined && { sites: sites.split(',') }),
  })
  const asked = (command: Command): Command =>
    command
      .requiredOption('--from <time>', 'HH:MM after the start of the day')
      .option('--minutes <count>', 'how long', readWhole, 60)
      .option('--depth <percent>', 'how much less than planned', readPercent, 25)
      .option('--notice <minutes>', 'how long before it is known', readWhole, 0)
      .option('--sites <names>', 'comma-separated; all unless stated')
  asked(compute.command('rehearse <plan>').description('what a grid event would do to a plan, without effect')).action(
    async (plan: string, options: EventOptions) => {
      const tried = await connect((client) => client.rehearseEvent(plan, request(options)))
      terminal.result(tried, rehearsalLines(tried, terminal))
    },
  )
  asked(compute.command('announce <plan>').description('put a grid event on record')).action(
    async (plan: string, options: EventOptions) => {
      const event = await connect((client) => client.announceEvent({ plan, ...request(options) }))
      terminal.result(event, [`${event.id}  ${event.from} - ${event.to}  ${event.record}`])
    },
  )
}

function settleCommand(compute: Command, { terminal, connect }: CommandContext): void {
  compute
    .command('settle <event> [meters]')
    .description(
      'settle an event that is over from a meter file: CSV `time,site,kw`, one line a minute and site; without one, for the jobs of this house by their ordered power, an estimate',
    )
    .addOption(
      new Option('--method <name>', 'baseline')
        .choices(['high5of10', 'last10', 'sameDay3and2', 'meterBefore'])
        .default('meterBefore'),
    )
    .option('--yuan-per-kwh <number>', 'paid for energy delivered', readNumber, 0)
    .option('--shortfall-yuan-per-kwh <number>', 'taken for each kWh short of the promise', readNumber, 0)
    .option('--availability-yuan-per-kw <number>', 'paid for each promised kW', readNumber, 0)
    .option('--tolerance <percent>', 'of the promise, by which a minute may miss it', readTolerance, 0.1)
    .option('--dry-run', 'show what settling would say; nothing is kept and nothing goes on record')
    .action(async (id: string, path: string | undefined, { dryRun, ...query }: SettleOptions) => {
      const upload = path === undefined ? undefined : await openFile(path)
      if (dryRun) {
        const tried = await connect((client) =>
          upload ? client.trySettlement(id, query, upload) : client.tryEstimate(id, query),
        )
        terminal.result(tried, [...settlementLines(tried, terminal), terminal.say(NOT_KEPT)])
        return
      }
      const { settlement, ...event } = await connect((client) =>
        upload ? client.settleEvent(id, query, upload) : client.estimateSettlement(id, query),
      )
      const lines = settlement ? [...settlementLines(settlement, terminal), settlement.record] : []
      terminal.result({ ...event, settlement }, lines)
    })
}

type Terms = 'method' | 'tolerance' | 'yuanPerKwh' | 'shortfallYuanPerKwh' | 'availabilityYuanPerKw'

interface SettleOptions extends Pick<SettlementQuery, Terms> {
  readonly dryRun?: boolean
}

const NOT_KEPT = { en: 'dry run: nothing was kept, nothing is on record', zh: '试算：未保存，也未产生凭证' }

/** Percent of planned power: above 0, at most 100. */
function readPercent(text: string): number {
  const value = readNumber(text)
  if (value <= 0 || value > 100) throw new InvalidArgumentError('give a percentage above 0, at most 100')
  return value
}

/** Percent of the promise, 0 to 100, as a share. */
function readTolerance(text: string): number {
  const value = readNumber(text)
  if (value < 0 || value > 100) throw new InvalidArgumentError('give a percentage of 0 to 100')
  return value / 100
}
