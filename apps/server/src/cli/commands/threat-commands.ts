import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { jsonText } from '../json-text.ts'
import type { Terminal } from '../terminal.ts'
import { threatGroup } from './command-groups.ts'
import { THREAT_WORDS as WORDS } from './threat-words.ts'

interface DetectOptions {
  readonly rules: string[]
  readonly under?: string[]
  readonly table?: boolean
  readonly summary?: boolean
  readonly lateness?: string
  readonly licence?: string
  readonly link?: string
  readonly mapping?: string
  readonly dns: boolean
}

/** The commands that need neither server nor data folder. The pack is loaded only when one of them runs. */
export function threatCommands(program: Command, context: CommandContext): void {
  const threat = threatGroup(program, context.terminal)
  lintCommand(threat, context)
  explainCommand(threat, context)
  detectCommand(threat, context)
}

function lintCommand(threat: Command, { terminal, exit, config }: CommandContext): void {
  threat
    .command('lint <path...>')
    .description(terminal.say(WORDS.lint))
    .addOption(underOption(terminal))
    .addOption(mappingOption(terminal))
    .action(async (paths: string[], options: { under?: string[]; mapping?: string }) => {
      const { loadMappings, readCorrelations } = await import('@dengta/threat')
      const { readRules } = await import('../threat/read-rules.ts')
      const { lintLines, lintReportOf } = await import('../threat/lint-lines.ts')
      const ruleSet = await readRules(paths, options)
      const formats = await loadMappings(options.mapping ?? config().threat.mappings)
      const report = lintReportOf(ruleSet, readCorrelations(ruleSet), formats)
      terminal.result(report, lintLines(report, terminal))
      if (report.invalid.length > 0) exit(EXIT.refused)
    })
}

function explainCommand(threat: Command, { terminal, config }: CommandContext): void {
  threat
    .command('explain <event> <rule>')
    .description(terminal.say(WORDS.explain))
    .option('--rules <path>', terminal.say(WORDS.whereRules))
    .addOption(mappingOption(terminal))
    .addHelpText('after', `\n${terminal.say(WORDS.explainArguments)}`)
    .action(async (event: string, rule: string, { rules, mapping }: { rules?: string; mapping?: string }) => {
      const { explainRules } = await import('../threat/explain-rules.ts')
      const { explainLines } = await import('../threat/explain-lines.ts')
      const found = await explainRules(event, rule, { rules, mappings: mapping ?? config().threat.mappings })
      terminal.result(
        found.map(({ explanation }) => explanation),
        found.flatMap(({ rule: each, explanation }) => explainLines(each, explanation, terminal)),
      )
    })
}

function detectCommand(threat: Command, { terminal, config }: CommandContext): void {
  const { say } = terminal
  threat
    .command('detect <file...>')
    .description(say(WORDS.detect))
    .requiredOption('--rules <path...>', say(WORDS.rules))
    .addOption(underOption(terminal))
    .addOption(mappingOption(terminal))
    .option('--table', say(WORDS.table))
    .option('--summary', say(WORDS.summary))
    .option('--lateness <span>', say(WORDS.lateness))
    .option('--licence <name>', say(WORDS.licence))
    .option('--link <address>', say(WORDS.link))
    .option('--no-dns', say(WORDS.noDns))
    .addHelpText('after', `\n${say(WORDS.detectFiles)}`)
    .action(async (paths: string[], options: DetectOptions) => {
      const { readCorrelations, readTimespan } = await import('@dengta/threat')
      const { listEventFiles } = await import('../threat/event-files.ts')
      const { readRules } = await import('../threat/read-rules.ts')
      const { detectEvents } = await import('../threat/detect-events.ts')
      const { alertRow } = await import('../threat/alert-lines.ts')
      const { summaryTexts } = await import('../threat/detect-summary.ts')
      const { licence = '', link = '', under = [] } = options
      const files = await listEventFiles(paths)
      const ruleSet = await readRules(options.rules, { licence, link, under })
      const whole = paths.includes('-') ? 60_000 : Number.POSITIVE_INFINITY
      const summary = await detectEvents({
        files,
        ruleSet,
        correlations: readCorrelations(ruleSet),
        mappings: options.mapping ?? config().threat.mappings,
        latenessMs: options.lateness === undefined ? whole : readTimespan(options.lateness),
        watchesDns: options.dns,
        show: (alert) => {
          if (!options.summary) terminal.result(alert, [options.table ? alertRow(alert, terminal) : jsonText(alert)])
        },
        terminal,
      })
      const texts = summaryTexts(summary)
      if (options.summary) terminal.result(summary, texts.map(say))
      else for (const text of texts) terminal.note(text)
    })
}

type Speaker = Pick<Terminal, 'say'>

const mappingOption = ({ say }: Speaker): Option => new Option('--mapping <folder>', say(WORDS.mapping))
const underOption = ({ say }: Speaker): Option => new Option('--under <folder...>', say(WORDS.under))
