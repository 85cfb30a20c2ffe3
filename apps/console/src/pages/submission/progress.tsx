import type { SubmissionView } from '@dengta/sdk'
import { Spin } from 'antd'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'

/** What a submission waits for, or why it was refused. Nothing once it is scored. */
export function Progress({ submission: { state, refusal } }: { readonly submission: SubmissionView }) {
  const { t, say } = useWords()
  if (state === 'waiting' || state === 'running') {
    return (
      <div role="status">
        <Notice title={t(`state.${state}`)}>
          <Spin size="small" /> {t(`submission.${state}`)}
        </Notice>
      </div>
    )
  }
  if (!refusal) return null
  return (
    <Section title={t('submission.refused')}>
      <Notice title={say(refusal.text)}>
        {t('shell.code')} <code>{refusal.code}</code>
      </Notice>
    </Section>
  )
}
