import { EFFORTS, type PlanView } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { PlanStateTag } from '../../parts/plan-state-tag.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { OriginTag, Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { PlanProgress } from './plan-progress.tsx'

interface Props {
  readonly actions?: (plan: PlanView) => ReactNode
  /** Only of a plan that is done. */
  readonly children: (plan: PlanView) => ReactNode
}

const unfinished = (plan: PlanView | undefined): boolean => plan?.state === 'waiting' || plan?.state === 'running'

/** The pages of one plan share their head, follow it while it is being made, and lead to each other. */
export function PlanFrame({ actions, children }: Props) {
  const id = useParams({ strict: false }).plan ?? ''
  const { t, say, time } = useWords()
  const query = useHouse('getPlan', [id], { again: (plan) => (unfinished(plan) ? 1_000 : false) })
  const plan = query.data
  return (
    <Page
      title={plan?.dayName ?? id}
      back={{ to: '/run', label: t('verb.run') }}
      kicker={plan && <Kicker plan={plan} />}
      lead={
        plan && t('plan.lead', { by: plan.askedBy, at: time(plan.askedAt), effort: say(EFFORTS[plan.effort.name]) })
      }
      actions={plan?.state === 'done' ? actions?.(plan) : undefined}
    >
      <Tabs
        label={t('plan.tabs')}
        tabs={[
          { to: `/run/plans/${id}`, label: t('plan.board') },
          { to: `/run/plans/${id}/jobs`, label: t('plan.jobs') },
          { to: `/run/plans/${id}/rehearsal`, label: t('plan.rehearsal') },
        ]}
      />
      <Loaded query={query} lines={8}>
        {(loaded) => (loaded.state === 'done' ? children(loaded) : <PlanProgress plan={loaded} />)}
      </Loaded>
    </Page>
  )
}

function Kicker({ plan }: { readonly plan: PlanView }) {
  const { t } = useWords()
  return (
    <>
      {t(plan.kind === 'day' ? 'plan.kicker' : 'plan.replan')}
      <PlanStateTag state={plan.state} />
      <OriginTag origin={plan.origin} />
      {plan.result?.boundWeak && <Tag tone="unsure">{t('plan.boundWeak')}</Tag>}
    </>
  )
}
