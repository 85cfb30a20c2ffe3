import type { Case, Site } from './case.ts'

/** How far a stretch of cases lies from those learnt from; each from 0 (alike) to 1 (nothing in common). */
export interface Shift {
  /** Half of the sum of differences between the shares of the signatures (total variation). */
  readonly signatures: number
  /** Share of groups whose signature nobody has judged yet. */
  readonly unknown: number
}

/** What was learnt from, and how far the learnt sites lie apart among themselves. */
export interface DriftBaseline {
  readonly shares: ReadonlyMap<string, number>
  readonly limit: Shift
}

/** Groups of one stretch: fewer say too little about a mix. */
export const DRIFT_WINDOW = 400
/** A stretch is a shift when it lies further out than this share of the way from the worst learnt site to 1. */
const BEYOND = 0.5

/** Learns the limit by holding each site out in turn and sliding the window over it. */
export function driftBaseline(sites: readonly Site[]): DriftBaseline {
  const limit = { signatures: 0, unknown: 0 }
  sites.forEach((site, at) => {
    const shares = sharesOf(sites.filter((_, place) => place !== at).flatMap(({ cases }) => cases))
    for (const stretch of stretches(site.cases)) {
      const shift = shiftOf(stretch, shares)
      limit.signatures = Math.max(limit.signatures, shift.signatures)
      limit.unknown = Math.max(limit.unknown, shift.unknown)
    }
  })
  const shares = sharesOf(sites.flatMap(({ cases }) => cases))
  return { shares, limit: { signatures: raised(limit.signatures), unknown: raised(limit.unknown) } }
}

export function shiftOf(cases: readonly Pick<Case, 'signature'>[], shares: ReadonlyMap<string, number>): Shift {
  const seen = sharesOf(cases)
  let common = 0
  let unknown = 0
  for (const [signature, share] of seen) {
    const learnt = shares.get(signature)
    common += Math.min(share, learnt ?? 0)
    if (learnt === undefined) unknown += share
  }
  return { signatures: 1 - common, unknown }
}

export function hasDrifted({ signatures, unknown }: Shift, { limit }: DriftBaseline): boolean {
  return signatures > limit.signatures || unknown > limit.unknown
}

function sharesOf(cases: readonly Pick<Case, 'signature'>[]): Map<string, number> {
  const shares = new Map<string, number>()
  for (const { signature } of cases) shares.set(signature, (shares.get(signature) ?? 0) + 1 / cases.length)
  return shares
}

function raised(worst: number): number {
  return worst + BEYOND * (1 - worst)
}

/** Windows of DRIFT_WINDOW cases, half overlapping; a short site is one window. */
function* stretches(cases: readonly Case[]): Generator<readonly Case[]> {
  if (cases.length === 0) return
  const last = Math.max(0, cases.length - DRIFT_WINDOW)
  for (let from = 0; from < last; from += DRIFT_WINDOW / 2) yield cases.slice(from, from + DRIFT_WINDOW)
  yield cases.slice(last)
}
