import type { IncidentDetail, ReopenIncident } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'

/** Asks for a reason. Verdicts on groups and the record of the closing stay. */
export function ReopenIncidentButton({ incident: { id } }: { readonly incident: IncidentDetail }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const reopen = useMutation({
    mutationFn: (said: ReopenIncident) => client.reopenIncident(id, said),
    onSuccess: (incident) => {
      cache.setQueryData(['getIncident', id], incident)
      void cache.invalidateQueries()
      setAsking(false)
    },
  })
  const ask = () => {
    reopen.reset()
    setAsking(true)
  }
  const name = t('incident.reopen')
  return (
    <>
      <Button onClick={ask}>{name}</Button>
      <Modal title={name} open={asking} onCancel={() => setAsking(false)} footer={null} destroyOnHidden>
        <p>{t('incident.reopenHow')}</p>
        <Form<ReopenIncident>
          layout="vertical"
          requiredMark={false}
          onFinish={(said) => reopen.mutate(said)}
          style={{ marginTop: 16 }}
        >
          <Form.Item
            name="reason"
            label={t('incident.reason')}
            rules={[{ required: true, whitespace: true, message: t('incident.reopenReasonNeeded') }]}
          >
            <Input.TextArea rows={3} maxLength={2000} autoFocus />
          </Form.Item>
          <Form.Item>
            <Button type="primary" htmlType="submit" loading={reopen.isPending}>
              {name}
            </Button>
          </Form.Item>
          {reopen.isError && <ProblemNotice error={reopen.error} />}
        </Form>
      </Modal>
    </>
  )
}
