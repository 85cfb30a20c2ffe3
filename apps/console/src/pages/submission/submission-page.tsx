import type { SubmissionView } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { Evaluation } from './evaluation.tsx'
import { IsolationProbes } from './isolation-probes.tsx'
import { Progress } from './progress.tsx'
import { Replay } from './replay.tsx'
import { SubmissionRecords } from './submission-records.tsx'

const unfinished = (submission: SubmissionView | undefined): boolean =>
  submission?.state === 'waiting' || submission?.state === 'running'

export function SubmissionPage() {
  const id = useParams({ strict: false }).submission ?? ''
  const { t, bytes, time } = useWords()
  const query = useHouse('getSubmission', [id], { again: (data) => (unfinished(data) ? 1_500 : false) })
  const benchmark = query.data?.benchmark
  return (
    <Page
      title={query.data?.name ?? id}
      back={
        benchmark
          ? { to: `/benchmarks/${benchmark}/board`, label: t('board.kicker') }
          : { to: '/prove', label: t('verb.prove') }
      }
      kicker={
        <>
          {t('submission.kicker')}
          {query.data && <StateTag state={query.data.state} />}
        </>
      }
      lead={
        query.data &&
        `${query.data.participant} · ${t(`form.${query.data.form}`)} · ${bytes(query.data.bytes)} · ${time(query.data.submittedAt)}`
      }
    >
      <Loaded query={query} lines={8}>
        {(submission) => (
          <>
            <Progress submission={submission} />
            {submission.evaluation && <Evaluation submission={submission} evaluation={submission.evaluation} />}
            {submission.evaluation && <Replay submission={submission} />}
            {submission.isolation && <IsolationProbes isolation={submission.isolation} />}
            <SubmissionRecords submission={submission} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
