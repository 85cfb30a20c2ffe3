import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRules } from '../../dns-volume/dns-query-rules.ts'
import type { DnsQuery } from '../../dns-volume/dns-volume.ts'
import { encoded, payload } from '../../dns-volume/tunnel.fixture.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
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
  /** DNS names that were stored for the stages, and those of acknowledged events that were not. */
  readonly names: number
  readonly namesLost: readonly string[]
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

/** A tunnel of 20 bytes every three seconds, to a new domain every 50 minutes; every stream sends the same. */
const nameOf = (number: number): string =>
  `${encoded(payload(`k${number}`, 20), 'hex')}.tunnel${Math.floor(number / 3000)}.net`

/** One event a second of its own time, on seven computers; every third is a DNS query of an eighth. */
function lineOf(number: number): string {
  return number % 3 === 1 ? queryLine(number) : processLine(number)
}

function queryLine(number: number): string {
  const ts = FIRST / 1000 + number
  const ends = { 'id.orig_h': '10.0.0.8', 'id.resp_p': 53 }
  return `${JSON.stringify({ _path: 'dns', ts, ...ends, query: nameOf(number), qtype_name: 'TXT' })}\n`
}

function processLine(number: number): string {
  const Image = number % 3 === 0 ? 'C:\\cmd.exe' : 'C:\\calc.exe'
  const head = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Hostname: `pc-${number % 7}` }
  const UtcTime = new Date(FIRST + number * 1000).toISOString()
  return `${JSON.stringify({ ...head, UtcTime, Image, number })}\n`
}

/** Kill rounds of a pipeline with the DNS watch, correlation and triage behind it; then the findings beside those of a run without kills. */
export async function killStages(options: Omit<KillOptions, 'load'>): Promise<StagesKillReport> {
  const path = join(options.folder, 'rules')
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'shell.yml'), RULE)
  writeFileSync(join(path, 'many.yml'), CORRELATION)
  const rules = { path, forStages: houseRules() }
  const report = await killRounds({ ...options, load: { entry: 'threat-stages', rules, lineOf } })
  const { seen, ...compared } = await compareFindings(options.folder, rules)
  const names = Array.from({ length: Math.floor((report.furthest + 1) / 3) }, (_, at) => nameOf(3 * at + 1))
  return { ...report, ...compared, names: seen.size, namesLost: names.filter((name) => !seen.has(name)) }
}

interface Compared extends Pick<StagesKillReport, 'findings' | 'different' | 'findingsTwice'> {
  readonly seen: ReadonlySet<string>
}

/** The same stored steps, pushed through stages that were never saved, restored or killed. */
async function compareFindings(folder: string, rules: RuleSource): Promise<Compared> {
  const chain = new StageChain(await houseStages(rules))
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const different: string[] = []
  const findingsTwice: string[] = []
  const texts = new Set<string>()
  const seen = new Set<string>()
  const findings: Record<string, number> = {}
  for await (const { alerts, timeMs, observations = [], findings: stored } of sink.replay(0)) {
    different.push(...differences(stored, await chain.push(alerts, timeMs, observations)))
    for (const observation of observations) seen.add((observation.seen as DnsQuery).name)
    for (const finding of stored) {
      const text = JSON.stringify(finding)
      if (texts.has(text)) findingsTwice.push(`${finding.stage} ${finding.id}`)
      texts.add(text)
      findings[finding.stage] = (findings[finding.stage] ?? 0) + 1
    }
  }
  await sink.close()
  return { findings, different, findingsTwice, seen }
}

function differences(stored: readonly StageFinding[], expected: readonly StageFinding[]): string[] {
  const have = new Set(stored.map((finding) => JSON.stringify(finding)))
  const want = new Set(expected.map((finding) => JSON.stringify(finding)))
  return [
    ...[...want].filter((text) => !have.has(text)).map((text) => `lost ${text}`),
    ...[...have].filter((text) => !want.has(text)).map((text) => `not expected ${text}`),
  ]
}
