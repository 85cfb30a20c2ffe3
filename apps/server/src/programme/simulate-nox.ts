import type { LabelledPart } from './recipe.ts'
import { seededNormal, seededRandom } from './seeded-random.ts'

const HEADER = 'AT,AP,AH,AFDP,GTEP,TIT,TAT,TEY,CDP,CO,NOX'
const ROWS_PER_YEAR = 7300

/** How the plant ages: each year shifts the NOx level and wears the inlet filter, which is what breaks a frozen model. */
const AGEING: Readonly<Record<string, { readonly level: number; readonly wear: number }>> = {
  '2011': { level: 0, wear: 0 },
  '2012': { level: 0.5, wear: 0.1 },
  '2013': { level: -3, wear: -0.3 },
  '2014': { level: -8, wear: 0.2 },
  '2015': { level: -11, wear: -0.5 },
}

/** Hourly readings of a simulated gas turbine in the columns of the real data; ranges follow the published ones. */
export function simulateNox(seed: number): LabelledPart[] {
  const random = seededRandom(seed)
  const normal = seededNormal(random)
  return Object.entries(AGEING).map(([label, ageing]) => ({ label, text: simulateYear(ageing, normal) }))
}

function simulateYear(ageing: { level: number; wear: number }, normal: () => number): string {
  const rows = [HEADER]
  let weather = 0
  let demand = 0
  for (let hour = 0; hour < ROWS_PER_YEAR; hour += 1) {
    weather = 0.98 * weather + 0.2 * normal()
    demand = 0.95 * demand + 0.3 * normal()
    rows.push(
      simulateHour({ hour, weather, demand, ...ageing }, normal)
        .map((value) => value.toFixed(4))
        .join(','),
    )
  }
  return rows.join('\n')
}

interface Hour {
  readonly hour: number
  readonly weather: number
  readonly demand: number
  readonly level: number
  readonly wear: number
}

function simulateHour({ hour, weather, demand, level, wear }: Hour, normal: () => number): number[] {
  const season = -Math.cos((2 * Math.PI * hour) / ROWS_PER_YEAR)
  const day = -Math.cos((2 * Math.PI * hour) / 24)
  const at = 17 + 8 * season + 3 * day + 1.5 * weather
  const ah = clamp(78 - 8 * season - 6 * day + 4 * normal(), 25, 100)
  const load = Math.tanh(demand / 2)
  const tey = 134 + 14 * load - 0.3 * (at - 17)
  const tit = 1082 + 14 * load + normal()
  const nox = 66 - 0.9 * (at - 17) + 4 * load - 0.05 * (ah - 78) + level + 1.5 * normal()
  return [
    at,
    1013 + 6 * weather + normal(),
    ah,
    3.9 + 0.5 * load + wear + 0.1 * normal(),
    25.5 + 3.5 * load + 0.4 * normal(),
    tit,
    clamp(548 - 4 * Math.max(0, load) + 0.5 * normal(), 512, 551),
    tey,
    12.1 + 0.9 * load + 0.05 * normal(),
    Math.max(0.01, 2.2 - 1.6 * load + 0.6 * normal()),
    clamp(nox, 26, 119),
  ]
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
