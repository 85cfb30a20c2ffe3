import type { PlanBars } from '@dengta/sdk'
import { Button } from 'antd'
import { clockOf } from '../../parts/clock.ts'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './gantt-board.module.css'

interface Props {
  readonly bars: PlanBars
  readonly show: (job: string) => void
}

const MOST = 50

/** Jobs that the plan leaves out; each leads to what it lacks. */
export function UnservedTable({ bars, show }: Props) {
  const { t, count } = useWords()
  const { job, participant, chips, tier, release, deadline } = bars.unserved
  const clock = (slot: number): string => clockOf(slot * bars.slotMinutes)
  const heads = ['job', 'participant', 'window', 'chips', 'tier'] as const
  return (
    <>
      <ScrollTable
        label={t('gantt.unservedNote')}
        heads={heads.map((head) => t(`gantt.head.${head}`))}
        numeric={[3, 4]}
        rows={job.slice(0, MOST).map((name, i) => ({
          key: String(i),
          cells: [
            name === '' ? (
              t('gantt.others')
            ) : (
              <Button key="job" type="link" size="small" style={{ padding: 0 }} onClick={() => show(name)}>
                {name}
              </Button>
            ),
            bars.participants[participant[i]!] ?? '–',
            `${clock(release[i]!)} – ${clock(deadline[i]!)}`,
            chips[i]!,
            tier[i]!,
          ],
        }))}
      />
      {job.length > MOST && <p className={styles.pager}>{t('gantt.more', { more: count(job.length - MOST) })}</p>}
    </>
  )
}
