import { type AuditQuery, auditKind } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { auditLines } from '../threat/audit-lines.ts'
import { flowLines } from '../threat/flow-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION, upTo } from './option-words.ts'
import { THREAT_WORDS as WORDS } from './threat-words.ts'

/** How the live flow goes, and who did what. */
export function threatFlowCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  const { say } = terminal
  const threat = threatGroup(program, terminal)
  threat
    .command('flow')
    .description(say(WORDS.flow))
    .action(async () => {
      const flow = await connect((client) => client.getThreatFlow())
      terminal.result(flow, flowLines(flow, terminal))
      if (flow.state === 'unopened' || flow.state === 'failing') exit(EXIT.refused)
    })
  threat
    .command('audit')
    .description(say(WORDS.audit))
    .addOption(new Option('--kind <kind>', say(WORDS.auditKind)).choices(auditKind.options))
    .option('--actor <participant>', say(WORDS.auditActor))
    .option('--from <time>', say(WORDS.auditFrom))
    .option('--to <time>', say(OPTION.until))
    .option('--before <place>', say(OPTION.next))
    .option('--limit <number>', say(upTo(500)), readWhole(terminal), 50)
    .action(async (options: AuditQuery) => {
      const page = await connect((client) => client.listThreatAudit(given(options)))
      terminal.result(page, auditLines(page, terminal))
    })
}
