import { expect, test } from 'vitest'
import { settlementCsv } from './settlement-csv.ts'

test('a settlement is a line a minute, with its baseline and whether power was metered', () => {
  const columns = { baselineKw: [2.6, 2.6], targetKw: [1.9, 1.9], drawnKw: [1.95, 2.7] }
  const settled = { columns, baselineMethod: 'meter before, meter after', source: 'metered' as const }
  expect(settlementCsv({ from: '2026-11-22T23:59:00.000Z' }, settled)).toBe(
    [
      'time,baseline_kw,target_kw,drawn_kw,delivered_kw,baseline,source',
      '2026-11-22T23:59:00Z,2.6,1.9,1.95,0.65,"meter before, meter after",metered',
      '2026-11-23T00:00:00Z,2.6,1.9,2.7,-0.1,"meter before, meter after",metered\n',
    ].join('\n'),
  )
})
