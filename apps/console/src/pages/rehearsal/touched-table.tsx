import { GRID_ACTIONS, type Rehearsal } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './rehearsal.module.css'

type Touched = Rehearsal['jobs'][number]

const SHOWN = 40

/** The jobs that an event touches, the most affected first. */
export function TouchedTable({ plan, jobs }: { readonly plan: string; readonly jobs: readonly Touched[] }) {
  const { t, say, cost, count } = useWords()
  const [all, setAll] = useState(false)
  if (jobs.length === 0) return <Notice title={t('event.noJobs')} />
  const heads = ['job', 'where', 'chips', 'tier', 'state', 'minutes', 'lowest', 'performance', 'lost'] as const
  return (
    <>
      <ScrollTable
        label={t('event.jobsNote')}
        heads={heads.map((head) => t(`event.head.${head}`))}
        numeric={[2, 3, 5, 6, 8]}
        rows={jobs.slice(0, all ? jobs.length : SHOWN).map((job, i) => ({
          key: String(i),
          cells: [
            <Name key="name" {...{ plan, job }} />,
            `${job.site} · ${job.chip}`,
            job.minutesShrunk > 0
              ? t('event.chipsTo', { chips: count(job.chips), fewest: count(job.fewestChips) })
              : count(job.chips),
            job.tier,
            <Tag key="state" tone={job.minutesPaused > 0 ? 'unsure' : 'plain'}>
              {say(GRID_ACTIONS[job.action])}
            </Tag>,
            t('event.capPause', {
              capped: count(job.minutesCapped),
              shrunk: count(job.minutesShrunk),
              paused: count(job.minutesPaused),
            }),
            `${count(job.lowestWatts)} W`,
            <Performance key="performance" job={job} />,
            cost(job.lostChipHours),
          ],
        }))}
      />
      {!all && jobs.length > SHOWN && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('event.showAll', { jobs: count(jobs.length) })}
        </Button>
      )}
    </>
  )
}

function Name({ plan, job: { job, participant } }: { readonly plan: string; readonly job: Touched }) {
  const { t } = useWords()
  if (job === '') return t('gantt.others')
  return (
    <>
      <Link to="/run/plans/$plan/jobs" params={{ plan }} search={{ job }}>
        {job}
      </Link>{' '}
      · {participant}
    </>
  )
}

/** Performance over the whole run, and the least that the tier allows. */
function Performance({ job: { performance, floor, floorKept } }: { readonly job: Touched }) {
  const { t, percent } = useWords()
  const alt = t(floorKept ? 'event.floorAlt' : 'event.floorBrokenAlt', {
    share: percent(performance),
    floor: percent(floor),
  })
  return (
    <span className={styles.performance}>
      {percent(performance)}
      <span className={styles.track} role="img" aria-label={alt} title={alt}>
        <i style={{ width: `${100 * performance}%` }} data-bad={!floorKept} />
        <b style={{ left: `calc(${100 * floor}% - 1px)` }} />
      </span>
    </span>
  )
}
