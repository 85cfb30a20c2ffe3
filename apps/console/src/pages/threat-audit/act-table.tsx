import { type AuditAct, THREAT_ACTS, wordFor } from '@dengta/sdk'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { actDetail } from './act-detail.ts'
import styles from './act-evidence.module.css'
import { ActEvidence } from './act-evidence.tsx'
import { ActTarget } from './act-target.tsx'

/** One act a row: when, who, what, about what, in whose words, and what is on record. */
export function ActTable({ acts }: { readonly acts: readonly AuditAct[] }) {
  const { t, say, language } = useWords()
  const { moment } = useTimes()
  return (
    <ScrollTable
      label={t('audit.title')}
      heads={[
        ...[t('alert.time'), t('audit.actor'), t('audit.act'), t('audit.target')],
        ...[t('audit.detail'), t('audit.evidence')],
      ]}
      rows={acts.map((act) => ({
        key: act.seq,
        cells: [
          <span key="at" className={styles.whole}>
            {moment(act.at)}
          </span>,
          act.actor,
          <span key="act" title={act.action}>
            {say(wordFor(THREAT_ACTS, act.action))}
          </span>,
          <ActTarget key="target" act={act} />,
          actDetail(act, language) || '–',
          <ActEvidence key="evidence" act={act} />,
        ],
      }))}
    />
  )
}
