import type { GridEventView, SiteBoard } from '@dengta/sdk'
import { useMemo } from 'react'
import { SlotSlider } from '../../parts/slot-slider.tsx'
import type { Span } from '../../parts/step-chart.tsx'
import { useReading } from '../../parts/use-reading.ts'
import { useWords } from '../../words/use-words.ts'
import { boardScales, openingSlot } from './board-scales.ts'
import { FeederPanel } from './feeder-panel.tsx'
import styles from './site-board.module.css'
import { SitePanel } from './site-panel.tsx'

interface Props {
  readonly board: SiteBoard
  /** Those of this day. */
  readonly events: readonly GridEventView[]
}

/** Every site by slot, as small multiples under one cursor. */
export function SiteBoardView({ board, events }: Props) {
  const { t, power } = useWords()
  const reading = useReading(
    board.slots,
    useMemo(() => openingSlot(board, new Date()), [board]),
  )
  const scales = useMemo(() => boardScales(board), [board])
  const spans = useSpans(board, events)
  const { slot } = reading
  const said = board.sites.map(({ site, plannedKw }) => `${site} ${power(plannedKw[slot] ?? 0)}`).join(', ')
  return (
    <div {...reading.frame}>
      <SlotSlider {...{ reading, said }} slots={board.slots} slotMinutes={board.slotMinutes} label={t('site.time')}>
        <Key withEvents={events.length > 0} withForecast={board.sites.some(({ band }) => band)} />
      </SlotSlider>
      <div className={styles.sites}>
        {board.sites.map((site) => (
          <SitePanel key={site.site} {...{ board, site, scales, slot }} spans={spans.get(site.site) ?? NONE} />
        ))}
      </div>
      <div className={styles.feeders}>
        {board.feeders.map((feeder) => (
          <FeederPanel key={feeder.feeder} {...{ board, feeder, scales, slot }} />
        ))}
      </div>
    </div>
  )
}

const NONE: readonly Span[] = []

/** When the grid asked which site for less. */
function useSpans(board: SiteBoard, events: readonly GridEventView[]): ReadonlyMap<string, readonly Span[]> {
  const { t, percent } = useWords()
  return useMemo(() => {
    const { startsAt, slots, slotMinutes } = board
    const slotOf = (time: string) =>
      Math.max(0, Math.min(slots, (Date.parse(time) - Date.parse(startsAt)) / (slotMinutes * 60_000)))
    const spans = new Map<string, Span[]>()
    for (const { from, to, request } of events)
      for (const site of request.sites) {
        const span = { from: slotOf(from), to: slotOf(to), label: t('site.event', { depth: percent(request.depth) }) }
        spans.set(site, [...(spans.get(site) ?? []), span])
      }
    return spans
  }, [board, events, t, percent])
}

function Key({ withEvents, withForecast }: { readonly withEvents: boolean; readonly withForecast: boolean }) {
  const { t } = useWords()
  return (
    <div className={styles.key} aria-hidden="true">
      <span>
        <i className={styles.planned} /> {t('site.planned')}
      </span>
      <span>
        <i className={styles.envelope} style={{ height: 0 }} /> {t('site.envelope')}
      </span>
      <span>
        <i className={styles.reserve} /> {t('site.reserve')}
      </span>
      {withForecast && (
        <span>
          <i className={styles.forecast} /> {t('site.forecast')}
        </span>
      )}
      {withEvents && (
        <span>
          <i className={styles.event} /> {t('site.eventKey')}
        </span>
      )}
    </div>
  )
}
