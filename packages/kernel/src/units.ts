/** Units of the house. Every stored quantity names one; there is no bare number for energy, power or money. */
export type Unit = 'W' | 'kW' | 'MW' | 'J' | 'kWh' | 'MWh' | 'CNY' | 'chip-hour' | 's' | 'B'

export interface Quantity {
  readonly value: number
  readonly unit: Unit
}

const FACTORS: Readonly<Record<Unit, readonly [dimension: string, factor: number]>> = {
  W: ['power', 1],
  kW: ['power', 1e3],
  MW: ['power', 1e6],
  J: ['energy', 1],
  kWh: ['energy', 3.6e6],
  MWh: ['energy', 3.6e9],
  CNY: ['money', 1],
  'chip-hour': ['chip-time', 1],
  s: ['time', 1],
  B: ['size', 1],
}

/** Throws TypeError between dimensions: watts never become yuan by accident. */
export function convert(quantity: Quantity, to: Unit): Quantity {
  const [fromDimension, fromFactor] = FACTORS[quantity.unit]
  const [toDimension, toFactor] = FACTORS[to]
  if (fromDimension !== toDimension)
    throw new TypeError(`${quantity.unit} is ${fromDimension}, ${to} is ${toDimension}`)
  return { value: (quantity.value * fromFactor) / toFactor, unit: to }
}

/** Energy of a constant power over a time. `watts` in W, `seconds` in s, answer in J. */
export function energyOf(watts: number, seconds: number): Quantity {
  return { value: watts * seconds, unit: 'J' }
}
