import type { AppError } from '@dengta/kernel'
import { metricDirection } from '@dengta/statistics'
import { type Document, isNode, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { z } from 'zod'
import { portfolioErrors as errors } from '../errors.ts'
import { type ScenarioFile, scenarioFile } from './scenario.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError
const MAX_KEY_COMPARISONS = 100_000

interface Place {
  readonly line: number
  readonly path: string
}
type Path = readonly (string | number)[]
type PlaceOf = (path: Path) => Place

/** Reads a scenario from YAML 1.2 or JSON. Throws one error of `portfolioErrors` that names line and field. */
export function readScenario(file: string): ScenarioFile {
  const lines = new LineCounter()
  const document = parseDocument(file, { lineCounter: lines, uniqueKeys: sameKey() })
  const broken = document.errors[0]
  if (broken) throw errors.not_yaml({ line: lines.linePos(broken.pos[0]).line, problem: firstLine(broken.message) })
  const placeOf: PlaceOf = (path) => findPlace(path, document, lines)
  const scenario = fitSchema(plainValue(document), placeOf)
  const contradiction = contradictionIn(scenario, placeOf)
  if (contradiction) throw contradiction
  return scenario
}

/** The parser compares every key of a map with every other: a file of nothing but keys would hold the server up for half a minute. */
function sameKey(): (one: ParsedNode, other: ParsedNode) => boolean {
  let left = MAX_KEY_COMPARISONS
  return (one, other) => {
    left -= 1
    if (left < 0) throw errors.not_yaml({ line: 1, problem: 'too many keys in one map' })
    return isScalar(one) && isScalar(other) && one.value === other.value
  }
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw errors.not_yaml({ line: 1, problem: firstLine(String(cause)) }, cause)
  }
}

function fitSchema(value: unknown, placeOf: PlaceOf): ScenarioFile {
  const read = scenarioFile.safeParse(value, { error: inEnglish })
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  const chinese = scenarioFile.safeParse(value, { error: inChinese }).error?.issues[0]
  throw errors.field({
    ...placeOf(issue.path.filter((step) => typeof step !== 'symbol')),
    problem: issue.message,
    problemZh: chinese?.message ?? issue.message,
  })
}

/** Fields that must agree with each other; the first that do not. */
function contradictionIn({ painPoint, requirement }: ScenarioFile, placeOf: PlaceOf): AppError | undefined {
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

/** The line of the field, or of the nearest field around it that the file does have. */
function findPlace(path: Path, document: Document.Parsed, lines: LineCounter): Place {
  const name = path.join('.') || 'file'
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return { path: name, line: lines.linePos(node.range[0]).line }
  }
  return { path: name, line: 1 }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.replace(/:$/, '')
}
