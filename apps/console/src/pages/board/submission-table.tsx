import type { SubmissionView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** Every submission, also those that the board does not rank. */
export function SubmissionTable({ submissions }: { readonly submissions: readonly SubmissionView[] }) {
  const { t, time } = useWords()
  if (submissions.length === 0) return <Notice title={t('board.empty')}>{t('board.emptyText')}</Notice>
  return (
    <ScrollTable
      label={t('board.all')}
      heads={[t('board.model'), t('board.state'), t('submit.form'), t('board.by'), t('board.submittedAt')]}
      rows={submissions.map(({ id, name, state, form, participant, submittedAt }) => ({
        key: id,
        cells: [
          <Link key="name" to="/submissions/$submission" params={{ submission: id }}>
            {name}
          </Link>,
          <StateTag key="state" state={state} />,
          t(`form.${form}`),
          participant,
          time(submittedAt),
        ],
      }))}
    />
  )
}
