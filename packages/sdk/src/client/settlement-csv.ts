import type { GridEventView, SettlementTrial } from '../api/compute-event.ts'

const MINUTE_MS = 60_000

/** A settlement minute by minute, all sites together, as CSV for a spreadsheet or the other party; kW at the meter, times in UTC. */
export function settlementCsv(
  { from }: Pick<GridEventView, 'from'>,
  { columns, baselineMethod, source }: Pick<SettlementTrial, 'columns' | 'baselineMethod' | 'source'>,
): string {
  const { baselineKw, targetKw, drawnKw } = columns
  const began = new Date(from).getTime()
  const rows = baselineKw.map((baseline, i) => {
    const time = new Date(began + i * MINUTE_MS).toISOString().replace('.000Z', 'Z')
    const drawn = drawnKw[i]!
    const delivered = Number((baseline - drawn).toFixed(3))
    return [time, baseline, targetKw[i]!, drawn, delivered, `"${baselineMethod}"`, source].join(',')
  })
  return `${['time,baseline_kw,target_kw,drawn_kw,delivered_kw,baseline,source', ...rows].join('\n')}\n`
}
