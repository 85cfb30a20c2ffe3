import { type CloseIncident, type IncidentDetail, threatVerdict } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'

/** Asks for a verdict and a reason; no person's word without them. One that time has closed still waits for it. */
export function CloseIncidentButton({ incident: { id, state } }: { readonly incident: IncidentDetail }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const name = t(state === 'closed' ? 'incident.word' : 'incident.close')
  const close = useMutation({
    mutationFn: (said: CloseIncident) => client.closeIncident(id, said),
    onSuccess: (incident) => {
      cache.setQueryData(['getIncident', id], incident)
      void cache.invalidateQueries()
      setAsking(false)
    },
  })
  const ask = () => {
    close.reset()
    setAsking(true)
  }
  return (
    <>
      <Button type="primary" onClick={ask}>
        {name}
      </Button>
      <Modal title={name} open={asking} onCancel={() => setAsking(false)} footer={null} destroyOnHidden>
        <p>{t('incident.closeHow')}</p>
        <Form<CloseIncident>
          layout="vertical"
          requiredMark={false}
          initialValues={{ verdict: 'attack' }}
          onFinish={(said) => close.mutate(said)}
          style={{ marginTop: 16 }}
        >
          <Form.Item name="verdict" label={t('incidents.verdict')}>
            <Radio.Group options={threatVerdict.options.map((value) => ({ value, label: t(`verdict.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t('incident.reason')}
            rules={[{ required: true, whitespace: true, message: t('incident.reasonNeeded') }]}
          >
            <Input.TextArea rows={3} maxLength={2000} autoFocus />
          </Form.Item>
          <Form.Item>
            <Button type="primary" htmlType="submit" loading={close.isPending}>
              {name}
            </Button>
          </Form.Item>
          {close.isError && <ProblemNotice error={close.error} />}
        </Form>
      </Modal>
    </>
  )
}
