import { parseDocument } from 'yaml'
import { readCorrelations } from '../../correlate/correlation-set.ts'
import { standingOf } from '../../correlate/generating.ts'
import type { RuleSetReport, RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import { hashOf } from '../../pipeline/detector/load-rule-source.ts'
import { loadRules, type RuleFile } from '../../rule/load-rules.ts'
import type { Rule } from '../../rule/rule.ts'
import { readRuleFiles } from '../../rule/rule-files.ts'
import { techniquesOfTags } from '../triage/seen-alert-of.ts'

/** A rule as the pages show it. */
export interface RuleEntry {
  readonly id: string
  readonly title: string
  readonly level: string
  readonly version: string
  readonly author: string
  readonly licence: string
  readonly link: string
  readonly tags: readonly string[]
  readonly kind: 'rule' | 'correlation'
  readonly state: 'active' | 'silent'
  readonly status: string
  readonly logSource: { readonly product?: string; readonly category?: string; readonly service?: string }
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  readonly description: string
  readonly falsePositives: readonly string[]
  readonly references: readonly string[]
  readonly file: string
  readonly line: number
  readonly readBy: readonly string[]
  readonly yaml: string
}

export interface ReadRuleSet {
  readonly report: RuleSetReport
  readonly entries: readonly RuleEntry[]
  readonly seconds: number
}

const MAX_YAML = 65_536
const TACTIC = /^attack\.([a-z][a-z-]+)$/

/** Reads a whole rule set for the pages: what fires comes from the detectors, which read the same files. */
export async function readRuleSet(source: RuleSource): Promise<ReadRuleSet> {
  const begun = performance.now()
  const files = await readRuleFiles(source.path, source.under)
  const set = loadRules(files, source)
  const correlations = readCorrelations(set)
  const standing = standingOf(correlations)
  const texts = new Map(files.map((file) => [file.path, file]))
  const readBy = readersOf(correlations)
  const rules = set.rules.map(
    (rule, at): RuleEntry => ({
      ...entryOf(rule, texts.get(rule.origin.file)),
      ...{ kind: 'rule', state: standing.rules[at] ? 'active' : 'silent', logSource: rule.logSource },
      readBy: readBy.get(rule) ?? [],
    }),
  )
  const chained = correlations.correlations.map(
    (each, at): RuleEntry => ({
      ...entryOf(each, texts.get(each.origin.file)),
      ...{ kind: 'correlation', state: standing.correlations[at] ? 'active' : 'silent', logSource: {}, readBy: [] },
    }),
  )
  const invalid = [...set.invalid, ...correlations.invalid]
  const counts = { rules: rules.length, correlations: chained.length, filters: set.filters.length }
  const report = { hash: hashOf(files), ...counts, invalid, idle: set.idle, byLogSource: set.byLogSource }
  return { report, entries: [...rules, ...chained], seconds: (performance.now() - begun) / 1000 }
}

type Heading = Pick<Rule, 'id' | 'title' | 'level' | 'version' | 'status' | 'tags' | 'origin'>

function entryOf({ id, title, level, version, status, tags, origin }: Heading, file: RuleFile | undefined) {
  const { author, licence, link } = origin
  const yaml = file?.text ?? ''
  return {
    ...{ id, title, level, version, status, tags, author, licence, link, file: origin.file, line: origin.line },
    techniques: techniquesOfTags(tags),
    tactics: tags.flatMap((tag) => TACTIC.exec(tag)?.[1] ?? []),
    ...proseOf(yaml),
    yaml: yaml.slice(0, MAX_YAML),
  }
}

/** What a rule says for people; of a file with several documents, the first. */
function proseOf(yaml: string): Pick<RuleEntry, 'description' | 'falsePositives' | 'references'> {
  const head = /^(?:title|description|falsepositives|references):(?:.*\n(?:[ \t]+.*\n|- .*\n|\n)*)/gm
  const read = parseDocument((yaml.match(head) ?? []).join(''), { uniqueKeys: false }).toJS() as Record<
    string,
    unknown
  > | null
  const list = (value: unknown) =>
    (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String)
  return {
    description: String(read?.description ?? ''),
    falsePositives: list(read?.falsepositives),
    references: list(read?.references),
  }
}

function readersOf({ correlations, rules }: ReturnType<typeof readCorrelations>): Map<Rule, string[]> {
  const readers = new Map<Rule, string[]>()
  for (const { id, references } of correlations) {
    for (const reference of references) {
      if (!('rule' in reference)) continue
      const rule = rules[reference.rule] as Rule
      readers.set(rule, [...(readers.get(rule) ?? []), id])
    }
  }
  return readers
}
