import { type Around, eachAround } from './around.ts'
import { type Runs, RunsInOrder } from './runs.ts'
import type { DueGroup } from './watch.ts'
import type { WatchedGroup } from './watched-group.ts'

/** What an analyst found. `unclear` trains nothing and counts as neither. */
export type Verdict = 'attack' | 'benign' | 'unclear'

export interface Disposition {
  readonly verdict: Verdict
  /** What the analyst filed an attack under, e.g. one step of an intrusion: groups of one file are not independent. */
  readonly file?: string
}

/** A decided group as kept for learning: its facts, where the groups around it stand in the same site, its verdict. */
export interface Case {
  readonly number: number
  readonly signature: string
  readonly host: string
  readonly first: number
  readonly techniques: readonly string[]
  readonly facts: Float64Array
  /** The groups around it in `Site.cases`. */
  readonly runs: Runs
  disposition: Disposition | undefined
}

/** Cases in the order of their decisions: one network, or one month of one network. Learning holds out whole sites. */
export interface Site {
  readonly name: string
  /** Its verdicts are of people, on groups that they were shown: nothing is known of those that were closed unseen. */
  readonly ofShown?: boolean
  readonly cases: readonly Case[]
}

/** Keeps a due group as a case. Groups are decided in the order of the window, so places there tell places among the cases. */
export function caseOf({ watched, around }: DueGroup): Case {
  const { number, signature, host, first, techniques } = watched.group
  const facts = settledFacts(watched)
  return {
    number,
    signature,
    host,
    first,
    techniques: [...techniques],
    facts,
    runs: runsAround(around),
    disposition: undefined,
  }
}

function runsAround(around: Around): Runs {
  const runs = new RunsInOrder()
  eachAround(around, (place) => runs.add(place - around.self))
  return runs.whole.slice() // as long as it needs to be, where a list that grew has room for 17 more
}

function settledFacts({ facts }: WatchedGroup): Float64Array {
  if (facts === undefined) throw new Error('a group falls due only after it has settled')
  return facts
}

export function isLabelled(it: Case): boolean {
  return it.disposition !== undefined && it.disposition.verdict !== 'unclear'
}

export function isAttack(it: Case): boolean {
  return it.disposition?.verdict === 'attack'
}
