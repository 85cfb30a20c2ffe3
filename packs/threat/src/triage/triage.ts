import { type AlertGroup, type GroupCopy, sameGroup } from '../group/alert-group.ts'
import { atOnce, copied } from '../group/in-steps.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import { eachAround } from './around.ts'
import { type Case, caseOf, type Disposition, type Site } from './case.ts'
import { type Decision, decide } from './decision.ts'
import { DRIFT_WINDOW, type DriftBaseline, driftBaseline, hasDrifted, shiftOf } from './drift.ts'
import { BOUNDS, type Bounds, type Guard, setGuard } from './guard.ts'
import { HOUSE_DETECTORS } from './house-detectors.ts'
import { logisticScore } from './logistic.ts'
import { type SavedCase, takenUp } from './saved-case.ts'
import { Suspicion } from './suspicion.ts'
import { heldOutScores, trainTriage } from './train-triage.ts'
import { firstRow, firstScore, secondRow, type TriageModel } from './triage-model.ts'
import { type DueGroup, WATCHING, Watch, type WatchListener, type WatchOptions, type WatchState } from './watch.ts'

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
  readonly cases: readonly SavedCase[]
  /** First scores by number of the group, in a state of before they were kept in the window. */
  readonly scores?: readonly (readonly [number, number])[]
}

export interface TriageOptions {
  readonly watch?: WatchOptions
  /** Decided cases kept for learning; beyond it the oldest are given up. */
  readonly maxCases?: number
  readonly state?: TriageState | undefined
}

const MAX_CASES = 50_000
/** Cases are given up in batches of so many to the whole: no decision waits for a large one. */
const BATCHES = 200

/** Triage of one network: alerts in, decisions out, one at a time by event time; verdicts in, cases for learning out. */
export class Triage {
  readonly #name: string
  readonly #watch: Watch
  #knowledge: Knowledge
  readonly #maxCases: number
  /** Ordered by decision, and by number of the group. */
  readonly #cases: Case[]
  readonly #byNumber: Map<number, Case>

  constructor(
    name: string,
    knowledge: Knowledge,
    { watch = WATCHING, maxCases = MAX_CASES, state }: TriageOptions = {},
  ) {
    this.#name = name
    this.#knowledge = knowledge
    this.#maxCases = maxCases
    this.#watch = new Watch(watch, state && withScores(state))
    this.#cases = takenUp(state?.cases ?? [])
    this.#byNumber = new Map(this.#cases.map((it) => [it.number, it]))
  }

  add(alert: SeenAlert): Decided[] {
    return this.#decided((listener) => this.#watch.add(alert, listener))
  }

  /** Moves the clock on without an alert, so that quiet hours leave nothing undecided. */
  advance(time: number): Decided[] {
    return this.#decided((listener) => this.#watch.advance(time, listener))
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
    const it = this.#byNumber.get(group)
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
    }
  }

  #decided(work: (listener: WatchListener) => void): Decided[] {
    const decided: Decided[] = []
    work({
      settled: ({ group, facts }) => firstScore(this.#knowledge.model, { signature: group.signature, facts: facts! }),
      due: (due) => decided.push(this.#decide(due)),
    })
    return decided
  }

  #decide(due: DueGroup): Decided {
    const { model, guard } = this.#knowledge
    const { group, score = 0 } = due.watched
    const it = caseOf(due)
    this.#keep(it)
    const row = secondRow(firstRow(it, model.priors), score, suspicionOf(due))
    const ofHouse = HOUSE_DETECTORS.has(group.detector)
    const standing = { model, guard, drifted: this.#drifted(), incomplete: due.incomplete, ofHouse }
    return { decision: decide(it, row, logisticScore(model.second, row), standing), group }
  }

  #keep(it: Case): void {
    if (this.#cases.length >= this.#maxCases) this.#giveUpOldest()
    this.#cases.push(it)
    this.#byNumber.set(it.number, it)
  }

  #giveUpOldest(): void {
    const gone = this.#cases.splice(0, Math.ceil(this.#maxCases / BATCHES))
    for (const { number } of gone) this.#byNumber.delete(number)
  }

  #drifted(): boolean {
    if (this.#cases.length < DRIFT_WINDOW) return false
    const { baseline } = this.#knowledge
    return hasDrifted(shiftOf(this.#cases.slice(-DRIFT_WINDOW), baseline.shares), baseline)
  }
}

/** A group around that is on another host, not suspicious and not the strongest so far says nothing, and is not read. */
function suspicionOf({ watched, around }: DueGroup): Suspicion {
  const { window, self } = around
  const { score, host } = window.columns
  const suspicion = new Suspicion(watched.group)
  eachAround(around, (place) => {
    if (score[place]! > Math.min(0, suspicion.strongest) || host[place] === host[self])
      suspicion.add(window.at(place)!.group, score[place]!)
  })
  return suspicion
}

function withScores({ watch, scores }: TriageState): WatchState {
  if (scores === undefined || scores.length === 0) return watch
  const byNumber = new Map(scores)
  return { ...watch, window: watch.window.map((it) => ({ score: byNumber.get(it.group.number), ...it })) }
}
