import type { Text } from '@dengta/kernel'
import type { Alert } from '../../detect/alert.ts'
import type { QuarantinedRule } from '../../match/rule-meter.ts'
import type { ScanFault } from '../../match/spans.ts'
import type { IdleRule } from '../../rule/idle.ts'
import type { InvalidRule, LogSourceCount } from '../../rule/load-report.ts'
import type { LoadRulesOptions } from '../../rule/load-rules.ts'
import type { EventEntities } from '../event-entities.ts'

/** Where a rule set comes from, and how it is read. */
export interface RuleSource extends LoadRulesOptions {
  /** Folder or .tar.gz. */
  readonly path: string
  /** Only rules in these folders of it. */
  readonly under?: readonly string[]
  /** Folder of own mappings, tried before those of the pack. */
  readonly mappings?: string
  /** Folder of rules that only stages of the house read; they are no part of the set, its report or its hash. */
  readonly forStages?: string
}

/** What loading a rule set has found. */
export interface RuleSetReport {
  /** SHA-256 over the paths and texts of its files, hexadecimal. */
  readonly hash: string
  readonly rules: number
  readonly correlations: number
  readonly filters: number
  readonly invalid: readonly InvalidRule[]
  readonly idle: readonly IdleRule[]
  readonly byLogSource: readonly LogSourceCount[]
}

/** What a detector is started with. */
export interface DetectorData {
  readonly rules: RuleSource
  /** What the rule set is made from (`sharedTexts`); read from the files where it is left out. */
  readonly texts?: SharedArrayBuffer
  readonly memory: SharedArrayBuffer
  /** Name of the journal; part of the id of every alert. */
  readonly journal: string
}

/** What the rules of one detector have cost since it loaded them; only rules that were checked. */
export interface DetectorCosts {
  readonly costs: readonly { readonly rule: string; readonly checks: number; readonly milliseconds: number }[]
  readonly quarantined: readonly (Omit<QuarantinedRule, 'rule'> & { readonly rule: string })[]
}

/** Asked between two batches. `lift` answers whether the rule was in quarantine. */
export type Question = { readonly kind: 'costs' } | { readonly kind: 'lift'; readonly rule: string }

export interface AskMessage {
  readonly ask: number
  readonly question: Question
}

/** A batch to evaluate, from offset `at` of the shared memory, or of `memory` where it is a large one. */
export interface EvaluateMessage {
  readonly sequence: number
  readonly receivedMs: number
  readonly at: number
  readonly length: number
  readonly memory?: SharedArrayBuffer
}

/** An alert as the detector sees it: its line is that of the batch, 1-based. */
export interface DetectedAlert extends Pick<Alert, 'rule' | 'logSource' | 'matched'> {
  readonly id: string
  readonly line: number
  /** Milliseconds since 1970; undefined where the event has no time that can be read. */
  readonly eventMs: number | undefined
  /** Read through the mapping of the event. */
  readonly entities: EventEntities
  readonly event: unknown
}

/** What an observer saw of an event; its line is that of the batch, 1-based. */
export interface DetectedObservation {
  readonly line: number
  readonly seen: unknown
}

/**
 * Alerts, or observations, of one batch as JSON texts of a few dozen each. A text crosses threads as one copy, so the
 * receiver reads thousands of them piece by piece, with turns for others between.
 */
export interface Packed {
  readonly count: number
  readonly pieces: readonly string[]
}

export interface FaultyLine {
  readonly line: number
  readonly fault: ScanFault
}

export interface BatchResult {
  readonly sequence: number
  /** Lines that are events. */
  readonly events: number
  /** Of these, how many are of a form that no mapping knows. */
  readonly unmapped: number
  /** Every line that is neither an event nor empty; the first 1,000. */
  readonly faulty: readonly FaultyLine[]
  /** How many there are. */
  readonly faultyLines: number
  readonly alerts: Packed
  /** Of events that only stages read. */
  readonly observations: Packed
}

export type DetectorMessage =
  | { readonly kind: 'ready'; readonly report: RuleSetReport; readonly texts: SharedArrayBuffer }
  | { readonly kind: 'refused'; readonly why: string | Text; readonly report?: RuleSetReport }
  | { readonly kind: 'result'; readonly result: BatchResult }
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: DetectorCosts | boolean }
