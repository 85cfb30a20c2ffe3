import type { ParticipantView } from '@dengta/sdk'
import { useSession } from '../../house/session.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { IssueToken } from './issue-token.tsx'

export function ParticipantTable({ participants }: { readonly participants: readonly ParticipantView[] }) {
  const { t, time } = useWords()
  const { may } = useSession()
  return (
    <ScrollTable
      label={t('participants.title')}
      heads={[
        t('participants.name'),
        t('participants.id'),
        t('participants.roles'),
        t('participants.joined'),
        t('benchmark.record'),
        '',
      ]}
      rows={participants.map((participant) => ({
        key: participant.id,
        cells: [
          participant.name,
          <code key="id">{participant.id}</code>,
          participant.roles.map((role) => <Tag key={role}>{t(`role.${role}`)}</Tag>),
          time(participant.joinedAt),
          <RecordLink key="record" id={participant.record} />,
          may('operator') && <IssueToken key="issue" participant={participant} />,
        ],
      }))}
    />
  )
}
