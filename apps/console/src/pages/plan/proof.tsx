import { EFFORTS, type PlanResult, type PlanView } from '@dengta/sdk'
import { useSession } from '../../house/session.tsx'
import { Digest } from '../../parts/digest.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { ReasonList } from '../../parts/reason-list.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './proof.module.css'

/** What a stranger needs to check the plan without this server. */
export function Proof({ plan, result }: { readonly plan: PlanView; readonly result: PlanResult }) {
  const { t, say, bytes } = useWords()
  const { digest, check } = result
  return (
    <Facts
      facts={[
        [
          t('proof.verdict'),
          check.faults.length > 0 ? <ReasonList key="faults" reasons={check.faults} /> : say(check.text),
        ],
        [t('proof.offline'), <Offline key="offline" plan={plan} size={bytes(result.bytes)} />],
        [t('proof.digest'), <Digest key="digest" value={digest} />],
        [t('proof.day'), <Digest key="day" value={plan.snapshot} />],
        [t('proof.effort'), t('proof.effortOf', { ...plan.effort, name: say(EFFORTS[plan.effort.name]) })],
        [t('proof.record'), <RecordLink key="record" id={result.record} />],
      ]}
    />
  )
}

function Offline({ plan, size }: { readonly plan: PlanView; readonly size: string }) {
  const { t } = useWords()
  const { client, may } = useSession()
  return (
    <>
      <p className={styles.step}>{t(may('operator', 'auditor') ? 'proof.how' : 'proof.howOthers', { size })}</p>
      <code className={styles.command}>{`dengta plan check ${plan.id}.json`}</code>
      {may('operator', 'auditor') && (
        <p style={{ marginTop: 10 }}>
          <DownloadButton
            label={t('proof.download')}
            fileName={`${plan.id}.json`}
            fetchFile={async () => (await client.downloadPlan(plan.id)).blob()}
          />
        </p>
      )}
    </>
  )
}
