import type { TicketStateName, TicketView } from '@dengta/sdk'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { TicketLink } from '../../parts/threat-links.tsx'
import { TicketStateTag } from '../../parts/threat-tags.tsx'
import { usePagedRows } from '../../parts/use-paged-rows.ts'
import { type Column, WindowTable } from '../../parts/window-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

const REFRESH_MS = 10_000

/** All tickets of a state, or all; only those in sight are fetched. */
export function TicketTable({ state }: { readonly state: TicketStateName | undefined }) {
  const { t, count } = useWords()
  const { client } = useSession()
  const go = useNavigate()
  const [active, setActive] = useState(0)
  const query = state === undefined ? {} : { state }
  const rows = usePagedRows<TicketView>({
    name: 'listTickets',
    query,
    again: REFRESH_MS,
    fetchPage: async (place) => {
      const { tickets, total } = await client.listTickets({ ...query, ...place })
      return { rows: tickets, total }
    },
  })
  const columns = useTicketColumns()
  return (
    <Section title={t('tickets.count', { count: count(rows.total) })}>
      {rows.error && <ProblemNotice error={rows.error} retry={rows.retry} />}
      {!rows.error && !rows.isPending && rows.total === 0 ? (
        <Notice title={t('tickets.empty')}>{t('tickets.emptyText')}</Notice>
      ) : (
        <WindowTable
          label={t('threat.nav.tickets')}
          rows={rows}
          columns={columns}
          keyOf={({ id }) => id}
          active={active}
          onActive={setActive}
          onOpen={({ id }) => void go({ to: '/serve/threat/tickets/$ticket', params: { ticket: id } as never })}
        />
      )}
    </Section>
  )
}

function useTicketColumns(): readonly Column<TicketView>[] {
  const { t, say } = useWords()
  const { moment } = useTimes()
  return useMemo(
    () => [
      { head: t('threat.mark'), width: '104px', cell: ({ severity }) => <LevelTag level={severity} /> },
      {
        head: t('tickets.ticket'),
        cell: ({ id, title }) => (
          <span title={say(title)}>
            <TicketLink id={id}>{say(title)}</TicketLink>
          </span>
        ),
      },
      { head: t('rules.state'), width: '126px', cell: ({ state }) => <TicketStateTag state={state} /> },
      { head: t('tickets.assignee'), width: '140px', cell: ({ assignee }) => assignee ?? t('tickets.nobody') },
      { head: t('tickets.detected'), width: '184px', cell: ({ clock }) => moment(clock.detected) },
      { head: t('tickets.changed'), width: '184px', cell: ({ changedAt }) => moment(changedAt) },
    ],
    [t, say, moment],
  )
}
