import type { JobWhy, SiteBoard } from '@dengta/sdk'
import { type CSSProperties, useMemo } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { clockOf } from '../../parts/clock.ts'
import { type Layer, StepChart, TimeTicks } from '../../parts/step-chart.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './why-panel.module.css'

/** From the moment the job might begin to the moment it must be done: when it runs, and what power is worth meanwhile. */
export function WhyWindow({ why }: { readonly why: JobWhy }) {
  const { t } = useWords()
  const { data: board } = useHouse('getSiteBoard', [why.plan])
  const site = board?.sites.find((each) => each.site === why.chosen?.site)
  if (!board || !why.chosen || !site) return null
  const { release, deadline, chosen } = why
  const at = (slot: number): string => clockOf(slot * board.slotMinutes)
  const share = (slot: number): string => `${(100 * (slot - release)) / (deadline - release)}%`
  const wide = (from: number, to: number): CSSProperties => ({
    left: share(from),
    width: `calc(${share(release + to - from)})`,
  })
  const end = chosen.start + chosen.slots
  const said = { from: at(release), to: at(deadline), start: at(chosen.start), end: at(end) }
  return (
    <>
      <h3>{t('why.window')}</h3>
      <div className={styles.window} role="img" aria-label={t('why.windowAlt', said)}>
        <span className={styles.open} style={wide(release, deadline)} />
        <span className={styles.runs} style={wide(chosen.start, end)} />
        <span className={styles.edge} style={{ left: 0 }} />
        <span className={styles.edge} style={{ right: 0 }} />
      </div>
      <Worth {...{ why, board, site }} />
      <TimeTicks most={5} minutes={(deadline - release) * board.slotMinutes} first={release * board.slotMinutes} />
    </>
  )
}

interface WorthProps {
  readonly why: JobWhy
  readonly board: SiteBoard
  readonly site: SiteBoard['sites'][number]
}

function Worth({ why: { release, deadline, chosen }, site }: WorthProps) {
  const { t, amount } = useWords()
  const values = useMemo(() => site.shadowYuanPerMwh.slice(release, deadline), [site, release, deadline])
  const layers = useMemo(
    (): readonly Layer[] => [
      { as: 'area', values },
      { as: 'line', values },
    ],
    [values],
  )
  const top = Math.max(...values)
  if (top === 0 || !chosen) return null
  return (
    <StepChart
      slots={deadline - release}
      tall={52}
      ink="var(--simulated)"
      {...{ top, layers }}
      topLabel={t('why.worth', { site: site.site, yuan: amount(top) })}
      spans={[{ from: chosen.start - release, to: chosen.start + chosen.slots - release, label: t('why.runs') }]}
      alt={t('why.worth', { site: site.site, yuan: amount(top) })}
    />
  )
}
