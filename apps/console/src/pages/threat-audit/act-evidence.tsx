import type { AuditAct, AuditEvidence } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { Icon } from '../../parts/icon.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './act-evidence.module.css'

/** The records behind an act, and the newest as a file that `dengta verify` checks without the house. */
export function ActEvidence({ act: { evidence } }: { readonly act: AuditAct }) {
  const { t } = useWords()
  if (evidence === undefined) return <span className={styles.none}>{t('audit.noRecord')}</span>
  return <Records evidence={evidence} />
}

function Records({ evidence: { of, records, count: all } }: { readonly evidence: AuditEvidence }) {
  const { t, count } = useWords()
  const newest = records.at(-1) ?? ''
  const more = all - records.length
  return (
    <div className={styles.records}>
      <span className={styles.none}>{t(`audit.of.${of}`)}</span>
      {records.map((record) => (
        <RecordLink key={record} id={record} />
      ))}
      {more > 0 && <span className={styles.none}>{t('audit.moreRecords', { count: count(more) })}</span>}
      <ProofFile record={newest} />
    </div>
  )
}

function ProofFile({ record }: { readonly record: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const tell = useNotice()
  const fetched = useMutation({
    mutationFn: () => client.exportRecord(record),
    onSuccess: (file) => saveFile(`${record}.json`, JSON.stringify(file, null, 2)),
    onError: tell,
  })
  return (
    <Button
      size="small"
      icon={<Icon name="download" />}
      loading={fetched.isPending}
      title={t('audit.proofHow', { record })}
      onClick={() => fetched.mutate()}
    >
      {t('audit.proof')}
    </Button>
  )
}
