import { PREDICATES } from '@dengta/evidence'
import { z } from 'zod'
import { gateName, gateView } from './common.ts'

const stated = PREDICATES.scenario

/** A scenario with its gates recomputed from records. `stage` is the furthest gate that stands open: pain, requirement, data, benchmark. */
export const scenarioView = z.object({
  id: z.string(),
  title: stated.shape.title,
  industry: stated.shape.industry,
  owner: stated.shape.owner,
  origin: stated.shape.origin,
  painPoint: stated.shape.painPoint,
  requirement: stated.shape.requirement,
  stage: z.enum(['pain', 'requirement', 'data', 'benchmark']),
  benchmarks: z.array(z.object({ id: z.string(), title: stated.shape.title })),
  gates: z.array(gateView),
  record: z.string(),
  statedAt: z.string(),
})
export type ScenarioView = z.infer<typeof scenarioView>

/** The scenario file as text: YAML or JSON. */
export const newScenario = z.object({ file: z.string().max(200_000) })
export type NewScenario = z.infer<typeof newScenario>

/** Asks for a signed decision. `about`: a benchmark for G2, a submission for G3, the scenario itself for G1. */
export const decideGate = z.object({ gate: gateName, about: z.string() })
export type DecideGate = z.infer<typeof decideGate>

export const scenarioList = z.object({ scenarios: z.array(scenarioView) })
export type ScenarioList = z.infer<typeof scenarioList>

export const gateList = z.object({ gates: z.array(gateView) })
export type GateList = z.infer<typeof gateList>
