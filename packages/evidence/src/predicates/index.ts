import type { z } from 'zod'
import { gridEventPredicate, planPredicate, settlementPredicate, usagePredicate } from './compute.ts'
import {
  benchmarkPredicate,
  leakPredicate,
  participantPredicate,
  qualityPredicate,
  scenarioPredicate,
  sealPredicate,
} from './open.ts'
import {
  evaluationPredicate,
  gatePredicate,
  isolationPredicate,
  refusalPredicate,
  replayPredicate,
  submissionPredicate,
} from './prove.ts'
import {
  incidentClosedPredicate,
  responseStepPredicate,
  ruleSetPredicate,
  threatReplayPredicate,
  ticketClosedPredicate,
  triageDecisionsPredicate,
  triageModelPredicate,
} from './threat.ts'

/** Every kind of record, with the schema of its predicate. One kind states one kind of fact. */
export const PREDICATES = {
  participant: participantPredicate,
  scenario: scenarioPredicate,
  benchmark: benchmarkPredicate,
  seal: sealPredicate,
  quality: qualityPredicate,
  leak: leakPredicate,
  submission: submissionPredicate,
  refusal: refusalPredicate,
  isolation: isolationPredicate,
  evaluation: evaluationPredicate,
  replay: replayPredicate,
  gate: gatePredicate,
  plan: planPredicate,
  'grid-event': gridEventPredicate,
  settlement: settlementPredicate,
  usage: usagePredicate,
  'rule-set': ruleSetPredicate,
  'triage-model': triageModelPredicate,
  'triage-decisions': triageDecisionsPredicate,
  'response-step': responseStepPredicate,
  'incident-closed': incidentClosedPredicate,
  'ticket-closed': ticketClosedPredicate,
  'threat-replay': threatReplayPredicate,
} as const

export type RecordKind = keyof typeof PREDICATES
export type Predicate<K extends RecordKind> = z.infer<(typeof PREDICATES)[K]>

/** The in-toto predicateType of a kind. */
export const predicateType = (kind: RecordKind): string => `urn:dengta:record:${kind}:v1`
export * from './common.ts'
export { planEffort, planTerms } from './compute.ts'
export * from './open.ts'
export * from './prove.ts'
