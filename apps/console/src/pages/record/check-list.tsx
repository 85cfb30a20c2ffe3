import type { VerificationReport } from '@dengta/sdk'
import { ReasonList } from '../../parts/reason-list.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './verify-here.module.css'

/** The outcome first, then every check that led to it. */
export function CheckList({ report }: { readonly report: VerificationReport }) {
  const { t } = useWords()
  const reasons = report.checks.map(({ code, ok, text }) => ({
    code,
    met: ok ? ('yes' as const) : ('no' as const),
    text,
  }))
  return (
    <div className={styles.report} data-ok={report.ok}>
      <h3>{t(report.ok ? 'record.good' : 'record.bad')}</h3>
      <ReasonList reasons={reasons} />
      {!report.pinned && report.ok && <p>{t('record.notPinned')}</p>}
    </div>
  )
}
