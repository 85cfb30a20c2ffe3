import { acceptanceCriterion, PREDICATES, type Predicate, type painPoint, quantity } from '@dengta/evidence'
import type { NewRecord } from '@dengta/ledger'
import { METRICS } from '@dengta/statistics'
import { z } from 'zod'

const stated = PREDICATES.scenario.shape
const said = z.string().trim().min(1).max(2000)
const text = z.strictObject({ en: said, zh: said }).readonly()
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
const unit = z.string().trim().min(1).max(40)
const amount = z.strictObject({ value: quantity.unwrap().shape.value, unit }).readonly()

/** A scenario as its owner writes it (YAML or JSON): the words of the record, and nothing besides. */
export const scenarioFile = z.strictObject({
  id: name,
  title: text,
  industry: z.string().trim().min(1).max(120),
  owner: name,
  origin: stated.origin,
  painPoint: z.strictObject({
    ...{ decision: text, actor: text, quantity: text, unit, place: text, frequency: text, baseline: amount },
  }) satisfies z.ZodType<z.infer<typeof painPoint>>,
  requirement: z.strictObject({
    summary: text,
    criteria: z
      .array(
        z.strictObject({
          ...acceptanceCriterion.shape,
          id: name,
          benchmark: name,
          metric: z.enum(METRICS),
          unit,
        }),
      )
      .max(50),
    errorCosts: z.array(z.strictObject({ error: text, cost: amount })).max(50),
    guardMetrics: z.array(z.enum(METRICS)).max(10),
    measurement: text,
  }),
})
export type ScenarioFile = z.infer<typeof scenarioFile>

/** The statement of a scenario, to be signed by its owner. `file` is the digest of the file; `previous` the record it replaces. */
export function scenarioStatement(scenario: ScenarioFile, file: string, previous?: string): NewRecord<'scenario'> {
  const { id, ...fields } = scenario
  return {
    kind: 'scenario',
    actor: scenario.owner,
    subjects: [{ name: `scenario:${id}`, digest: { sha256: file } }],
    predicate: { ...fields, scenario: id, basis: previous === undefined ? [] : [previous], file },
  }
}

export type Statement = Predicate<'scenario'>
