import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KillOptions, type KillReport, killRounds } from '../../pipeline/kill-rounds.fixture.ts'
import { FileAlertSink } from '../../pipeline/sink/file-alert-sink.ts'
import type { StageFinding } from '../../pipeline/stage/stage.ts'
import { StageChain } from '../../pipeline/stage/stage-chain.ts'
import { houseStages } from './house-stages.ts'

export interface StagesKillReport extends KillReport {
  /** Findings that were stored, by stage. */
  readonly findings: Readonly<Record<string, number>>
  /** Findings of a run that is never killed that were not stored, and stored ones that it does not have. */
  readonly different: readonly string[]
  /** Findings stored more than once. */
  readonly findingsTwice: readonly string[]
}

const RULE = `title: Shell
id: shell
name: shell
level: high
logsource: {product: windows, category: process_creation}
detection:
  s:
    Image|endswith: '\\cmd.exe'
  condition: s
`
const CORRELATION = `title: Many shells
id: many
correlation:
  type: event_count
  rules: [shell]
  group-by: [Computer]
  timespan: 1m
  condition: {gte: 3}
  generate: true
level: high
`
const FIRST = Date.parse('2026-01-05T08:00:00Z')

/** One event a second of its own time, on seven computers. */
function lineOf(number: number): string {
  const Image = number % 3 === 0 ? 'C:\\cmd.exe' : 'C:\\calc.exe'
  const head = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Hostname: `pc-${number % 7}` }
  const UtcTime = new Date(FIRST + number * 1000).toISOString()
  return `${JSON.stringify({ ...head, UtcTime, Image, number })}\n`
}

/** Kill rounds of a pipeline with correlation and triage behind it; then the findings beside those of a run without kills. */
export async function killStages(options: Omit<KillOptions, 'load'>): Promise<StagesKillReport> {
  const rules = join(options.folder, 'rules')
  mkdirSync(rules, { recursive: true })
  writeFileSync(join(rules, 'shell.yml'), RULE)
  writeFileSync(join(rules, 'many.yml'), CORRELATION)
  const report = await killRounds({ ...options, load: { entry: 'threat-stages', rules, lineOf } })
  return { ...report, ...(await compareFindings(options.folder, rules)) }
}

/** The same stored steps, pushed through stages that were never saved, restored or killed. */
async function compareFindings(folder: string, rules: string): Promise<Omit<StagesKillReport, keyof KillReport>> {
  const chain = new StageChain(await houseStages({ path: rules }))
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const different: string[] = []
  const findingsTwice: string[] = []
  const seen = new Set<string>()
  const findings: Record<string, number> = {}
  for await (const { alerts, timeMs, findings: stored } of sink.replay(0)) {
    different.push(...differences(stored, await chain.push(alerts, timeMs)))
    for (const finding of stored) {
      const text = JSON.stringify(finding)
      if (seen.has(text)) findingsTwice.push(`${finding.stage} ${finding.id}`)
      seen.add(text)
      findings[finding.stage] = (findings[finding.stage] ?? 0) + 1
    }
  }
  await sink.close()
  return { findings, different, findingsTwice }
}

function differences(stored: readonly StageFinding[], expected: readonly StageFinding[]): string[] {
  const have = new Set(stored.map((finding) => JSON.stringify(finding)))
  const want = new Set(expected.map((finding) => JSON.stringify(finding)))
  return [
    ...[...want].filter((text) => !have.has(text)).map((text) => `lost ${text}`),
    ...[...have].filter((text) => !want.has(text)).map((text) => `not expected ${text}`),
  ]
}
