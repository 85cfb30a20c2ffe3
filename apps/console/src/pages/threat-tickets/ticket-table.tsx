import type { TicketView } from '@dengta/sdk'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Section } from '../../parts/page.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { TicketLink } from '../../parts/threat-links.tsx'
import { TicketStateTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

export function TicketTable({ tickets }: { readonly tickets: readonly TicketView[] }) {
  const { t } = useWords()
  const { moment } = useTimes()
  return (
    <Section title={t('threat.nav.tickets')}>
      <ScrollTable
        label={t('threat.nav.tickets')}
        heads={[
          ...[t('threat.mark'), t('tickets.ticket'), t('rules.state')],
          ...[t('tickets.assignee'), t('stageOf.detected'), t('tickets.changed')],
        ]}
        rows={tickets.map(({ id, title, severity, state, assignee, clock, changedAt }) => ({
          key: id,
          cells: [
            <LevelTag key="level" level={severity} />,
            <TicketLink key="title" id={id}>
              {title}
            </TicketLink>,
            <TicketStateTag key="state" state={state} />,
            assignee ?? t('tickets.nobody'),
            moment(clock.detected),
            moment(changedAt),
          ],
        }))}
      />
    </Section>
  )
}
