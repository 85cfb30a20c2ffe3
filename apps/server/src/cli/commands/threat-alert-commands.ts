import { type AlertQuery, type Client, type RuleExplanation, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { alertDetailLines, alertPageRows, explanationLines } from '../threat/stored-alert-lines.ts'
import { threatCliErrors } from '../threat/threat-cli-errors.ts'

/** Stored alerts of the house. */
export function threatAlertCommands(program: Command, { terminal, connect }: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  const alerts = threat.command('alerts').description('stored alerts: list, show, explain, as OCSF · 告警')
  alerts
    .command('list', { isDefault: true })
    .description('the newest first · 新的在前')
    .option('--rule <id>', 'only of this rule')
    .option('--host <name>', 'only of this host')
    .addOption(new Option('--level <level>', 'only of this level').choices(threatLevel.options))
    .option('--group <id>', 'only of this group')
    .option('--from <time>', 'events not before, e.g. 2026-11-22T08:00:00Z')
    .option('--to <time>', 'events before')
    .option('--before <place>', 'go on where a list ended')
    .option('--limit <number>', 'so many at most, up to 200', readWhole, 50)
    .action(async ({ rule, host, level, group, from, to, before, limit }: AlertQuery) => {
      const query = given({ rule, host, level, group, from, to, before, limit })
      const page = await connect((client) => client.listAlerts(query))
      terminal.result(page, alertPageRows(page, terminal))
    })
  alerts
    .command('show <id>')
    .description('its rule with credit, what matched, the event · 规则与署名、匹配字段、原始事件')
    .action(async (id: string) => {
      const alert = await connect((client) => client.getAlert(id))
      terminal.result(alert, alertDetailLines(alert, terminal))
    })
  alerts
    .command('explain <id> [rule]')
    .description('why its rule, or another one of the house, fires for its event or not · 规则为何命中或未命中')
    .action(async (id: string, rule?: string) => {
      const explanation = await connect((client) => explainAlert(client, id, rule))
      terminal.result(explanation, explanationLines(explanation, terminal))
    })
  alerts
    .command('ocsf <id>')
    .description('as an OCSF 1.5.0 detection finding, JSON, for any SIEM · 导出 OCSF 检测发现')
    .action(async (id: string) => {
      const finding = await connect(async (client) => (await client.downloadAlertFinding(id)).json())
      terminal.result(finding, [JSON.stringify(finding)])
    })
}

/** Throws `threat_cli.event_not_kept`. */
async function explainAlert(client: Client, id: string, rule: string | undefined): Promise<RuleExplanation> {
  const alert = await client.getAlert(id)
  if (alert.event === undefined) throw threatCliErrors.event_not_kept({ id })
  return client.explainRule(rule ?? alert.rule.id, JSON.stringify(alert.event))
}
