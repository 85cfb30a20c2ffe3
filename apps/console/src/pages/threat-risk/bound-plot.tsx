import type { RiskFigure } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './bound-plot.module.css'

/** Observed rate with its interval against the bound, on a scale from nothing. */
export function BoundPlot({ name, figure }: { readonly name: string; readonly figure: RiskFigure }) {
  const { t, gap } = useWords()
  const { rate, lower = rate, upper = rate, bound, proven, holds } = figure
  const top = Math.max(bound, proven ?? 0, rate ?? 0, Math.min(upper ?? 0, 4 * bound)) * 1.15
  const at = (value: number) => `${Math.min(100, (100 * value) / top).toFixed(2)}%`
  const said = { name, rate: rate === undefined ? t('risk.noRate') : gap(rate), bound: gap(bound) }
  return (
    <svg className={styles.plot} data-holds={holds} role="img" aria-label={t('risk.plotAlt', said)}>
      <rect className={styles.allowed} x="0" y="6" width={at(bound)} height="18" />
      <line className={styles.bound} x1={at(bound)} x2={at(bound)} y1="1" y2="29" />
      {proven !== undefined && <line className={styles.proven} x1={at(proven)} x2={at(proven)} y1="5" y2="25" />}
      {lower !== undefined && upper !== undefined && (
        <line className={styles.interval} x1={at(lower)} x2={at(upper)} y1="15" y2="15" />
      )}
      {rate !== undefined && <circle cx={at(rate)} cy="15" r="5" />}
    </svg>
  )
}
