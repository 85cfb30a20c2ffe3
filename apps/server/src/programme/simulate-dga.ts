import type { LabelledPart } from './recipe.ts'
import { seededNormal, seededRandom } from './seeded-random.ts'

const HEADER = 'H2,CH4,C2H2,C2H4,C2H6,Fault Type'

/** Typical ln(ppm) of H2, CH4, C2H2, C2H4, C2H6 for the fault types 1..6 (PD, D1, D2, T1, T2, T3). */
const TYPICAL: readonly (readonly number[])[] = [
  [7.5, 5, 0, 0.5, 4],
  [5.5, 3.8, 4.5, 3.3, 2],
  [6, 4.8, 5.2, 4.9, 2.6],
  [4.2, 5, 0, 3, 5.2],
  [5, 6.2, 0.5, 5.6, 5],
  [5.3, 6.4, 1.5, 6.8, 5],
]
const SHARED_VECTORS = 36

/** Dissolved gas analyses of simulated transformers, published in two parts that share 36 gas vectors, as the real ones do. */
export function simulateDga(seed: number): LabelledPart[] {
  const normal = seededNormal(seededRandom(seed))
  const sample = (index: number): string => {
    const fault = index % TYPICAL.length
    const gases = (TYPICAL[fault] ?? []).map((mean) => Math.exp(mean + 0.8 * normal()).toFixed(2))
    return [...gases, fault + 1].join(',')
  }
  const train = Array.from({ length: 506 }, (_, i) => sample(i))
  const fresh = Array.from({ length: 160 - SHARED_VECTORS }, (_, i) => sample(i))
  const test = [...fresh, ...train.slice(0, SHARED_VECTORS)]
  return [
    { label: 'train', text: [HEADER, ...train].join('\n') },
    { label: 'test', text: [HEADER, ...test].join('\n') },
  ]
}
