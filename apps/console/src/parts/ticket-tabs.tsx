import { useWords } from '../words/use-words.ts'
import { SubTabs } from './sub-tabs.tsx'

export function TicketTabs() {
  const { t } = useWords()
  return (
    <SubTabs
      label={t('tickets.tabs')}
      tabs={[
        { to: '/serve/threat/tickets', label: t('threat.nav.tickets') },
        { to: '/serve/threat/tickets/times', label: t('tickets.times') },
        { to: '/serve/threat/webhooks', label: t('tickets.webhooks') },
      ]}
    />
  )
}
