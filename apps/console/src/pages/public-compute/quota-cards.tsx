import type { QuotaView } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './quota-cards.module.css'

/** What each participant was granted, holds and has used, and its share where chips are short. */
export function QuotaCards({ quotas }: { readonly quotas: readonly QuotaView[] }) {
  const { t, percent, time } = useWords()
  if (quotas.length === 0) return <Notice title={t('public.noQuota')}>{t('public.noQuotaText')}</Notice>
  return (
    <ul className={styles.cards}>
      {quotas.map((quota) => (
        <li key={quota.participant}>
          <h3>{quota.participant}</h3>
          <Account name={t('public.chipHours')} account={quota.chipHours} />
          <Account name={t('unit.kwhName')} account={quota.kwh} />
          <p className={styles.small}>
            {t('public.share', { due: percent(quota.shareDue), used: percent(quota.shareUsed) })}
          </p>
          <p className={styles.small}>
            {quota.sites ? t('public.sitesAllowed', { sites: quota.sites.join(', ') }) : t('public.sitesAll')} ·{' '}
            {t('public.grantedAt', { at: time(quota.grantedAt) })}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Account({ name, account }: { readonly name: string; readonly account: QuotaView['kwh'] }) {
  const { t, quantity } = useWords()
  const { granted, held, used, left } = account
  const share = (value: number): string => `${granted > 0 ? (100 * value) / granted : 0}%`
  const amounts = { left: quantity(left), granted: quantity(granted), used: quantity(used), held: quantity(held) }
  const said = t('public.account', amounts)
  return (
    <>
      <div className={styles.line}>
        <span>{name}</span>
        <span>{said}</span>
      </div>
      <div className={styles.bar} role="img" aria-label={`${name}: ${said}`}>
        <span className={styles.used} style={{ width: share(used) }} />
        <span className={styles.held} style={{ width: share(held) }} />
      </div>
    </>
  )
}
