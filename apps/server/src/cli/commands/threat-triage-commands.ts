import { type DispositionKind, dispositionKind, type QueueQuery, queueQuery, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { groupLines, queueRows } from '../threat/group-lines.ts'
import { riskLines } from '../threat/outcome-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION, upTo } from './option-words.ts'
import { SHIFT_WORDS as WORDS } from './threat-shift-words.ts'

interface Judgement {
  readonly verdict: DispositionKind
  readonly reason: string
  readonly file?: string
  readonly until?: string
}

/** The queue of groups that wait for people. */
export function threatTriageCommands(program: Command, context: CommandContext): void {
  const { terminal } = context
  const triage = threatGroup(program, terminal).command('triage').description(terminal.say(WORDS.triage))
  queueCommand(triage, context)
  verdictCommands(triage, context)
}

function queueCommand(triage: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const { order } = queueQuery.shape
  triage
    .command('list', { isDefault: true })
    .description(say(WORDS.suspicious))
    .option('--network <name>', say(OPTION.network))
    .addOption(new Option('--action <action>', say(WORDS.action)).choices(['escalate', 'hand_over']))
    .addOption(new Option('--level <level>', say(OPTION.level)).choices(threatLevel.options))
    .addOption(new Option('--order <order>', say(WORDS.order)).choices(order.unwrap().options))
    .option('--limit <number>', say(upTo(200)), readWhole(terminal), 50)
    .option('--offset <number>', say(OPTION.offset), readWhole(terminal))
    .action(async ({ network, action, level, order: by, limit, offset }: QueueQuery) => {
      const query = given({ network, action, level, order: by, limit, offset, today: startOfToday() })
      const page = await connect((client) => client.getTriageQueue(query))
      terminal.result(page, queueRows(page, terminal))
    })
}

/** Midnight where the reader is, RFC 3339. */
function startOfToday(): string {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString()
}

function verdictCommands(triage: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  triage
    .command('show <group>')
    .description(say(WORDS.showGroup))
    .action(async (id: string) => {
      const group = await connect((client) => client.getGroup(id))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('judge <group>')
    .description(say(WORDS.judge))
    .addOption(
      new Option('--verdict <verdict>', say(WORDS.verdictOfGroup))
        .choices(dispositionKind.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', say(OPTION.why))
    .option('--file <words>', say(WORDS.fileUnder))
    .option('--until <time>', say(WORDS.until))
    .action(async (id: string, { verdict: kind, reason, file, until }: Judgement) => {
      const said = { kind, reason, ...given({ file, until }) }
      const group = await connect((client) => client.judgeGroup(id, said))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('undo <group>')
    .description(say(WORDS.undo))
    .action(async (id: string) => {
      const group = await connect((client) => client.undoDisposition(id))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('learn')
    .description(say(WORDS.learn))
    .action(async () => {
      const risk = await connect((client) => client.learnTriage())
      terminal.result(risk, riskLines(risk, terminal))
    })
}
