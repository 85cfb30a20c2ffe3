import { Button } from 'antd'
import { useState } from 'react'
import { clockOf } from '../../parts/clock.ts'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './gantt-board.module.css'
import type { GanttModel } from './gantt-model.ts'

interface Props {
  readonly model: GanttModel
  readonly show: (job: string) => void
}

const PAGE = 15

/** The bars as rows, a page at a time. */
export function BarTable({ model, show }: Props) {
  const { t, count } = useWords()
  const [from, setFrom] = useState(0)
  const to = Math.min(model.count, from + PAGE)
  const heads = ['job', 'participant', 'where', 'time', 'chips', 'watts', 'tier'] as const
  return (
    <>
      <ScrollTable
        label={t('gantt.table')}
        heads={heads.map((head) => t(`gantt.head.${head}`))}
        numeric={[4, 5, 6]}
        rows={Array.from({ length: to - from }, (_, i) => row(model, from + i, show, t('gantt.others')))}
      />
      {model.count > PAGE && (
        <div className={styles.pager}>
          <Button size="small" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - PAGE))}>
            {t('gantt.before')}
          </Button>
          <span>{t('gantt.page', { from: count(from + 1), to: count(to), all: count(model.count) })}</span>
          <Button size="small" disabled={to === model.count} onClick={() => setFrom(from + PAGE)}>
            {t('gantt.after')}
          </Button>
        </div>
      )}
    </>
  )
}

function row({ bars: all, start, end }: GanttModel, i: number, show: (job: string) => void, others: string) {
  const { bars, pools, participants, slotMinutes } = all
  const name = bars.job[i]!
  const { site, chip } = pools[bars.pool[i]!]!
  return {
    key: String(i),
    cells: [
      name === '' ? (
        others
      ) : (
        <Button key="job" type="link" size="small" style={{ padding: 0 }} onClick={() => show(name)}>
          {name}
        </Button>
      ),
      participants[bars.participant[i]!] ?? '–',
      `${site} · ${chip}`,
      `${clockOf(start[i]! * slotMinutes)} – ${clockOf(end[i]! * slotMinutes)}`,
      bars.chips[i]!,
      bars.watts[i]!,
      bars.tier[i]!,
    ],
  }
}
