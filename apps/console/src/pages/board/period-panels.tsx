import type { BoardView } from '@dengta/sdk'
import { scaleOver } from '../../parts/chart-scale.ts'
import { PeriodChart } from '../../parts/period-chart.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './period-panels.module.css'

/** One small chart a submission, all on one scale: a model that ages is seen at a glance. */
export function PeriodPanels({ board }: { readonly board: BoardView }) {
  const { t } = useWords()
  const marks = { threshold: board.threshold, floor: board.worstGroupFloor }
  const parts = board.rows.flatMap((row) => row.periods)
  const scale = scaleOver([...parts.flatMap(({ low, high }) => [low, high]), marks.threshold, marks.floor])
  return (
    <ul className={styles.panels} aria-label={t('board.periods')}>
      {board.rows.map((row) => (
        <li key={row.submission}>
          <h3>{row.name}</h3>
          <PeriodChart parts={row.periods} scale={scale} marks={marks} direction={board.direction} />
        </li>
      ))}
    </ul>
  )
}
