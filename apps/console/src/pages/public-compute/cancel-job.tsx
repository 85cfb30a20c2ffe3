import type { ComputeJobView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

const OPEN: readonly ComputeJobView['state'][] = ['waiting', 'placed', 'running']

/** Until the job has ended, for its participant and the operator; one that runs is ended only when that was confirmed. */
export function CancelJob({ job }: { readonly job: ComputeJobView }) {
  const { t } = useWords()
  const { client, may, me } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const cancel = useMutation({
    mutationFn: () => client.cancelComputeJob(job.id),
    onSettled: () =>
      Promise.all(['listComputeJobs', 'listQuotas'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
    onError: tell,
  })
  const { name, participant, state } = job
  if (!OPEN.includes(state) || !(may('operator') || me?.participant === participant)) return '–'
  const button = { size: 'small', loading: cancel.isPending, 'aria-label': t('public.cancelJob', { name }) } as const
  if (state !== 'running')
    return (
      <Button {...button} onClick={() => cancel.mutate()}>
        {t('public.cancel')}
      </Button>
    )
  return (
    <Popconfirm
      title={t('public.endRunning', { name })}
      description={t('public.endRunningHow')}
      okText={t('public.endNow')}
      cancelText={t('public.goOn')}
      onConfirm={() => cancel.mutate()}
    >
      <Button {...button}>{t('public.cancel')}</Button>
    </Popconfirm>
  )
}
