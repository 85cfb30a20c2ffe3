import { type GroupDetail, type ProvenDecision, proveDecision } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { Digest } from '../../parts/digest.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { CheckList } from '../record/check-list.tsx'
import styles from './group-panel.module.css'

/** Checks one decision against the signed root of its batch, in this browser. */
export function ProveDecision({ group: { id, decision } }: { readonly group: GroupDetail }) {
  const { t } = useWords()
  const { client } = useSession()
  const prove = useMutation({ mutationFn: () => proveDecision(client, id) })
  if (decision.record === undefined) return null
  return (
    <div className={styles.why}>
      <p className={styles.muted}>{t('group.proveHow')}</p>
      <Button loading={prove.isPending} onClick={() => prove.mutate()}>
        {t('group.prove')}
      </Button>
      <div aria-live="polite">
        {prove.data && <Proof proof={prove.data} />}
        {prove.isError && <ProblemNotice error={prove.error} />}
      </div>
    </div>
  )
}

function Proof({ proof: { report, line, path, root } }: { readonly proof: ProvenDecision }) {
  const { t } = useWords()
  return (
    <>
      <CheckList report={report} />
      <details>
        <summary>{t('group.proofLine')}</summary>
        <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{line}</pre>
      </details>
      <details>
        <summary>{t('group.proofPath')}</summary>
        <ol>
          {path.map((each) => (
            <li key={each}>
              <Digest value={each} />
            </li>
          ))}
        </ol>
      </details>
      <p>
        {t('group.proofRoot')}
        {t('run1.colon')}
        <Digest value={root} />
      </p>
    </>
  )
}
