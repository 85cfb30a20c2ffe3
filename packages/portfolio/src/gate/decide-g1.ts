import type { Reason, Text } from '@dengta/kernel'
import { METRICS, type Metric, metricDirection } from '@dengta/statistics'
import { emptyFields } from '../scenario/empty-words.ts'
import type { Statement } from '../scenario/scenario.ts'
import { sayG1 } from './g1-reasons.ts'
import { type GateDecision, stateOf } from './gate.ts'
import { basisOf, newest, ofScenario, predicateOf, type Records } from './records.ts'
import { rowsAdvice } from './rows-advice.ts'

export type Criterion = Statement['requirement']['criteria'][number]

/** G1: may the requirement be built against? Everything a later gate compares with must be stated, with figures. */
export function decideG1(records: Records, scenario: string): GateDecision {
  const record = newest(ofScenario(records, scenario), 'scenario')
  const reasons = record ? reasonsFor(predicateOf(record)) : [sayG1('g1.statement', 'missing')]
  return { gate: 'G1', about: scenario, decision: stateOf(reasons), reasons, basis: basisOf(record) }
}

function reasonsFor(statement: Statement): readonly Reason[] {
  const { criteria } = statement.requirement
  return [
    statedByOwner(statement),
    measuredPain(statement),
    ...wordsWithMeasure(statement),
    criteria.length > 0 ? sayG1('g1.criteria', 'stated', { count: criteria.length }) : sayG1('g1.criteria', 'none'),
    ...criteria.flatMap((criterion) => checkable(criterion)),
    costed(statement),
    guarded(statement),
    sayG1('g1.measurement', isSaid(statement.requirement.measurement) ? 'stated' : 'none'),
  ]
}

function statedByOwner({ owner, actor }: Statement): Reason {
  return sayG1('g1.statement', owner === actor ? 'stated' : 'other', { owner, actor })
}

function measuredPain({ painPoint }: Statement): Reason {
  const { baseline, unit, ...parts } = painPoint
  const open = Object.entries(parts).filter(([, words]) => !isSaid(words))
  if (open.length > 0) return sayG1('g1.pain_point', 'incomplete', { parts: open.map(([part]) => part).join(', ') })
  if (baseline.unit !== unit || unit.trim() === '')
    return sayG1('g1.pain_point', 'unit', { unit, other: baseline.unit })
  return sayG1('g1.pain_point', 'measured', { value: baseline.value, unit })
}

function wordsWithMeasure(statement: Statement): readonly Reason[] {
  const empty = emptyFields(statement)
  if (empty.length === 0) return [sayG1('g1.words', 'measured')]
  return empty.map(({ path, words }) => sayG1('g1.words', 'empty', { path, words: words.join(', ') }))
}

function checkable(criterion: Criterion): readonly Reason[] {
  const { id, metric, direction, benchmark, unit, threshold, worstGroupFloor: floor } = criterion
  if (!isMetric(metric)) return [sayG1('g1.criterion', 'metric', { id, metric, choices: METRICS.join(', ') })]
  const sign = metricDirection(metric)
  const wanted = sign > 0 ? 'higher' : 'lower'
  if (direction !== wanted) return [sayG1('g1.criterion', 'direction', { id, metric, wanted })]
  if (sign * floor > sign * threshold) return [sayG1('g1.criterion', 'floor', { id, floor, threshold })]
  if (benchmark.trim() === '' || unit.trim() === '') return [sayG1('g1.criterion', 'incomplete', { id })]
  return [
    sayG1('g1.criterion', 'checkable', { id, metric, benchmark, threshold, floor }),
    rowsAdvice({ ...criterion, metric }),
  ]
}

function costed({ requirement }: Statement): Reason {
  const { errorCosts } = requirement
  if (errorCosts.length === 0) return sayG1('g1.error_costs', 'none')
  if (errorCosts.some(({ cost }) => cost.value < 0)) return sayG1('g1.error_costs', 'negative')
  return sayG1('g1.error_costs', 'stated', { count: errorCosts.length })
}

function guarded({ requirement }: Statement): Reason {
  const { guardMetrics } = requirement
  if (guardMetrics.length === 0) return sayG1('g1.guard_metrics', 'none')
  return sayG1('g1.guard_metrics', 'stated', { names: guardMetrics.join(', ') })
}

function isMetric(metric: string): metric is Metric {
  return (METRICS as readonly string[]).includes(metric)
}

function isSaid({ en, zh }: Text): boolean {
  return en.trim() !== '' && zh.trim() !== ''
}
