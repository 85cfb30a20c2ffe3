import { type IncidentDetail, type NewTicketBody, threatLevel } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useSession } from '../house/session.tsx'
import { useWords } from '../words/use-words.ts'
import { ProblemNotice } from './problem-notice.tsx'

type About = Pick<IncidentDetail, 'id' | 'title' | 'severity' | 'first'>
type Filled = Pick<NewTicketBody, 'title' | 'severity'>

/** Opens a ticket by hand, about an incident or about anything else, and leads to it. */
export function OpenTicket({ incident }: { readonly incident?: About }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const go = useNavigate()
  const [asking, setAsking] = useState(false)
  const open = useMutation({
    mutationFn: (filled: Filled) => client.openTicket({ ...filled, ...linksTo(incident) }),
    onSuccess: ({ id }) => {
      void cache.invalidateQueries()
      void go({ to: '/serve/threat/tickets/$ticket', params: { ticket: id } as never })
    },
  })
  const ask = () => {
    open.reset()
    setAsking(true)
  }
  return (
    <>
      <Button onClick={ask}>{t('tickets.open')}</Button>
      <Modal
        title={t('tickets.openTitle')}
        open={asking}
        onCancel={() => setAsking(false)}
        footer={null}
        destroyOnHidden
      >
        <TicketForm incident={incident} busy={open.isPending} send={open.mutate} />
        {open.isError && <ProblemNotice error={open.error} />}
      </Modal>
    </>
  )
}

/** Its clock begins with the incident. */
const linksTo = (incident: About | undefined): Partial<NewTicketBody> =>
  incident ? { event: incident.first, links: [{ kind: 'incident', id: incident.id }] } : {}

interface FormProps {
  readonly incident: About | undefined
  readonly busy: boolean
  readonly send: (filled: Filled) => void
}

function TicketForm({ incident, busy, send }: FormProps) {
  const { t, say } = useWords()
  const first: Filled = { title: incident ? say(incident.title) : '', severity: incident?.severity ?? 'medium' }
  return (
    <Form<Filled> layout="vertical" requiredMark={false} initialValues={first} onFinish={send}>
      <Form.Item
        name="title"
        label={t('tickets.about')}
        rules={[{ required: true, whitespace: true, message: t('ticket.needed') }]}
      >
        <Input maxLength={300} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name="severity" label={t('incidents.severity')}>
        <Radio.Group
          options={threatLevel.options.toReversed().map((value) => ({ value, label: t(`level.${value}`) }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('tickets.openNow')}
      </Button>
    </Form>
  )
}
