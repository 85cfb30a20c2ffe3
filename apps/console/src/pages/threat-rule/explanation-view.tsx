import type { ExplainedItem, ExplainedPart, RuleExplanation } from '@dengta/sdk'
import type { CSSProperties, ReactNode } from 'react'
import { useWords } from '../../words/use-words.ts'
import styles from './explanation.module.css'

type LogSource = RuleExplanation['logSource']['wanted']

/** The verdict on one event: log source, every detection with its comparisons, the condition, and the filters. */
export function ExplanationView({ explanation }: { readonly explanation: RuleExplanation }) {
  const { t } = useWords()
  const { fires, format, logSource, detections, conditions, filters } = explanation
  const sources = { wanted: sourceName(logSource.wanted), found: sourceName(logSource.found) }
  return (
    <div className={styles.verdict} role="status">
      <p className={styles.told}>
        <Mark holds={fires} /> {t(fires ? 'explain.fires' : 'explain.doesNot')}
      </p>
      <Part title={t('report.logSource')} holds={logSource.fits}>
        <p>{t('explain.sources', sources)}</p>
        <p className={styles.quiet}>
          {t('explain.format')}
          {t('run1.colon')}
          {format ?? t('explain.unknown')}
        </p>
      </Part>
      {detections.map((part) => (
        <NamedPart key={part.name} part={part} title={part.name} />
      ))}
      {conditions.map(({ text, holds, namesNothing }) => (
        <Part key={text} title={t('explain.condition')} holds={holds}>
          <code>{text}</code>
          {namesNothing && <p className={styles.quiet}>{t('explain.namesNothing')}</p>}
        </Part>
      ))}
      {filters.map((part) => (
        <NamedPart key={part.name} part={part} title={t('explain.filter', { name: part.name })} />
      ))}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly holds: boolean
  readonly children: ReactNode
}

function Part({ title, holds, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h3>
        <Mark holds={holds} /> {title}
      </h3>
      {children}
    </section>
  )
}

function NamedPart({ part, title }: { readonly part: ExplainedPart; readonly title: string }) {
  const { t, count } = useWords()
  return (
    <Part title={title} holds={part.holds}>
      <ul>
        {part.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of an answer never changes its order
          <Item key={at} item={item} />
        ))}
      </ul>
      {part.more > 0 && <p className={styles.quiet}>{t('explain.more', { count: count(part.more) })}</p>}
    </Part>
  )
}

function Item({ item: { depth, holds, what, match } }: { readonly item: ExplainedItem }) {
  const { t } = useWords()
  return (
    <li className={styles.item} data-holds={holds} style={{ '--depth': depth } as CSSProperties}>
      <Mark holds={holds} />
      {what === 'match' && match ? <Comparison match={match} /> : <span>{t(`explain.${notMatch(what)}`)}</span>}
    </li>
  )
}

const notMatch = (what: ExplainedItem['what']) => (what === 'match' ? 'nothing' : what)

function Comparison({ match: { field, wanted, found } }: { readonly match: NonNullable<ExplainedItem['match']> }) {
  const { t } = useWords()
  return (
    <span className={styles.comparison}>
      <strong>{field ?? t('explain.anyValue')}</strong>
      <span>
        {t('explain.wants')} <code>{wanted}</code>
      </span>
      <span>
        {t('explain.finds')} {found.length === 0 ? t('explain.absent') : <code>{found.map(shown).join(', ')}</code>}
      </span>
    </span>
  )
}

/** Read aloud as a word; the colour is never the only difference. */
function Mark({ holds }: { readonly holds: boolean }) {
  const { t } = useWords()
  return (
    <span
      className={styles.mark}
      data-holds={holds}
      role="img"
      aria-label={t(holds ? 'explain.holds' : 'explain.fails')}
    >
      {holds ? '✓' : '✗'}
    </span>
  )
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const sourceName = ({ product, category, service }: LogSource): string =>
  [product, category, service].map((part) => part ?? '*').join(' / ')
