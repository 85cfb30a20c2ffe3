import { type DispositionKind, dispositionKind, type QueueQuery, queueQuery, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { groupLines, queueRows } from '../threat/group-lines.ts'
import { riskLines } from '../threat/outcome-lines.ts'

interface Judgement {
  readonly verdict: DispositionKind
  readonly reason: string
  readonly file?: string
  readonly until?: string
}

/** The queue of groups that wait for people. */
export function threatTriageCommands(program: Command, context: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  const triage = threat
    .command('triage')
    .description('groups that wait for people: list, show, judge, undo, learn · 研判队列')
  queueCommand(triage, context)
  verdictCommands(triage, context)
}

function queueCommand(triage: Command, { terminal, connect }: CommandContext): void {
  const { order } = queueQuery.shape
  triage
    .command('list', { isDefault: true })
    .description('the most suspicious first · 等待处理的告警组，最可疑的在前')
    .option('--network <name>', 'only of this network')
    .addOption(new Option('--action <action>', 'only these').choices(['escalate', 'hand_over']))
    .addOption(new Option('--level <level>', 'only of this level').choices(threatLevel.options))
    .addOption(new Option('--order <order>', 'score, newest or oldest first').choices(order.unwrap().options))
    .option('--limit <number>', 'so many at most, up to 200', readWhole, 50)
    .option('--offset <number>', 'pass over so many', readWhole)
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
  triage
    .command('show <group>')
    .description('why it waits: decision, what moved it, cases like it, verdicts · 为何等待：决定依据、相似案例与结论')
    .action(async (id: string) => {
      const group = await connect((client) => client.getGroup(id))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('judge <group>')
    .description('say what it was; an attack without an incident opens one · 给出结论；确认攻击而尚无安全事件时会新建')
    .addOption(
      new Option('--verdict <verdict>', 'suppress: benign, and groups like it stay out of the queue')
        .choices(dispositionKind.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', 'why')
    .option('--file <words>', 'what an attack is filed under, such as one step of an intrusion')
    .option(
      '--until <time>',
      'end of a suppression, e.g. 2026-12-01T00:00:00Z; seven days unless stated, at most ninety',
    )
    .action(async (id: string, { verdict: kind, reason, file, until }: Judgement) => {
      const said = { kind, reason, ...given({ file, until }) }
      const group = await connect((client) => client.judgeGroup(id, said))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('undo <group>')
    .description('take the newest verdict back; it stays in the history · 撤销最近的结论，历史中保留')
    .action(async (id: string) => {
      const group = await connect((client) => client.undoDisposition(id))
      terminal.result(group, groupLines(group, terminal))
    })
  triage
    .command('learn')
    .description('learn again from all verdicts; what is proven then holds from the next alert on · 重新学习')
    .action(async () => {
      const risk = await connect((client) => client.learnTriage())
      terminal.result(risk, riskLines(risk, terminal))
    })
}
