import type { FlowView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Figures } from '../../parts/figures.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

/** Behind by more than this is said in amber, more than ten times this in red. */
const LATE_MS = 1000

export function FlowFigures({ flow }: { readonly flow: FlowView }) {
  const { t, count, cost, bytes } = useWords()
  const { latency } = useTimes()
  const { totals, incidents } = flow
  const rate = (value: number) => (value >= 100 ? count(Math.round(value)) : cost(value))
  return (
    <Figures
      figures={[
        {
          name: t('flow.events'),
          value: rate(flow.eventsPerSecond),
          note: t('flow.total', { count: count(totals.accepted) }),
        },
        {
          name: t('flow.alerts'),
          value: rate(flow.alertsPerSecond),
          note: t('flow.total', { count: count(totals.alerts) }),
        },
        {
          name: t('flow.bytes'),
          value: bytes(flow.bytesPerSecond),
          note: t('flow.total', { count: bytes(totals.bytes) }),
        },
        {
          name: t('flow.incidents'),
          value: <Link to="/serve/threat/incidents">{count(incidents.open)}</Link>,
          note: t('flow.candidates', { count: count(incidents.candidate), closed: count(incidents.closed) }),
        },
        {
          name: t('flow.waiting'),
          value: count(flow.waiting),
          note: <Link to="/serve/threat/triage">{t('flow.toTriage')}</Link>,
        },
        { name: t('flow.lag'), value: latency(flow.lagMs), note: t('flow.lagNote'), ...toned(flow.lagMs) },
        {
          name: t('flow.p99'),
          value: latency(flow.latency.p99),
          note: t('flow.latencyNote', { p50: latency(flow.latency.p50), max: latency(flow.latency.max) }),
          ...toned(flow.latency.p99),
        },
      ]}
    />
  )
}

function toned(milliseconds: number): { readonly tone?: 'bad' | 'unsure' } {
  if (milliseconds <= LATE_MS) return {}
  return { tone: milliseconds > 10 * LATE_MS ? 'bad' : 'unsure' }
}
