import type { TicketActionBody, TicketView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'
import { SAID, type Said, saidAction } from './said-action.ts'

const PLAIN = ['acknowledge', 'start', 'respond', 'look', 'close'] as const

/** What the server says may be done with the ticket now; some of it needs a word. */
export function TicketActions({ ticket }: { readonly ticket: TicketView }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const [asking, setAsking] = useState<Said>()
  const act = useMutation({
    mutationFn: (action: TicketActionBody) => client.actOnTicket(ticket.id, action),
    onSuccess: (after) => {
      cache.setQueryData(['getTicket', ticket.id], after)
      void cache.invalidateQueries({ queryKey: ['listTickets'] })
      void cache.invalidateQueries({ queryKey: ['getTicketBoard'] })
      setAsking(undefined)
    },
    onError: tell,
  })
  const plain = PLAIN.filter((kind) => ticket.actions.includes(kind))
  const said = SAID.filter((kind) => ticket.actions.includes(kind))
  return (
    <>
      {plain.map((kind, i) => (
        <Button
          key={kind}
          type={i === 0 ? 'primary' : 'default'}
          loading={act.isPending}
          onClick={() => act.mutate({ kind })}
        >
          {t(`ticketAction.${kind}`)}
        </Button>
      ))}
      {said.map((kind) => (
        <Button key={kind} onClick={() => setAsking(kind)}>
          {t(`ticketAction.${kind}`)}
        </Button>
      ))}
      <AskDialog asking={asking} pending={act.isPending} close={() => setAsking(undefined)} send={act.mutate} />
    </>
  )
}

interface DialogProps {
  readonly asking: Said | undefined
  readonly pending: boolean
  readonly close: () => void
  readonly send: (action: TicketActionBody) => void
}

function AskDialog({ asking, pending, close, send }: DialogProps) {
  const { t } = useWords()
  if (!asking) return null
  return (
    <Modal title={t(`ticketAction.${asking}`)} open onCancel={close} footer={null}>
      <Form<{ words: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ words }) => send(saidAction(asking, words.trim()))}
      >
        <Form.Item
          name="words"
          label={t(`ticket.say.${asking}`)}
          rules={[{ required: true, whitespace: true, message: t('ticket.needed') }]}
        >
          <Input.TextArea rows={asking === 'assign' ? 1 : 3} maxLength={4000} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={pending}>
          {t('ticket.save')}
        </Button>
      </Form>
    </Modal>
  )
}
