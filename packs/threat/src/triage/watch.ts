import { type AlertGroup, type GroupCopy, sameGroup } from '../group/alert-group.ts'
import { GROUPING, Grouper, type GrouperOptions, type GrouperState } from '../group/grouper.ts'
import { atOnce, copied } from '../group/in-steps.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import { factsOf, type WatchedGroup } from './facts.ts'
import { History, type HistoryState } from './history.ts'

export interface WatchOptions {
  readonly grouping: GrouperOptions
  /** How far back groups count as around a group, ms. */
  readonly reach: number
  /** From a group's first alert until its facts are taken, ms. */
  readonly settle: number
  /** From a group's first alert until its decision is due, ms: the declared delay. */
  readonly delay: number
  /** Groups in the window at once; beyond it the oldest fall due early. */
  readonly maxWatched: number
}

export const WATCHING: WatchOptions = {
  grouping: GROUPING,
  reach: 1_800_000,
  settle: 900_000,
  delay: 1_800_000,
  maxWatched: 20_000,
}

/** A group whose decision is due, with the settled groups around it: those from `reach` before it until now. */
export interface DueGroup {
  readonly watched: WatchedGroup
  readonly around: readonly WatchedGroup[]
  /** True where its facts are not complete: the window was full, or its alerts came late. */
  readonly incomplete: boolean
}

export interface Added {
  /** The group of the alert that was added. */
  readonly group: AlertGroup
  readonly settled: readonly WatchedGroup[]
  readonly due: readonly DueGroup[]
}

export interface WatchState {
  readonly now: number
  readonly grouper: GrouperState
  readonly history: HistoryState
  readonly window: readonly (Omit<WatchedGroup, 'facts'> & { readonly facts?: ArrayLike<number> | undefined })[]
  readonly settled: number
  readonly decided: number
}

/**
 * Watches one network's alerts in event time: groups them, takes the facts of each group once it has settled, and says
 * when its decision is due. Nothing after `first + delay` can reach a decision.
 */
export class Watch {
  readonly #options: WatchOptions
  readonly #grouper: Grouper
  readonly #history: History
  /** Ordered by first alert; [0, decided) are past their decision, [decided, settled) wait for it. */
  readonly #window: WatchedGroup[]
  #settled: number
  #decided: number
  #now: number

  constructor(options: WatchOptions = WATCHING, state?: WatchState) {
    this.#options = options
    this.#grouper = new Grouper(options.grouping, state?.grouper)
    this.#history = new History(state?.history)
    const open = new Map(state?.grouper.open.map((group) => [group.number, group]))
    this.#window = (state?.window ?? []).map(({ facts, ...rest }) => ({
      ...rest,
      group: open.get(rest.group.number) ?? rest.group,
      facts: facts && Float64Array.from(facts),
    }))
    this.#settled = state?.settled ?? 0
    this.#decided = state?.decided ?? 0
    this.#now = state?.now ?? Number.NEGATIVE_INFINITY
  }

  /** Takes one alert in; first lets everything fall due that its time passes. */
  add(alert: SeenAlert): Added {
    const passed = this.advance(alert.time)
    const { group, opened } = this.#grouper.add(alert)
    if (opened) this.#open(group)
    else this.#count(group, alert.time)
    return { group, ...passed }
  }

  /** The time of the stream; -Infinity before the first alert. */
  get now(): number {
    return this.#now
  }

  /** When the next decision is due; undefined where no group waits. */
  get nextDue(): number | undefined {
    const next = this.#window[this.#decided]
    return next && next.group.first + this.#options.delay
  }

  /** Moves the clock of the stream, which never runs backwards, and returns what settled or fell due. */
  advance(time: number): Omit<Added, 'group'> {
    this.#now = Math.max(this.#now, time)
    const settled: WatchedGroup[] = []
    const due: DueGroup[] = []
    while (this.#settleNext(settled) || this.#decideNext(due));
    this.#forget()
    return { settled, due }
  }

  save(): WatchState {
    return atOnce(this.freeze(sameGroup))
  }

  /** The same in steps between which nothing may be added. Facts never change once they are taken. */
  *freeze(copyOf: GroupCopy): Generator<void, WatchState> {
    return {
      now: this.#now,
      grouper: yield* this.#grouper.freeze(copyOf),
      history: yield* this.#history.freeze(),
      window: yield* copied(this.#window, (watched) => ({ ...watched, group: copyOf(watched.group) })),
      settled: this.#settled,
      decided: this.#decided,
    }
  }

  /** A late alert may open a group older than the newest: it takes its place among those not settled yet. */
  #open(group: AlertGroup): void {
    const late = group.first + this.#options.settle <= this.#now
    const watched = { group, past: this.#history.open(group), late, burst: 1, facts: undefined }
    let at = this.#window.length
    while (at > this.#settled && this.#window[at - 1]!.group.first > group.first) at -= 1
    this.#window.splice(at, 0, watched)
  }

  #count(group: AlertGroup, time: number): void {
    if (time > group.first + 60_000) return
    for (let at = this.#window.length - 1; at >= 0; at -= 1) {
      const watched = this.#window[at]!
      if (watched.group === group) watched.burst += 1
      if (watched.group.first <= group.first && watched.group.number <= group.number) return
    }
  }

  #settleNext(settled: WatchedGroup[]): boolean {
    const next = this.#window[this.#settled]
    if (next === undefined || !(this.#isPast(next, this.#options.settle) || this.#full())) return false
    next.facts = factsOf(next, this.#aroundOf(next, this.#window.length))
    this.#history.settle(next.group, next.burst)
    this.#settled += 1
    settled.push(next)
    return true
  }

  /** One falls due only when all that settle before its time have settled. */
  #decideNext(due: DueGroup[]): boolean {
    const next = this.#window[this.#decided]
    if (next === undefined || this.#decided >= this.#settled) return false
    const isDue = this.#isPast(next, this.#options.delay)
    if (!isDue && !this.#full()) return false
    this.#decided += 1
    const known = next.group.first + this.#options.delay - this.#options.settle
    const around = this.#aroundOf(next, this.#settled).filter(({ group }) => group.first <= known)
    due.push({ watched: next, around, incomplete: !isDue || next.late })
    return true
  }

  #aroundOf(of: WatchedGroup, end: number): WatchedGroup[] {
    const from = of.group.first - this.#options.reach
    const around: WatchedGroup[] = []
    for (let at = end - 1; at >= 0; at -= 1) {
      const other = this.#window[at]!
      if (other.group.first < from) break
      if (other !== of) around.push(other)
    }
    return around.reverse()
  }

  #isPast({ group }: WatchedGroup, wait: number): boolean {
    return group.first + wait <= this.#now
  }

  #full(): boolean {
    return this.#window.length - this.#decided > this.#options.maxWatched
  }

  /** Drops what no coming decision can reach, in batches. */
  #forget(): void {
    const oldest = this.#window[this.#decided]?.group.first ?? this.#now
    let gone = 0
    while (gone < this.#decided && this.#window[gone]!.group.first < oldest - this.#options.reach) gone += 1
    if (gone < 256) return
    this.#window.splice(0, gone)
    this.#decided -= gone
    this.#settled -= gone
  }
}
