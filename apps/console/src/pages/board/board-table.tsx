import type { BoardView } from '@dengta/sdk'
import { scaleOver } from '../../parts/chart-scale.ts'
import { IntervalAxis } from '../../parts/interval-plot.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'
import { BoardLine } from './board-line.tsx'
import styles from './board-table.module.css'

/** The board as a forest plot: a table whose middle column draws every interval on one scale. */
export function BoardTable({ board }: { readonly board: BoardView }) {
  const { t, score, cost } = useWords()
  const nameOf = useMetricName()
  if (board.rows.length === 0) return <Notice title={t('board.empty')}>{t('board.emptyText')}</Notice>
  const scale = boardScale(board)
  return (
    <>
      <div className={styles.key}>
        <span>
          {nameOf(board.metric)} {board.unit !== '1' && board.unit} · {t(`board.better.${board.direction}`)}
        </span>
        <span className={styles.threshold}>{t('board.threshold', { value: score(board.threshold) })}</span>
        <span className={styles.floor}>{t('board.floor', { value: score(board.worstGroupFloor) })}</span>
        {board.refused > 0 && <span>{t('board.refused', { count: board.refused })}</span>}
      </div>
      <table className={styles.board}>
        <thead>
          <tr>
            <th scope="col">{t('board.tier')}</th>
            <th scope="col">{t('board.model')}</th>
            <th scope="col" className={styles.plotHead} aria-label={t('board.results')}>
              <IntervalAxis scale={scale} format={cost} />
            </th>
            <th scope="col">{t('board.score')}</th>
            <th scope="col">{t('board.worst')}</th>
            <th scope="col">{t('board.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {board.rows.map((row, i) => (
            <BoardLine
              key={row.submission}
              row={row}
              board={board}
              scale={scale}
              opens={board.rows[i - 1]?.tier !== row.tier}
            />
          ))}
        </tbody>
      </table>
      <p className={styles.legend}>{t('board.legend')}</p>
    </>
  )
}

function boardScale(board: BoardView) {
  const scores = board.rows.flatMap(({ score, worst }) => [score.low, score.high, worst?.value ?? score.value])
  return scaleOver([...scores, board.threshold, board.worstGroupFloor])
}
