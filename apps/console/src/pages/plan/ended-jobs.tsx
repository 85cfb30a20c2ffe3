import { type EndedJobs, JOB_STATES } from '@dengta/sdk'
import { useState } from 'react'
import { FilterBar, FilterSelect } from '../../parts/filter-bar.tsx'
import { Notice } from '../../parts/notice.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './ended-jobs.module.css'

type Rows = EndedJobs['jobs']

const TONE = { done: 'good', failed: 'bad', cancelled: 'plain' } as const
const STATES = ['done', 'failed', 'cancelled'] as const

/** Jobs that ran on this day and have ended, by state and site; each leads to the record of what it used. */
export function EndedJobTable({ jobs }: { readonly jobs: Rows }) {
  const { t, say } = useWords()
  const [state, setState] = useState<Rows[number]['state']>()
  const [site, setSite] = useState<string>()
  if (jobs.length === 0) return <Notice title={t('ended.none')}>{t('ended.noneText')}</Notice>
  const sites = [...new Set(jobs.map((job) => job.site))].sort()
  const shown = jobs.filter((job) => (state ?? job.state) === job.state && (site ?? job.site) === job.site)
  return (
    <>
      <div className={styles.filters}>
        <FilterBar>
          <FilterSelect
            id="ended-state"
            label={t('ended.head.state')}
            any={t('threat.any')}
            value={state}
            options={STATES.map((value) => ({ value, label: say(JOB_STATES[value]) }))}
            onChange={setState}
          />
          <FilterSelect
            id="ended-site"
            label={t('ended.site')}
            any={t('threat.any')}
            value={site}
            options={sites.map((value) => ({ value, label: value }))}
            onChange={setSite}
          />
        </FilterBar>
      </div>
      <Table jobs={shown} />
    </>
  )
}

function Table({ jobs }: { readonly jobs: Rows }) {
  const { t, say, time, count, quantity } = useWords()
  const heads = ['job', 'state', 'where', 'chips', 'started', 'ended', 'used', 'record'] as const
  return (
    <ScrollTable
      label={t('ended.title')}
      heads={heads.map((head) => t(`ended.head.${head}`))}
      numeric={[3, 6]}
      rows={jobs.map((job, row) => ({
        key: `${job.job} ${job.endedAt} ${String(row)}`,
        cells: [
          job.name ? `${job.name} · ${job.participant}` : t('ended.others'),
          <Tag key="state" tone={TONE[job.state]}>
            {say(JOB_STATES[job.state])}
          </Tag>,
          `${job.site} · ${job.chip}`,
          count(job.chips),
          time(job.startedAt),
          time(job.endedAt),
          job.chipHours === undefined ? '–' : t('public.usedChipHours', { chipHours: quantity(job.chipHours) }),
          job.record ? <RecordLink key="record" id={job.record} /> : '–',
        ],
      }))}
    />
  )
}
