import type { BenchmarkView } from '@dengta/sdk'
import type { DataSet } from '../data-set/data-set.ts'
import { type Benchmark, directionOf, modelInputs } from './benchmark.ts'
import { scoreUnit, splitText } from './benchmark-words.ts'

export interface ViewParts {
  readonly benchmark: Benchmark
  /** The definition as handed in. */
  readonly file: string
  /** The newest sealed data set. */
  readonly dataSet: DataSet | undefined
}

export function benchmarkViewOf({ benchmark, file, dataSet }: ViewParts): BenchmarkView {
  const { definition, scenario } = benchmark
  return {
    id: benchmark.id,
    ...(scenario !== undefined && { scenario }),
    title: definition.title,
    task: definition.task,
    metric: definition.metric,
    direction: directionOf(definition.metric),
    unit: scoreUnit(definition),
    ...definition.acceptance,
    split: { kind: definition.split.kind, rule: splitText(definition.split) },
    columns: definition.columns.map(({ name, unit, kind, use, range }) => ({
      name,
      unit,
      kind,
      use,
      ...(range && { low: range[0], high: range[1] }),
    })),
    features: [...modelInputs(definition)],
    forms: definition.forms,
    definition: file,
    ...(dataSet && { dataset: dataSetView(dataSet) }),
    queryBudget: definition.queryBudget,
    record: benchmark.record,
  }
}

function dataSetView({ records, faults, leak, ...dataSet }: DataSet): NonNullable<BenchmarkView['dataset']> {
  const { id, origin, licence, source, rows, openRows, hiddenRows, commitment } = dataSet
  return {
    ...{ id, origin, licence, source, rows, openRows, hiddenRows, commitment },
    sealRecord: records.seal,
    quality: { verdict: 'pass', record: records.quality, faults: [...faults] },
    leak: { ...leak, record: records.leak },
  }
}
