import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './playbook.module.css'

/** What the dry run tried: the start sends exactly this, whatever form and playbook have become since. */
export interface Tried {
  readonly inputs: Readonly<Record<string, string>>
  readonly version: string
}

interface Props extends Tried {
  readonly playbook: string
  readonly incident: string | undefined
}

/** Only after a dry run, with its inputs and its version, and with a reason. */
export function StartRun({ playbook, inputs, version, incident }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const go = useNavigate()
  const start = useMutation({
    mutationFn: (reason: string) =>
      client.startRun({
        ...{ playbook, version, inputs, reason },
        ...(incident === undefined ? {} : { incident }),
      }),
    onSuccess: ({ id }) => go({ to: '/serve/threat/runs/$run', params: { run: id } as never }),
  })
  return (
    <Form<{ reason: string }>
      className={styles.form ?? ''}
      style={{ marginTop: 16 }}
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason }) => start.mutate(reason.trim())}
    >
      <Form.Item
        name="reason"
        label={t('incident.reason')}
        extra={t('playbook.startNote')}
        rules={[{ required: true, whitespace: true, message: t('incident.reasonNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={start.isPending}>
          {t('playbook.start')}
        </Button>
      </Form.Item>
      {start.isError && <ProblemNotice error={start.error} />}
    </Form>
  )
}
