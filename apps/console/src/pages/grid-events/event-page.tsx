import type { GridEventView } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWorkKept } from '../../parts/use-work-kept.ts'
import { useWords } from '../../words/use-words.ts'
import { EventState } from './event-table.tsx'
import { PlanLink } from './plan-link.tsx'
import { Settle } from './settle.tsx'
import { Settlement } from './settlement.tsx'

/** One event of the grid: what was asked, what was promised, what was delivered. */
export function EventPage() {
  const id = useParams({ strict: false }).event ?? ''
  const { t, time, percent, count } = useWords()
  const query = useHouse('getGridEvent', [id], { again: (event) => (event?.state === 'settled' ? false : 15_000) })
  const event = query.data
  return (
    <Page
      title={event ? t('events.span', { from: time(event.from), minutes: count(event.request.minutes) }) : id}
      back={{ to: '/run/events', label: t('events.title') }}
      kicker={
        <>
          {t('events.kicker')}
          {event && <EventState state={event.state} />}
        </>
      }
      lead={event && t('events.asks', { depth: percent(event.request.depth), sites: event.request.sites.join(', ') })}
    >
      <Loaded query={query} lines={8}>
        {(loaded) => (
          <>
            {loaded.settlement ? (
              <Settlement event={loaded} settlement={loaded.settlement} />
            ) : (
              <Settle event={loaded} />
            )}
            <Section title={t('events.promise')} note={t('events.promiseNote')}>
              <Promised event={loaded} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Promised({ event }: { readonly event: GridEventView }) {
  const { t, amount, time, count } = useWords()
  const { promise, request, plan, announcedBy, announcedAt, record } = event
  const work = useWorkKept(promise)
  return (
    <Facts
      columns={3}
      facts={[
        [
          t('event.targetKept'),
          <Tag key="kept" tone={promise.withinTarget ? 'good' : 'bad'}>
            {t(promise.withinTarget ? 'event.kept' : 'event.missed')}
          </Tag>,
        ],
        [t('event.given'), t('unit.kwh', { kwh: amount(promise.avoidedKwh) })],
        [work.name, `${work.share} · ${work.best}`],
        [
          t('event.floors'),
          <Tag key="floors" tone={promise.floorsKept ? 'good' : 'bad'}>
            {t(promise.floorsKept ? 'event.floorsKept' : 'event.floorsBroken')}
          </Tag>,
        ],
        [t('event.notice'), count(request.noticeMinutes)],
        [t('events.plan'), <PlanLink key="plan" id={plan} />],
        [t('events.by'), announcedBy],
        [t('events.at'), time(announcedAt)],
        [t('proof.record'), <RecordLink key="record" id={record} />],
      ]}
    />
  )
}
