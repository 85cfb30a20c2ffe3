import type { RunDetail } from '@dengta/sdk'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { Commands } from '../../parts/commands.tsx'
import { Digest } from '../../parts/digest.tsx'
import { Facts } from '../../parts/facts.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useApprovalName } from '../../parts/use-approval-name.ts'
import { useWords } from '../../words/use-words.ts'
import { Consent } from './consent.tsx'
import { ReportWork } from './report-work.tsx'
import styles from './run.module.css'
import { itself, useRunStep } from './use-run-step.ts'

interface Props {
  readonly run: RunDetail
  readonly work: NonNullable<RunDetail['work']>
}

/** What is sent next, who must agree, and the word that the run waits for. */
export function WorkInHand({ run, work }: Props) {
  const { t, say, count } = useWords()
  const { client, may } = useSession()
  const resume = useRunStep(run.id, () => client.resumeRun(run.id), itself)
  const told = {
    name: say(work.name),
    next: count(work.next + 1),
    count: count(work.commands.length),
    attempt: count(work.attempt),
  }
  return (
    <div className={styles.work}>
      <h3>
        {t(`run1.phase.${work.phase}`)}
        {t('run1.colon')}
        {t('run1.workText', told)}
      </h3>
      <div>
        <p>{t('run1.exactly')}</p>
        <Commands commands={work.commands} />
      </div>
      <div className={styles.facts}>
        <WorkFacts run={run} work={work} />
      </div>
      {run.asks === 'approval' && <Consent run={run} digest={work.digest} />}
      {(run.asks === 'manual' || run.asks === 'uncertain') && <ReportWork run={run} asks={run.asks} />}
      {run.status === 'running' && may('operator') && (
        <div className={styles.buttons}>
          <Button loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
            {t('run1.resume')}
          </Button>
        </div>
      )}
      {resume.isError && <ProblemNotice error={resume.error} />}
    </div>
  )
}

function WorkFacts({ run, work }: Props) {
  const { t } = useWords()
  const approvalName = useApprovalName()
  const approved = run.approvals.map(({ id, level }) => `${id} (${approvalName(level)})`).join(', ')
  return (
    <Facts
      facts={[
        [t('run1.digest'), <Digest key="digest" value={work.digest} />],
        ...(run.demand
          ? [
              [
                t('run1.demand'),
                approvalName(run.demand.level) + (run.demand.approverDiffers ? ` · ${t('playbook.otherPerson')}` : ''),
              ] as const,
            ]
          : []),
        [t('run1.approvals'), approved || t('run1.nobody')],
      ]}
    />
  )
}
