import type { Text } from '@dengta/kernel'
import type { ColumnStandard } from '../benchmark/benchmark.ts'

interface Conversion {
  readonly text: Text
  readonly apply: (value: number) => number
}

const FACTORS = [1000, 0.001, 100, 0.01, 10, 0.1].map(
  (factor): Conversion => ({
    text: { en: `multiplied by ${factor}`, zh: `乘以 ${factor} ` },
    apply: (value) => value * factor,
  }),
)

/** Conversions by the unit that the standard asks for. */
const TEMPERATURES: Readonly<Record<string, readonly Conversion[]>> = {
  '°C': [
    {
      text: { en: 'read as kelvin (minus 273.15)', zh: '按开尔文换算（减 273.15）' },
      apply: (value) => value - 273.15,
    },
    {
      text: { en: 'read as °F ((x - 32) / 1.8)', zh: '按华氏度换算（减 32 再除以 1.8）' },
      apply: (value) => (value - 32) / 1.8,
    },
  ],
  K: [{ text: { en: 'read as °C (plus 273.15)', zh: '按摄氏度换算（加 273.15）' }, apply: (value) => value + 273.15 }],
}

const LEAST_FIT = 0.95

/** The conversion under which nearly all values would fit the range, where at least half do not fit as they stand. */
export function suspectUnit(standard: ColumnStandard, values: Float64Array): Text | undefined {
  const { range } = standard
  if (!range || shareWithin(values, range, (value) => value) > 0.5) return undefined
  const conversions = [...(TEMPERATURES[standard.unit] ?? []), ...FACTORS]
  return conversions.find(({ apply }) => shareWithin(values, range, apply) >= LEAST_FIT)?.text
}

/** Share of the values that are numbers; 0 where none is. */
function shareWithin(values: Float64Array, [low, high]: readonly [number, number], apply: Conversion['apply']): number {
  let [within, known] = [0, 0]
  for (const raw of values) {
    if (Number.isNaN(raw)) continue
    known += 1
    const value = apply(raw)
    if (value >= low && value <= high) within += 1
  }
  return known === 0 ? 0 : within / known
}
