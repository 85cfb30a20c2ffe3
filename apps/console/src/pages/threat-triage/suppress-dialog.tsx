import { Button, Form, Input, Modal, Radio } from 'antd'
import { useHouse } from '../../house/use-house.ts'
import { useWords } from '../../words/use-words.ts'

/** The clock of a browser may be ahead; the house refuses more than 90 days of its own. */
const AHEAD_MS = 15 * 60_000

interface Props {
  /** Undefined while it is closed. */
  readonly group: string | undefined
  readonly close: () => void
  readonly send: (said: { readonly reason: string; readonly until: string }) => void
}

interface Filled {
  readonly reason: string
  readonly days: number
}

const DAY_MS = 86_400_000
const DAYS = [1, 7, 30, 90]

/** A suppression names its reason and its end. */
export function SuppressDialog({ group, close, send }: Props) {
  const { t } = useWords()
  const about = useHouse('getGroup', [group ?? ''], { enabled: group !== undefined }).data
  const accept = ({ reason, days }: Filled) =>
    send({ reason: reason.trim(), until: new Date(Date.now() + days * DAY_MS - AHEAD_MS).toISOString() })
  return (
    <Modal title={t('suppress.title')} open={group !== undefined} onCancel={close} footer={null} destroyOnHidden>
      {about && <p>{t('suppress.how', { signature: about.signature, host: about.host })}</p>}
      <Form<Filled>
        layout="vertical"
        requiredMark={false}
        initialValues={{ days: 7 }}
        onFinish={accept}
        style={{ marginTop: 16 }}
      >
        <Form.Item
          name="reason"
          label={t('suppress.reason')}
          rules={[{ required: true, whitespace: true, message: t('suppress.reasonNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={2000} autoFocus />
        </Form.Item>
        <Form.Item name="days" label={t('suppress.days')}>
          <Radio.Group options={DAYS.map((days) => ({ value: days, label: t('suppress.forDays', { days }) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('suppress.send')}
        </Button>
      </Form>
    </Modal>
  )
}
