import { canonicalJson } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { ExportFile } from '../export-file.ts'
import { MUTATIONS, type Mutation, seededRandom } from './mutations.fixture.ts'
import { exportOf, sampleRecords, sampleTrust } from './sample-log.fixture.ts'
import { verifyExport } from './verify-export.ts'

const file = exportOf(sampleRecords(16))
const ROUNDS = 40

interface Tally {
  readonly name: string
  refused: number
  /** Accepted, and everything that the file claims still stands as it was. */
  harmless: number
  forged: number
}

const original = new Set(file.records.map(canonicalJson))
const bodyOf = (checkpoint: string) => checkpoint.slice(0, checkpoint.lastIndexOf('\n\n'))

/** Every record that the mutant shows, with its proof, is one of the original, under the original head. */
function claimsTheSame(mutant: unknown): boolean {
  const shown = (typeof mutant === 'string' ? JSON.parse(mutant) : mutant) as ExportFile
  const sameHead = bodyOf(shown.checkpoint) === bodyOf(file.checkpoint)
  return sameHead && shown.records.every((record) => original.has(canonicalJson(record)))
}

function tally(mutation: Mutation, seed: number): Tally {
  const random = seededRandom(seed)
  const counts = { name: mutation.name, refused: 0, harmless: 0, forged: 0 }
  for (let round = 0; round < ROUNDS; round += 1) {
    const mutant = mutation.apply(file, random)
    if (!verifyExport(mutant, { trust: sampleTrust }).ok) counts.refused += 1
    else if (claimsTheSame(mutant)) counts.harmless += 1
    else counts.forged += 1
  }
  return counts
}

test('of more than 1,000 seeded mutations of an export of 50 records, none that matters is accepted', () => {
  expect(verifyExport(file, { trust: sampleTrust })).toMatchObject({ ok: true, records: 50 })
  const counts = MUTATIONS.map(tally)
  console.table(counts)
  expect(counts.length * ROUNDS).toBeGreaterThan(1000)
  expect(counts.filter((one) => one.forged > 0)).toEqual([])
  expect(counts.filter((one, i) => MUTATIONS[i]?.refused && one.refused < ROUNDS)).toEqual([])
  expect(counts.filter((one) => one.harmless > 0).map((one) => one.name)).toContain('other white space')
}, 180_000)

test('1,001 records are verified within 3 seconds, at the best of three', () => {
  const large = exportOf(sampleRecords(333))
  const seconds = Array.from({ length: 3 }, () => {
    const start = performance.now()
    expect(verifyExport(large, { trust: sampleTrust })).toMatchObject({ ok: true, records: 1001 })
    return (performance.now() - start) / 1000
  })
  console.log(`1,001 records verified in ${Math.min(...seconds).toFixed(2)} s`)
  expect(Math.min(...seconds)).toBeLessThan(3)
})
