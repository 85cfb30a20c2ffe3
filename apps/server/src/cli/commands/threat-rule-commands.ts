import { type RuleQuery, ruleQuery, ruleState, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { coverageLines, reloadLines, ruleLines, ruleRows, ruleSetLines } from '../threat/rule-lines.ts'

/** The rules in force in the house: hits, cost and verdicts, the load report, reload, quarantine, coverage. */
export function threatRuleCommands(program: Command, context: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  const rules = threat
    .command('rules')
    .description('rules in force: list, show, filter, lift, report, reload, coverage · 生效的规则')
  listCommand(rules, context)
  oneRuleCommands(rules, context)
  setCommands(rules, context)
}

function listCommand(rules: Command, { terminal, connect }: CommandContext): void {
  const { order, hit } = ruleQuery.shape
  rules
    .command('list', { isDefault: true })
    .description('those with most hits first · 命中最多的在前')
    .option('--text <words>', 'looked for in title, id and tags')
    .addOption(new Option('--level <level>', 'only of this level').choices(threatLevel.options))
    .option('--product <name>', 'only for log sources of this product')
    .option('--technique <id>', 'only for this ATT&CK technique, e.g. T1059.001')
    .addOption(new Option('--state <state>', 'only these').choices(ruleState.options))
    .addOption(new Option('--hit <answer>', 'only those that ever fired, or never').choices(hit.unwrap().options))
    .addOption(new Option('--order <order>', 'what comes first').choices(order.unwrap().options))
    .option('--limit <number>', 'so many at most, up to 200', readWhole, 50)
    .option('--offset <number>', 'pass over so many', readWhole)
    .action(async (options: RuleQuery) => {
      const page = await connect((client) => client.listRules(given(options)))
      terminal.result(page, ruleRows(page, terminal))
    })
}

function oneRuleCommands(rules: Command, { terminal, connect, exit }: CommandContext): void {
  rules
    .command('show <rule>')
    .description(
      'credit, hits, verdicts of people, cost, and the rule as it was written · 署名、命中、结论、耗时与原文',
    )
    .action(async (id: string) => {
      const rule = await connect((client) => client.getRule(id))
      terminal.result(rule, ruleLines(rule, terminal))
    })
  rules
    .command('filter <rule>')
    .description(
      'draft a Sigma filter from what alerts judged benign have in common; exit code 1 without one · 起草过滤规则',
    )
    .action(async (id: string) => {
      const draft = await connect((client) => client.draftFilter(id))
      terminal.result(draft, draft.yaml === undefined ? [terminal.say(draft.text)] : [draft.yaml.trimEnd()])
      if (draft.yaml === undefined) exit(EXIT.refused)
      else terminal.note(draft.text)
    })
  rules
    .command('lift <rule>')
    .description('evaluate a rule in quarantine again · 解除隔离')
    .action(async (id: string) => {
      const rule = await connect((client) => client.liftQuarantine(id))
      terminal.result(rule, ruleLines(rule, terminal))
    })
}

function setCommands(rules: Command, { terminal, connect }: CommandContext): void {
  rules
    .command('report')
    .description('the rule set in force, by log source, and every document that was refused · 加载报告')
    .action(async () => {
      const set = await connect((client) => client.getRuleSet())
      terminal.result(set, ruleSetLines(set, terminal))
    })
  rules
    .command('reload')
    .description('read the rules again and swap them in without a gap; the set goes on record · 重新加载规则')
    .action(async () => {
      const set = await connect((client) => client.reloadRules())
      terminal.result(set, reloadLines(set, terminal))
    })
  rules
    .command('coverage')
    .description('techniques of the ATT&CK matrix that rules name, by tactic · ATT&CK 覆盖')
    .action(async () => {
      const coverage = await connect((client) => client.getCoverage())
      terminal.result(coverage, coverageLines(coverage, terminal))
    })
}
