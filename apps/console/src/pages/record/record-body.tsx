import type { RecordView } from '@dengta/sdk'
import { Digest } from '../../parts/digest.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { RecordTable } from '../../parts/record-table.tsx'
import { useWords } from '../../words/use-words.ts'
import { PredicateTree } from './predicate-tree.tsx'
import styles from './record-page.module.css'
import { VerifyHere } from './verify-here.tsx'

export function RecordBody({ record }: { readonly record: RecordView }) {
  const { t } = useWords()
  const basis = Array.isArray(record.predicate.basis) ? record.predicate.basis.map(String) : []
  return (
    <>
      <VerifyHere id={record.id} />
      <Section title={t('record.says')}>
        <PredicateTree value={record.predicate} />
        <details className={styles.raw}>
          <summary>{t('record.raw')}</summary>
          <pre>{JSON.stringify(record.predicate, null, 2)}</pre>
        </details>
      </Section>
      <Section title={t('record.subjects')}>
        <Facts
          facts={[
            ...record.subjects.map(({ name, sha256 }) => [name, <Digest key={name} value={sha256} />] as const),
            [t('record.id'), <Digest key="id" value={record.id} />],
            [t('record.key'), <Digest key="key" value={record.keyId} />],
          ]}
        />
      </Section>
      <Section title={t('record.basis')}>
        {basis.length === 0 ? (
          <Notice title={t('record.noBasis')} />
        ) : (
          <p className={styles.basis}>
            {basis.map((id) => (
              <RecordLink key={id} id={id} />
            ))}
          </p>
        )}
      </Section>
      <Section title={t('record.usedBy')}>
        {record.usedBy.length === 0 ? <Notice title={t('record.notUsed')} /> : <RecordTable records={record.usedBy} />}
      </Section>
    </>
  )
}
