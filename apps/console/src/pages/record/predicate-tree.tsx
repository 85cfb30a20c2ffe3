import { Digest } from '../../parts/digest.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './predicate-tree.module.css'

const DIGEST = /^[0-9a-f]{64}$/

/** Any JSON as nested names and values, in the words of the record itself. */
export function PredicateTree({ value }: { readonly value: unknown }) {
  const { language } = useWords()
  if (typeof value === 'string') return DIGEST.test(value) ? <Digest value={value} /> : value
  if (value === null || typeof value !== 'object') return <code>{String(value)}</code>
  if (isText(value)) return value[language]
  if (Array.isArray(value) && value.length === 0) return '–'
  return (
    <dl className={styles.tree}>
      {Object.entries(value).map(([name, inner]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PredicateTree value={inner} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isText(value: object): value is { readonly en: string; readonly zh: string } {
  return Object.keys(value).sort().join() === 'en,zh'
}
