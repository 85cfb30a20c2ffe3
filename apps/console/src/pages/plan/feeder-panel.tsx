import type { SiteBoard } from '@dengta/sdk'
import { useMemo } from 'react'
import { type Layer, StepChart, TimeTicks } from '../../parts/step-chart.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoardRow } from './board-row.tsx'
import type { BoardScales } from './board-scales.ts'
import styles from './site-board.module.css'
import { Steps } from './site-rows.tsx'

interface Props {
  readonly board: SiteBoard
  readonly feeder: SiteBoard['feeders'][number]
  readonly scales: BoardScales
  readonly slot: number
}

/** Room over the highest value: the picture is low, and its label stands over the limit. */
const AIR = 1.35

/** One feeder by slot: what the sites below it draw, against its limit. */
export function FeederPanel({ board, feeder, scales, slot }: Props) {
  const { t, power, powerOf, amount } = useWords()
  const { plannedKw, limitKw, shadowYuanPerMwh } = feeder
  const { slots } = board
  const layers = useMemo(
    (): readonly Layer[] => [
      { as: 'area', values: plannedKw },
      { as: 'line', values: plannedKw },
      { as: 'limit', values: limitKw },
    ],
    [plannedKw, limitKw],
  )
  const top = Math.max(...limitKw, ...plannedKw) * AIR
  const most = { most: power(Math.max(...plannedKw)), envelope: power(Math.min(...limitKw)) }
  return (
    <section className={styles.panel} aria-label={feeder.feeder}>
      <h3>
        {feeder.feeder}
        <span>{feeder.parent ? t('site.feederOf', { parent: feeder.parent }) : t('site.feeder')}</span>
      </h3>
      <BoardRow name={t('site.power')} value={powerOf(plannedKw[slot] ?? 0, limitKw[slot] ?? 0)}>
        <StepChart
          {...{ slots, top, layers }}
          tall={64}
          topLabel={power(top / AIR)}
          alt={t('site.feederAlt', { feeder: feeder.feeder, ...most })}
        />
      </BoardRow>
      <BoardRow name={t('site.worth')} value={amount(shadowYuanPerMwh[slot] ?? 0)}>
        <Steps
          values={shadowYuanPerMwh}
          top={scales.worth}
          {...{ slots }}
          ink="var(--simulated)"
          alt={t('site.worth')}
        />
      </BoardRow>
      <div className={styles.ticks}>
        <TimeTicks most={2} minutes={slots * board.slotMinutes} />
      </div>
    </section>
  )
}
