import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { AddParticipant } from './add-participant.tsx'
import { ParticipantTable } from './participant-table.tsx'

export function ParticipantsPage() {
  const { t } = useWords()
  const { may } = useSession()
  const participants = useHouse('listParticipants', [])
  return (
    <Page title={t('participants.title')} lead={t('participants.lead')} actions={may('operator') && <AddParticipant />}>
      <Section title={t('participants.title')}>
        <Loaded query={participants}>{(list) => <ParticipantTable participants={list} />}</Loaded>
      </Section>
    </Page>
  )
}
