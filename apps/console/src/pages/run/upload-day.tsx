import type { DayQuery } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Radio } from 'antd'
import { useSession } from '../../house/session.tsx'
import { FileField } from '../../parts/file-field.tsx'
import { useWords } from '../../words/use-words.ts'
import { zoneAt } from '../../words/zone.ts'
import { DayFault } from './day-fault.tsx'
import styles from './upload-day.module.css'

interface Filled {
  readonly day: File
  readonly origin: DayQuery['origin']
  readonly source: string
  /** As the browser writes it, in the reader's zone; the coming midnight UTC where empty. */
  readonly startsAt?: string
}

/** Takes a day in, for the operator; what is wrong with the file is shown at its line. */
export function UploadDay() {
  const { t } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const cache = useQueryClient()
  const upload = useMutation({
    mutationFn: ({ day, origin, source, startsAt }: Filled) =>
      client.uploadDay({ origin, source, ...(startsAt ? { startsAt: new Date(startsAt).toISOString() } : {}) }, day),
    onSuccess: async ({ name }) => {
      await cache.invalidateQueries({ queryKey: ['listDays'] })
      message.success(t('days.uploaded', { name }))
    },
  })
  return (
    <Form<Filled>
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={{ origin: 'real' }}
      onFinish={(filled) => upload.mutate(filled)}
    >
      <Form.Item name="day" label={t('days.file')} rules={[{ required: true, message: t('submit.fileNeeded') }]}>
        <FileField />
      </Form.Item>
      <div className={styles.row}>
        <Form.Item
          name="source"
          label={t('days.source')}
          rules={[{ required: true, max: 1000, message: t('days.sourceNeeded') }]}
        >
          <Input maxLength={1000} autoComplete="off" />
        </Form.Item>
        <Form.Item name="startsAt" label={t('days.startsAt', { zone: zoneAt(new Date()) })}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="origin" label={t('days.origin')}>
          <Radio.Group
            options={(['real', 'simulated'] as const).map((value) => ({ value, label: t(`origin.${value}`) }))}
          />
        </Form.Item>
      </div>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={upload.isPending}>
          {t('days.send')}
        </Button>
      </Form.Item>
      {upload.isError && <DayFault error={upload.error} file={upload.variables.day} />}
    </Form>
  )
}
