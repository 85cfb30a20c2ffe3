import { EFFORTS, type PlanView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CancelPlan } from '../../parts/cancel-plan.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PlanShare } from '../../parts/plan-share.tsx'
import { PlanStateTag } from '../../parts/plan-state-tag.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

const HEADS = ['plan', 'state', 'effort', 'served', 'gap', 'cost', 'asked'] as const

/** The plans of one day, the newest first: state, how far from the bound, who is served, what it costs. */
export function PlanTable({ plans }: { readonly plans: readonly PlanView[] }) {
  const { t, say, time } = useWords()
  if (plans.length === 0) return <Notice title={t('days.noPlan')}>{t('days.noPlanText')}</Notice>
  return (
    <ScrollTable
      label={t('days.plans')}
      heads={HEADS.map((head) => t(`days.head.${head}`))}
      numeric={[5]}
      rows={plans.map((plan) => ({
        key: plan.id,
        cells: [
          <Link key="id" to="/run/plans/$plan" params={{ plan: plan.id }}>
            {t(plan.kind === 'day' ? 'days.dayPlan' : 'days.replan')}
          </Link>,
          <PlanStateTag key="state" state={plan.state} />,
          say(EFFORTS[plan.effort.name]),
          ...outcome(plan).map((Cell, i) => <Cell key={String(i)} plan={plan} />),
          time(plan.askedAt),
        ],
      }))}
    />
  )
}

interface CellProps {
  readonly plan: PlanView
}

/** What stands in the three cells of the outcome: figures, progress, or a failure. */
function outcome({ result, state }: PlanView): readonly ((props: CellProps) => ReactNode)[] {
  if (result) return [Served, Gap, Cost]
  if (state === 'waiting' || state === 'running') return [Share, Cancel, Nothing]
  return [Failure, Nothing, Nothing]
}

const Nothing = (): ReactNode => '–'
const Share = ({ plan }: CellProps): ReactNode => <PlanShare plan={plan} />
const Cancel = ({ plan }: CellProps): ReactNode => <CancelPlan plan={plan} />

function Failure({ plan: { failure } }: CellProps): ReactNode {
  const { say } = useWords()
  return failure ? say(failure.text) : '–'
}

function Served({ plan: { result } }: CellProps): ReactNode {
  const { t, count } = useWords()
  if (!result) return null
  const { placed, jobs, unserved } = result
  return (
    <>
      {t('plan.servedOf', { placed: count(placed), jobs: count(jobs) })}{' '}
      {unserved > 0 && <Tag tone="unsure">{t('days.unserved', { unserved: count(unserved) })}</Tag>}
    </>
  )
}

function Gap({ plan: { result } }: CellProps): ReactNode {
  const { t, gap } = useWords()
  if (!result) return null
  return (
    <>
      {t('days.gapAtMost', { gap: gap(result.gap) })}{' '}
      {result.boundWeak && <Tag tone="unsure">{t('plan.boundWeak')}</Tag>}
      {!result.check.ok && <Tag tone="bad">{t('plan.faulty')}</Tag>}
    </>
  )
}

function Cost({ plan: { result } }: CellProps): ReactNode {
  const { t, amount } = useWords()
  return result && t('plan.yuan', { yuan: amount(result.yuan) })
}
