import { Command, Option } from 'commander'
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
import { settleCommands } from './commands/settle-commands.ts'
import { simulateCommands } from './commands/simulate-commands.ts'
import { startCommands } from './commands/start-commands.ts'
import { submissionCommands } from './commands/submission-commands.ts'
import { threatAlertCommands } from './commands/threat-alert-commands.ts'
import { threatCommands } from './commands/threat-commands.ts'
import { threatFlowCommands } from './commands/threat-flow-commands.ts'
import { threatPlaybookCommands } from './commands/threat-playbook-commands.ts'
import { threatRuleCommands } from './commands/threat-rule-commands.ts'
import { threatRunCommands } from './commands/threat-run-commands.ts'
import { threatServiceCommands } from './commands/threat-service-commands.ts'
import { threatShiftCommands } from './commands/threat-shift-commands.ts'
import { threatTargetCommands } from './commands/threat-target-commands.ts'
import { threatTriageCommands } from './commands/threat-triage-commands.ts'
import { threatWebhookCommands } from './commands/threat-webhook-commands.ts'
import { trainCommands } from './commands/train-commands.ts'
import type { CommandContext } from './context.ts'
import { PROGRAM } from './help/help-words.ts'
import { houseHelp } from './help/house-help.ts'
import { usageErrorInChinese } from './help/usage-errors.ts'
import type { Streams, Terminal } from './terminal.ts'

/** In the order in which the help lists them. */
const GROUPS: readonly ((program: Command, context: CommandContext) => void)[] = [
  ...[startCommands, scenarioCommands, participantCommands, dataCommands],
  ...[computeCommands, gridEventCommands, settleCommands, computeUpCommands],
  ...[publicComputeCommands, engineCommands, planCommands, simulateCommands],
  ...[submissionCommands, trainCommands, logCommands],
  ...[threatCommands, threatServiceCommands, threatFlowCommands, threatAlertCommands, threatRuleCommands],
  ...[threatTriageCommands, threatShiftCommands, threatPlaybookCommands, threatRunCommands],
  ...[threatTargetCommands, threatWebhookCommands],
  gateCommands,
]

/** Every `dengta` command, its help in the language of the terminal. */
export function createProgram(context: CommandContext, streams: Streams): Command {
  const program = emptyProgram(context.terminal, streams)
  for (const add of GROUPS) add(program, context)
  for (const command of program.commands) inheritSettings(command, program)
  return program
}

function emptyProgram(terminal: Terminal, { stdout, stderr }: Streams): Command {
  const { say, language } = terminal
  return new Command('dengta')
    .description(say(PROGRAM.about))
    .version(VERSION, '-V, --version', say(PROGRAM.version))
    .addOption(new Option('--lang <language>', say(PROGRAM.language)).choices(['en', 'zh']))
    .option('--json', say(PROGRAM.json))
    .option('--as <participant>', say(PROGRAM.actAs))
    .helpOption('-h, --help', say(PROGRAM.help))
    .helpCommand('help [command]', say(PROGRAM.helpOf))
    .configureHelp(houseHelp(terminal))
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(language === 'zh' ? usageErrorInChinese(text) : text),
    })
    .exitOverride()
    .showHelpAfterError(say(PROGRAM.more))
}

/** Global options may stand behind a sub-command too, and its errors end where those of the program end. */
function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const option of parent.options)
    if (option.attributeName() !== 'version') command.addOption(new Option(option.flags).hideHelp())
  for (const child of command.commands) inheritSettings(child, command)
}
