import type { WebhookView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

export function EndpointTable({ endpoints }: { readonly endpoints: readonly WebhookView[] }) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  const { may } = useSession()
  if (endpoints.length === 0) return <Notice title={t('webhooks.empty')} />
  return (
    <ScrollTable
      label={t('webhooks.endpoints')}
      heads={[
        ...[t('webhooks.id'), t('webhooks.url'), t('webhooks.secrets'), t('webhooks.pending')],
        ...[t('webhooks.delivered'), t('webhooks.dead'), t('webhooks.addedBy'), ''],
      ]}
      numeric={[3, 4, 5]}
      rows={endpoints.map(({ id, url, secrets, pending, delivered, dead, addedBy, addedAt }) => ({
        key: id,
        cells: [
          id,
          <code key="url">{url}</code>,
          secrets.join(', '),
          count(pending),
          count(delivered),
          dead > 0 ? (
            <Tag key="dead" tone="bad">
              {count(dead)}
            </Tag>
          ) : (
            count(0)
          ),
          `${addedBy}, ${moment(addedAt)}`,
          may('operator') && <Remove key="remove" id={id} />,
        ],
      }))}
    />
  )
}

function Remove({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const remove = useMutation({
    mutationFn: () => client.removeWebhook(id),
    onSuccess: (left) => cache.setQueryData(['listWebhooks'], left),
    onError: tell,
  })
  return (
    <Popconfirm
      title={t('webhooks.removeSure', { id })}
      okText={t('webhooks.remove')}
      cancelText={t('threat.cancel')}
      onConfirm={() => remove.mutate()}
    >
      <Button size="small" loading={remove.isPending}>
        {t('webhooks.remove')}
      </Button>
    </Popconfirm>
  )
}
