import { type TicketView, ticketQuery, ticketState } from '@dengta/sdk'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useFilters } from '../../house/use-filters.ts'
import { useHouse } from '../../house/use-house.ts'
import { FilterBar, FilterSelect } from '../../parts/filter-bar.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { TicketTabs } from '../../parts/ticket-tabs.tsx'
import { useWords } from '../../words/use-words.ts'
import { TicketBoard } from './ticket-board.tsx'
import { TicketTable } from './ticket-table.tsx'

/** As many as the house answers at once. */
const MOST = 1000

type View = 'board' | 'list'

export function TicketsPage() {
  const { t } = useWords()
  const { shown, show } = useFilters(ticketQuery)
  const [view, setView] = useState<View>('board')
  const query = useHouse('listTickets', [{ ...shown, limit: MOST }], { again: () => 10_000 })
  return (
    <ThreatFrame under="tickets" title={t('threat.nav.tickets')} lead={t('tickets.lead')}>
      <TicketTabs />
      <FilterBar>
        <Segmented<View>
          aria-label={t('tickets.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'board', label: t('tickets.board') },
            { value: 'list', label: t('tickets.list') },
          ]}
        />
        <FilterSelect
          id="state"
          label={t('rules.state')}
          any={t('threat.any')}
          value={shown.state}
          options={ticketState.options.map((value) => ({ value, label: t(`ticketState.${value}`) }))}
          onChange={(state) => show({ state })}
        />
      </FilterBar>
      <Loaded query={query} lines={8}>
        {(tickets) => <Tickets tickets={tickets} view={view} />}
      </Loaded>
    </ThreatFrame>
  )
}

function Tickets({ tickets, view }: { readonly tickets: readonly TicketView[]; readonly view: View }) {
  const { t, count } = useWords()
  if (tickets.length === 0) return <Notice title={t('tickets.empty')}>{t('tickets.emptyText')}</Notice>
  return (
    <>
      {tickets.length === MOST && <p>{t('tickets.cut', { count: count(MOST) })}</p>}
      {view === 'board' ? <TicketBoard tickets={tickets} /> : <TicketTable tickets={tickets} />}
    </>
  )
}
