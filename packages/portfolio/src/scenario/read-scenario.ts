import { type AppError, type ReadDocument, readDocument, UNSEEN_PROBLEM, unseenIn } from '@dengta/kernel'
import { metricDirection } from '@dengta/statistics'
import { portfolioErrors as errors } from '../errors.ts'
import { type ScenarioFile, scenarioFile } from './scenario.ts'

/** Reads a scenario from YAML 1.2 or JSON. Throws one error of `portfolioErrors` that names line and field. */
export function readScenario(file: string): ScenarioFile {
  const document = readDocument(file, scenarioFile, errors)
  const contradiction = contradictionIn(document)
  if (contradiction) throw contradiction
  return document.value
}

/** Fields that must agree with each other, and texts that a reader sees whole; the first that do not. */
function contradictionIn({ value, placeOf }: ReadDocument<ScenarioFile>): AppError | undefined {
  const unseen = unseenIn(value)
  if (unseen) return errors.field({ ...placeOf(unseen), ...UNSEEN_PROBLEM })
  const { painPoint, requirement } = value
  const { baseline, unit } = painPoint
  if (baseline.unit !== unit)
    return errors.unit_differs({ ...placeOf(['painPoint', 'baseline', 'unit']), unit: baseline.unit, wanted: unit })
  for (const [i, criterion] of requirement.criteria.entries()) {
    const { id, metric, direction, threshold, worstGroupFloor } = criterion
    const at = (field: string) => placeOf(['requirement', 'criteria', i, field])
    const sign = metricDirection(metric)
    const wanted = sign > 0 ? 'higher' : 'lower'
    if (direction !== wanted) return errors.direction_differs({ ...at('direction'), metric, wanted })
    if (sign * worstGroupFloor > sign * threshold) return errors.floor_above_threshold(at('worstGroupFloor'))
    if (requirement.criteria.findIndex((other) => other.id === id) < i)
      return errors.repeated_criterion({ ...at('id'), id })
  }
  return undefined
}
