import { type AuditQuery, auditKind } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { auditLines, flowLines } from '../threat/flow-lines.ts'

/** How the live flow goes, and who did what. */
export function threatFlowCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  threat
    .command('flow')
    .description('the live flow: rates, delay, sources, notices; exit code 1 where it cannot open or store · 实时流量')
    .action(async () => {
      const flow = await connect((client) => client.getThreatFlow())
      terminal.result(flow, flowLines(flow, terminal))
      if (flow.state === 'unopened' || flow.state === 'failing') exit(EXIT.refused)
    })
  threat
    .command('audit')
    .description('who did what, newest first, with the records of it · 审计')
    .addOption(new Option('--kind <kind>', 'only acts on these').choices(auditKind.options))
    .option('--actor <participant>', 'only of this participant')
    .option('--from <time>', 'not before, e.g. 2026-11-22T08:00:00Z')
    .option('--to <time>', 'before')
    .option('--before <place>', 'go on where a list ended')
    .option('--limit <number>', 'so many at most, up to 500', readWhole, 50)
    .action(async (options: AuditQuery) => {
      const page = await connect((client) => client.listThreatAudit(given(options)))
      terminal.result(page, auditLines(page, terminal))
    })
}
