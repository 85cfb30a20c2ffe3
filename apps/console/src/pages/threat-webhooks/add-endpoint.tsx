import { newWebhook } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './webhooks.module.css'

interface Filled {
  readonly id: string
  readonly url: string
  readonly secret: string
}

/** Fields are checked by the schema that the server uses. */
export function AddEndpoint() {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const [form] = Form.useForm<Filled>()
  const add = useMutation({
    mutationFn: ({ id, url, secret }: Filled) => client.addWebhook({ id, url, secrets: [secret] }),
    onSuccess: () => {
      form.resetFields()
      void cache.invalidateQueries({ queryKey: ['listWebhooks'] })
    },
  })
  const fits = (schema: { safeParse(value: unknown): { readonly success: boolean } }, message: string) => ({
    validator: (_: unknown, value: unknown) =>
      schema.safeParse(value).success ? Promise.resolve() : Promise.reject(new Error(message)),
  })
  const { id, url, secrets } = newWebhook.shape
  return (
    <Form<Filled>
      form={form}
      className={styles.form ?? ''}
      layout="vertical"
      requiredMark={false}
      onFinish={(filled) => add.mutate(filled)}
    >
      <Form.Item
        name="id"
        label={t('webhooks.id')}
        extra={t('webhooks.idRule')}
        rules={[fits(id, t('webhooks.idRule'))]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('webhooks.url')}
        extra={t('webhooks.urlRule')}
        rules={[fits(url, t('webhooks.urlRule'))]}
      >
        <Input autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t('webhooks.secrets')}
        extra={t('webhooks.secretRule')}
        rules={[fits(secrets.element, t('webhooks.idRule'))]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('webhooks.add')}
        </Button>
      </Form.Item>
      {add.isError && <ProblemNotice error={add.error} />}
    </Form>
  )
}
