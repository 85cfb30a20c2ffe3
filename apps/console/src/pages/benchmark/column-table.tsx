import type { BenchmarkView } from '@dengta/sdk'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'

type Column = BenchmarkView['columns'][number]

/** The data standard: what every row has to fit. */
export function ColumnTable({ columns }: { readonly columns: readonly Column[] }) {
  const { t, named, cost } = useWords()
  const range = ({ low, high }: Column) =>
    low === undefined && high === undefined ? '–' : `${end(low, cost)} … ${end(high, cost)}`
  return (
    <ScrollTable
      label={t('benchmark.standard')}
      heads={[
        t('benchmark.column'),
        t('benchmark.use'),
        t('benchmark.kind'),
        t('benchmark.unit'),
        t('benchmark.range'),
      ]}
      numeric={[4]}
      rows={columns.map((column) => ({
        key: column.name,
        cells: [
          <code key="name">{column.name}</code>,
          named(`use.${column.use}`, column.use),
          named(`kind.${column.kind}`, column.kind),
          column.unit || '–',
          range(column),
        ],
      }))}
    />
  )
}

const end = (value: number | undefined, format: (value: number) => string): string =>
  value === undefined ? '∞' : format(value)
