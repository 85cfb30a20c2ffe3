import type { AlertView } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { markParts } from './mark-parts.ts'
import styles from './matched-fields.module.css'

type Matched = AlertView['matched']

interface Props {
  readonly matched: Matched
  /** Only what was found, on few lines. */
  readonly brief?: boolean
}

const BRIEF = 3

/** What the rule wanted beside what stood in the event, with the matching piece marked. */
export function MatchedFields({ matched, brief = false }: Props) {
  const { t } = useWords()
  const shown = brief ? matched.slice(0, BRIEF) : matched
  return (
    <dl className={styles.fields} data-brief={brief}>
      {shown.map(({ field, wanted, found }) => (
        <div key={`${field} ${wanted}`}>
          <dt>{field ?? t('alert.keyword')}</dt>
          <dd>
            {found.map((value) => (
              <Marked key={String(value)} value={String(value)} wanted={wanted} />
            ))}
            {!brief && <span className={styles.wanted}>{wanted}</span>}
          </dd>
        </div>
      ))}
      {shown.length < matched.length && <div className={styles.more}>+{matched.length - shown.length}</div>}
    </dl>
  )
}

function Marked({ value, wanted }: { readonly value: string; readonly wanted: string }) {
  const [before, hit, after] = markParts(value, wanted)
  return (
    <code className={styles.value}>
      {before}
      {hit && <mark>{hit}</mark>}
      {after}
    </code>
  )
}
