import type { PlanView } from '@dengta/sdk'
import { CancelPlan } from '../../parts/cancel-plan.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PlanShare } from '../../parts/plan-share.tsx'
import { useWords } from '../../words/use-words.ts'

/** A plan that is on its way, or that never came. */
export function PlanProgress({ plan }: { readonly plan: PlanView }) {
  const { t, say } = useWords()
  if (plan.state === 'cancelled') return <Notice title={t('plan.cancelled')}>{t('plan.askAgain')}</Notice>
  if (plan.state === 'failed')
    return (
      <Notice title={plan.failure ? say(plan.failure.text) : t('plan.failed')} bad>
        {plan.failure && (
          <>
            {t('shell.code')} <code>{plan.failure.code}</code>
          </>
        )}
      </Notice>
    )
  return (
    <Notice title={t(`plan.is.${plan.state === 'running' ? 'running' : 'waiting'}`)}>
      <PlanShare plan={plan} />
      <CancelPlan plan={plan} />
    </Notice>
  )
}
