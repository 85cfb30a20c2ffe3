import type { SubmissionView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** Whether the result came out the same again, and the button that finds out. */
export function Replay({ submission: { id, replay } }: { readonly submission: SubmissionView }) {
  const { t } = useWords()
  const { token } = useSession()
  return (
    <Section title={t('submission.replay')} extra={token && <ReplayButton id={id} />}>
      {replay ? (
        <Notice title={t(replay.same ? 'submission.replaySame' : 'submission.replayOther')}>
          <Tag tone={replay.same ? 'good' : 'bad'}>
            {t(replay.same ? 'benchmark.qualityPass' : 'benchmark.qualityFail')}
          </Tag>{' '}
          <RecordLink id={replay.record} />
        </Notice>
      ) : (
        <Notice title={t('submission.replayNone')} />
      )}
    </Section>
  )
}

function ReplayButton({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const replay = useMutation({
    mutationFn: () => client.replaySubmission(id),
    onSuccess: (submission) => cache.setQueryData(['getSubmission', id], submission),
    onError: useNotice(),
  })
  return (
    <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
      {t('submission.replayNow')}
    </Button>
  )
}
