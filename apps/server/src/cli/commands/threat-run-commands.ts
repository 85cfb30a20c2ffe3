import { type ConsentView, type RunDetail, type RunQuery, runStatus } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { findPlaybook, readInputs } from '../threat/playbook-words.ts'
import { dryLines, runLines, runRows } from '../threat/response-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION } from './option-words.ts'
import { RESPONSE_WORDS as WORDS } from './threat-response-words.ts'

/** Runs of playbooks: tried, begun, looked at, consented to, taken back. */
export function threatRunCommands(program: Command, context: CommandContext): void {
  const { terminal } = context
  const run = threatGroup(program, terminal).command('run').description(terminal.say(WORDS.run))
  beginCommands(run, context)
  readCommands(run, context)
  answerCommands(run, context)
}

interface Inputs {
  readonly input?: readonly string[]
  readonly incident?: string
}

interface StartOptions extends Inputs {
  readonly reason: string
  readonly ticket?: string
}

const inputOption = ({ say }: Pick<Terminal, 'say'>): Option => new Option('--input <name=value...>', say(WORDS.input))

function beginCommands(run: Command, context: CommandContext): void {
  const { terminal, connect } = context
  const { say } = terminal
  run
    .command('dry <playbook>')
    .description(say(WORDS.dry))
    .addOption(inputOption(terminal))
    .option('--incident <id>', say(WORDS.wouldBeFor))
    .action(async (words: string, { input = [], incident }: Inputs) => {
      const body = given({ inputs: readInputs(input), incident })
      const dry = await connect(async (client) => client.dryRunPlaybook(await findPlaybook(client, words), body))
      terminal.result(dry, dryLines(dry, terminal))
    })
  run
    .command('start <playbook>')
    .description(say(WORDS.start))
    .addOption(inputOption(terminal))
    .requiredOption('--reason <words>', say(OPTION.why))
    .option('--incident <id>', say(WORDS.isFor))
    .option('--ticket <id>', say(WORDS.ticket))
    .action(async (words: string, { input = [], reason, incident, ticket }: StartOptions) => {
      const about = { inputs: readInputs(input), reason, ...given({ incident, ticket }) }
      const started = await connect(async (client) =>
        client.startRun({ playbook: await findPlaybook(client, words), ...about }),
      )
      tellDriven(started, context)
    })
}

function readCommands(run: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  run
    .command('list', { isDefault: true })
    .description(say(WORDS.newest))
    .addOption(new Option('--status <status>', say(OPTION.state)).choices(runStatus.options))
    .option('--incident <id>', say(OPTION.forIncident))
    .option('--limit <number>', say(OPTION.limit), readWhole(terminal), 100)
    .action(async ({ status, incident, limit }: RunQuery) => {
      const runs = await connect((client) => client.listRuns(given({ status, incident, limit })))
      terminal.result(runs, runRows(runs, terminal))
    })
  run
    .command('show <run>')
    .description(say(WORDS.showRun))
    .action(async (id: string) => {
      const view = await connect((client) => client.getRun(id))
      terminal.result(view, runLines(view, terminal))
    })
}

function answerCommands(run: Command, context: CommandContext): void {
  const { terminal, connect, exit } = context
  const { say } = terminal
  run
    .command('consent <run> <digest>')
    .description(say(WORDS.consent))
    .action(async (id: string, digest: string) => {
      const consent = await connect((client) => client.approveRun(id, digest))
      terminal.result(consent, [...refusals(consent, say), ...runLines(consent.run, terminal)])
      if (!consent.ok || hasFailed(consent.run)) exit(EXIT.refused)
    })
  run
    .command('refuse <run> <reason>')
    .description(say(WORDS.refuse))
    .action(async (id: string, reason: string) => {
      const view = await connect((client) => client.refuseRun(id, reason))
      terminal.result(view, runLines(view, terminal))
    })
  run
    .command('report <run> <detail>')
    .description(say(WORDS.report))
    .option('--failed', say(WORDS.failed))
    .action(async (id: string, detail: string, { failed = false }: { failed?: boolean }) => {
      const view = await connect((client) => client.reportRun(id, { ok: !failed, detail }))
      if (failed) terminal.result(view, runLines(view, terminal))
      else tellDriven(view, context)
    })
  run
    .command('undo <run>')
    .description(say(WORDS.undo))
    .action(async (id: string) => tellDriven(await connect((client) => client.undoRun(id)), context))
  run
    .command('resume <run>')
    .description(say(WORDS.resume))
    .action(async (id: string) => tellDriven(await connect((client) => client.resumeRun(id)), context))
}

const hasFailed = ({ status }: RunDetail): boolean => status === 'failed' || status === 'undo-failed'

/** Shows a run that was driven on; a script reads from the exit code that it failed. */
function tellDriven(view: RunDetail, { terminal, exit }: CommandContext): void {
  terminal.result(view, runLines(view, terminal))
  if (hasFailed(view)) exit(EXIT.refused)
}

const refusals = ({ reasons }: ConsentView, say: Terminal['say']): string[] =>
  reasons.map(({ text, code }) => `✗ ${say(text)} [${code}]`)
