import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly label: string
  readonly how: string
  readonly pending: boolean
  readonly send: (reason: string) => void
}

/** A button that asks for a reason before it does anything. */
export function AskReason({ label, how, pending, send }: Props) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const accept = ({ reason }: { reason: string }) => {
    send(reason.trim())
    setAsking(false)
  }
  return (
    <>
      <Button danger loading={pending} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal title={label} open={asking} onCancel={() => setAsking(false)} footer={null} destroyOnHidden>
        <p>{how}</p>
        <Form layout="vertical" requiredMark={false} onFinish={accept} style={{ marginTop: 16 }}>
          <Form.Item
            name="reason"
            label={t('incident.reason')}
            rules={[{ required: true, whitespace: true, message: t('incident.reasonNeeded') }]}
          >
            <Input.TextArea rows={2} maxLength={2000} autoFocus />
          </Form.Item>
          <Button danger htmlType="submit">
            {label}
          </Button>
        </Form>
      </Modal>
    </>
  )
}
