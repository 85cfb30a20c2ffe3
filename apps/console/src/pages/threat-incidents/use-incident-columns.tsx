import type { IncidentRow } from '@dengta/sdk'
import { useMemo } from 'react'
import { hostsOf } from '../../parts/hosts-of.ts'
import { LevelTag } from '../../parts/level-tag.tsx'
import { shortId } from '../../parts/short-id.ts'
import { IncidentLink, TicketLink } from '../../parts/threat-links.tsx'
import { IncidentStateTag, VerdictTag } from '../../parts/threat-tags.tsx'
import type { Column } from '../../parts/window-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

export function useIncidentColumns(): readonly Column<IncidentRow>[] {
  const { t, say, count, cost } = useWords()
  const { moment } = useTimes()
  return useMemo(
    () => [
      { head: t('incidents.severity'), width: '104px', cell: ({ severity }) => <LevelTag level={severity} /> },
      {
        head: t('incidents.title'),
        cell: ({ id, title }) => (
          <span title={say(title)}>
            <IncidentLink id={id}>{say(title)}</IncidentLink>
          </span>
        ),
      },
      {
        head: t('incidents.state'),
        width: '126px',
        cell: ({ state, verdict }) => (
          <>
            <IncidentStateTag state={state} verdict={verdict} brief /> {verdict && <VerdictTag verdict={verdict} />}
          </>
        ),
      },
      {
        head: t('incidents.hosts'),
        width: '108px',
        cell: (incident) => <span title={hostsOf(incident)}>{hostsOf(incident)}</span>,
      },
      { head: t('incidents.groups'), width: '62px', numeric: true, cell: ({ groups }) => count(groups) },
      { head: t('incidents.alerts'), width: '76px', numeric: true, cell: ({ alerts }) => count(alerts) },
      { head: t('incidents.score'), width: '72px', numeric: true, cell: ({ score }) => cost(score).replace('-', '−') },
      {
        head: t('incidents.technique'),
        width: '108px',
        cell: ({ techniques }) => (
          <span title={techniques.join(', ')}>
            {techniques[0]}
            {techniques.length > 1 && ` +${techniques.length - 1}`}
          </span>
        ),
      },
      { head: t('incidents.last'), width: '184px', cell: ({ last }) => moment(last) },
      {
        head: t('threat.nav.tickets'),
        width: '82px',
        cell: ({ ticket }) =>
          ticket && (
            <span title={ticket}>
              <TicketLink id={ticket}>{shortId(ticket)}</TicketLink>
            </span>
          ),
      },
    ],
    [t, say, count, cost, moment],
  )
}
