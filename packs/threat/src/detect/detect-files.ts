import type { ScanFault } from '../match/event-scanner.ts'
import { explain, matchedFields } from '../match/explain.ts'
import { Matcher } from '../match/matcher.ts'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { type LoadRulesOptions, loadRules, type RuleSet } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { readRuleFiles } from '../rule/rule-files.ts'
import { type Alert, alertOf } from './alert.ts'
import { readEventFile } from './event-file.ts'
import { splitLines } from './split-lines.ts'

export interface UnreadableLine {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly fault: ScanFault | 'too_long'
}

export interface DetectionSummary {
  readonly events: number
  readonly alerts: number
  readonly unreadable: number
  /** The first of them. */
  readonly firstUnreadable: readonly UnreadableLine[]
  /** What was loaded, and what was refused with its reason. */
  readonly ruleSet: RuleSet
}

export interface DetectOptions extends LoadRulesOptions {
  /** Mappings to use instead of those of the pack. */
  readonly formats?: readonly Format[]
  /** Only rules in these folders of the rule set. */
  readonly under?: readonly string[]
}

const SHOWN = 100

/**
 * Runs every rule of a folder (or .tar.gz) over NDJSON files (plain, .gz, .br), in order; yields each alert as it falls
 * and returns the summary. Throws what the file system throws; faulty rules and lines are in the summary.
 */
export async function* detectFiles(
  files: readonly string[],
  rulesFolder: string,
  options: DetectOptions = {},
): AsyncGenerator<Alert, DetectionSummary> {
  const formats = options.formats ?? (await loadMappings())
  const ruleSet = loadRules(await readRuleFiles(rulesFolder, options.under), options)
  const matcher = new Matcher(ruleSet.rules, formats)
  const counts = { events: 0, alerts: 0, unreadable: 0 }
  const firstUnreadable: UnreadableLine[] = []
  for (const file of files) {
    for await (const finding of detectFile(file, matcher, formats)) {
      if ('events' in finding) counts.events += finding.events
      else if ('fault' in finding) {
        counts.unreadable += 1
        if (firstUnreadable.length < SHOWN) firstUnreadable.push(finding)
      } else {
        counts.alerts += 1
        yield finding
      }
    }
  }
  return { ...counts, firstUnreadable, ruleSet }
}

type Finding = Alert | UnreadableLine | { readonly events: number }

async function* detectFile(file: string, matcher: Matcher, formats: readonly Format[]): AsyncGenerator<Finding> {
  let line = 0
  for await (const { bytes, tooLong } of splitLines(readEventFile(file))) {
    if (tooLong > 0) {
      line += 1
      yield { file, line, fault: 'too_long' }
    }
    let events = 0
    let to = bytes.indexOf(10)
    for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(10, from)) {
      line += 1
      if (isBlank(bytes, from, to)) continue
      const fired: Rule[] = []
      const outcome = matcher.match(bytes, from, to, (rule) => fired.push(rule))
      if ('fault' in outcome) yield { file, line, fault: outcome.fault }
      else events += 1
      if (fired.length > 0) yield* alerts(fired, { file, line, text: textOf(bytes, from, to), formats })
    }
    yield { events }
  }
}

interface Fired {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly formats: readonly Format[]
}

/** Few events fire, so these are parsed and explained the plain way. */
function* alerts(rules: readonly Rule[], { file, line, text, formats }: Fired): Generator<Alert> {
  const event: unknown = JSON.parse(text)
  for (const rule of rules) {
    const { logSource, condition } = explain(event, rule, formats)
    yield alertOf(rule, { file, line, logSource, matched: matchedFields(condition) })
  }
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 32 && bytes[i] !== 13 && bytes[i] !== 9) return false
  return true
}
