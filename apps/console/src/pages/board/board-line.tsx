import type { BoardRow, BoardView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import type { Scale } from '../../parts/chart-scale.ts'
import { IntervalPlot } from '../../parts/interval-plot.tsx'
import { beyond } from '../../parts/period-chart.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './board-table.module.css'

interface Props {
  readonly row: BoardRow
  readonly board: BoardView
  readonly scale: Scale
  /** True for the first row of a tier. */
  readonly opens: boolean
}

export function BoardLine({ row, board, scale, opens }: Props) {
  const { t, score, cost } = useWords()
  const { value, low, high } = row.score
  const alt = {
    name: row.name,
    value: score(value),
    low: score(low),
    high: score(high),
    threshold: score(board.threshold),
  }
  return (
    <tr data-opens={opens}>
      <td className={styles.tier}>{row.tier}</td>
      <th scope="row" className={styles.model}>
        <Link to="/submissions/$submission" params={{ submission: row.submission }}>
          {row.name}
        </Link>
        <span>
          {row.participant} · {t(`form.${row.form}`)}
        </span>
      </th>
      <td className={styles.plot}>
        <IntervalPlot
          scale={scale}
          marks={{ threshold: board.threshold, floor: board.worstGroupFloor }}
          {...{ value, low, high }}
          worst={row.worst?.value}
          meets={row.meetsThreshold}
          alt={t('board.rowAlt', alt)}
        />
      </td>
      <td className={styles.number}>
        <b>{score(value)}</b>
        <span>{t('board.interval', { low: score(low), high: score(high) })}</span>
        <Tag tone={row.meetsThreshold ? 'good' : 'plain'}>{t(row.meetsThreshold ? 'board.meets' : 'board.misses')}</Tag>
      </td>
      <Worst row={row} board={board} />
      <td className={styles.number}>
        <span>{t('board.cpu', { seconds: cost(row.cpuSeconds) })}</span>
        <span>{t('board.joules', { joules: cost(row.joules) })}</span>
      </td>
    </tr>
  )
}

function Worst({ row: { worst }, board }: { readonly row: BoardRow; readonly board: BoardView }) {
  const { t, score } = useWords()
  if (!worst) return <td className={styles.number}>–</td>
  return (
    <td className={styles.number}>
      <b>{score(worst.value)}</b>
      <span>{worst.part}</span>
      {beyond(worst.value, board.worstGroupFloor, board.direction) && <Tag tone="bad">{t('board.belowFloor')}</Tag>}
    </td>
  )
}
