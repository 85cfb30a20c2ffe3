import { Digest } from '../../parts/digest.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'
import { commonColumns, isText } from './json-shape.ts'
import styles from './predicate-tree.module.css'

const DIGEST = /^[0-9a-f]{64}$/

/** Any JSON in the words of the record itself: names with values, lists of like things as tables. */
export function PredicateTree({ value, name = '' }: { readonly value: unknown; readonly name?: string }) {
  const { language } = useWords()
  if (typeof value === 'string') return DIGEST.test(value) ? <Digest value={value} /> : value
  if (value === null || typeof value !== 'object') return <code>{String(value)}</code>
  if (isText(value)) return value[language]
  if (!Array.isArray(value)) return <Members value={value} />
  const columns = commonColumns(value)
  return columns ? <Rows name={name} columns={columns} rows={value} /> : <Items items={value} />
}

function Members({ value }: { readonly value: object }) {
  return (
    <dl className={styles.tree}>
      {Object.entries(value).map(([name, inner]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PredicateTree value={inner} name={name} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Items({ items }: { readonly items: readonly unknown[] }) {
  if (items.length === 0) return '–'
  return (
    <ul>
      {items.map((item) => (
        <li key={JSON.stringify(item)}>
          <PredicateTree value={item} />
        </li>
      ))}
    </ul>
  )
}

interface RowsProps {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

function Rows({ name, columns, rows }: RowsProps) {
  return (
    <ScrollTable
      label={name}
      heads={columns}
      rows={rows.map((row) => ({
        key: JSON.stringify(row),
        cells: columns.map((column) => <PredicateTree key={column} value={row[column]} name={column} />),
      }))}
    />
  )
}
