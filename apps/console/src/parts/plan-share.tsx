import type { PlanView } from '@dengta/sdk'
import { Progress } from 'antd'
import { useWords } from '../words/use-words.ts'

/** How far a plan has come, and what is being done. */
export function PlanShare({ plan: { state, progress } }: { readonly plan: PlanView }) {
  const { t, say } = useWords()
  if (state === 'waiting' || !progress) return <span role="status">{t('plan.inQueue')}</span>
  return (
    <div role="status" style={{ minWidth: 160 }}>
      <span>{say(progress.step)}</span>
      <Progress percent={Math.round(progress.share * 100)} size="small" aria-label={t('plan.share')} />
    </div>
  )
}
