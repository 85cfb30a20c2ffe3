import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

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
  const threat = program
    .command('threat')
    .description('Sigma rules on event files, offline: check, explain, detect · 威胁检测')
    .helpGroup('Repeat 复制:')
  lintCommand(threat, context)
  explainCommand(threat, context)
  detectCommand(threat, context)
}

function lintCommand(threat: Command, { terminal, exit, config }: CommandContext): void {
  threat
    .command('lint <path...>')
    .description('check rule files, folders or a .tar.gz; exit code 1 when one is refused · 检查规则')
    .addOption(underOption())
    .addOption(mappingOption())
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
    .description('why a rule fires or not for one event, comparison by comparison · 解释')
    .option('--rules <path>', 'where to look for RULE by id, name or title, when it is no file')
    .addOption(mappingOption())
    .addHelpText('after', '\nEVENT: FILE or FILE:LINE, line 1 without one. RULE: a rule file, or with --rules an id.')
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
  threat
    .command('detect <file...>')
    .description('run rules and correlations over event files; one alert a line, as JSON · 检测')
    .requiredOption('--rules <path...>', 'rule files, folders or a .tar.gz')
    .addOption(underOption())
    .addOption(mappingOption())
    .option('--table', 'alerts as rows for people')
    .option('--summary', 'only the counts')
    .option(
      '--lateness <span>',
      'how late events may come, as 30s or 1h; without it files are sorted whole, - waits 1m',
    )
    .option('--licence <name>', 'licence of rules that name none')
    .option('--link <address>', 'address of the rule set')
    .option('--no-dns', 'without the watch over what leaves in DNS names')
    .addHelpText(
      'after',
      '\nFILE: NDJSON, Windows event log (.evtx), syslog or audit log (.log), also .gz, .br and .zst; a folder of them; - for NDJSON on standard input.',
    )
    .action(async (paths: string[], options: DetectOptions) => {
      const { readCorrelations, readTimespan } = await import('@dengta/threat')
      const { listEventFiles } = await import('../threat/event-files.ts')
      const { readRules } = await import('../threat/read-rules.ts')
      const { detectEvents } = await import('../threat/detect-events.ts')
      const { alertJson, alertRow } = await import('../threat/alert-lines.ts')
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
          if (!options.summary) terminal.result(alert, [options.table ? alertRow(alert) : alertJson(alert)])
        },
        terminal,
      })
      const texts = summaryTexts(summary)
      if (options.summary) terminal.result(summary, texts.map(terminal.say))
      else for (const text of texts) terminal.note(text)
    })
}

const mappingOption = (): Option =>
  new Option('--mapping <folder>', 'own mappings, tried before those of the pack; else DENGTA_THREAT_MAPPINGS')
const underOption = (): Option => new Option('--under <folder...>', 'only these folders of a rule folder or archive')
