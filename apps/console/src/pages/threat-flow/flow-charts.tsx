import type { FlowView } from '@dengta/sdk'
import { useMemo } from 'react'
import { StepChart } from '../../parts/step-chart.tsx'
import { useReading } from '../../parts/use-reading.ts'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './flow-charts.module.css'
import { type FlowSeries, flowSeries, KEPT_SECONDS, quietFor } from './flow-ring.ts'

/** Events, alerts and bytes of the last five minutes on one time axis. */
export function FlowCharts({ flow }: { readonly flow: FlowView }) {
  const { t, count, bytes } = useWords()
  const { second, span } = useTimes()
  const now = flow.seconds.at(-1)?.second ?? 0
  const series = useMemo(() => flowSeries(flow.seconds, now), [flow.seconds, now])
  const reading = useReading(KEPT_SECONDS, KEPT_SECONDS - 1)
  const { slot } = reading
  const at = (series.first + slot) * 1000
  const said = t('flow.reading', {
    time: now === 0 ? t('flow.notYet') : second(at),
    events: count(series.events[slot] ?? 0),
    alerts: count(series.alerts[slot] ?? 0),
    findings: count(series.findings[slot] ?? 0),
  })
  const quiet = quietFor(series)
  return (
    <div className={styles.charts} {...reading.frame}>
      <div className={styles.bar}>
        <output>{said}</output>
        <input
          type="range"
          min={0}
          max={KEPT_SECONDS - 1}
          value={slot}
          aria-label={t('flow.readSecond')}
          aria-valuetext={said}
          onChange={({ target }) => reading.read(Number(target.value))}
        />
      </div>
      <Row name={t('flow.chartEvents')} series={series} of="events" format={count} ink="var(--accent)" tall={110} />
      <Row name={t('flow.chartAlerts')} series={series} of="alerts" format={count} ink="var(--closed)" tall={64} />
      <Row name={t('flow.chartBytes')} series={series} of="bytes" format={bytes} ink="var(--muted)" tall={44} />
      <div className={styles.ticks} aria-hidden="true">
        {[5, 4, 3, 2, 1, 0].map((minutes) => (
          <span key={minutes}>{now === 0 ? '' : second((now - minutes * 60) * 1000)}</span>
        ))}
      </div>
      {flow.state === 'running' && quiet === undefined && <p className={styles.quiet}>{t('flow.none')}</p>}
      {flow.state === 'running' && quiet !== undefined && quiet > 10 && (
        <p className={styles.quiet}>{t('flow.idle', { span: span(quiet * 1000) })}</p>
      )}
    </div>
  )
}

interface RowProps {
  readonly name: string
  readonly series: FlowSeries
  readonly of: 'events' | 'alerts' | 'bytes'
  readonly format: (value: number) => string
  readonly ink: string
  readonly tall: number
}

function Row({ name, series, of, format, ink, tall }: RowProps) {
  const { t } = useWords()
  const values = series[of]
  const top = Math.max(1, ...values)
  const said = { name, top: format(Math.max(0, ...values)), now: format(values.at(-1) ?? 0) }
  return (
    <div className={styles.row}>
      <span>{name}</span>
      <StepChart
        slots={KEPT_SECONDS}
        top={top * 1.08}
        topLabel={said.top}
        layers={[
          { as: 'area', values },
          { as: 'line', values },
        ]}
        alt={t('flow.chartAlt', said)}
        ink={ink}
        tall={tall}
        grid={60}
      />
    </div>
  )
}
