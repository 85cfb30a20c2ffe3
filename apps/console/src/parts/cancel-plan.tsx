import type { PlanView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../house/session.tsx'
import { useNotice } from '../house/use-notice.ts'
import { useWords } from '../words/use-words.ts'

/** Ends the work on a plan; for the operator, and only while there is work. */
export function CancelPlan({ plan }: { readonly plan: PlanView }) {
  const { t } = useWords()
  const { client, may } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const cancel = useMutation({
    mutationFn: () => client.cancelPlan(plan.id),
    onSettled: () => Promise.all(['listPlans', 'getPlan'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
    onError: tell,
  })
  if (!may('operator') || (plan.state !== 'waiting' && plan.state !== 'running')) return null
  return (
    <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {t('plan.cancel')}
    </Button>
  )
}
