import { ticketQuery, ticketState } from '@dengta/sdk'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useFilters } from '../../house/use-filters.ts'
import { FilterBar, FilterSelect } from '../../parts/filter-bar.tsx'
import { OpenTicket } from '../../parts/open-ticket.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { TicketTabs } from '../../parts/ticket-tabs.tsx'
import { useWords } from '../../words/use-words.ts'
import { TicketBoard } from './ticket-board.tsx'
import { TicketTable } from './ticket-table.tsx'

type View = 'board' | 'list'

export function TicketsPage() {
  const { t } = useWords()
  const { may } = useSession()
  const { shown, show } = useFilters(ticketQuery)
  const [view, setView] = useState<View>(shown.state ? 'list' : 'board')
  return (
    <ThreatFrame
      under="tickets"
      title={t('threat.nav.tickets')}
      lead={t('tickets.lead')}
      actions={may('operator') && <OpenTicket />}
    >
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
        {view === 'list' && (
          <FilterSelect
            id="state"
            label={t('rules.state')}
            any={t('threat.any')}
            value={shown.state}
            options={ticketState.options.map((value) => ({ value, label: t(`ticketState.${value}`) }))}
            onChange={(state) => show({ state })}
          />
        )}
      </FilterBar>
      {view === 'list' ? (
        <TicketTable state={shown.state} />
      ) : (
        <TicketBoard
          onAll={(state) => {
            show({ state })
            setView('list')
          }}
        />
      )}
    </ThreatFrame>
  )
}
