import type { RiskFigure, RiskView, ShareView } from '@dengta/sdk'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoundPlot } from './bound-plot.tsx'
import styles from './risk.module.css'

export const HOLDS_TONE = { yes: 'good', no: 'bad', unknown: 'unsure' } as const

/** Never one without the other two: each with its counts, its interval and its bound. */
export function ThreeRisks({ risk: { automation, falseAlarms, missed } }: { readonly risk: RiskView }) {
  const { t } = useWords()
  return (
    <div className={styles.three}>
      <section aria-label={t('risk.automation')}>
        <h3>{t('risk.automation')}</h3>
        <Share name={t('risk.byGroups')} share={automation.groups} great />
        <Share name={t('risk.byAlerts')} share={automation.alerts} />
      </section>
      <section aria-label={t('risk.falseAlarms')}>
        <h3>{t('risk.falseAlarms')}</h3>
        <Share name={t('risk.byGroups')} share={falseAlarms.groups} great />
        <Bound name={t('risk.falseAlarms')} figure={falseAlarms.groups} />
        <Share name={t('risk.byIncidents')} share={falseAlarms.incidents} />
      </section>
      <section aria-label={t('risk.missed')}>
        <h3>{t('risk.missed')}</h3>
        <Share name={t('risk.bySteps')} share={missed} great />
        <Bound name={t('risk.missed')} figure={missed} />
      </section>
    </div>
  )
}

function Share({
  name,
  share,
  great = false,
}: {
  readonly name: string
  readonly share: ShareView
  readonly great?: boolean
}) {
  const { t, count, gap } = useWords()
  return (
    <div className={great ? styles.great : styles.small}>
      <span className={styles.rate}>{share.rate === undefined ? t('risk.noRate') : gap(share.rate)}</span>
      <span>
        {t('threat.ofAll', { count: count(share.count), of: count(share.of) })} · {name}
      </span>
      {share.lower !== undefined && share.upper !== undefined && (
        <span className={styles.muted}>{t('risk.interval', { lower: gap(share.lower), upper: gap(share.upper) })}</span>
      )}
    </div>
  )
}

function Bound({ name, figure }: { readonly name: string; readonly figure: RiskFigure }) {
  const { t, say, gap } = useWords()
  return (
    <>
      <BoundPlot name={name} figure={figure} />
      <p className={styles.bound}>
        <Tag tone={HOLDS_TONE[figure.holds]}>{t(`risk.holds.${figure.holds}`)}</Tag>{' '}
        {t('risk.bound', { bound: gap(figure.bound) })}
        {figure.proven !== undefined && ` · ${t('risk.provenUpper', { proven: gap(figure.proven) })}`}
      </p>
      <p className={styles.text}>{say(figure.text)}</p>
    </>
  )
}
