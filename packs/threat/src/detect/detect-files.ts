import { matchedFields } from '../match/explain.ts'
import { Matcher } from '../match/matcher.ts'
import { normalise } from '../match/plain-matcher.ts'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { type LoadRulesOptions, loadRules, type RuleSet } from '../rule/load-rules.ts'
import { readRuleFiles } from '../rule/rule-files.ts'
import { type Alert, alertOf } from './alert.ts'
import { type MatchedEvent, matchFile, type UnreadableLine } from './match-file.ts'

export type { UnmappedLine, UnreadableLine } from './match-file.ts'

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
    for await (const found of matchFile(file, matcher)) {
      if ('events' in found) counts.events += found.events
      else if ('fault' in found) {
        counts.unreadable += 1
        if (firstUnreadable.length < SHOWN) firstUnreadable.push(found)
      } else {
        counts.alerts += found.rules.length
        yield* alertsOf(found, file, formats)
      }
    }
  }
  return { ...counts, firstUnreadable, ruleSet }
}

function* alertsOf({ rules, line, text }: MatchedEvent, file: string, formats: readonly Format[]): Generator<Alert> {
  const { source, view } = normalise(JSON.parse(text), formats)
  for (const rule of rules)
    yield alertOf(rule, { file, line, logSource: source.logSource, matched: matchedFields(rule.expression, view) })
}
