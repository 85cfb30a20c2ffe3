import type { ParticipantView } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { Digest } from '../../parts/digest.tsx'
import { useWords } from '../../words/use-words.ts'

/** Issues a token and shows it once; closing the dialog forgets it. */
export function IssueToken({ participant }: { readonly participant: ParticipantView }) {
  const { t, time } = useWords()
  const { client } = useSession()
  const issue = useMutation({ mutationFn: () => client.issueToken(participant.id), gcTime: 0, onError: useNotice() })
  return (
    <>
      <Button size="small" loading={issue.isPending} onClick={() => issue.mutate()}>
        {t('participants.issue')}
      </Button>
      <Modal
        title={t('participants.issued', { name: participant.name })}
        open={issue.data !== undefined}
        onCancel={issue.reset}
        footer={
          <Button type="primary" onClick={issue.reset}>
            {t('participants.done')}
          </Button>
        }
        mask={{ closable: false }}
      >
        {issue.data && (
          <>
            <p>{t('participants.once')}</p>
            <p style={{ margin: '12px 0' }}>
              <Digest value={issue.data.token} />
            </p>
            <p>{t('participants.expires', { at: time(issue.data.expiresAt) })}</p>
          </>
        )}
      </Modal>
    </>
  )
}
