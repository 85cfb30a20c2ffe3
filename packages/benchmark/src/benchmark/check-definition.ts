import { type AppError, type FieldPath, type Place, UNSEEN_PROBLEM, unseenIn } from '@dengta/kernel'
import type { BenchmarkDefinition, ColumnStandard } from './benchmark.ts'
import { definitionErrors as errors } from './definition-errors.ts'

export interface Finding {
  readonly at: FieldPath
  readonly error: (place: Place) => AppError
}

const METRICS_OF = { regression: ['r2', 'mae', 'rmse'], classification: ['accuracy', 'macro-f1'] } as const

type Check = (definition: BenchmarkDefinition) => Finding | undefined

/** What a schema cannot say: fields that must agree with each other. The first finding, in the order of the file. */
export function checkDefinition(definition: BenchmarkDefinition): Finding | undefined {
  for (const check of CHECKS) {
    const finding = check(definition)
    if (finding) return finding
  }
  return undefined
}

const CHECKS: readonly Check[] = [
  shownWhole,
  uniqueColumns,
  oneTarget,
  someFeature,
  eachColumn,
  onePartColumnEach,
  splitColumns,
  metricsFitTask,
  referenceFits,
  predictionsFit,
]

/** An escape of the file may stand for what a reader of its record would not see. */
function shownWhole(definition: BenchmarkDefinition): Finding | undefined {
  const at = unseenIn(definition)
  return at && { at, error: (place) => errors.field({ ...place, ...UNSEEN_PROBLEM }) }
}

function uniqueColumns({ columns }: BenchmarkDefinition): Finding | undefined {
  const at = columns.findIndex(({ name }, i) => columns.findIndex((other) => other.name === name) < i)
  return at < 0
    ? undefined
    : columnFinding(at, 'name', (place) => errors.repeated_column({ ...place, column: columns[at]!.name }))
}

function oneTarget({ columns }: BenchmarkDefinition): Finding | undefined {
  const count = columns.filter((column) => column.use === 'target').length
  return count === 1 ? undefined : { at: ['columns'], error: (place) => errors.target_count({ ...place, count }) }
}

function someFeature({ columns }: BenchmarkDefinition): Finding | undefined {
  if (columns.some((column) => column.use === 'feature')) return undefined
  return { at: ['columns'], error: errors.no_feature }
}

function eachColumn({ columns, task }: BenchmarkDefinition): Finding | undefined {
  for (const [at, column] of columns.entries()) {
    const finding = column.kind === 'number' ? checkNumber(column, at) : checkCategory(column, at)
    if (finding) return finding
    if (column.use === 'target') {
      const kind = task === 'regression' ? 'number' : 'category'
      if (column.kind !== kind)
        return columnFinding(at, 'kind', (place) => errors.target_kind({ ...place, task, kind }))
      if (kind === 'category' && !column.values) return columnFinding(at, 'name', errors.target_without_values)
    }
  }
  return undefined
}

function checkNumber({ range, values }: ColumnStandard, at: number): Finding | undefined {
  if (values) return columnFinding(at, 'values', errors.values_on_number)
  return range && range[0] >= range[1] ? columnFinding(at, 'range', errors.range_order) : undefined
}

function checkCategory({ name, range, values, use }: ColumnStandard, at: number): Finding | undefined {
  if (range) return columnFinding(at, 'range', errors.range_on_category)
  if (use === 'feature')
    return columnFinding(at, 'kind', (place) => errors.feature_not_number({ ...place, column: name }))
  return values && new Set(values).size < values.length ? columnFinding(at, 'values', errors.repeated_value) : undefined
}

function onePartColumnEach({ columns }: BenchmarkDefinition): Finding | undefined {
  for (const use of ['period', 'group', 'part'] as const) {
    const second = columns
      .map((column) => column.use)
      .indexOf(use, columns.findIndex((column) => column.use === use) + 1)
    if (second > 0) return columnFinding(second, 'use', (place) => errors.repeated_use({ ...place, use }))
  }
  return undefined
}

function splitColumns({ columns, split }: BenchmarkDefinition): Finding | undefined {
  const named = split.kind === 'group' ? split.columns : split.kind === 'random' ? [] : [split.column]
  const at = ['split', split.kind === 'group' ? 'columns' : 'column']
  for (const column of named) {
    const standard = columns.find(({ name }) => name === column)
    if (!standard) return { at, error: (place) => errors.split_column({ ...place, column }) }
    if (standard.use === 'target') return { at, error: (place) => errors.split_by_target({ ...place, column }) }
    if (split.kind === 'group') continue
    const kind = split.kind === 'time' ? 'number' : 'category'
    if (standard.kind !== kind || standard.use === 'feature')
      return { at, error: (place) => errors.split_column_kind({ ...place, column, kind, split: split.kind }) }
    if (split.kind === 'published' && standard.values?.includes(split.hidden) === false)
      return { at: ['split', 'hidden'], error: (place) => errors.split_label({ ...place, column }) }
  }
  return undefined
}

function metricsFitTask({ task, metric, guards }: BenchmarkDefinition): Finding | undefined {
  const fitting: readonly string[] = METRICS_OF[task]
  const finding = (wrong: string, at: FieldPath): Finding => ({
    at,
    error: (place) => errors.metric_of_other_task({ ...place, metric: wrong, task, choices: fitting.join(', ') }),
  })
  if (!fitting.includes(metric)) return finding(metric, ['metric'])
  const guard = guards.findIndex((name) => !fitting.includes(name))
  return guard < 0 ? undefined : finding(guards[guard]!, ['guards', guard])
}

/** Differences of two neighbouring window means are two target values: the columns are as secret as the target. */
function referenceFits({ task, split, reference, hidden }: BenchmarkDefinition): Finding | undefined {
  if (!reference) return undefined
  if (task !== 'regression' || split.kind !== 'time') return { at: ['reference'], error: errors.reference_without_time }
  return hidden === 'all' ? undefined : { at: ['hidden'], error: errors.reference_reveals }
}

function predictionsFit({ forms, hidden }: BenchmarkDefinition): Finding | undefined {
  const at = forms.indexOf('predictions')
  return at < 0 || hidden === 'target' ? undefined : { at: ['forms', at], error: errors.predictions_without_features }
}

function columnFinding(column: number, field: string, error: Finding['error']): Finding {
  return { at: ['columns', column, field], error }
}
