import { scaleOver } from '../../parts/chart-scale.ts'
import type { Marks } from '../../parts/interval-plot.tsx'
import { Section } from '../../parts/page.tsx'
import { beyond, PeriodChart } from '../../parts/period-chart.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import type { Evaluated } from './evaluated.ts'
import styles from './parts.module.css'

type Part = Evaluated['result']['periods'][number]

interface Props {
  readonly title: string
  readonly parts: readonly Part[]
  readonly marks: Marks | undefined
  readonly direction: 'higher' | 'lower'
}

/** Scores of parts of the hidden rows: drawn, and as numbers. */
export function Parts({ title, parts, marks, direction }: Props) {
  if (parts.length === 0) return null
  const scale = marks && scaleOver([...parts.flatMap(({ low, high }) => [low, high]), marks.threshold, marks.floor])
  return (
    <Section title={title}>
      <div className={styles.pair}>
        {marks && scale && parts.length <= 24 && (
          <div className={styles.chart}>
            <PeriodChart parts={parts} scale={scale} marks={marks} direction={direction} />
          </div>
        )}
        <PartTable title={title} parts={parts} marks={marks} direction={direction} />
      </div>
    </Section>
  )
}

function PartTable({ title, parts, marks, direction }: Props) {
  const { t, score, count } = useWords()
  return (
    <ScrollTable
      label={title}
      heads={[t('submission.part'), t('submission.partRows'), t('board.score'), t('submission.partInterval'), '']}
      numeric={[1, 2, 3]}
      rows={parts.map(({ part, rows, value, low, high }) => ({
        key: part,
        cells: [
          part,
          count(rows),
          <b key="value">{score(value)}</b>,
          t('board.interval', { low: score(low), high: score(high) }),
          marks && beyond(value, marks.floor, direction) && <Tag tone="bad">{t('board.belowFloor')}</Tag>,
        ],
      }))}
    />
  )
}
