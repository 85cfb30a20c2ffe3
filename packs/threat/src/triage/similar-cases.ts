import { type Case, isLabelled, type Site } from './case.ts'
import type { TriageModel } from './triage-model.ts'

export interface SimilarCase {
  readonly site: string
  readonly case: Case
  /** Root mean square difference of the facts, in standard deviations of the cases learnt from. */
  readonly distance: number
}

/** The judged cases of the same signature whose facts lie nearest, nearest first. */
export function similarCases(it: Case, sites: readonly Site[], model: TriageModel, count = 3): SimilarCase[] {
  const found: SimilarCase[] = []
  for (const { name, cases } of sites) {
    for (const other of cases) {
      if (other === it || other.signature !== it.signature || !isLabelled(other)) continue
      found.push({ site: name, case: other, distance: distanceOf(it, other, model) })
    }
  }
  return found.sort((one, other) => one.distance - other.distance).slice(0, count)
}

function distanceOf({ facts }: Case, other: Case, { first }: TriageModel): number {
  const squares = facts.map((fact, at) => ((fact - other.facts[at]!) / first.scale[at]!) ** 2)
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}
