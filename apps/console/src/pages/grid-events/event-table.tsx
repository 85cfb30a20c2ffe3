import type { GridEventView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

export function EventTable({ events }: { readonly events: readonly GridEventView[] }) {
  const { t, time, count, percent, amount } = useWords()
  if (events.length === 0) return <Notice title={t('events.empty')}>{t('events.emptyText')}</Notice>
  return (
    <ScrollTable
      label={t('events.all')}
      heads={[
        t('events.when'),
        t('events.state'),
        t('events.depth'),
        t('event.sites'),
        t('events.asked'),
        t('events.delivered'),
      ]}
      numeric={[2, 4, 5]}
      rows={events.map(({ id, from, state, request, promise, settlement }) => ({
        key: id,
        cells: [
          <Link key="when" to="/run/events/$event" params={{ event: id }}>
            {t('events.span', { from: time(from), minutes: count(request.minutes) })}
          </Link>,
          <EventState key="state" state={state} />,
          percent(request.depth),
          request.sites.join(', '),
          t('unit.kwh', { kwh: amount(settlement?.requestedKwh ?? promise.avoidedKwh) }),
          settlement ? t('unit.kwh', { kwh: amount(settlement.deliveredKwh) }) : '–',
        ],
      }))}
    />
  )
}

export function EventState({ state }: { readonly state: GridEventView['state'] }) {
  const { t } = useWords()
  return <Tag tone={state === 'settled' ? 'good' : 'unsure'}>{t(`events.is.${state}`)}</Tag>
}
