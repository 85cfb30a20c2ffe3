import { type RuleQuery, ruleQuery, ruleState, threatLevel } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { coverageLines, reloadLines, ruleLines, ruleRows, ruleSetLines } from '../threat/rule-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION, upTo } from './option-words.ts'
import { RULE_WORDS as WORDS } from './threat-rule-words.ts'

/** The rules in force in the house: hits, cost and verdicts, the load report, reload, quarantine, coverage. */
export function threatRuleCommands(program: Command, context: CommandContext): void {
  const { terminal } = context
  const rules = threatGroup(program, terminal).command('rules').description(terminal.say(WORDS.rules))
  listCommand(rules, context)
  oneRuleCommands(rules, context)
  setCommands(rules, context)
}

function listCommand(rules: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const { order, hit } = ruleQuery.shape
  rules
    .command('list', { isDefault: true })
    .description(say(WORDS.mostHits))
    .option('--text <words>', say(WORDS.text))
    .addOption(new Option('--level <level>', say(OPTION.level)).choices(threatLevel.options))
    .option('--product <name>', say(WORDS.product))
    .option('--technique <id>', say(WORDS.technique))
    .addOption(new Option('--state <state>', say(OPTION.state)).choices(ruleState.options))
    .addOption(new Option('--hit <answer>', say(WORDS.hit)).choices(hit.unwrap().options))
    .addOption(new Option('--order <order>', say(WORDS.order)).choices(order.unwrap().options))
    .option('--limit <number>', say(upTo(200)), readWhole(terminal), 50)
    .option('--offset <number>', say(OPTION.offset), readWhole(terminal))
    .action(async (options: RuleQuery) => {
      const page = await connect((client) => client.listRules(given(options)))
      terminal.result(page, ruleRows(page, terminal))
    })
}

function oneRuleCommands(rules: Command, { terminal, connect, exit }: CommandContext): void {
  rules
    .command('show <rule>')
    .description(terminal.say(WORDS.showRule))
    .action(async (id: string) => {
      const rule = await connect((client) => client.getRule(id))
      terminal.result(rule, ruleLines(rule, terminal))
    })
  rules
    .command('filter <rule>')
    .description(terminal.say(WORDS.filter))
    .action(async (id: string) => {
      const draft = await connect((client) => client.draftFilter(id))
      terminal.result(draft, draft.yaml === undefined ? [terminal.say(draft.text)] : [draft.yaml.trimEnd()])
      if (draft.yaml === undefined) exit(EXIT.refused)
      else terminal.note(draft.text)
    })
  rules
    .command('lift <rule>')
    .description(terminal.say(WORDS.lift))
    .action(async (id: string) => {
      const rule = await connect((client) => client.liftQuarantine(id))
      terminal.result(rule, ruleLines(rule, terminal))
    })
}

function setCommands(rules: Command, { terminal, connect }: CommandContext): void {
  rules
    .command('report')
    .description(terminal.say(WORDS.report))
    .action(async () => {
      const set = await connect((client) => client.getRuleSet())
      terminal.result(set, ruleSetLines(set, terminal))
    })
  rules
    .command('reload')
    .description(terminal.say(WORDS.reload))
    .action(async () => {
      const set = await connect((client) => client.reloadRules())
      terminal.result(set, reloadLines(set, terminal))
    })
  rules
    .command('coverage')
    .description(terminal.say(WORDS.coverage))
    .action(async () => {
      const coverage = await connect((client) => client.getCoverage())
      terminal.result(coverage, coverageLines(coverage, terminal))
    })
}
