import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { TicketTabs } from '../../parts/ticket-tabs.tsx'
import { useWords } from '../../words/use-words.ts'
import { AddEndpoint } from './add-endpoint.tsx'
import { EndpointTable } from './endpoint-table.tsx'
import { Outbox } from './outbox.tsx'

export function WebhooksPage() {
  const { t } = useWords()
  const { may } = useSession()
  const query = useHouse('listWebhooks', [], { again: () => 5000 })
  return (
    <ThreatFrame under="tickets" title={t('tickets.webhooks')} lead={t('webhooks.lead')}>
      <TicketTabs />
      <Section title={t('webhooks.endpoints')}>
        <Loaded query={query}>{(endpoints) => <EndpointTable endpoints={endpoints} />}</Loaded>
      </Section>
      <Section title={t('webhooks.outbox')} note={t('webhooks.deadNote')}>
        <Outbox />
      </Section>
      {may('operator') && (
        <Section title={t('webhooks.add')} bare>
          <AddEndpoint />
        </Section>
      )}
    </ThreatFrame>
  )
}
