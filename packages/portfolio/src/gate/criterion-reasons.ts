import type { Predicate } from '@dengta/evidence'
import type { Reason } from '@dengta/kernel'
import type { Criterion } from './decide-g1.ts'
import { sayG3 } from './g3-reasons.ts'

type Result = Predicate<'evaluation'>['result']

const REQUIRED_INTERVAL = 0.95

/** One acceptance criterion against a result: rows, the bound on the unfavourable side, and the worst part. */
export function criterionReasons(criterion: Criterion, result: Result): readonly Reason[] {
  const { id, minimumRows: needed } = criterion
  const { rows } = result
  return [
    sayG3('g3.rows', rows >= needed ? 'enough' : 'few', { id, rows, needed }),
    reachesThreshold(criterion, result),
    reachesFloor(criterion, result),
  ]
}

function reachesThreshold(criterion: Criterion, { metric: measured, score }: Result): Reason {
  const { id, metric, direction, threshold } = criterion
  const level = shown(100 * score.level)
  if (measured !== metric || score.level < REQUIRED_INTERVAL)
    return sayG3('g3.threshold', 'wrongMetric', { id, metric, measured, level })
  const bound = direction === 'higher' ? score.low : score.high
  const figures = { value: shown(score.value), low: shown(score.low), high: shown(score.high), bound: shown(bound) }
  const finding = reaches(direction, bound, threshold) ? 'reached' : 'missed'
  return sayG3('g3.threshold', finding, { id, metric, level, threshold, ...figures })
}

/** Data without groups or periods has one part, the whole. */
function reachesFloor({ id, direction, worstGroupFloor: floor }: Criterion, result: Result): Reason {
  const worst = worstPart(direction, result)
  const { score } = result
  if (worst) {
    const finding = reaches(direction, worst.value, floor) ? 'reached' : 'missed'
    return sayG3('g3.worst', finding, { id, part: worst.part, value: shown(worst.value), floor })
  }
  const finding = reaches(direction, score.value, floor) ? 'whole' : 'wholeMissed'
  return sayG3('g3.worst', finding, { id, value: shown(score.value), floor })
}

/** The part named as worst is compared with all parts: leaving a bad one out of `worst` does not help. */
function worstPart(direction: Criterion['direction'], { worst, groups, periods }: Result): Result['worst'] {
  const parts = [...(worst ? [worst] : []), ...groups, ...periods]
  const sign = direction === 'higher' ? 1 : -1
  return parts.sort((a, b) => sign * (a.value - b.value))[0]
}

function reaches(direction: Criterion['direction'], value: number, limit: number): boolean {
  return direction === 'higher' ? value >= limit : value <= limit
}

function shown(value: number): number {
  return Number(value.toPrecision(4))
}
