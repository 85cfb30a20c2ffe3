import { AppError, toAppError } from '@dengta/kernel'
import { ApiError } from '@dengta/sdk'
import { Command, CommanderError, Option } from 'commander'
import { readConfig } from '../config.ts'
import { VERSION } from '../version.ts'
import { computeCommands } from './commands/compute-commands.ts'
import { computeUpCommands } from './commands/compute-up-commands.ts'
import { dataCommands } from './commands/data-commands.ts'
import { engineCommands } from './commands/engine-commands.ts'
import { gateCommands } from './commands/gate-commands.ts'
import { gridEventCommands } from './commands/grid-event-commands.ts'
import { logCommands } from './commands/log-commands.ts'
import { participantCommands } from './commands/participant-commands.ts'
import { planCommands } from './commands/plan-commands.ts'
import { publicComputeCommands } from './commands/public-compute-commands.ts'
import { scenarioCommands } from './commands/scenario-commands.ts'
import { simulateCommands } from './commands/simulate-commands.ts'
import { startCommands } from './commands/start-commands.ts'
import { submissionCommands } from './commands/submission-commands.ts'
import { threatAlertCommands } from './commands/threat-alert-commands.ts'
import { threatCommands } from './commands/threat-commands.ts'
import { threatFlowCommands } from './commands/threat-flow-commands.ts'
import { threatResponseCommands } from './commands/threat-response-commands.ts'
import { threatRuleCommands } from './commands/threat-rule-commands.ts'
import { threatServiceCommands } from './commands/threat-service-commands.ts'
import { threatShiftCommands } from './commands/threat-shift-commands.ts'
import { threatTargetCommands } from './commands/threat-target-commands.ts'
import { threatTriageCommands } from './commands/threat-triage-commands.ts'
import { trainCommands } from './commands/train-commands.ts'
import { connect } from './connect.ts'
import type { CommandContext } from './context.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { createTerminal, languageOf, type Streams, type Terminal } from './terminal.ts'

export interface CliProcess extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs one `dengta` command line; answers its exit code. Every failure ends here as one line that says what to do next. */
export async function runCli(words: readonly string[], process: CliProcess): Promise<number> {
  const language = lastGiven(words, '--lang') ?? languageOf(process.env)
  const terminal = createTerminal(process, language === 'zh' ? 'zh' : 'en', words.includes('--json'))
  let code: number = EXIT.ok
  const context: CommandContext = {
    config: () => readConfig(process.env),
    terminal,
    connect: (work) => connect({ env: process.env, actAs: lastGiven(words, '--as'), terminal }, work),
    exit: (next) => {
      code = next
    },
  }
  try {
    await createProgram(context, process).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    return report(error, terminal, process)
  }
}

function createProgram(context: CommandContext, process: CliProcess): Command {
  const program = new Command('dengta')
    .description('灯塔 Dengta: from pain point to proven, guarded production use. Nothing counts without a record.')
    .version(VERSION)
    .addOption(new Option('--lang <language>', 'language of what you read').choices(['en', 'zh']))
    .option('--json', 'print results as one line of JSON')
    .option('--as <participant>', 'act for a participant whose key this house keeps (on this machine only)')
    .configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => process.stderr.write(text),
    })
    .exitOverride()
    .showHelpAfterError('(dengta --help lists the commands)')
  const groups = [
    startCommands,
    scenarioCommands,
    participantCommands,
    dataCommands,
    computeCommands,
    gridEventCommands,
    computeUpCommands,
    publicComputeCommands,
    engineCommands,
    planCommands,
    simulateCommands,
    submissionCommands,
    trainCommands,
    logCommands,
    gateCommands,
    threatCommands,
    threatServiceCommands,
    threatFlowCommands,
    threatAlertCommands,
    threatRuleCommands,
    threatTriageCommands,
    threatShiftCommands,
    threatResponseCommands,
    threatTargetCommands,
  ]
  for (const add of groups) add(program, context)
  for (const command of program.commands) inheritSettings(command, program)
  return program
}

/** Global options may stand behind a sub-command too, and its errors end in `report`. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const option of parent.options)
    if (option.attributeName() !== 'version') command.addOption(new Option(option.flags).hideHelp())
  for (const child of command.commands) inheritSettings(child, command)
}

function report(thrown: unknown, terminal: Terminal, { stderr }: Streams): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (thrown instanceof ApiError) return explain(thrown.code, terminal.say(thrown.text), statusExit(thrown.status))
  const error = fileError(thrown) ?? toAppError(thrown)
  if (error.code === 'house.unexpected') stderr.write(`${String((error.cause as Error)?.stack ?? error.cause)}\n`)
  return explain(
    error.code,
    terminal.say(error.text),
    error.code === 'house.unexpected' ? EXIT.internal : exitCodeOf(error.kind),
  )

  function explain(code: string, text: string, exit: number): number {
    terminal.note({ en: `✗ ${text} [${code}]`, zh: `✗ ${text} [${code}]` })
    return exit
  }
}

/** The system names no path here. */
const FOLDER = { en: 'the path names a folder; give a file', zh: '该路径是目录；请给出文件' }

const FULL = {
  en: 'there is no room left on the disk, or its quota is used up; make room, then try again',
  zh: '磁盘空间或配额已用尽；请腾出空间后重试',
}

/** What the system says of a path that the caller chose. */
const OF_PATHS: ReadonlySet<string> = new Set('ENOENT EACCES EPERM EISDIR ENOTDIR ENAMETOOLONG ELOOP EROFS'.split(' '))

function fileError(thrown: unknown): AppError | undefined {
  const { code, path, syscall } = (thrown ?? {}) as NodeJS.ErrnoException
  if (code === 'EISDIR' && syscall === 'read')
    return new AppError('invalid', 'cli.unreadable_file', FOLDER, { cause: thrown })
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('unavailable', 'cli.unreadable_file', FULL, { cause: thrown })
  if (!path || !code || !OF_PATHS.has(code)) return undefined
  const text = {
    en: `${path} cannot be read or written (${code}); check the path`,
    zh: `无法读写 ${path}（${code}）；请检查路径`,
  }
  return new AppError('invalid', 'cli.unreadable_file', text, { cause: thrown })
}

function statusExit(status: number): number {
  if (status === 401 || status === 403) return EXIT.forbidden
  if (status === 0 || status >= 500) return EXIT.unavailable
  return status === 400 || status === 404 ? EXIT.usage : EXIT.refused
}

/** The value of a global option wherever it stands, as `--as plant` or `--as=plant`; the last one counts. */
function lastGiven(words: readonly string[], option: string): string | undefined {
  const at = words.findLastIndex((word) => word === option || word.startsWith(`${option}=`))
  return words[at] === option ? words[at + 1] : words[at]?.slice(option.length + 1)
}
