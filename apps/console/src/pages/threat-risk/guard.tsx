import type { RiskView } from '@dengta/sdk'
import { Icon } from '../../parts/icon.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './risk.module.css'

/** Whether the model may act alone; the answer no is as large as the answer yes. */
export function Guard({ guard }: { readonly guard: RiskView['guard'] }) {
  const { t, say, percent, cost } = useWords()
  const { proven, confidence, threshold, reasons } = guard
  const said = {
    confidence: percent(confidence),
    threshold: threshold === undefined ? '–' : cost(threshold).replace('-', '−'),
  }
  return (
    <div className={styles.guard} data-proven={proven}>
      <span className={styles.sign}>
        <Icon name={proven ? 'check' : 'question'} size={26} />
      </span>
      <div>
        <h2>{t(proven ? 'risk.proven' : 'risk.notProven')}</h2>
        <p>{t('risk.guardText', said)}</p>
        <ul>
          {reasons.map((reason) => (
            <li key={reason.en}>{say(reason)}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}
