import { type AlertQuery, type Client, type RuleExplanation, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { jsonText } from '../json-text.ts'
import { readWhole } from '../read-number.ts'
import { alertDetailLines, alertPageRows, explanationLines } from '../threat/stored-alert-lines.ts'
import { threatCliErrors } from '../threat/threat-cli-errors.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION, upTo } from './option-words.ts'
import { RULE_WORDS as WORDS } from './threat-rule-words.ts'

/** Stored alerts of the house. */
export function threatAlertCommands(program: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const alerts = threatGroup(program, terminal).command('alerts').description(say(WORDS.alerts))
  alerts
    .command('list', { isDefault: true })
    .description(say(WORDS.newest))
    .option('--rule <id>', say(WORDS.ofRule))
    .option('--host <name>', say(WORDS.ofHost))
    .addOption(new Option('--level <level>', say(OPTION.level)).choices(threatLevel.options))
    .option('--group <id>', say(WORDS.ofGroup))
    .option('--from <time>', say(WORDS.eventsFrom))
    .option('--to <time>', say(WORDS.eventsTo))
    .option('--before <place>', say(OPTION.next))
    .option('--limit <number>', say(upTo(200)), readWhole(terminal), 50)
    .action(async ({ rule, host, level, group, from, to, before, limit }: AlertQuery) => {
      const query = given({ rule, host, level, group, from, to, before, limit })
      const page = await connect((client) => client.listAlerts(query))
      terminal.result(page, alertPageRows(page, terminal))
    })
  alerts
    .command('show <id>')
    .description(say(WORDS.showAlert))
    .action(async (id: string) => {
      const alert = await connect((client) => client.getAlert(id))
      terminal.result(alert, alertDetailLines(alert, terminal))
    })
  alerts
    .command('explain <id> [rule]')
    .description(say(WORDS.explainAlert))
    .action(async (id: string, rule?: string) => {
      const explanation = await connect((client) => explainAlert(client, id, rule))
      terminal.result(explanation, explanationLines(explanation, terminal))
    })
  alerts
    .command('ocsf <id>')
    .description(say(WORDS.alertOcsf))
    .action(async (id: string) => {
      const finding = await connect(async (client) => (await client.downloadAlertFinding(id)).json())
      terminal.result(finding, [jsonText(finding)])
    })
}

/** Throws `threat_cli.event_not_kept`. */
async function explainAlert(client: Client, id: string, rule: string | undefined): Promise<RuleExplanation> {
  const alert = await client.getAlert(id)
  if (alert.event === undefined) throw threatCliErrors.event_not_kept({ id })
  return client.explainRule(rule ?? alert.rule.id, JSON.stringify(alert.event))
}
