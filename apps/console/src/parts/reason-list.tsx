import type { Reason } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './reason-list.module.css'

const SIGN: Readonly<Record<Reason['met'], IconName>> = { yes: 'check', no: 'cross', unknown: 'question' }

/** Every reason of a decision: met, not met, or not known. */
export function ReasonList({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t, say } = useWords()
  return (
    <ul className={styles.list}>
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.text.en}`} data-met={reason.met}>
          <span className={styles.sign}>
            <Icon name={SIGN[reason.met]} size={13} />
            <span className="unseen">{t(`met.${reason.met}`)}</span>
          </span>
          <span>{say(reason.text)}</span>
        </li>
      ))}
    </ul>
  )
}
