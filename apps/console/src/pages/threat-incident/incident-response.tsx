import type { IncidentDetail } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { OpenTicket } from '../../parts/open-ticket.tsx'
import { Section } from '../../parts/page.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { RunLink, TicketLink } from '../../parts/threat-links.tsx'
import { isRunStatus, isTicketState } from '../../parts/threat-states.ts'
import { RunStatusTag, TicketStateTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

/** Tickets, playbook runs, and playbooks that would fit. */
export function IncidentResponse({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useWords()
  return (
    <>
      <Section title={t('incident.suggestions')}>
        <Suggestions incident={incident} />
      </Section>
      <Section title={t('incident.runs')}>
        <Runs runs={incident.runs} />
      </Section>
      <Section title={t('incident.tickets')}>
        <Tickets incident={incident} />
      </Section>
    </>
  )
}

function Suggestions({ incident: { id, suggestions } }: { readonly incident: IncidentDetail }) {
  const { t, say } = useWords()
  if (suggestions.length === 0) return <Notice title={t('incident.noSuggestions')} />
  return (
    <ScrollTable
      label={t('incident.suggestions')}
      heads={[t('threat.nav.playbooks'), t('playbook.inputs'), t('incident.reason'), '']}
      rows={suggestions.map(({ playbook, name, inputs, reason }) => ({
        key: `${playbook} ${JSON.stringify(inputs)}`,
        cells: [
          say(name),
          <code key="inputs">
            {Object.entries(inputs)
              .map((pair) => pair.join(' = '))
              .join(', ')}
          </code>,
          say(reason),
          <Link
            key="open"
            to="/serve/threat/playbooks/$playbook"
            params={{ playbook }}
            search={{ incident: id, inputs: JSON.stringify(inputs) } as never}
          >
            {t('incident.dryRun')}
          </Link>,
        ],
      }))}
    />
  )
}

function Runs({ runs }: { readonly runs: IncidentDetail['runs'] }) {
  const { t, say } = useWords()
  const { moment } = useTimes()
  if (runs.length === 0) return <Notice title={t('incident.nothingDone')} />
  return (
    <ScrollTable
      label={t('incident.runs')}
      heads={[t('threat.nav.playbooks'), t('incidents.state'), t('runs.startedAt')]}
      rows={runs.map(({ id, playbook, status, startedAt }) => ({
        key: id,
        cells: [
          <RunLink key="name" id={id}>
            {say(playbook)}
          </RunLink>,
          isRunStatus(status) ? <RunStatusTag key="status" status={status} /> : <Tag key="status">{status}</Tag>,
          moment(startedAt),
        ],
      }))}
    />
  )
}

function Tickets({ incident }: { readonly incident: IncidentDetail }) {
  const { t, say } = useWords()
  const { may } = useSession()
  const { tickets } = incident
  if (tickets.length === 0)
    return <Notice title={t('incident.noTickets')}>{may('operator') && <OpenTicket incident={incident} />}</Notice>
  return (
    <ScrollTable
      label={t('incident.tickets')}
      heads={[t('threat.nav.tickets'), t('incidents.state'), t('tickets.assignee')]}
      rows={tickets.map(({ id, title, state, assignee }) => ({
        key: id,
        cells: [
          <TicketLink key="title" id={id}>
            {say(title)}
          </TicketLink>,
          isTicketState(state) ? <TicketStateTag key="state" state={state} /> : <Tag key="state">{state}</Tag>,
          assignee ?? '–',
        ],
      }))}
    />
  )
}
