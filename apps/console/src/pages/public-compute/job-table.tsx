import { type ComputeJobView, JOB_STATES } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { CancelJob } from './cancel-job.tsx'

const TONE = {
  waiting: 'unsure',
  placed: 'plain',
  running: 'unsure',
  done: 'good',
  failed: 'bad',
  refused: 'bad',
  cancelled: 'plain',
} as const

const HEADS = ['name', 'state', 'wish', 'deadline', 'reason', 'used', 'act'] as const

/** Jobs with where they stand and why. */
export function JobTable({ jobs }: { readonly jobs: readonly ComputeJobView[] }) {
  const { t, time, say, count, cost } = useWords()
  if (jobs.length === 0) return <Notice title={t('public.noJobs')}>{t('public.noJobsText')}</Notice>
  return (
    <ScrollTable
      label={t('public.jobs')}
      heads={HEADS.map((head) => t(`public.head.${head}`))}
      rows={jobs.map((job) => ({
        key: job.id,
        cells: [
          <span key="name">
            <b>{job.name}</b>
            <br />
            {job.participant}
          </span>,
          <Tag key="state" tone={TONE[job.state]}>
            {say(JOB_STATES[job.state])}
          </Tag>,
          t('public.wish', { chips: count(job.chips), hours: cost(job.hours), kind: job.class, tier: job.tier }),
          time(job.deadline),
          <span key="reason">
            {say(job.reason)} {job.placement && <Placed job={job} />}
          </span>,
          <Usage key="used" job={job} />,
          <CancelJob key="act" job={job} />,
        ],
      }))}
    />
  )
}

function Placed({ job: { id, placement } }: { readonly job: ComputeJobView }) {
  const { t } = useWords()
  if (!placement) return null
  return (
    <Link to="/run/plans/$plan/jobs" params={{ plan: placement.plan }} search={{ job: id }}>
      {t('public.whyThere')}
    </Link>
  )
}

/** What was used, and whether a meter said so; else what is held for it. */
function Usage({ job: { usage, heldChipHours, heldKwh } }: { readonly job: ComputeJobView }) {
  const { t, quantity } = useWords()
  if (!usage) return t('public.holds', { chipHours: quantity(heldChipHours), kwh: quantity(heldKwh) })
  return (
    <>
      {t('public.usedChipHours', { chipHours: quantity(usage.chipHours) })}
      {usage.kwh !== undefined && ` · ${t('unit.kwh', { kwh: quantity(usage.kwh) })}`}{' '}
      {usage.method && (
        <Tag tone={usage.method === 'metered' ? 'good' : 'unsure'}>{t(`settle.source.${usage.method}`)}</Tag>
      )}
    </>
  )
}
