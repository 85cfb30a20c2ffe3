import type { TicketView } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { GroupLink, IncidentLink, RunLink } from '../../parts/threat-links.tsx'
import { TicketStateTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { StageClock } from './stage-clock.tsx'
import { TicketActions } from './ticket-actions.tsx'

const LINK = { incident: IncidentLink, group: GroupLink, run: RunLink } as const

export function TicketPage() {
  const id = useParams({ strict: false }).ticket ?? ''
  const { t, say } = useWords()
  const { may } = useSession()
  const query = useHouse('getTicket', [id], { again: () => 10_000 })
  const ticket = query.data
  return (
    <ThreatFrame
      under="tickets"
      title={ticket ? say(ticket.title) : id}
      back={{ to: '/serve/threat/tickets', label: t('threat.nav.tickets') }}
      kicker={
        <>
          {t('tickets.ticket')}
          {ticket && <LevelTag level={ticket.severity} />}
          {ticket && <TicketStateTag state={ticket.state} />}
        </>
      }
      actions={ticket && may('operator') && <TicketActions ticket={ticket} />}
    >
      <Loaded query={query} lines={8}>
        {(loaded) => <TicketBody ticket={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

function TicketBody({ ticket }: { readonly ticket: TicketView }) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  const { links, waitingFor, resolution, reopenings, looks, assignee, record, quietSince, state } = ticket
  const waits = quietSince !== undefined && state !== 'resolved' && state !== 'closed'
  return (
    <>
      {waits && <Notice title={t('ticket.quiet', { at: moment(quietSince) })} />}
      <Section title={t('ticket.clock')} note={t('ticket.clockNote')}>
        <StageClock clock={ticket.clock} />
      </Section>
      <Section title={t('ticket.facts')}>
        <Facts
          facts={[
            [t('tickets.assignee'), assignee ?? t('tickets.nobody')],
            ...(waitingFor ? [[t('ticket.waitingFor'), waitingFor] as const] : []),
            ...(resolution ? [[t('ticket.resolution'), resolution] as const] : []),
            [t('ticket.reopenings'), count(reopenings)],
            [t('ticket.looks'), count(looks)],
            [
              t('ticket.links'),
              links.map(({ kind, id }) => {
                const To = LINK[kind]
                return (
                  <div key={`${kind} ${id}`}>
                    <To id={id}>{id}</To>
                  </div>
                )
              }),
            ],
            [t('threat.record'), record ? <RecordLink key="record" id={record} /> : '–'],
          ]}
        />
      </Section>
      <Section title={t('ticket.notes')}>
        <Notes notes={ticket.notes} />
      </Section>
    </>
  )
}

function Notes({ notes }: Pick<TicketView, 'notes'>) {
  const { t } = useWords()
  const { moment } = useTimes()
  if (notes.length === 0) return <Notice title={t('ticket.noNotes')} />
  return (
    <ScrollTable
      label={t('ticket.notes')}
      heads={[t('alert.time'), t('rules.author'), t('ticket.say.note')]}
      rows={notes.map(({ at, author, text }) => ({
        key: `${at} ${author} ${text}`,
        cells: [moment(at), author, text],
      }))}
    />
  )
}
