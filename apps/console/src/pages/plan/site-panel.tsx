import { useMemo } from 'react'
import { type Layer, StepChart, TimeTicks } from '../../parts/step-chart.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoardRow } from './board-row.tsx'
import { AIR, slotsAbove } from './board-scales.ts'
import styles from './site-board.module.css'
import type { SitePanelProps } from './site-panel-props.ts'
import { SiteRows } from './site-rows.tsx'
import { SiteTable } from './site-table.tsx'

/** One site by slot: power against its envelope, and below it chips, price, carbon and worth. */
export function SitePanel(props: SitePanelProps) {
  const { board, site } = props
  const { t, amount } = useWords()
  const { kwh, carbonKg, yuan } = site.total
  return (
    <section className={styles.panel} aria-label={site.site}>
      <h3>
        {site.site}
        <span>{t('site.total', { kwh: amount(kwh), kg: amount(carbonKg), yuan: amount(yuan) })}</span>
      </h3>
      <PowerRow {...props} />
      <SiteRows {...props} />
      <div className={styles.ticks}>
        <TimeTicks most={4} minutes={board.slots * board.slotMinutes} />
      </div>
      <SiteTable board={board} site={site} />
    </section>
  )
}

function PowerRow({ board, site, slot, spans }: SitePanelProps) {
  const { t, power, powerOf } = useWords()
  const { layers, top } = usePower(site)
  const above = slotsAbove(site)
  const said = {
    site: site.site,
    most: power(Math.max(...site.plannedKw)),
    envelope: power(Math.min(...site.envelopeKw)),
  }
  const alt = above === 0 ? t('site.powerAlt', said) : t('site.powerAbove', { ...said, above })
  return (
    <BoardRow name={t('site.power')} value={powerOf(site.plannedKw[slot] ?? 0, site.envelopeKw[slot] ?? 0)}>
      <StepChart slots={board.slots} tall={124} {...{ top, layers, alt, spans }} topLabel={power(top / AIR)} />
    </BoardRow>
  )
}

/** Planned power, the envelope over it, the reserve between them, and behind all what is forecast of the envelope. */
function usePower({ plannedKw, envelopeKw, reserveKw, band }: SitePanelProps['site']): {
  layers: readonly Layer[]
  top: number
} {
  return useMemo(() => {
    const free = envelopeKw.map((kw, t) => Math.max(0, kw - (reserveKw[t] ?? 0)))
    const forecast: readonly Layer[] = band
      ? [
          { as: 'forecast', values: band.lowKw, high: band.highKw },
          { as: 'plain', values: band.expectedKw },
        ]
      : []
    const layers: readonly Layer[] = [
      ...forecast,
      { as: 'band', values: free, high: envelopeKw },
      { as: 'area', values: plannedKw },
      { as: 'line', values: plannedKw },
      { as: 'limit', values: envelopeKw },
    ]
    return { layers, top: Math.max(...envelopeKw, ...plannedKw, ...(band?.highKw ?? [])) * AIR }
  }, [plannedKw, envelopeKw, reserveKw, band])
}
