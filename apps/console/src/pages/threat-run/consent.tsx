import type { RunDetail } from '@dengta/sdk'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ReasonList } from '../../parts/reason-list.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { AskReason } from './ask-reason.tsx'
import styles from './run.module.css'
import { itself, useRunStep } from './use-run-step.ts'

/** Yes to exactly the digest that is shown, or no with a reason. A consent that is not accepted says why. */
export function Consent({ run, digest }: { readonly run: RunDetail; readonly digest: string }) {
  const { t } = useWords()
  const { client, me } = useSession()
  const approve = useRunStep(
    run.id,
    () => client.approveRun(run.id, digest),
    (answer) => answer.run,
  )
  const refuse = useRunStep(run.id, (reason: string) => client.refuseRun(run.id, reason), itself)
  const error = approve.error ?? refuse.error
  if (!me) return <Notice title={t('threat.signIn')}>{<SignInButton />}</Notice>
  return (
    <>
      {!run.may.approve && run.may.reasons.length > 0 && (
        <Notice title={t('run1.mayNot')}>
          <ReasonList reasons={run.may.reasons} />
        </Notice>
      )}
      {approve.data && !approve.data.ok && (
        <Notice title={t('run1.notAccepted')} bad>
          <ReasonList reasons={approve.data.reasons} />
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={!run.may.approve}
          loading={approve.isPending}
          onClick={() => approve.mutate(undefined)}
        >
          {t('run1.approve')}
        </Button>
        <AskReason label={t('run1.refuse')} how={t('run1.refuseHow')} pending={refuse.isPending} send={refuse.mutate} />
      </div>
      {error && <ProblemNotice error={error} />}
    </>
  )
}
