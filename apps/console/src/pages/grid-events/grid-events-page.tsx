import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { RunFrame } from '../run/run-frame.tsx'
import { EventTable } from './event-table.tsx'

/** When the grid asked for less, and what came of it. */
export function GridEventsPage() {
  const { t } = useWords()
  const events = useHouse('listGridEvents', [], { again: () => 15_000 })
  return (
    <RunFrame title={t('events.title')} lead={t('events.lead')}>
      <Section title={t('events.all')} note={t('events.note')}>
        <Loaded query={events}>{(list) => <EventTable events={list} />}</Loaded>
      </Section>
    </RunFrame>
  )
}
