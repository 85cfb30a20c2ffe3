import { type AlertGroup, type GroupCopy, sameGroup } from '../group/alert-group.ts'
import { atOnce, copied } from '../group/in-steps.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import { type Case, caseOf, type Disposition, type Site } from './case.ts'
import { type Decision, decide } from './decision.ts'
import { DRIFT_WINDOW, type DriftBaseline, driftBaseline, hasDrifted, shiftOf } from './drift.ts'
import { BOUNDS, type Bounds, type Guard, setGuard } from './guard.ts'
import { HOUSE_DETECTORS } from './house-detectors.ts'
import { logisticScore } from './logistic.ts'
import { heldOutScores, trainTriage } from './train-triage.ts'
import { firstRow, type Neighbour, secondRow, type TriageModel } from './triage-model.ts'
import { type DueGroup, WATCHING, Watch, type WatchOptions, type WatchState } from './watch.ts'

/** Everything learnt from verdicts: the model, what is proven of it, and what it knows as normal. */
export interface Knowledge {
  readonly model: TriageModel
  readonly guard: Guard
  readonly baseline: DriftBaseline
  /** Scores of each site by a model without it: other bounds can be tried by `setGuard` without learning again. */
  readonly heldOut: readonly Float64Array[]
}

/** Learns from whole sites: call again as verdicts arrive, e.g. every night; the work grows with the square of sites. */
export function learn(sites: readonly Site[], bounds: Bounds = BOUNDS): Knowledge {
  const heldOut = sites.length > 1 ? heldOutScores(sites) : sites.map(({ cases }) => new Float64Array(cases.length))
  return {
    model: trainTriage(sites),
    guard: setGuard(sites, heldOut, bounds),
    baseline: driftBaseline(sites),
    heldOut,
  }
}

export interface Decided {
  readonly decision: Decision
  readonly group: AlertGroup
}

export interface TriageState {
  readonly watch: WatchState
  readonly cases: readonly (Omit<Case, 'facts' | 'around'> & {
    readonly facts: ArrayLike<number>
    readonly around: ArrayLike<number>
  })[]
  readonly scores: readonly (readonly [number, number])[]
}

/** Decided cases kept for learning; older half is given up when it is full. */
const MAX_CASES = 50_000

/** Triage of one network: alerts in, decisions out, one at a time by event time; verdicts in, cases for learning out. */
export class Triage {
  readonly #name: string
  readonly #watch: Watch
  #knowledge: Knowledge
  #cases: Case[]
  /** Places of the kept cases, and first scores of the groups in the window, by number of the group. */
  #places: Map<number, number>
  readonly #scores: Map<number, number>

  constructor(
    name: string,
    knowledge: Knowledge,
    { watch = WATCHING, state }: { watch?: WatchOptions; state?: TriageState } = {},
  ) {
    this.#name = name
    this.#knowledge = knowledge
    this.#watch = new Watch(watch, state?.watch)
    this.#cases = (state?.cases ?? []).map((it) => ({
      ...it,
      facts: Float64Array.from(it.facts),
      around: Int32Array.from(it.around),
    }))
    this.#places = new Map(this.#cases.map(({ number }, place) => [number, place]))
    this.#scores = new Map(state?.scores)
  }

  add(alert: SeenAlert): Decided[] {
    return this.#decideAll(this.#watch.add(alert))
  }

  /** Moves the clock on without an alert, so that quiet hours leave nothing undecided. */
  advance(time: number): Decided[] {
    return this.#decideAll(this.#watch.advance(time))
  }

  /** The time of the stream: what is later has not happened yet. */
  get now(): number {
    return this.#watch.now
  }

  /** When, in event time, the next group is decided; undefined where none waits. */
  get nextDue(): number | undefined {
    return this.#watch.nextDue
  }

  /** Keeps what a person found; false where the group is no longer kept. It counts at the next `learn`. */
  judge(group: number, disposition: Disposition): boolean {
    const it = this.#cases[this.#places.get(group) ?? -1]
    if (it) it.disposition = disposition
    return it !== undefined
  }

  /** New knowledge takes effect with the next alert. */
  know(knowledge: Knowledge): void {
    this.#knowledge = knowledge
  }

  /** The cases kept, for `learn`. */
  site(): Site {
    return { name: this.#name, cases: this.#cases }
  }

  save(): TriageState {
    return atOnce(this.freeze(sameGroup))
  }

  /** The same in steps between which nothing may be added or judged. Of a case only the verdict changes. */
  *freeze(copyOf: GroupCopy): Generator<void, TriageState> {
    return {
      watch: yield* this.#watch.freeze(copyOf),
      cases: yield* copied(this.#cases, (it) => ({ ...it })),
      scores: yield* copied(this.#scores, (score) => score),
    }
  }

  #decideAll({ settled, due }: Pick<ReturnType<Watch['add']>, 'settled' | 'due'>): Decided[] {
    const { model } = this.#knowledge
    for (const { group, facts } of settled) {
      const row = firstRow({ signature: group.signature, facts: facts! }, model.priors)
      this.#scores.set(group.number, logisticScore(model.first, row))
    }
    return due.map((it) => this.#decide(it))
  }

  #decide(due: DueGroup): Decided {
    const { model, guard } = this.#knowledge
    const it = this.#keep(due)
    const around = due.around.map(({ group }) => this.#neighbour(group))
    const row = secondRow(firstRow(it, model.priors), this.#neighbour(due.watched.group), around)
    const ofHouse = HOUSE_DETECTORS.has(due.watched.group.detector)
    const standing = { model, guard, drifted: this.#drifted(), incomplete: due.incomplete, ofHouse }
    const decision = decide(it, row, logisticScore(model.second, row), standing)
    this.#forgetScores(due)
    return { decision, group: due.watched.group }
  }

  #neighbour({ number, signature, host, techniques }: AlertGroup): Neighbour {
    return { signature, host, techniques, score: this.#scores.get(number) ?? 0 }
  }

  /** A group around may be decided later than this one: its place is the one it will have. */
  #keep(due: DueGroup): Case {
    if (this.#cases.length >= MAX_CASES) this.#giveUpHalf()
    const place = this.#cases.length
    this.#places.set(due.watched.group.number, place)
    let ahead = place
    const it = caseOf(due, ({ number, first }) => {
      const known = this.#places.get(number)
      if (known !== undefined) return known
      if (first < due.watched.group.first) return undefined
      ahead += 1
      return ahead
    })
    this.#cases.push(it)
    return it
  }

  #giveUpHalf(): void {
    const gone = MAX_CASES / 2
    this.#cases = this.#cases.slice(gone).map((it) => ({
      ...it,
      around: it.around.filter((place) => place >= gone).map((place) => place - gone),
    }))
    this.#places = new Map(this.#cases.map(({ number }, place) => [number, place]))
  }

  #drifted(): boolean {
    if (this.#cases.length < DRIFT_WINDOW) return false
    const { baseline } = this.#knowledge
    return hasDrifted(shiftOf(this.#cases.slice(-DRIFT_WINDOW), baseline.shares), baseline)
  }

  /** Scores of groups that no later decision can have around it: older than this one and all around it. */
  #forgetScores({ watched, around }: DueGroup): void {
    const oldest = Math.min(watched.group.number, around[0]?.group.number ?? Number.POSITIVE_INFINITY)
    for (const number of this.#scores.keys()) {
      if (number >= oldest) return
      this.#scores.delete(number)
    }
  }
}
