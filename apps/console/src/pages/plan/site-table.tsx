import type { SiteBoard } from '@dengta/sdk'
import { useState } from 'react'
import { clockOf } from '../../parts/clock.ts'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './site-board.module.css'

interface Props {
  readonly board: SiteBoard
  readonly site: SiteBoard['sites'][number]
}

/** The same figures as a table, made only when it is opened. */
export function SiteTable({ board, site }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.more} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('site.asTable')}</summary>
      {open && (
        <div>
          <Figures board={board} site={site} />
        </div>
      )}
    </details>
  )
}

function Figures({ board, site }: Props) {
  const { t, cost, amount, count } = useWords()
  const heads = [t('site.planned'), t('site.envelope'), t('site.reserve')].map((name) => `${name}, kW`)
  const pools = site.pools.map(({ chip }) => t('site.chips', { chip }))
  return (
    <ScrollTable
      label={`${site.site}: ${t('site.asTable')}`}
      heads={[t('site.slot'), ...heads, ...pools, t('site.price'), t('site.carbon'), t('site.worth')]}
      numeric={[1, 2, 3, 4, 5, 6, 7, 8, 9]}
      rows={site.plannedKw.map((kw, slot) => ({
        key: String(slot),
        cells: [
          clockOf(slot * board.slotMinutes),
          ...[kw, site.envelopeKw[slot]!, site.reserveKw[slot]!].map(cost),
          ...site.pools.map(({ used }) => count(used[slot]!)),
          cost(site.yuanPerKwh[slot]!),
          cost(site.carbonKgPerKwh[slot]!),
          amount(site.shadowYuanPerMwh[slot]!),
        ],
      }))}
    />
  )
}
