import { type DeliveryView, deliveryQuery } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useFilters } from '../../house/use-filters.ts'
import { useHouse } from '../../house/use-house.ts'
import { useNotice } from '../../house/use-notice.ts'
import { FilterSelect } from '../../parts/filter-bar.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

const TONE = { pending: 'unsure', delivered: 'good', dead: 'bad' } as const
const STATES = deliveryQuery.shape.state.unwrap().options

const MOST = 500

/** What was sent, what waits, and what died. */
export function Outbox() {
  const { t } = useWords()
  const { shown, show } = useFilters(deliveryQuery)
  const query = useHouse('listDeliveries', [{ limit: MOST, ...shown }], { again: () => 5000 })
  return (
    <>
      <div style={{ padding: '10px 14px' }}>
        <FilterSelect
          id="state"
          label={`${t('rules.state')} `}
          any={t('threat.any')}
          value={shown.state}
          options={STATES.map((value) => ({ value, label: t(`delivery.${value}`) }))}
          onChange={(state) => show({ state })}
        />
      </div>
      <Loaded query={query}>
        {(deliveries) => (
          <>
            <DeliveryTable deliveries={deliveries} />
            {deliveries.length >= (shown.limit ?? MOST) && (
              <Notice title={t('threat.newest', { count: deliveries.length })} />
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  const { may } = useSession()
  if (deliveries.length === 0) return <Notice title={t('webhooks.noDeliveries')} />
  return (
    <ScrollTable
      label={t('webhooks.outbox')}
      heads={[
        ...[t('webhooks.created'), t('webhooks.type'), t('webhooks.id'), t('rules.state')],
        ...[t('webhooks.attempts'), t('webhooks.due'), t('webhooks.problem'), ''],
      ]}
      numeric={[4]}
      rows={deliveries.map(({ id, endpoint, type, state, attempts, dueAt, lastProblem, createdAt }) => ({
        key: id,
        cells: [
          moment(createdAt),
          <code key="type">{type}</code>,
          endpoint,
          <Tag key="state" tone={TONE[state]}>
            {t(`delivery.${state}`)}
          </Tag>,
          count(attempts),
          state === 'pending' ? moment(dueAt) : '–',
          lastProblem ?? '–',
          state === 'dead' && may('operator') && <Revive key="revive" id={id} />,
        ],
      }))}
    />
  )
}

function Revive({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const revive = useMutation({
    mutationFn: () => client.reviveDelivery(id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['listDeliveries'] }),
    onError: tell,
  })
  return (
    <Button size="small" loading={revive.isPending} onClick={() => revive.mutate()}>
      {t('webhooks.revive')}
    </Button>
  )
}
