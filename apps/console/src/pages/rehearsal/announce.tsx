import type { Rehearsal } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWorkKept } from '../../parts/use-work-kept.ts'
import { useWords } from '../../words/use-words.ts'

/** Puts the rehearsed event on record, once the operator has read what that promises. */
export function Announce({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { t, percent, count } = useWords()
  const { promise } = useWorkKept(rehearsal)
  const { client, may } = useSession()
  const cache = useQueryClient()
  const go = useNavigate()
  const [asking, setAsking] = useState(false)
  const { plan, request } = rehearsal
  const announce = useMutation({
    mutationFn: () => client.announceEvent({ plan, ...request }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['listGridEvents'] })
      await go({ to: '/run/events/$event', params: { event: id } })
    },
  })
  const ask = () => {
    announce.reset()
    setAsking(true)
  }
  if (!may('operator')) return null
  const said = {
    from: request.from,
    minutes: count(request.minutes),
    depth: percent(request.depth),
    sites: request.sites.join(', '),
  }
  return (
    <>
      <Button onClick={ask}>{t('event.announce')}</Button>
      <Modal
        title={t('event.announceTitle')}
        open={asking}
        onCancel={() => setAsking(false)}
        onOk={() => announce.mutate()}
        okText={t('event.announceNow')}
        confirmLoading={announce.isPending}
        destroyOnHidden
      >
        <p>{t('event.announceWhat', said)}</p>
        <p style={{ marginTop: 8 }}>{promise}</p>
        {(!rehearsal.withinTarget || !rehearsal.floorsKept) && (
          <p style={{ marginTop: 8 }}>
            <b>{t('event.announceWarn')}</b>
          </p>
        )}
        <p style={{ marginTop: 8 }}>{t('event.announceFor')}</p>
        {announce.isError && <ProblemNotice error={announce.error} />}
      </Modal>
    </>
  )
}
