import type { BenchmarkView, SubmissionForm } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Radio } from 'antd'
import { useSession } from '../../house/session.tsx'
import { FileField } from '../../parts/file-field.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './submit-page.module.css'

interface Filled {
  readonly name: string
  readonly form: SubmissionForm
  readonly file: File
}

/** Hands a model in and leads to its page, which follows the run. */
export function SubmitForm({ benchmark }: { readonly benchmark: BenchmarkView }) {
  const { t } = useWords()
  const { client } = useSession()
  const go = useNavigate()
  const submit = useMutation({
    mutationFn: ({ name, form, file }: Filled) => client.submitModel(benchmark.id, { name, form }, file),
    onSuccess: ({ id }) => go({ to: '/submissions/$submission', params: { submission: id } }),
  })
  return (
    <Form<Filled>
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      initialValues={{ form: benchmark.forms[0] }}
      onFinish={(filled) => submit.mutate(filled)}
    >
      <Form.Item
        name="name"
        label={t('submit.name')}
        rules={[{ required: true, max: 120, message: t('submit.nameNeeded') }]}
      >
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item name="form" label={t('submit.form')}>
        <Radio.Group
          options={benchmark.forms.map((form) => ({ value: form, label: t(`form.${form}`) }))}
          aria-label={t('submit.form')}
        />
      </Form.Item>
      <Form.Item name="file" label={t('submit.file')} rules={[{ required: true, message: t('submit.fileNeeded') }]}>
        <FileField />
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={submit.isPending}>
          {t('submit.send')}
        </Button>
      </Form.Item>
      {submit.isError && <ProblemNotice error={submit.error} />}
    </Form>
  )
}
