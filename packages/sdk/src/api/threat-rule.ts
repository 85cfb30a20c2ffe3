import { z } from 'zod'
import { text } from './common.ts'
import { alertView, logSource, matchedField, pageQuery, ruleCredit, threatLevel } from './threat.ts'

const count = z.int().nonnegative()

/** `silent`: alerts only through the correlations that read it. `quarantined`: took too long and is not evaluated any more. */
export const ruleState = z.enum(['active', 'silent', 'quarantined'])

/**
 * Time spent on one rule by the live flow since it loaded the rule set, estimated from one event in 64; absent where it was
 * not looked at. It is elapsed time of the detectors: on a crowded machine more than CPU time. A rule is evaluated only
 * for events that hold one of its literals. `share` is of all rules; `secondsPerMillion` a million events of the flow.
 */
export const ruleCost = z.object({
  microseconds: z.number(),
  evaluations: count,
  share: z.number(),
  secondsPerMillion: z.number(),
})

/** Since when and why a rule is not evaluated any more, in how many of the detectors: each decides for itself. */
export const ruleQuarantine = z.object({ since: z.string(), reason: text, detectors: count, of: count })

/** Verdicts of people on groups that a rule opened. */
export const ruleVerdicts = z.object({ attack: count, benign: count, unclear: count })
export type RuleVerdicts = z.infer<typeof ruleVerdicts>

export const ruleRow = ruleCredit.extend({
  kind: z.enum(['rule', 'correlation']),
  state: ruleState,
  status: z.string(),
  logSource,
  /** ATT&CK ids of its tags, e.g. T1059.001, and tactics, e.g. `execution`. */
  techniques: z.array(z.string()),
  tactics: z.array(z.string()),
  /** Alerts since records began, and when the last one came. */
  hits: count,
  lastHit: z.string().optional(),
  verdicts: ruleVerdicts,
  cost: ruleCost.optional(),
  /** There while its state is `quarantined`. */
  quarantine: ruleQuarantine.optional(),
})
export type RuleRow = z.infer<typeof ruleRow>

/** `text` is looked for in title, id and tags, case aside. */
export const ruleQuery = pageQuery.extend({
  text: z.string().max(200).optional(),
  level: threatLevel.optional(),
  product: z.string().optional(),
  technique: z.string().optional(),
  state: ruleState.optional(),
  hit: z.enum(['yes', 'no']).optional(),
  /** `noise`: most groups judged benign first. */
  order: z.enum(['hits', 'title', 'level', 'cost', 'noise']).default('hits'),
})
export type RuleQuery = Partial<z.output<typeof ruleQuery>>

export const rulePage = z.object({ rules: z.array(ruleRow), total: count })
export type RulePage = z.infer<typeof rulePage>

/** A document that was refused. Nothing is skipped silently. */
export const refusedRule = z.object({
  file: z.string(),
  line: count,
  id: z.string(),
  title: z.string(),
  code: z.string(),
  reason: text,
})

/** The rule set in force. `hash`: SHA-256 over paths and texts of its files. `own sample` where no rule folder is configured. */
export const ruleSetView = z.object({
  hash: z.string(),
  source: text,
  licence: z.string(),
  loadedAt: z.string(),
  /** Seconds that loading took, wall clock. */
  seconds: z.number(),
  rules: count,
  correlations: count,
  filters: count,
  refused: z.array(refusedRule),
  /** Valid and yet without effect: rules that never fire, filters that change no rule or not every one that they name. */
  idle: z.array(refusedRule.omit({ code: true })),
  byLogSource: z.array(logSource.extend({ rules: count })),
  quarantined: z.array(z.string()),
  /** The record that says what was loaded. */
  record: z.string().optional(),
})
export type RuleSetView = z.infer<typeof ruleSetView>

/** `changed` is false where the files are as before. A rule set with no valid rule is refused and the old one stays. */
export const reloadView = ruleSetView.extend({ changed: z.boolean() })
export type ReloadView = z.infer<typeof reloadView>

export const ruleDetail = ruleRow.extend({
  description: z.string(),
  falsePositives: z.array(z.string()),
  references: z.array(z.string()),
  file: z.string(),
  line: count,
  /** The rule as its author wrote it, YAML; cut after 64 KiB. */
  yaml: z.string(),
  /** Alerts a day, days with none left out, oldest first, at most 60. */
  days: z.array(z.object({ day: z.string(), alerts: count })),
  /** Correlations that read it. */
  readBy: z.array(z.string()),
  latest: z.array(alertView),
})
export type RuleDetail = z.infer<typeof ruleDetail>

/** A Sigma filter drafted from verdicts, YAML for the rule folder; absent where `text` says why there is none. */
export const filterDraft = z.object({
  /** Alerts of each verdict that were looked at, at most 500. */
  benign: count,
  attacks: count,
  yaml: z.string().optional(),
  text,
})
export type FilterDraft = z.infer<typeof filterDraft>

/** One line of a verdict, `depth` levels inside. A `match` says what was wanted and found; `nothing` names no detection. */
export const explainedItem = z.object({
  depth: count,
  holds: z.boolean(),
  what: z.enum(['and', 'or', 'not', 'nothing', 'match']),
  match: matchedField.optional(),
})
export type ExplainedItem = z.infer<typeof explainedItem>

/** A detection or a filter by name; its items lie in the order of the rule, at most 500, each after the one that it is part of. */
export const explainedPart = z.object({
  name: z.string(),
  holds: z.boolean(),
  items: z.array(explainedItem),
  /** Items beyond the 500. */
  more: count,
})
export type ExplainedPart = z.infer<typeof explainedPart>

/** Why a rule fires for one event or not: it does where the log source fits, a condition holds, and every filter does. */
export const ruleExplanation = z.object({
  rule: ruleCredit,
  fires: z.boolean(),
  /** The form of the event, e.g. `windows-flat`; absent where none is known. */
  format: z.string().optional(),
  logSource: z.object({ wanted: logSource, found: logSource, fits: z.boolean() }),
  detections: z.array(explainedPart),
  /** `namesNothing`: a pattern in it names no detection and never holds. */
  conditions: z.array(z.object({ text: z.string(), holds: z.boolean(), namesNothing: z.boolean() })),
  filters: z.array(explainedPart),
})
export type RuleExplanation = z.infer<typeof ruleExplanation>

/** One cell of the ATT&CK matrix. A sub-technique stands in the cell of its parent, and in `parts`. */
export const techniqueCell = z.object({
  id: z.string(),
  name: z.string(),
  /** Rules for it or one of its parts. */
  rules: count,
  hits: count,
  parts: z.array(z.object({ id: z.string(), name: z.string(), rules: count, hits: count })),
})

/** Columns in the order of the matrix. Where the ATT&CK table is not on this machine names are ids and `complete` is false:
 * then only techniques that some rule names are there. */
export const coverageView = z.object({
  tactics: z.array(z.object({ id: z.string(), name: text, techniques: z.array(techniqueCell) })),
  covered: count,
  techniques: count,
  /** Rules without any technique. */
  untagged: count,
  /** Tags of rules that the table does not have: left out of it, newer, revoked, or mistaken. In no cell and in no count above. */
  notInMatrix: z.array(z.object({ id: z.string(), rules: count, hits: count })),
  complete: z.boolean(),
  /** Version and credit of the ATT&CK table. */
  source: text,
})
export type CoverageView = z.infer<typeof coverageView>
